import { longType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { rowBytes } from '../compile/partitions/believed-bytes.ts';
import { constantLeaf, evenSlices } from '../compile/partitions/constant-leaf.ts';
import { newPart, type Layout, type LayoutContext, type Tagged } from '../compile/partitions/layout.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { runBatchQuery } from './batch-query.ts';
import type { EngineState } from './engine-state.ts';
import type { SparkSession } from './spark-session.ts';

/** What a frame is read from, cut as Spark would. Tagged rows are kept in tables of the session until `close`. */
export class LeafLayouts {
  readonly #session: SparkSession;
  readonly #engine: EngineState;
  readonly #bytes = new Map<AnalyzedRelation, number>();
  readonly #tables: string[] = [];

  constructor(session: SparkSession, engine: EngineState) {
    this.#session = session;
    this.#engine = engine;
  }

  readonly context: Pick<LayoutContext, 'leaf' | 'leafBytes' | 'rowCount' | 'taggedSizes'> = {
    leaf: (node) => this.#leaf(node),
    leafBytes: (node) => this.#bytes.get(node) ?? Number.POSITIVE_INFINITY,
    rowCount: (plan) => this.#rowCount(plan),
    taggedSizes: (tagged, count) => this.#taggedSizes(tagged, count),
  };

  async close(): Promise<void> {
    for (const table of this.#tables) await this.#engine.database.tables.drop(table);
  }

  async #leaf(node: AnalyzedRelation): Promise<Layout | null> {
    switch (node.kind) {
      case 'range':
      case 'local_rows': {
        const { sizes, bytes, spread } = constantLeaf(node, this.#session.parallelism);
        this.#bytes.set(node, bytes);
        return { ...this.#cut(node, sizes), ...(spread ? { spread } : {}) };
      }
      case 'table':
        return this.#table(node);
      case 'source':
        return this.#source(node);
      default:
        throw new Error(`internal error: ${node.kind} has inputs`);
    }
  }

  /** The frame of `foreachBatch` keeps the partitions of its batch; a memory sink's table is cut anew. */
  async #table(node: AnalyzedNode<'table'>): Promise<Layout | null> {
    const kept = this.#engine.database.partitionsOf(node.tableKey);
    if (kept !== undefined) return kept === null ? null : { count: kept };
    const rows = await this.#rowCount(node);
    this.#bytes.set(node, rows * rowBytes(node.output));
    return this.#cut(node, evenSlices(rows, Math.min(rows, this.#session.parallelism)));
  }

  async #source(node: AnalyzedNode<'source'>): Promise<Layout | null> {
    const source = this.#engine.sources.byKey(node.sourceKey);
    if (source.isStreaming) return null;
    const { batch } = source;
    const { partitions, bytes } = await batch.read();
    if (bytes !== undefined) this.#bytes.set(node, bytes);
    if (!batch.partitionSizes) return this.#cut(node, undefined, partitions ?? 1);
    if (partitions === undefined) {
      const sizes = await batch.partitionSizes();
      return sizes && this.#cut(node, sizes);
    }
    const { partitionSizes } = batch;
    return {
      count: partitions,
      ...(partitions > 1 ? { tagged: async () => this.#tag(node, (await partitionSizes()) ?? []) } : {}),
    };
  }

  /** Rows that stand in the order of their partitions. */
  #cut(node: AnalyzedRelation, sizes: readonly number[] | undefined, count = sizes?.length ?? 1): Layout {
    if (!sizes) return { count };
    return { count, sizes: async () => sizes, tagged: () => this.#tag(node, sizes) };
  }

  async #tag(node: AnalyzedRelation, sizes: readonly number[]): Promise<Tagged> {
    const part = newPart();
    const tableKey = `partitions_${crypto.randomUUID()}`;
    const output = [...node.output, part];
    const { tables, reference } = this.#engine.database;
    const table = { ...node, kind: 'table' as const, tableKey, description: 'LogicalRDD', output, planIds: [] };
    await tables.create(tableKey, schemaOf(table));
    this.#tables.push(tableKey);
    await runBatchQuery(node, this.#session, this.#engine, ({ connection, select }) =>
      connection.run(
        sql`INSERT INTO ${reference(tableKey)} SELECT * EXCLUDE (marea_row), ${partOfRow(sizes)} FROM (SELECT *, row_number() OVER () AS marea_row FROM (${select}))`,
      ),
    );
    return { plan: table, part };
  }

  async #rowCount(plan: AnalyzedRelation): Promise<number> {
    return runBatchQuery(plan, this.#session, this.#engine, ({ connection, select }) =>
      connection.count(sql`SELECT count(*) FROM (${select})`),
    );
  }

  #taggedSizes({ plan, part }: Tagged, count: number): Promise<readonly number[]> {
    const column = sql`f${sqlInteger(plan.output.findIndex(({ id }) => id === part.id))}`;
    return runBatchQuery(plan, this.#session, this.#engine, async ({ connection, select }) => {
      const rows = await connection.rows(sql`SELECT ${column}::BIGINT, count(*) FROM (${select}) GROUP BY 1`, [
        longType,
        longType,
      ]);
      const found = new Map(rows.map(([number, size]) => [Number(number), Number(size)]));
      return Array.from({ length: count }, (_, number) => found.get(number) ?? 0);
    });
  }
}

function partOfRow(sizes: readonly number[]): Sql {
  let end = 0;
  const tests = sizes.slice(0, -1).map((size, number) => {
    end += size;
    return sql`WHEN marea_row <= ${sqlInteger(end)} THEN ${sqlInteger(number)}`;
  });
  const last = sqlInteger(Math.max(0, sizes.length - 1));
  return tests.length === 0 ? last : sql`CASE ${sqlJoin(tests, ' ')} ELSE ${last} END`;
}
