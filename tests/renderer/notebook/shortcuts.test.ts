import { describe, expect, test } from 'vitest';
import { ShortcutReader, shortcuts, type Press } from '../../../renderer/notebook/shortcuts.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const command = (one: Press, mode: 'command' | 'edit' = 'command', singleKeys = true) =>
  new ShortcutReader().read(one, mode, singleKeys, 0);

describe('chords of Jupyter', () => {
  test('running works in both modes', () => {
    for (const mode of ['command', 'edit'] as const) {
      expect(command(press('Enter', { shiftKey: true }), mode)).toMatchObject({ command: 'runAndNext' });
      expect(command(press('Enter', { ctrlKey: true }), mode)).toMatchObject({ command: 'run' });
      expect(command(press('Enter', { metaKey: true }), mode)).toMatchObject({ command: 'run' });
      expect(command(press('Enter', { altKey: true }), mode)).toMatchObject({ command: 'runAndInsert' });
    }
  });

  test('letters are text in the editor and commands outside', () => {
    expect(command(press('b'), 'edit')).toBeNull();
    expect(command(press('b'))).toMatchObject({ command: 'insertBelow' });
    expect(command(press('Z', { shiftKey: true }))).toMatchObject({ command: 'redo' });
    expect(command(press('4'))).toEqual({ command: 'heading', key: '4' });
  });

  test('single keys can be switched off; chords stay', () => {
    expect(command(press('b'), 'command', false)).toBeNull();
    expect(command(press('Enter'), 'command', false)).toMatchObject({ command: 'toEdit' });
    expect(command(press('s', { ctrlKey: true }), 'command', false)).toMatchObject({ command: 'save' });
  });

  test('splitting answers to the hyphen of any layout', () => {
    expect(command(press('_', { ctrlKey: true, shiftKey: true, code: 'Slash' }), 'edit')).toMatchObject({
      command: 'split',
    });
  });
});

describe('keys pressed twice', () => {
  test('D D deletes, a slow or broken pair does not', () => {
    const reader = new ShortcutReader();
    expect(reader.read(press('d'), 'command', true, 0)).toBe('half');
    expect(reader.read(press('d'), 'command', true, 200)).toMatchObject({ command: 'remove' });
    expect(reader.read(press('d'), 'command', true, 300)).toBe('half');
    expect(reader.read(press('d'), 'command', true, 1_000)).toBe('half');
    expect(reader.read(press('x'), 'command', true, 1_100)).toMatchObject({ command: 'cut' });
    expect(reader.read(press('d'), 'command', true, 1_200)).toBe('half');
  });
});

test('no two commands of one mode share a chord', () => {
  for (const mode of ['command', 'edit'] as const) {
    const keys = shortcuts
      .filter((shortcut) => shortcut.mode === mode || shortcut.mode === 'both')
      .flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});
