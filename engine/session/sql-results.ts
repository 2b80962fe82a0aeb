import { parseStatement } from '../parser/parse-query.ts';
import { sqlBelow } from '../plan/relation-children.ts';
import type { Relation, SqlRelation } from '../plan/relation.ts';
import { runStatement, type StatementContext } from './sql-statement.ts';
import { isTableStatement, runTableStatement } from './table-statements.ts';

type SqlNode = SqlRelation & { readonly plan_id?: number };

/** A text that begins like this is a query: analysis reads it, and it need not be read before. */
const queryStart = /^\s*(\(|select\b|from\b|values\b|table\b)/i;

/**
 * What statements in `spark.sql` texts answered. As in Spark a statement runs once, when `spark.sql` is called; its frame holds the rows of that moment.
 */
export class SqlResults {
  readonly #results = new Map<string, Relation>();

  /** Runs the statements of a plan that have not run yet. */
  async runAll(plan: Relation, context: StatementContext): Promise<void> {
    for (const node of sqlBelow(plan)) {
      const identity = identityOf(node);
      if (queryStart.test(node.query) || this.#results.has(identity)) continue;
      const { zone, nowMs } = context.session;
      const statement = parseStatement(node.query, {
        zone,
        nowMs,
        ...(node.named_arguments ? { namedArguments: node.named_arguments } : {}),
        ...(node.pos_arguments ? { positionalArguments: node.pos_arguments } : {}),
      });
      if (isTableStatement(statement)) this.#results.set(identity, await runTableStatement(statement, context));
      else if (statement.kind !== 'query') this.#results.set(identity, await runStatement(statement, context));
    }
  }

  /** The rows of a statement; undefined for a query. */
  of(node: SqlNode): Relation | undefined {
    return this.#results.get(identityOf(node));
  }
}

const identityOf = (node: SqlNode): string => (node.plan_id === undefined ? node.query : `#${node.plan_id}`);
