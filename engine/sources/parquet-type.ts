import { arrayType, decimalType, field, mapType, structType, type DataType } from '../core/data-type.ts';

const atomic: Readonly<Record<string, DataType['kind']>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'byte',
  SMALLINT: 'short',
  INTEGER: 'integer',
  BIGINT: 'long',
  UTINYINT: 'short',
  USMALLINT: 'integer',
  UINTEGER: 'long',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BLOB: 'binary',
  DATE: 'date',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
  TIMESTAMP: 'timestamp_ntz',
  TIMESTAMP_MS: 'timestamp_ntz',
  TIMESTAMP_NS: 'timestamp_ntz',
};

/** The Spark type of a Parquet column from the DuckDB type it is read as; null for one that Spark's reader does not know either. */
export function typeOfParquetColumn(text: string): DataType | null {
  const clean = text.trim();
  if (clean.endsWith('[]')) {
    const element = typeOfParquetColumn(clean.slice(0, -2));
    return element && arrayType(element);
  }
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(clean);
  if (decimal) return decimalType(Number(decimal[1]), Number(decimal[2]));
  if (clean === 'UBIGINT') return decimalType(20, 0);
  if (clean.startsWith('STRUCT(')) return structOf(clean.slice(7, -1));
  if (clean.startsWith('MAP(')) {
    const [key, value] = splitTopLevel(clean.slice(4, -1)).map(typeOfParquetColumn);
    return key && value ? mapType(key, value) : null;
  }
  const kind = atomic[clean];
  return kind === undefined ? null : ({ kind } as DataType);
}

function structOf(inside: string): DataType | null {
  const fields = splitTopLevel(inside).map((member) => {
    const quoted = /^"((?:[^"]|"")*)"\s+(.*)$/s.exec(member.trim()) ?? /^(\S+)\s+(.*)$/s.exec(member.trim());
    const type = typeOfParquetColumn(quoted?.[2] ?? '');
    return type && field((quoted?.[1] ?? '').replaceAll('""', '"'), type);
  });
  return fields.every((one) => one !== null) ? structType(fields) : null;
}

/** Cuts at commas that are in no parenthesis and no quotes. */
function splitTopLevel(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === '(') depth += 1;
    else if (!isQuoted && letter === ')') depth -= 1;
    else if (!isQuoted && depth === 0 && letter === ',') {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
