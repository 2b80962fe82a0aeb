import type { RelationalResult, RelationalValue } from '../../../../engine/api/relational-client.ts';
import { systemVariable } from './system-variables.ts';

/** What a connection remembers between statements. */
export class SessionSettings {
  readonly userVariables = new Map<string, RelationalValue>();
  private readonly changed = new Map<string, string | number>();
  private insertId = 0n;
  private rowsFound = 0;

  get lastInsertId(): bigint {
    return this.insertId;
  }

  get foundRows(): number {
    return this.rowsFound;
  }

  systemVariable = (name: string): string | number | undefined => systemVariable(name, this.changed);

  setSystemVariable(name: string, value: string | number): void {
    this.changed.set(name, value);
  }

  remember(result: RelationalResult): void {
    if (result.kind === 'rows') this.rowsFound = result.rows.length;
    else if (result.insertId > 0n) this.insertId = result.insertId;
  }
}
