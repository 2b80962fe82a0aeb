import type { RelationalError, RelationalValue } from '../../../../engine/api/relational-client.ts';
import { decimalText, decimalValue, type DecimalValue } from '../../../../engine/core/spark-value.ts';
import { charactersOf } from '../catalog/characters.ts';
import type { Column, Table } from '../catalog/catalog.ts';
import { familyOf, type SqlType } from '../catalog/sql-type.ts';
import { foldText } from '../compile/compile-comparison.ts';
import {
  checkFailed,
  dataTooLong,
  dataTruncated,
  incorrectNumber,
  incorrectTemporal,
  outOfRange,
} from '../relational-errors.ts';
import { cutFraction, momentDays, parseMoment, parseTime, shortYear, timeText } from './parse-moment.ts';
import { parseNumber, roundTo, type ParsedNumber } from './parse-number.ts';
import type { StoredValue } from './stored-form.ts';

/** What a column makes of a value: the cell, and what is wrong with it if it does not fit; then the cell is what INSERT IGNORE keeps. */
export type Fitting = {
  readonly value: StoredValue;
  readonly error?: RelationalError;
  /** Digits were rounded off: MariaDB only notes that. */
  readonly note?: RelationalError;
};

type Place = { readonly table: Table; readonly column: Column; readonly row: number };

const placeText = ({ table, column, row }: Place): string =>
  `\`${table.database}\`.\`${table.name}\`.\`${column.name}\` at row ${row}`;

/** Fits a value (in the form of the port, of type `source`) to a column, as an INSERT in strict mode does. `row`: of the statement, from 1. */
export function fitValue(value: RelationalValue, source: SqlType, table: Table, column: Column, row: number): Fitting {
  const place: Place = { table, column, row };
  if (value === null) return { value: null };
  switch (familyOf(column.type)) {
    case 'integer':
      return column.type.name === 'year' ? fitYear(value, source, place) : fitInteger(value, source, place);
    case 'decimal':
      return fitDecimal(value, source, place);
    case 'double':
      return fitDouble(value, source, place);
    case 'bit':
      return fitBits(value, source, place);
    case 'date':
    case 'datetime':
      return fitMoment(value, source, place);
    case 'time':
      return fitTime(value, source, place);
    case 'binary':
      return fitBytes(value, place);
    case 'null':
    case 'text':
      return fitText(value, source, place);
  }
}

const limits: Readonly<Record<string, bigint>> = {
  tinyint: 1n << 8n,
  smallint: 1n << 16n,
  mediumint: 1n << 24n,
  int: 1n << 32n,
  bigint: 1n << 64n,
};

/** The number that a value is for a number column, or what is wrong with it. */
function numberOf(
  value: RelationalValue,
  source: SqlType,
  place: Place,
  kind: string,
): ParsedNumber & { readonly error?: RelationalError } {
  const isTemporal = ['date', 'datetime', 'time'].includes(familyOf(source));
  const text = isTemporal
    ? String(value).replace(/[-: ]/g, '')
    : value instanceof Uint8Array
      ? bytesNumber(value).toString()
      : String(value);
  const parsed = parseNumber(text);
  if (parsed === undefined) {
    return { unscaled: 0n, scale: 0, isComplete: false, error: incorrectNumber(kind, text, placeText(place)) };
  }
  return parsed.isComplete ? parsed : { ...parsed, error: dataTruncated(place.column.name, place.row) };
}

const bytesNumber = (bytes: Uint8Array): bigint => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

const clamp = (value: bigint, low: bigint, high: bigint): bigint => (value < low ? low : value > high ? high : value);

function fitInteger(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const { type, name } = place.column;
  const number = numberOf(value, source, place, 'integer');
  const whole = roundTo(number, 0);
  const span = limits[type.name] ?? 1n << 64n;
  const [low, high] = type.unsigned ? [0n, span - 1n] : [-(span / 2n), span / 2n - 1n];
  const kept = clamp(whole, low, high);
  const error = number.error ?? (kept === whole ? undefined : outOfRange(name, place.row));
  return { value: kept, ...(error === undefined ? {} : { error }) };
}

function fitYear(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const number = numberOf(value, source, place, 'integer');
  const given = Number(roundTo(number, 0));
  const year = given > 0 && given < 100 ? shortYear(given) : given;
  const isYear = year === 0 || (year >= 1901 && year <= 2155);
  const error = number.error ?? (isYear ? undefined : outOfRange(place.column.name, place.row));
  return { value: BigInt(isYear ? year : 0), ...(error === undefined ? {} : { error }) };
}

function fitDecimal(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const { type, name } = place.column;
  const number = numberOf(value, source, place, 'decimal');
  const rounded = roundTo(number, type.scale);
  const top = 10n ** BigInt(Math.min(38, type.digits)) - 1n;
  const kept = clamp(rounded, type.unsigned ? 0n : -top, top);
  const error = number.error ?? (kept === rounded ? undefined : outOfRange(name, place.row));
  const isCut = number.scale > type.scale && rounded * 10n ** BigInt(number.scale - type.scale) !== number.unscaled;
  return {
    value: decimalValue(kept, type.scale),
    ...(error === undefined ? {} : { error }),
    ...(isCut ? { note: dataTruncated(name, place.row) } : {}),
  };
}

function fitDouble(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const { type, name } = place.column;
  const isNumber = typeof value === 'number';
  const checked = isNumber ? undefined : numberOf(value, source, place, 'double');
  const number = isNumber
    ? value
    : Number.parseFloat(value instanceof Uint8Array ? bytesNumber(value).toString() : String(value));
  const given = Number.isNaN(number) ? 0 : number;
  const single = type.name === 'float' ? Math.fround(given) : given;
  const isOut = !Number.isFinite(single) || (type.unsigned && single < 0);
  const error = checked?.error ?? (isOut ? outOfRange(name, place.row) : undefined);
  return { value: isOut ? 0 : single, ...(error === undefined ? {} : { error }) };
}

function fitBits(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const { type, name } = place.column;
  const isText = typeof value === 'string' && familyOf(source) === 'text';
  const bits =
    value instanceof Uint8Array || isText
      ? bytesNumber(Buffer.from(value))
      : roundTo(numberOf(value, source, place, 'integer'), 0);
  const top = (1n << BigInt(type.length)) - 1n;
  const isOut = bits > top || bits < 0n;
  return { value: isOut ? top : bits, ...(isOut ? { error: dataTooLong(name, place.row) } : {}) };
}

function fitMoment(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const { type } = place.column;
  const isDate = type.name === 'date';
  const text =
    typeof value === 'string'
      ? value
      : value instanceof Uint8Array
        ? Buffer.from(value).toString('utf8')
        : String(value);
  const isNumber = ['integer', 'decimal', 'double'].includes(familyOf(source));
  const micros = parseMoment(isNumber ? text.padStart(text.length <= 8 ? 8 : 14, '20') : text);
  if (micros === undefined) {
    const error = incorrectTemporal(isDate ? 'date' : 'datetime', text, placeText(place));
    return { value: null, error };
  }
  if (!isDate) return { value: cutFraction(micros, type.scale) };
  const days = momentDays(micros);
  const isCut = BigInt(days) * 86_400_000_000n !== micros;
  return { value: days, ...(isCut ? { note: dataTruncated(place.column.name, place.row) } : {}) };
}

function fitTime(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const text = familyOf(source) === 'date' ? '00:00:00' : String(value);
  const micros = parseTime(text);
  if (micros === undefined) return { value: 0n, error: incorrectTemporal('time', text, placeText(place)) };
  return { value: cutFraction(micros, place.column.type.scale) };
}

function fitBytes(value: RelationalValue, place: Place): Fitting {
  const { type, name } = place.column;
  const bytes = value instanceof Uint8Array ? value : Uint8Array.from(Buffer.from(String(value), 'utf8'));
  if (bytes.length > type.length) return { value: bytes.slice(0, type.length), error: dataTooLong(name, place.row) };
  if (type.name !== 'binary') return { value: bytes };
  const padded = new Uint8Array(type.length);
  padded.set(bytes);
  return { value: padded };
}

function fitText(value: RelationalValue, source: SqlType, place: Place): Fitting {
  const { column, row } = place;
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
  if (column.type.name === 'enum') return fitMember(text, source, place);
  if (column.type.name === 'set') return fitSet(text, place);
  if (column.isJson && !isJson(text))
    return {
      value: text,
      error: checkFailed(`${place.table.name}.${column.name}`, place.table.database, place.table.name),
    };
  const kept = column.type.name === 'char' ? text.replace(/ +$/, '') : text;
  // Lengths of the large types count bytes, all others characters.
  const isLarge = ['tinytext', 'text', 'mediumtext', 'longtext'].includes(column.type.name);
  const length = isLarge
    ? Buffer.byteLength(kept, 'utf8')
    : kept.length <= column.type.length
      ? 0
      : charactersOf(kept).length;
  if (length <= column.type.length) return { value: kept };
  const cut = charactersOf(kept).slice(0, column.type.length).join('');
  const isBlankCut = !isLarge && kept.slice(cut.length).trim() === '';
  return isBlankCut
    ? { value: cut, note: dataTruncated(column.name, row) }
    : { value: cut, error: dataTooLong(column.name, row) };
}

function fitMember(text: string, source: SqlType, place: Place): Fitting {
  const { members } = place.column.type;
  const index = Number(text);
  const byNumber = familyOf(source) === 'text' ? undefined : members[index - 1];
  const member = byNumber ?? members.find((each) => foldText(each) === foldText(text));
  return member === undefined ? { value: '', error: dataTruncated(place.column.name, place.row) } : { value: member };
}

function fitSet(text: string, place: Place): Fitting {
  const { members } = place.column.type;
  const given = text === '' ? [] : text.split(',').map(foldText);
  const value = members.filter((member) => given.includes(foldText(member))).join(',');
  const isKnown = given.every((each) => members.some((member) => foldText(member) === each));
  return { value, ...(isKnown ? {} : { error: dataTruncated(place.column.name, place.row) }) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A cell as error texts and the client show it. */
export function shownCell(value: StoredValue, type: SqlType): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  switch (familyOf(type)) {
    case 'date':
      return new Date((value as number) * 86_400_000).toISOString().slice(0, 10);
    case 'datetime': {
      const micros = value as bigint;
      const seconds = new Date(Number(micros / 1000n)).toISOString().slice(0, 19).replace('T', ' ');
      return type.scale === 0
        ? seconds
        : `${seconds}.${(micros % 1_000_000n).toString().padStart(6, '0').slice(0, type.scale)}`;
    }
    case 'time':
      return timeText(value as bigint, type.scale);
    default:
      return typeof value === 'object' ? decimalText(value as DecimalValue) : String(value as string | number | bigint);
  }
}
