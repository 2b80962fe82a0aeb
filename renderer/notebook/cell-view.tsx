import type { CompletionSource } from '@codemirror/autocomplete';
import { memo, useEffect, useRef } from 'react';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { CodeEditor, goToLine, type ErrorMark } from '../editor/code-editor.tsx';
import { useModel } from '../store/use-model.ts';
import { Markdown } from '../ui/markdown.tsx';
import { failureOf } from './cell-facts.ts';
import { CellFoot } from './cell-foot.tsx';
import { CellLock } from './cell-lock.tsx';
import { isEditable, protectionOf } from './cell-protection.ts';
import type { NotebookSession } from './notebook-session.ts';
import type { CellRun } from './notebook-state.ts';
import { OutputList } from './output-view.tsx';

type CellViewProps = {
  readonly session: NotebookSession;
  readonly cell: NotebookCell;
  readonly position: number;
  readonly run: CellRun | undefined;
  readonly isSelected: boolean;
  /** The one selected cell that has the focus. */
  readonly hasFocus: boolean;
  readonly isEditing: boolean;
  readonly isStale: boolean;
  readonly isOutOfOrder: boolean;
  readonly isOfThisKernel: boolean;
  readonly lineNumbers: boolean;
  readonly complete: CompletionSource;
};

/** One cell. In command mode the cell has the focus, in edit mode its editor. */
export const CellView = memo(function CellView(props: CellViewProps) {
  const { session, cell, position, run, isSelected, hasFocus, isEditing } = props;
  const { texts } = useModel();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const cellElement = element.current;
    if (!hasFocus || cellElement === null) return;
    const notebook = cellElement.closest('.notebook');
    const isInside = notebook?.contains(document.activeElement) === true || document.activeElement === document.body;
    if (isInside && !isEditing && !isControlOf(cellElement)) cellElement.focus({ preventScroll: true });
    if (isInside) cellElement.scrollIntoView({ block: 'nearest' });
  }, [hasFocus, isEditing]);

  const name = { code: texts.cell.code, markdown: texts.cell.text, raw: texts.cell.raw }[cell.cell_type](position + 1);
  const protection = protectionOf(cell);
  const label = protection === 'none' ? name : `${name}, ${texts.protection.marks[protection].toLowerCase()}`;
  const classes = [
    'cell',
    isSelected ? 'cell-selected' : '',
    isEditing ? 'cell-editing' : '',
    run === undefined || run.phase === 'queued' ? '' : 'cell-running',
  ];
  return (
    <div
      ref={element}
      className={classes.join(' ')}
      role="group"
      aria-label={label}
      data-cell={cell.id}
      tabIndex={hasFocus ? 0 : -1}
      onMouseDown={(event) => {
        if ((event.target as Element).closest('button, a, summary, .cm-editor') !== null) return;
        session.editing.select(cell.id, event.shiftKey);
        if (!hasFocus) session.editing.setMode('command');
      }}
      onDoubleClick={() => {
        if (cell.cell_type !== 'code') session.editing.enter(cell.id);
      }}
    >
      {cell.cell_type === 'code' ? (
        <CodeCell {...props} cell={cell} element={element} />
      ) : (
        <TextCell {...props} cell={cell} />
      )}
    </div>
  );
});

const isControlOf = (cell: Element): boolean =>
  cell.contains(document.activeElement) && document.activeElement?.closest('button, a, summary') !== null;

type CodeCellProps = CellViewProps & {
  readonly cell: Extract<NotebookCell, { readonly cell_type: 'code' }>;
  readonly element: { readonly current: HTMLElement | null };
};

function CodeCell(props: CodeCellProps) {
  const { session, cell, run, element } = props;
  const failure = failureOf(cell);
  return (
    <>
      <ExecutionCount count={cell.execution_count} run={run} isOfThisKernel={props.isOfThisKernel} />
      <div className="cell-main">
        <div className="cell-box">
          <CellLock cell={cell} />
          <CellEditor {...props} language="python" error={failure?.line === null ? null : (failure?.mark ?? null)} />
          <CellFoot session={session} cell={cell} run={run} isStale={props.isStale} isOutOfOrder={props.isOutOfOrder} />
        </div>
        <OutputList
          path={session.path}
          cell={cell.id}
          outputs={cell.outputs}
          failure={failure}
          onLine={(line) => {
            session.editing.enter(cell.id);
            goToLine(element.current, line);
          }}
        />
      </div>
    </>
  );
}

/** Jupyter's `[5]`; `[*]` while it runs or waits its turn. Fainter when the number is of an earlier life of the kernel. */
function ExecutionCount({
  count,
  run,
  isOfThisKernel,
}: {
  readonly count: number | null;
  readonly run: CellRun | undefined;
  readonly isOfThisKernel: boolean;
}) {
  const shown = run === undefined ? (count ?? ' ') : '*';
  return <div className={`cell-count${isOfThisKernel || run !== undefined ? ' cell-count-live' : ''}`}>[{shown}]</div>;
}

function TextCell(props: CellViewProps) {
  const { cell, isEditing } = props;
  const { texts } = useModel();
  if (cell.cell_type === 'code') return null;
  const isDrawn = cell.cell_type === 'markdown' && !isEditing;
  return (
    <>
      <div className="cell-count" />
      <div className="cell-main">
        {isDrawn ? (
          <div className="cell-text">
            <CellLock cell={cell} />
            {cell.source.trim() === '' ? (
              <p className="cell-empty">{texts.cell.emptyText}</p>
            ) : (
              <Markdown source={cell.source} attachments={cell.attachments ?? {}} />
            )}
          </div>
        ) : (
          <div className="cell-box">
            <CellLock cell={cell} />
            <CellEditor {...props} language="text" error={null} />
          </div>
        )}
      </div>
    </>
  );
}

function CellEditor(props: CellViewProps & { readonly language: 'python' | 'text'; readonly error: ErrorMark | null }) {
  const { session, cell, position, isEditing, lineNumbers, complete, language, error } = props;
  const { texts } = useModel();
  return (
    <CodeEditor
      key={String(isEditable(cell))}
      value={cell.source}
      label={texts.cell.editor(position + 1)}
      language={language}
      readOnly={!isEditable(cell)}
      lineNumbers={lineNumbers && language === 'python'}
      hasFocus={isEditing}
      error={error}
      complete={complete}
      onChange={(source) => session.editing.setSource(cell.id, source)}
      onFocus={() => session.editing.enter(cell.id)}
      onLeave={(step) => {
        session.editing.selectNeighbour(step);
        session.editing.setMode('edit');
      }}
    />
  );
}
