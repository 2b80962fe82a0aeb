import type { SourceOptions } from '../api/source.ts';
import { shortTimeMs } from '../core/short-time.ts';
import { SparkError } from '../core/spark-error.ts';

export type FileStreamOptions = {
  /** Undefined: no limit. */
  readonly maxFilesPerTrigger: number | undefined;
  readonly latestFirst: boolean;
  readonly fileNameOnly: boolean;
  readonly maxFileAgeMs: number;
  readonly clean: 'off' | 'delete' | 'archive';
  readonly archiveFolder: string | undefined;
};

const refuse = (message: string): SparkError => new SparkError('IllegalArgumentException', message);

/** Read when the query starts to run, so that wrong values fail inside the query, as in Spark. */
export function fileStreamOptions(options: SourceOptions): FileStreamOptions {
  for (const name of ['modifiedbefore', 'modifiedafter'])
    if (options.get(name) !== undefined) throw refuse(`option '${name}' is not allowed in file stream sources`);
  const latestFirst = flag(options, 'latestFirst');
  const maxFilesPerTrigger = fileLimit(options.get('maxFilesPerTrigger'));
  const age = shortTimeMs(options.get('maxFileAge') ?? '7d');
  const clean = cleanMode(options.get('cleanSource'));
  const archiveFolder = options.get('sourceArchiveDir');
  if (clean === 'archive' && archiveFolder === undefined)
    throw refuse("Archive mode must be used with 'sourceArchiveDir' option.");
  return {
    maxFilesPerTrigger,
    latestFirst,
    fileNameOnly: flag(options, 'fileNameOnly'),
    // With a limit and newest first, age says nothing about what was left out.
    maxFileAgeMs: latestFirst && maxFilesPerTrigger !== undefined ? Number.POSITIVE_INFINITY : age,
    clean,
    archiveFolder,
  };
}

function flag(options: SourceOptions, name: string): boolean {
  const text = options.get(name);
  if (text === undefined) return false;
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false')
    throw refuse(`Invalid value '${text}' for option '${name}', must be 'true' or 'false'`);
  return lower === 'true';
}

function fileLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\+?\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > 2147483647)
    throw refuse(`Invalid value '${text}' for option 'maxFilesPerTrigger', must be a positive integer`);
  return value;
}

function cleanMode(text: string | undefined): FileStreamOptions['clean'] {
  const lower = text?.toLowerCase() ?? 'off';
  if (lower !== 'off' && lower !== 'delete' && lower !== 'archive')
    throw refuse(`Invalid mode for clean source option Some(${text ?? ''}). Must be one of ARCHIVE,DELETE,OFF`);
  return lower;
}
