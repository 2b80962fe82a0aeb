import type { Texts } from '../text/texts.ts';

export type CommandName = keyof Texts['help']['commands'];

/**
 * Jupyter's chords. `mode` both: in the editor too. `keys` are written as pressed, one entry for each way; two presses of one key are written `d d`.
 * Single keys work only in command mode and can be switched off.
 */
export type Shortcut = {
  readonly command: CommandName;
  readonly mode: 'both' | 'command' | 'edit';
  readonly keys: readonly string[];
};

export const shortcuts: readonly Shortcut[] = [
  { command: 'runAndNext', mode: 'both', keys: ['shift+enter'] },
  { command: 'run', mode: 'both', keys: ['ctrl+enter'] },
  { command: 'runAndInsert', mode: 'both', keys: ['alt+enter'] },
  { command: 'toCommand', mode: 'edit', keys: ['escape', 'ctrl+m'] },
  { command: 'split', mode: 'both', keys: ['ctrl+shift+-'] },
  { command: 'save', mode: 'both', keys: ['ctrl+s'] },
  { command: 'moveUp', mode: 'both', keys: ['ctrl+shift+arrowup'] },
  { command: 'moveDown', mode: 'both', keys: ['ctrl+shift+arrowdown'] },
  { command: 'toEdit', mode: 'command', keys: ['enter'] },
  { command: 'insertAbove', mode: 'command', keys: ['a'] },
  { command: 'insertBelow', mode: 'command', keys: ['b'] },
  { command: 'remove', mode: 'command', keys: ['d d'] },
  { command: 'undo', mode: 'command', keys: ['z'] },
  { command: 'redo', mode: 'command', keys: ['shift+z'] },
  { command: 'cut', mode: 'command', keys: ['x'] },
  { command: 'copy', mode: 'command', keys: ['c'] },
  { command: 'paste', mode: 'command', keys: ['v'] },
  { command: 'pasteAbove', mode: 'command', keys: ['shift+v'] },
  { command: 'toText', mode: 'command', keys: ['m'] },
  { command: 'toCode', mode: 'command', keys: ['y'] },
  { command: 'toRaw', mode: 'command', keys: ['r'] },
  { command: 'heading', mode: 'command', keys: ['1', '2', '3', '4', '5', '6'] },
  { command: 'previous', mode: 'command', keys: ['k', 'arrowup'] },
  { command: 'next', mode: 'command', keys: ['j', 'arrowdown'] },
  { command: 'extendUp', mode: 'command', keys: ['shift+k', 'shift+arrowup'] },
  { command: 'extendDown', mode: 'command', keys: ['shift+j', 'shift+arrowdown'] },
  { command: 'merge', mode: 'command', keys: ['shift+m'] },
  { command: 'lineNumbers', mode: 'command', keys: ['shift+l'] },
  { command: 'interrupt', mode: 'command', keys: ['i i'] },
  { command: 'restart', mode: 'command', keys: ['0 0'] },
  { command: 'help', mode: 'command', keys: ['h'] },
];

export type Press = {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** One press as the table writes it. Command counts as Ctrl. With Ctrl+Shift the hyphen's own key decides, since layouts differ. */
export function chordOf(press: Press): string {
  const ctrl = press.ctrlKey || press.metaKey;
  const isHyphen = ctrl && press.shiftKey && (press.key === '-' || press.key === '_' || press.code === 'Minus');
  const key = isHyphen ? '-' : press.key.toLowerCase();
  return [ctrl ? 'ctrl' : '', press.altKey ? 'alt' : '', press.shiftKey ? 'shift' : '', key]
    .filter((part) => part !== '')
    .join('+');
}

export type Matched = { readonly command: CommandName; readonly key: string };

/** A double press must be as quick as a double click. */
const pairMs = 500;

/** Finds the command of each press, remembering the first half of `d d`, `i i` and `0 0`. */
export class ShortcutReader {
  #first: { readonly chord: string; readonly atMs: number } | null = null;

  /** Null: not a shortcut. `half`: the first of two presses. */
  read(press: Press, mode: 'command' | 'edit', singleKeys: boolean, nowMs: number): Matched | 'half' | null {
    const chord = chordOf(press);
    const first = this.#first !== null && nowMs - this.#first.atMs <= pairMs ? this.#first.chord : null;
    this.#first = null;
    const isSingle =
      mode === 'command' && !chord.includes('ctrl+') && !chord.includes('alt+') && press.key.length === 1;
    if (isSingle && !singleKeys) return null;
    const usable = shortcuts.filter((shortcut) => shortcut.mode === 'both' || shortcut.mode === mode);
    const whole = usable.find(
      (shortcut) => shortcut.keys.includes(chord) || (first !== null && shortcut.keys.includes(`${first} ${chord}`)),
    );
    if (whole !== undefined) return { command: whole.command, key: press.key };
    if (!usable.some((shortcut) => shortcut.keys.some((keys) => keys.startsWith(`${chord} `)))) return null;
    this.#first = { chord, atMs: nowMs };
    return 'half';
  }
}
