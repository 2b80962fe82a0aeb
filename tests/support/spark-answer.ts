import { AnalysisCache } from '../../engine/analysis/analysis-cache.ts';
import type { AnalysisContext } from '../../engine/analysis/analysis-context.ts';
import { analyze } from '../../engine/analysis/analyze.ts';
import { compileBatch } from '../../engine/compile/compile-batch.ts';
import { simpleString } from '../../engine/core/type-names.ts';
import { cellText, escaped } from '../../engine/display/cell-text.ts';
import type { Connection } from '../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../engine/duckdb/open-database.ts';
import { jsScalars } from '../../engine/functions/scalar/catalog.ts';
import { runPlainStep } from '../../engine/microbatch/plain-step.ts';
import { parseQuery } from '../../engine/parser/parse-query.ts';

/** What a SELECT shows: its rows as `show` prints them, and its columns. */
export type SparkAnswer = {
  /** Rows joined with `; `, their values with `|`. */
  readonly answer: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly nullable: readonly boolean[];
};

export type AnswerOptions = { readonly zone?: string; readonly ansi?: boolean };

const refuse = (): never => {
  throw new Error('these queries read nothing');
};

const analysisContext = (zone: string, ansi: boolean): AnalysisContext => ({
  caseSensitive: false,
  ansi,
  zone,
  conf: () => undefined,
  loadedSource: refuse,
  table: () => undefined,
  isView: () => false,
  cachedFrame: () => undefined,
  pythonFunction: () => undefined,
  pivotValues: () => undefined,
  defaultParallelism: 1,
  cache: new AnalysisCache(),
});

/** 2024-01-10 12:00:00 in Madrid: what `current_timestamp()` says in examples. */
export const exampleNowUs = 1_704_884_400_000_000n;

/** A database with every JavaScript function, for `sparkAnswer`. */
export const openExampleDatabase = (): Promise<Database> =>
  openDatabase({ path: ':memory:', threads: 1, scalars: jsScalars });

/** Runs `SELECT text` through parser, analysis, compiler and DuckDB. */
export async function sparkAnswer(
  text: string,
  connection: Connection,
  { zone = 'Europe/Madrid', ansi = false }: AnswerOptions = {},
): Promise<SparkAnswer> {
  const analyzed = analyze(parseQuery(`SELECT ${text}`, { zone }), analysisContext(zone, ansi));
  const batch = compileBatch(analyzed, {
    context: { zone, ansi, nowUs: exampleNowUs, timeParserPolicy: 'EXCEPTION' },
    sources: new Map(),
    table: refuse,
  });
  for (const step of batch.steps) {
    if (!['read_source', 'load_rows', 'make_table'].includes(step.kind))
      throw new Error(`unexpected step ${step.kind}`);
    await runPlainStep(step as Parameters<typeof runPlainStep>[0], connection, {
      callUdf: refuse,
      callForeachBatch: refuse,
      callForeach: refuse,
      callListener: refuse,
    });
  }
  const types = analyzed.output.map((attribute) => attribute.type);
  const rows = await connection.rows(batch.select, types);
  return {
    answer: rows
      .map((row) => row.map((value, i) => escaped(cellText(value, types[i] ?? { kind: 'void' }, zone))).join('|'))
      .join('; '),
    columns: analyzed.output.map((attribute) => attribute.name),
    types: types.map(simpleString),
    nullable: analyzed.output.map((attribute) => attribute.nullable),
  };
}
