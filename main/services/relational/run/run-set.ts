import type { RelationalValue } from '../../../../engine/api/relational-client.ts';
import { compileExpression } from '../compile/compile-expression.ts';
import { emptyScope } from '../compile/scope.ts';
import { unknownVariable } from '../relational-errors.ts';
import type { Statement } from '../syntax/statement.ts';
import type { SessionSettings } from './session-settings.ts';
import type { StatementRun } from './statement-run.ts';
import { computedValues } from './stored-rows.ts';
import type { StoreTransaction } from './store-transaction.ts';
import { isSystemVariable } from './system-variables.ts';

/** SET: variables of the learner's own, `autocommit`, and settings that drivers make and nothing here depends on. */
export async function runSet(
  statement: Extract<Statement, { kind: 'set' }>,
  run: StatementRun,
  settings: SessionSettings,
  transaction: StoreTransaction,
): Promise<void> {
  const values = statement.items.map(({ value }) => compileExpression(value, emptyScope('SET'), run.context()));
  const results = await computedValues(values, run);
  for (const [index, item] of statement.items.entries()) {
    const value = results[index]?.value ?? null;
    const name = item.name.toLowerCase();
    if (item.kind === 'user-variable') settings.userVariables.set(name, value);
    else if (!isSystemVariable(name)) throw unknownVariable(item.name);
    else if (name === 'autocommit') await transaction.setAutocommit(isOn(value));
    else if (String(value).toUpperCase() !== 'DEFAULT')
      settings.setSystemVariable(name, typeof value === 'bigint' ? Number(value) : String(value));
  }
}

const isOn = (value: RelationalValue): boolean => /^(1|on|true)$/i.test(String(value));
