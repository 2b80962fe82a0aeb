import { randomUUID } from 'node:crypto';
import type { SinkContext, StreamSink } from '../api/sink.ts';
import { checkpointFolder, readQueryId, writeQueryId } from '../checkpoint/checkpoint-folder.ts';
import { queryId, runId, type QueryId } from '../core/ids.ts';
import { sparkError } from '../core/spark-error.ts';
import { parseTableSchema } from '../parser/parse-table-schema.ts';
import type { QueryManager } from './query-manager.ts';
import type { StartSpec } from './start-spec.ts';
import { StreamingQuery } from './streaming-query.ts';

/**
 * `start()`: opens the sink, refuses what Spark refuses, makes room for the query id, and lets the loop go. Sources, recovery and everything later fail inside
 * the query and wait for whoever asks.
 */
export async function startQuery(spec: StartSpec, manager: QueryManager, check: () => void): Promise<StreamingQuery> {
  const { files } = spec.ports;
  manager.checkName(spec.name);
  const checkpoint = spec.checkpoint ?? `${spec.ports.temporaryFolder}/temporary-${randomUUID()}`;
  const folder = checkpointFolder(checkpoint);
  const known = spec.checkpoint === undefined ? null : await readQueryId(folder, files);
  const identity = { id: known ?? queryId(randomUUID()), runId: runId(randomUUID()) };
  const sink = await openSink(spec, identity.id, identity.runId, checkpoint);
  try {
    await checkCheckpoint(spec, checkpoint);
    check();
    await manager.releaseId(identity.id, spec.confs.get('spark.sql.streaming.stopActiveRunOnRestart') !== 'false');
    if (known === null) await writeQueryId(folder, identity.id, files);
  } catch (error) {
    await sink.close();
    throw error;
  }
  sink.started?.();
  const query = new StreamingQuery(spec, identity, checkpoint, sink, manager.observer);
  await manager.register(query, await resumedBatch(spec, checkpoint));
  query.launch();
  return query;
}

async function openSink(
  spec: StartSpec,
  id: QueryId,
  run: ReturnType<typeof runId>,
  checkpoint: string,
): Promise<StreamSink> {
  const { sink, write, ports } = spec;
  if (sink.openStream === undefined)
    throw sparkError('_LEGACY_ERROR_TEMP_2049', { format: write.format, operation: 'writing' });
  const context: SinkContext = {
    files: ports.files,
    clock: ports.clock,
    conf: (key) => spec.confs.get(key),
    applicationConf: spec.applicationConf,
    zone: spec.confs.get('spark.sql.session.timeZone') ?? 'UTC',
    parseSchema: parseTableSchema,
    tables: ports.tables,
    python: ports.python,
    print: (text) => {
      ports.print(text, spec.cell);
      ports.emit({
        kind: 'console_text',
        text,
        queryId: id,
        runId: run,
        name: spec.name ?? null,
        cell: spec.cell ?? null,
      });
    },
  };
  return sink.openStream(
    write,
    { queryId: id, runId: run, name: spec.name, cell: spec.cell, outputMode: spec.outputMode, checkpoint },
    context,
  );
}

async function checkCheckpoint(spec: StartSpec, checkpoint: string): Promise<void> {
  if (spec.checkpoint === undefined) {
    if (spec.sink.needsCheckpoint) throw sparkError('_LEGACY_ERROR_TEMP_1298', {});
    return;
  }
  const offsets = checkpointFolder(checkpoint).offsets;
  if (
    spec.sink.recoversOnlyInComplete === true &&
    spec.outputMode !== 'complete' &&
    (await spec.ports.files.stat(offsets)) !== null
  )
    throw sparkError('_LEGACY_ERROR_TEMP_1299', {
      path: `${spec.write.options.get('checkpointLocation') ?? checkpoint}/offsets`,
    });
}

async function resumedBatch(spec: StartSpec, checkpoint: string): Promise<number | null> {
  if (spec.checkpoint === undefined) return null;
  const entries = (await spec.ports.files.list(checkpointFolder(checkpoint).commits)) ?? [];
  const batches = entries.flatMap((entry) => (/^\d+$/.test(entry.name) ? [Number(entry.name)] : []));
  return batches.length === 0 ? null : Math.max(...batches);
}
