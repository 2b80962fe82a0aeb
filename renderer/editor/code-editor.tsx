import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
  startCompletion,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers as lineNumberGutter, type Command, type KeyBinding } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorTheme } from './editor-theme.ts';

export type ErrorMark = { readonly line: number; readonly message: string };

type CodeEditorProps = {
  readonly value: string;
  readonly label: string;
  readonly language: 'python' | 'text';
  readonly readOnly?: boolean;
  readonly lineNumbers?: boolean;
  readonly hasFocus: boolean;
  readonly error?: ErrorMark | null;
  readonly complete?: CompletionSource;
  readonly onChange: (value: string) => void;
  readonly onFocus: () => void;
  /** The caret wants to leave upwards or downwards. */
  readonly onLeave: (step: -1 | 1) => void;
};

/** One cell's text. The document is the editor's own; changes from outside (undo of cells, reload) replace it. */
export function CodeEditor(props: CodeEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const dressing = useRef(new Compartment());
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (holder.current === null) return;
    const editor = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [dressing.current.of([]), extensionsFor(latest)],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, []);

  const { value, label, hasFocus, lineNumbers = false, error = null } = props;
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    // Tab walks past the editors at rest; Enter opens the one of the chosen cell.
    const named = EditorView.contentAttributes.of({ 'aria-label': label, tabindex: hasFocus ? '0' : '-1' });
    view.current?.dispatch({
      effects: dressing.current.reconfigure([named, lineNumbers ? lineNumberGutter() : []]),
    });
  }, [label, lineNumbers, hasFocus]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    if (hasFocus && !editor.hasFocus) editor.focus();
    if (!hasFocus && editor.hasFocus) editor.contentDOM.blur();
  }, [hasFocus]);
  useEffect(() => {
    if (view.current !== null) markError(view.current, error);
  }, [error]);
  return <div ref={holder} className="code-editor" />;
}

/** Puts the caret on a line and shows it; lines from 1. */
export function goToLine(holder: Element | null, line: number): void {
  const content = holder?.querySelector<HTMLElement>('.cm-content');
  const editor = content ? EditorView.findFromDOM(content) : null;
  if (editor === null || line < 1 || line > editor.state.doc.lines) return;
  editor.dispatch({ selection: { anchor: editor.state.doc.line(line).from }, scrollIntoView: true });
  editor.focus();
}

/** Where the caret stands in the editor that holds `element`; null outside editors. */
export function caretOf(element: Element): number | null {
  const content = element.closest<HTMLElement>('.cm-editor');
  return (content === null ? null : EditorView.findFromDOM(content))?.state.selection.main.head ?? null;
}

/** A list of completions is open: Esc and Enter are for it. */
export function isCompleting(element: Element): boolean {
  const content = element.closest<HTMLElement>('.cm-editor');
  const editor = content === null ? null : EditorView.findFromDOM(content);
  return editor !== null && completionStatus(editor.state) === 'active';
}

type Latest = { readonly current: CodeEditorProps };

function extensionsFor(latest: Latest): Extension {
  const { language, readOnly = false, complete } = latest.current;
  const common: Extension[] = [
    history(),
    indentUnit.of('    '),
    bracketMatching(),
    keymap.of([
      ...editingKeys(latest),
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]),
    EditorView.contentAttributes.of({ spellcheck: language === 'text' ? 'true' : 'false' }),
    EditorState.readOnly.of(readOnly),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({ focus: () => latest.current.onFocus() }),
    // Long lines wrap: nothing is cut off at any zoom, and nobody scrolls two ways.
    EditorView.lineWrapping,
    editorTheme,
  ];
  if (language === 'text') return common;
  const completion =
    complete === undefined ? [] : [autocompletion({ override: [complete], activateOnTyping: false, icons: false })];
  return [...common, python(), closeBrackets(), indentOnInput(), ...completion];
}

/** Tab completes after a name or a dot and indents elsewhere; Esc leaves the editor, so that it never traps. */
const completeOrIndent: Command = (editor) => {
  const { main } = editor.state.selection;
  const before = editor.state.sliceDoc(Math.max(0, main.head - 1), main.head);
  if (main.empty && /[\w.]/.test(before)) return startCompletion(editor);
  return indentMore(editor);
};

function editingKeys(latest: Latest): readonly KeyBinding[] {
  const leave = (step: -1 | 1) => (editor: EditorView) => {
    const { main } = editor.state.selection;
    const line = editor.state.doc.lineAt(main.head).number;
    if (
      !main.empty ||
      completionStatus(editor.state) === 'active' ||
      line !== (step === -1 ? 1 : editor.state.doc.lines)
    )
      return false;
    latest.current.onLeave(step);
    return true;
  };
  return [
    { key: 'Tab', run: acceptCompletion },
    { key: 'Tab', run: completeOrIndent, shift: indentLess },
    { key: 'ArrowUp', run: leave(-1) },
    { key: 'ArrowDown', run: leave(1) },
  ];
}

function markError(editor: EditorView, error: ErrorMark | null): void {
  const { doc } = editor.state;
  const line = error === null || error.line < 1 || error.line > doc.lines ? null : doc.line(error.line);
  const from = line === null ? 0 : line.from + (line.text.length - line.text.trimStart().length);
  const isMarkable = line !== null && error !== null && from < line.to;
  editor.dispatch(
    setDiagnostics(editor.state, isMarkable ? [{ from, to: line.to, severity: 'error', message: error.message }] : []),
  );
}
