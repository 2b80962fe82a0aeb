import { ArrowDown, Eraser } from 'lucide-react';
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useCellLabel } from '../queries/use-cell-labels.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { ConsoleBlock } from './console-buffer.ts';
import './console.css';

/** The reader who scrolled this far up is reading: new text does not pull the page away. */
const nearEndPx = 40;

/** Filter of the console that shows everything. */
export const allQueries = '';

/** Names to choose from, and the blocks of the chosen one; a name that is gone counts as all. */
function useShownBlocks(path: string, filter: string) {
  const blocks = useStore(useModel().queries(path).state, (state) => state.blocks);
  const names = useMemo(() => [...new Set(blocks.map(sourceOf))], [blocks]);
  const chosen = names.includes(filter) ? filter : allQueries;
  const shown = chosen === allQueries ? blocks : blocks.filter((block) => sourceOf(block) === chosen);
  return { blocks, names, chosen, shown };
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
            {name === unnamed ? texts.noCell : name}
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
  const cellLabel = useCellLabel(path);
  const { console: texts } = model.texts;
  const { blocks, shown } = useShownBlocks(path, filter);
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
            block={block}
            cell={cellLabel(block.cell)}
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

const unnamed = '-';
const sourceOf = (block: ConsoleBlock): string => block.source ?? unnamed;

type BlockViewProps = { readonly block: ConsoleBlock; readonly cell: string | null; readonly isNewest: boolean };

const BlockView = memo(function BlockView({ block, cell, isNewest }: BlockViewProps) {
  const { console: texts } = useTexts();
  const source = sourceOf(block);
  const parts = useMemo(() => partsOfBlock(block.text), [block.text]);
  return (
    <div className="console-block">
      <div className="console-source">
        <b>{source === unnamed ? texts.noCell : source}</b>
        {cell === null ? null : <span>{texts.cell(cell)}</span>}
        <CopyButton text={block.text} label={texts.copyBlock(source)} />
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

/** Keeps the newest text in view while the reader is at the end. */
function useFollowing(content: unknown) {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const jump = () => {
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  const onScroll = () => {
    const element = scroller.current;
    if (element !== null) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx);
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && isAtEnd) element.scrollTop = element.scrollHeight;
  }, [content, isAtEnd]);
  return { scroller, isAtEnd, onScroll, jump };
}
