import { ArrowDown, Eraser } from 'lucide-react';
import { memo, useMemo } from 'react';
import { CaptureButton } from '../capture/capture-button.tsx';
import { useCellLabel } from '../queries/use-cell-labels.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { useFollowing } from '../ui/use-following.ts';
import type { ConsoleBlock } from './console-buffer.ts';
import './console.css';

/** Filter of the console that shows everything. */
export const allQueries = '';

/** Names to choose from, and the blocks of the chosen one; a name that is gone counts as all. */
function useShownBlocks(path: string, filter: string) {
  const { console: texts } = useTexts();
  const cellLabel = useCellLabel(path);
  const blocks = useStore(useModel().queries(path).state, (state) => state.blocks);
  const ofCell = (block: ConsoleBlock): string | null => {
    const label = cellLabel(block.cell);
    return label === null ? null : texts.cell(label);
  };
  const sourceOf = (block: ConsoleBlock): string =>
    block.source ?? ofCell(block) ?? block.runId?.slice(0, 8) ?? texts.noCell;
  const names = [...new Set(blocks.map(sourceOf))];
  const chosen = names.includes(filter) ? filter : allQueries;
  const shown = chosen === allQueries ? blocks : blocks.filter((block) => sourceOf(block) === chosen);
  return { blocks, names, chosen, shown, sourceOf, ofCell };
}

type ConsoleToolsProps = { readonly path: string; readonly filter: string; readonly onFilter: (name: string) => void };

/** Filter by query, copy all, empty; at the end of the tab line. */
export function ConsoleTools({ path, filter, onFilter }: ConsoleToolsProps) {
  const model = useModel();
  const { console: texts } = model.texts;
  const { blocks, names, chosen, shown } = useShownBlocks(path, filter);
  if (blocks.length === 0) return null;
  return (
    <>
      <select
        className="console-filter"
        aria-label={texts.filter}
        value={chosen}
        onChange={(event) => onFilter(event.target.value)}
      >
        <option value={allQueries}>{texts.all}</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <CopyButton text={() => shown.map((block) => block.text).join('')} label={texts.copyAll}>
        {texts.copyAll}
      </CopyButton>
      <IconButton icon={Eraser} label={texts.clear} onClick={() => model.queries(path).clearConsole()}>
        {texts.clear}
      </IconButton>
    </>
  );
}

/** What Spark's driver would print on its terminal, by query. */
export function ConsolePanel({ path, filter }: { readonly path: string; readonly filter: string }) {
  const model = useModel();
  const hiddenLines = useStore(model.queries(path).state, (state) => state.hiddenLines);
  const { console: texts } = model.texts;
  const { blocks, shown, sourceOf, ofCell } = useShownBlocks(path, filter);
  const newest = useMemo(() => new Map(blocks.map((block) => [block.runId, block.id])), [blocks]);
  const { scroller, isAtEnd, onScroll, jump } = useFollowing(shown);

  if (blocks.length === 0) return <p className="panel-empty">{texts.empty}</p>;
  return (
    <div className="console">
      <div
        className="console-text scroll"
        ref={scroller}
        onScroll={onScroll}
        role="log"
        aria-live="off"
        aria-label={model.texts.regions.console}
        tabIndex={0}
      >
        {hiddenLines === 0 ? null : <p className="console-hidden">{texts.hidden(hiddenLines)}</p>}
        {shown.map((block) => (
          <BlockView
            key={block.id}
            path={path}
            block={block}
            source={sourceOf(block)}
            cell={block.source === null ? null : ofCell(block)}
            isNewest={block.runId !== null && newest.get(block.runId) === block.id}
          />
        ))}
      </div>
      {isAtEnd ? null : (
        <div className="console-jump">
          <Button small icon={ArrowDown} onClick={jump}>
            {texts.jump}
          </Button>
        </div>
      )}
    </div>
  );
}

type BlockViewProps = {
  readonly path: string;
  readonly block: ConsoleBlock;
  readonly source: string;
  /** The cell of a query with a name; one without is called after its cell. */
  readonly cell: string | null;
  readonly isNewest: boolean;
};

const BlockView = memo(function BlockView({ path, block, source, cell, isNewest }: BlockViewProps) {
  const { console: texts, capture } = useTexts();
  const parts = useMemo(() => partsOfBlock(block.text), [block.text]);
  return (
    <div className="console-block">
      <div className="console-source">
        <b>{source}</b>
        {cell === null ? null : <span>{cell}</span>}
        <CopyButton text={block.text} label={texts.copyBlock(source)} />
        <CaptureButton
          label={capture.block(source)}
          what={() => ({
            kind: 'console',
            path,
            cell: block.cell,
            query: block.source,
            runId: block.runId,
            text: block.text,
          })}
        />
      </div>
      <pre>
        {parts.before}
        {parts.rows === '' ? null : isNewest ? <mark>{parts.rows}</mark> : parts.rows}
        {parts.after}
      </pre>
    </div>
  );
});

/** The rows between the second and the third rule of a table: what the batch wrote. */
function partsOfBlock(text: string): { readonly before: string; readonly rows: string; readonly after: string } {
  const rules = [...text.matchAll(/^\+[-+]*\+\n/gm)];
  const [, header, end] = rules;
  if (header === undefined || end === undefined) return { before: text, rows: '', after: '' };
  const from = header.index + header[0].length;
  return { before: text.slice(0, from), rows: text.slice(from, end.index), after: text.slice(end.index) };
}
