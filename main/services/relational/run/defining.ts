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
  let { catalog } = state;
  const work = async (): Promise<RelationalResult> => {
    const definition = await define(state.catalog);
    if (definition.catalog !== state.catalog) {
      transaction.write(...definition.operations, { kind: 'catalog', catalog: definition.catalog });
    }
    catalog = definition.catalog;
    return definition.result();
  };
  return transaction.writingAlone(work, () => {
    state.catalog = catalog;
  });
}
