import type { StructType } from '../core/data-type.ts';

/** A table made by `saveAsTable`, `toTable` or CREATE TABLE: files of one format in a folder, known by name to the whole application. */
export type SavedTable = {
  /** Lower case, as Spark keeps it; the only database is `default`. */
  readonly name: string;
  readonly format: string;
  /** Absolute. */
  readonly folder: string;
  /** Partition columns last. */
  readonly schema: StructType;
  readonly partitionBy: readonly string[];
  /** Its folder goes when the table is dropped. */
  readonly isManaged: boolean;
};

/** The catalogue of saved tables; it lives as long as the application, as Spark's in-memory catalogue does. */
export class SavedTables {
  readonly #tables = new Map<string, SavedTable>();
  /** Absolute folder of managed tables, fixed when it is first asked for. */
  #warehouse: string | undefined;

  get(name: string): SavedTable | undefined {
    return this.#tables.get(name.toLowerCase());
  }

  set(table: SavedTable): void {
    this.#tables.set(table.name, table);
  }

  delete(name: string): void {
    this.#tables.delete(name.toLowerCase());
  }

  /** In alphabetical order. */
  all(): readonly SavedTable[] {
    return [...this.#tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  warehouse(resolve: () => string): string {
    return (this.#warehouse ??= resolve());
  }
}

/** The table that a name of one, two or three parts means in the catalogue; undefined: it cannot be one of `default`. */
export function savedName(parts: readonly string[]): string | undefined {
  const lower = parts.map((part) => part.toLowerCase());
  const [name = ''] = lower.slice(-1);
  const before = lower.slice(0, -1).join('.');
  return before === '' || before === 'default' || before === 'spark_catalog.default' ? name : undefined;
}

/** As Spark's messages write it: `spark_catalog.default.t`, and with every part quoted. */
export const plainName = (name: string): string => `spark_catalog.default.${name}`;
export const quotedTableName = (name: string): string => `\`spark_catalog\`.\`default\`.\`${name}\``;
