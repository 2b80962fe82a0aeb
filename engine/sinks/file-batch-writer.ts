import type { BatchOutput, SaveMode, SinkContext, WriteRequest } from '../api/sink.ts';
import { sparkError } from '../core/spark-error.ts';
import { writeFiles, type WrittenFormat } from './file-writer.ts';
import { writePath } from './write-path.ts';

/** `df.write.format(…).mode(…).save(path)`: files appear under their final names together, then `_SUCCESS`. */
export async function writeFileBatch(
  format: WrittenFormat,
  request: WriteRequest,
  mode: SaveMode,
  output: BatchOutput,
  context: SinkContext,
): Promise<void> {
  const path = writePath(request, context, 'save');
  const exists = (await context.files.stat(path.absolute)) !== null;
  if (exists && mode === 'error_if_exists') throw sparkError('PATH_ALREADY_EXISTS', { path: `file:${path.absolute}` });
  if (exists && mode === 'ignore') return;
  const target = { folder: path.absolute, stageAs: (name: string) => `.marea-batch-${name}` };
  await context.files.makeFolder(path.absolute);
  const before = exists && mode === 'overwrite' ? ((await context.files.list(path.absolute)) ?? []) : [];
  const staged = await writeFiles(format, request, output, target, context);
  // The old files go only after the new ones are complete, so a failing write leaves the folder as it was. New partition folders may reuse old ones.
  const stagedNames = new Set(staged.map((file) => file.staged));
  for (const entry of before) await removeOld(entry.path, entry.isFolder, stagedNames, context);
  for (const file of staged) await context.files.rename(file.staged, file.final);
  await context.files.writeAtomic(`${path.absolute}/_SUCCESS`, '');
}

async function removeOld(
  path: string,
  isFolder: boolean,
  keep: ReadonlySet<string>,
  context: SinkContext,
): Promise<void> {
  const holdsNew = isFolder && [...keep].some((file) => file.startsWith(`${path}/`));
  if (!holdsNew) {
    if (!keep.has(path)) await context.files.remove(path);
    return;
  }
  for (const entry of (await context.files.list(path)) ?? [])
    await removeOld(entry.path, entry.isFolder, keep, context);
}
