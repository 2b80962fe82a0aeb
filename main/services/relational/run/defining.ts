import type { RelationalResult } from '../../../../engine/api/relational-client.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { StatementRun } from './statement-run.ts';
import type { WriteOperation } from './write-operation.ts';

export type Definition = {
  readonly catalog: Catalog;
  readonly operations: readonly WriteOperation[];
  /** Asked when all is done, so that it counts every warning. */
  readonly result: () => RelationalResult;
};

/** Runs a statement that changes the catalogue: it commits what was open, and itself. */
export async function defining(
  run: StatementRun,
  define: (catalog: Catalog) => Promise<Definition> | Definition,
): Promise<RelationalResult> {
  const { state, transaction } = run;
  await transaction.commit();
  const before = state.catalog;
  try {
    const result = await transaction.writing(async () => {
      const definition = await define(state.catalog);
      if (definition.catalog !== state.catalog) {
        transaction.write(...definition.operations, { kind: 'catalog', catalog: definition.catalog });
        // Before the commit lets the next writer in, who must see it.
        state.catalog = definition.catalog;
      }
      return definition.result();
    });
    await transaction.commit();
    return result;
  } catch (error) {
    state.catalog = before;
    throw error;
  }
}
