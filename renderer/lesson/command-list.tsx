import { PanelBottomOpen } from 'lucide-react';
import type { CommandCard } from '../../main/contract/guide-schema.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Markdown } from '../ui/markdown.tsx';
import './command-list.css';

/** The course's shell commands, each with what does the same here and a way to its panel. */
export function CommandList({ commands }: { readonly commands: readonly CommandCard[] }) {
  const { notices, texts, trayTab } = useModel();
  const { lesson, services } = texts;
  const panelNames = { ...services.names, producer: services.producer };
  const open = (panel: keyof typeof panelNames) => {
    trayTab.open(panel);
    notices.announce(lesson.panelOpened(panelNames[panel]));
  };
  return (
    <>
      <p className="lesson-note">{lesson.commandsIntro}</p>
      <ul className="commands">
        {commands.map(({ command, body, panel }) => (
          <li key={command} className="command">
            <div className="command-line">
              <code>{command}</code>
              <CopyButton text={command} label={lesson.copyCommand(command)} />
            </div>
            <Markdown source={body} />
            {panel === 'none' ? null : (
              <Button small icon={PanelBottomOpen} onClick={() => open(panel)}>
                {lesson.openPanel(panelNames[panel])}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
