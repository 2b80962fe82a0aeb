import { canonicalJson } from '../workspace/canonical-json.ts';
import { verifyChain, type ChainedEvent } from '../workspace/event-chain.ts';
import { inputItemSchema, type InputItem } from '../workspace/input-item.ts';
import { itemsOfEvent, loggedEvents, notebookEvents, type Logged } from '../workspace/logged-events.ts';
import { sha256Of } from '../workspace/sha256.ts';
import { parseUntrustedJson } from '../workspace/untrusted-json.ts';
import { inputsFile, type HandIn } from './bundle-schema.ts';

/** What programs read, by the names that the log has for it. */
export type RecordedItems = ReadonlyMap<string, InputItem>;

type Notebooks = readonly Pick<HandIn['notebooks'][number], 'unit' | 'from'>[];

/** Where a notebook lay in the student's folder; a bundle of the first version does not say. */
export const pathOf = ({ unit, from }: Notebooks[number]): string => from ?? `${unit}/${unit}.ipynb`;

/** Names of all that the programs of these notebooks read, by a whole log. */
export function inputNames(log: string, notebooks: Notebooks): ReadonlySet<string> {
  const report = verifyChain(log);
  return new Set(report.isWhole ? eventsOf(report.events, notebooks).flatMap(itemsOfEvent) : []);
}

const eventsOf = (events: readonly ChainedEvent[], notebooks: Notebooks): readonly Logged[] => {
  const logged = loggedEvents(events);
  return notebooks.flatMap((notebook) => notebookEvents(logged, pathOf(notebook)));
};

/** The items of a hand-in by their names; a line that is none, or was changed, is under no name that the log knows. */
export function recordedItems(lines: string): RecordedItems {
  const items = new Map<string, InputItem>();
  for (const line of lines.split('\n')) {
    const item = readItem(line);
    if (item !== null) items.set(sha256Of(canonicalJson(item)), item);
  }
  return items;
}

function readItem(line: string): InputItem | null {
  if (line === '') return null;
  try {
    return inputItemSchema.safeParse(parseUntrustedJson(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Where what is handed in as read is not what the log says was read, in Spanish: each record, and the batch that read it. */
export function inputProblems(handIn: HandIn, lines: string, events: readonly ChainedEvent[]): readonly string[] {
  const logged = eventsOf(events, handIn.notebooks);
  const items = recordedItems(lines);
  const names = new Set(logged.flatMap(itemsOfEvent));
  const strange = [...items].filter(([name]) => !names.has(name));
  const unreadable = lines.split('\n').filter((line) => line !== '' && readItem(line) === null).length;
  return [
    ...strange.map(
      ([, item]) => `${describeItem(item)}, en «${inputsFile}», no consta en el registro con este contenido.`,
    ),
    ...(unreadable === 0 ? [] : [`«${inputsFile}» tiene líneas que no se entienden (${unreadable}).`]),
    ...logged.flatMap((event) => {
      const missing = itemsOfEvent(event).filter((name) => !items.has(name)).length;
      return missing === 0 ? [] : [`Falta en «${inputsFile}» algo que leyó ${readerOf(event, logged)} (${missing}).`];
    }),
  ];
}

function describeItem(item: InputItem): string {
  switch (item.kind) {
    case 'record':
      return `El registro ${item.topic}, partición ${item.partition}, offset ${item.offset}`;
    case 'line':
      return `La línea «${item.text.slice(0, 60)}»`;
    case 'file':
      return `El fichero «${item.path}»`;
    case 'table':
      return `La tabla ${item.database}.${item.name}`;
  }
}

function readerOf(event: Logged, events: readonly Logged[]): string {
  if (event.kind !== 'query_progress') return `un programa de ${event.path}`;
  const query = events.find((it) => it.kind === 'query_started' && it.runId === event.runId);
  const name = query?.kind === 'query_started' ? (query.name ?? query.cell) : null;
  return `el lote ${event.batchId}${name === null ? '' : ` de «${name}»`}`;
}
