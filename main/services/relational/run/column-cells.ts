import type { RelationalError } from '../../../../engine/api/relational-client.ts';
import type { Column, Table } from '../catalog/catalog.ts';
import { datetimeType, varcharType } from '../catalog/sql-type.ts';
import { compileExpression } from '../compile/compile-expression.ts';
import { emptyScope } from '../compile/scope.ts';
import { cannotBeNull, noDefault } from '../relational-errors.ts';
import { readerOf } from '../syntax/grammar.ts';
import type { StatementRun } from './statement-run.ts';
import { fitValue, shownCell } from './store-value.ts';
import { computedValues, type SourceValue } from './stored-rows.ts';
import type { StoredValue } from './stored-form.ts';

/** Turns what a statement gives for columns into cells: strictly, or as IGNORE and an `sql_mode` without strict do, with a warning for each thing that does not fit. */
export class ColumnCells {
  private readonly table: Table;
  private readonly run: StatementRun;
  private readonly isIgnore: boolean;
  private readonly isStrict: boolean;

  constructor(table: Table, run: StatementRun, isIgnore: boolean) {
    this.table = table;
    this.run = run;
    this.isIgnore = isIgnore;
    this.isStrict = !isIgnore && /STRICT_/i.test(String(run.session.systemVariable('sql_mode')));
  }

  /** `row`: of the statement, from 1. */
  fit(source: SourceValue, column: Column, row: number): StoredValue {
    const fitting = fitValue(source.value, source.type, this.table, column, row);
    if (fitting.note !== undefined) this.run.note(fitting.note);
    if (fitting.error !== undefined) this.refuse(fitting.error);
    if (fitting.value !== null || column.isNullable || column.isAutoIncrement) return fitting.value;
    // Even without strict mode NULL is refused where it was written.
    if (!this.isIgnore) throw cannotBeNull(column.name);
    this.run.note(cannotBeNull(column.name), 'Warning');
    return emptyCell(column, this.table);
  }

  /** The cell of a column that the statement does not name. */
  async defaultCell(column: Column, row: number): Promise<StoredValue> {
    const value = column.default;
    if (value?.kind === 'expression') return this.fit(await this.expressionValue(value.text), column, row);
    if (value !== undefined && value.value !== null) {
      return this.fit(defaultSource(value.value, column), column, row);
    }
    if (column.isNullable || column.isAutoIncrement) return null;
    if (column.type.name === 'enum') return column.type.members[0] ?? '';
    this.refuse(noDefault(column.name));
    return emptyCell(column, this.table);
  }

  /** The cell of a column with ON UPDATE when its row changes. */
  async updateCell(column: Column, row: number): Promise<StoredValue> {
    return this.fit(await this.expressionValue(column.onUpdate ?? 'NULL'), column, row);
  }

  private async expressionValue(text: string): Promise<SourceValue> {
    // The present moment is known without asking DuckDB, and it is the usual one.
    if (/^current_timestamp\(\d?\)$/.test(text)) {
      const type = datetimeType(6);
      return { value: shownCell(this.run.nowMicros, type), type };
    }
    const expression = readerOf(text).expression();
    const compiled = compileExpression(expression, emptyScope('DEFAULT'), this.run.context());
    const [value] = await computedValues([compiled], this.run);
    return value ?? { value: null, type: compiled.type };
  }

  private refuse(error: RelationalError): void {
    if (this.isStrict) throw error;
    this.run.note(error, 'Warning');
  }
}

/** A default as written; that of a BIT is a number, not the bits of its text. */
export const defaultSource = (text: string, column: Column): SourceValue =>
  column.type.name === 'bit'
    ? { value: BigInt(text), type: column.type }
    : { value: text, type: varcharType(text.length) };

/** What MariaDB writes where nothing was given and NULL is not allowed: 0 or the empty text. */
export function emptyCell(column: Column, table: Table): StoredValue {
  const zero = fitValue(0n, varcharType(1), table, column, 1);
  const isText = zero.value === '0';
  return isText ? '' : zero.value;
}
