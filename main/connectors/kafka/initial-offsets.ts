import type { Files } from '../../../engine/api/files.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { offsetsToJson, parseOffsets, type OffsetMap } from './offset-map.ts';

const fileOf = (folder: string): string => `${folder}/0`;

/** Spark writes a zero byte first, so that its version 2.1.0 refuses the file. */
const marker = '\0';
const version = 'v1';

/** Where the query began, as its checkpoint says; undefined at its first start. */
export async function storedInitialOffsets(folder: string, files: Files): Promise<OffsetMap | undefined> {
  if ((await files.stat(fileOf(folder))) === null) return undefined;
  const text = await files.readText(fileOf(folder));
  const content = text.startsWith(marker) ? text.slice(1) : text;
  if (!content.startsWith('v')) return parseOffsets(content);
  const end = content.indexOf('\n');
  if (end < 0)
    throw new SparkError(
      { java: 'java.lang.IllegalStateException' },
      'Log file was malformed: failed to detect the log file version line.',
    );
  return parseOffsets(content.slice(end + 1));
}

export async function storeInitialOffsets(folder: string, offsets: OffsetMap, files: Files): Promise<void> {
  await files.makeFolder(folder);
  await files.writeAtomic(fileOf(folder), `${marker}${version}\n${JSON.stringify(offsetsToJson(offsets))}`);
}
