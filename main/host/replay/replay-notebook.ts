import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { systemClock } from '../../../engine/core/clock.ts';
import { partitionName, type TopicPartition } from '../../connectors/kafka/kafka-record.ts';
import type { ReplayOutcome } from '../../grading/replay-outcome.ts';
import type { RecordedItems } from '../../grading/recorded-inputs.ts';
import type { ReplayPlan } from '../../grading/replay-plan.ts';
import type { PyodideFiles } from '../../kernel/pyodide-process.ts';
import { EmbeddedServices } from '../../services/embedded-services.ts';
import { connectorsOn } from '../connectors-on.ts';
import { LearnerProcess } from '../learner-process.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { recordedSocket } from './recorded-socket.ts';
import { ReplayEndpoints } from './replay-endpoints.ts';
import { ReplayImpossible } from './replay-impossible.ts';
import { ReplayInputs } from './replay-inputs.ts';
import { ReplayRun } from './replay-run.ts';
import { ReplayScript } from './replay-script.ts';
import { storeRows } from './store-rows.ts';
import { StoreWatch } from './store-watch.ts';
import { ReplayTables } from './replay-tables.ts';
import { ReplayTopics } from './replay-topics.ts';

export type ReplayRequest = {
  /** The notebook's folder is made with this name. */
  readonly unit: string;
  readonly plan: ReplayPlan;
  readonly items: RecordedItems;
  /** Zone of the machine where it was recorded, an IANA name. */
  readonly zone: string;
  /** `database.collection` or `database.table`: whose rows are wanted at the end. */
  readonly stores: readonly string[];
  readonly isFollowed: boolean;
  /** How long it may take; a program that never ends is cut off. */
  readonly limitMs?: number;
};

/** Longer than any record of the course takes. */
const usualLimitMs = 60_000;

/**
 * Runs a recorded notebook again: its own interpreter with a cap on memory, its own folder and servers, nothing of a network, the clock of the record.
 * Never rejects for what is in the hand-in.
 */
export async function replayNotebook(
  request: ReplayRequest,
  python: PyodideFiles,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'marea-replay-')));
  const folder = join(root, 'trabajo', request.unit);
  await mkdir(folder, { recursive: true });
  const embedded = new EmbeddedServices({
    folder: join(root, 'servicios'),
    clock: systemClock,
    onChange: () => undefined,
  });
  try {
    return await replayIn({ folder, embedded, python, signal, ...request });
  } finally {
    await embedded.close();
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Place = ReplayRequest & {
  readonly folder: string;
  readonly embedded: EmbeddedServices;
  readonly python: PyodideFiles;
  readonly signal: AbortSignal;
};

async function replayIn(place: Place): Promise<ReplayOutcome> {
  const { plan, folder, python } = place;
  const clock = new VirtualClock({ startMs: plan.startMs });
  const endpoints = new ReplayEndpoints(place.embedded);
  const tables = new ReplayTables(endpoints);
  const topics = new ReplayTopics(endpoints, firstOffsets(place));
  const inputs = new ReplayInputs({ items: place.items, folder, topics, tables });
  const script = new ReplayScript(clock);
  const env = { TZ: place.zone };
  const connectors = connectorsOn(endpoints, env, { relational: tables.endpoints });
  const sources = connectors.sources.map((it) => (it.format === 'socket' ? recordedSocket(inputs.linesOf) : it));
  const learner = new LearnerProcess({
    ...connectors,
    sources,
    folder,
    root: folder,
    env,
    python,
    clock,
    script,
    released: (cell) => run.released(cell),
    isWatched: () => true,
    print: () => undefined,
    emit: (event) => run.onEngine(event),
  });
  const stores = new StoreWatch(place.stores, place.embedded, (name) => storeRows(name, tables, connectors.services));
  const afterBatch = () => stores.look();
  const { isFollowed } = place;
  const stop = (runId: string) => learner.engine.stopQuery(runId);
  const run = new ReplayRun({ kernel: learner.kernel, clock, script, inputs, afterBatch, stop, isFollowed });
  learner.kernel.on((event) => run.onKernel(event));
  try {
    await learner.start();
    await topics.prepared();
    await within(run.run(plan), place.limitMs ?? usualLimitMs, place.signal);
    await stores.look();
    return { state: 'ran', queries: run.queries, cells: run.cells, stores: stores.found };
  } catch (error) {
    return { state: 'impossible', reason: reasonOf(error) };
  } finally {
    script.end();
    await learner.close();
  }
}

/** Rejects when it takes too long, or when nobody wants it any more. */
async function within(work: Promise<void>, limitMs: number, signal: AbortSignal): Promise<void> {
  let stop: () => void = () => undefined;
  const limit = new Promise<never>((_, reject) => {
    const late = (): void => reject(new ReplayImpossible('tarda demasiado: se ha cortado.'));
    const timer = setTimeout(late, limitMs);
    const given = (): void => reject(new ReplayImpossible('se ha cancelado.'));
    signal.addEventListener('abort', given, { once: true });
    if (signal.aborted) given();
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', given);
    };
  });
  await Promise.race([work, limit]).finally(stop);
}

const reasonOf = (error: unknown): string =>
  error instanceof ReplayImpossible
    ? error.message
    : `algo ha fallado (${error instanceof Error ? error.message : String(error)}).`;

/** By partition, the least offset that the record names: the topic begins there. */
function firstOffsets({
  plan,
  items,
}: ReplayRequest): ReadonlyMap<string, TopicPartition & { readonly offset: number }> {
  const first = new Map<string, TopicPartition & { readonly offset: number }>();
  const note = (place: TopicPartition & { readonly offset: number }): void => {
    const known = first.get(partitionName(place));
    if (known === undefined || known.offset > place.offset) first.set(partitionName(place), place);
  };
  for (const item of items.values()) if (item.kind === 'record') note(item);
  for (const step of plan.steps)
    if (step.kind === 'batch') for (const start of step.starts) offsetsOf(start).forEach(note);
  return first;
}

/** Of a Kafka source's position `{"topic":{"0":12}}`; none of any other. */
function offsetsOf(position: unknown): readonly (TopicPartition & { readonly offset: number })[] {
  const parsed = kafkaPositionSchema.safeParse(position).data ?? {};
  return Object.entries(parsed).flatMap(([topic, partitions]) =>
    Object.entries(partitions).map(([partition, offset]) => ({ topic, partition: Number(partition), offset })),
  );
}

const kafkaPositionSchema = z.record(z.string(), z.record(z.string().regex(/^\d{1,4}$/), z.number().int().min(0)));
