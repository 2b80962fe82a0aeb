import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Dialog } from '../ui/dialog.tsx';
import { shortcuts, type Shortcut } from './shortcuts.ts';
import './help-sheet.css';

const signs: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  shift: '⇧',
  alt: 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
};

/** Every chord, from the same table that reads them. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const { texts, settings } = useModel();
  const { singleKeys } = useStore(settings.store);
  const { help } = texts;
  const command = shortcuts.filter((shortcut) => shortcut.mode === 'command');
  const both = shortcuts.filter((shortcut) => shortcut.mode !== 'command');
  const ofTheWindow = [
    { keys: ['f6', 'shift+f6'], name: help.commands.panels },
    { keys: ['ctrl+shift+e'], name: help.commands.capture },
  ];
  return (
    <Dialog title={help.title} onClose={onClose} wide>
      <p className="help-intro">{help.intro}</p>
      <label className="help-switch">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => settings.change({ singleKeys: event.target.checked })}
        />
        <span>
          {help.singleKeys} <small>{help.singleKeysDetail}</small>
        </span>
      </label>
      <div className="help-columns">
        <ShortcutList title={help.command} list={command} />
        <ShortcutList title={help.both} list={both} extra={ofTheWindow} />
      </div>
    </Dialog>
  );
}

type ShortcutListProps = {
  readonly title: string;
  readonly list: readonly Shortcut[];
  readonly extra?: readonly { readonly keys: readonly string[]; readonly name: string }[];
};

function ShortcutList({ title, list, extra = [] }: ShortcutListProps) {
  const { commands } = useModel().texts.help;
  return (
    <section className="help-list">
      <h3>{title}</h3>
      <dl>
        {list.map(({ command, keys }) => (
          <ShortcutRow
            key={command}
            keys={command === 'heading' ? ['1', '6'] : keys}
            name={commands[command]}
            isRange={command === 'heading'}
          />
        ))}
        {extra.map(({ keys, name }) => (
          <ShortcutRow key={name} keys={keys} name={name} isRange={false} />
        ))}
      </dl>
    </section>
  );
}

function ShortcutRow({
  keys,
  name,
  isRange,
}: {
  readonly keys: readonly string[];
  readonly name: string;
  readonly isRange: boolean;
}) {
  return (
    <div>
      <dt>
        {keys.map((chord, position) => (
          <span key={chord}>
            {position === 0 ? null : <i>{isRange ? '–' : '/'}</i>}
            {chord.split(' ').map((press, half) => (
              <kbd key={half}>{signsOf(press)}</kbd>
            ))}
          </span>
        ))}
      </dt>
      <dd>{name}</dd>
    </div>
  );
}

/** `ctrl+shift+-` as people write it. The hyphen at the end is a key, not a separator. */
function signsOf(press: string): string {
  const parts = press.endsWith('+-') ? [...press.slice(0, -2).split('+'), '-'] : press.split('+');
  return parts.map((part) => signs[part] ?? part.toUpperCase()).join(' ');
}
