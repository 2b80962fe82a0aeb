import type { StructType } from '../core/data-type.ts';

/** A table made by `saveAsTable` or `toTable`: files in a format under the warehouse folder, known by name to the whole application. */
export type SavedTable = {
  readonly name: string;
  readonly format: string;
  /** Absolute. */
  readonly folder: string;
  readonly schema: StructType;
};

/** The catalogue of saved tables; it lives as long as the application, as Spark's in-memory catalogue does. */
export class SavedTables {
  readonly #tables = new Map<string, SavedTable>();

  get(name: string): SavedTable | undefined {
    return this.#tables.get(tableKey(name));
  }

  set(table: SavedTable): void {
    this.#tables.set(tableKey(table.name), table);
  }

  delete(name: string): boolean {
    return this.#tables.delete(tableKey(name));
  }

  all(): readonly SavedTable[] {
    return [...this.#tables.values()];
  }
}

/** `t`, `default.t` and `spark_catalog.default.t` are one table, letter case ignored. */
const tableKey = (name: string): string =>
  name
    .replaceAll('`', '')
    .toLowerCase()
    .replace(/^spark_catalog\./, '')
    .replace(/^default\./, '');
