import { aggregateFunctions } from './aggregate-functions.ts';
import { arrayFunctions } from './array-functions.ts';
import { arraySetFunctions } from './array-set-functions.ts';
import { bitwiseFunctions } from './bitwise-functions.ts';
import { collectingAggregates } from './collecting-aggregates.ts';
import { conditionalFunctions } from './conditional-functions.ts';
import { csvFunctions } from './csv-functions.ts';
import { dateFormatFunctions } from './date-format-functions.ts';
import type { FunctionRow, FunctionTable } from './define-function.ts';
import { elementFunctions } from './element-functions.ts';
import { encodingFunctions } from './encoding-functions.ts';
import { generatorFunctions } from './generator-functions.ts';
import { hashFunctions } from './hash-functions.ts';
import { jsonFunctions } from './json-functions.ts';
import { lambdaFunctions } from './lambda-functions.ts';
import { mapFunctions } from './map-functions.ts';
import { mathFunctions } from './math-functions.ts';
import { miscFunctions } from './misc-functions.ts';
import { operatorFunctions } from './operator-functions.ts';
import { predicateFunctions } from './predicate-functions.ts';
import { regexpFunctions } from './regexp-functions.ts';
import { roundingFunctions } from './rounding-functions.ts';
import { sequenceFunctions } from './sequence-function.ts';
import { statisticAggregates } from './statistic-aggregates.ts';
import { stringFunctions } from './string-functions.ts';
import { stringFormatFunctions, stringSearchFunctions, urlFunctions } from './string-search-functions.ts';
import { timeFunctions } from './time-functions.ts';
import { unsupportedFunctions } from './unsupported-functions.ts';
import { windowFunctions } from './window-functions.ts';

/** Every function that Spark programs may call, in the order of the reference. A name stands in one table only. */
const tables: readonly FunctionTable[] = [
  operatorFunctions,
  bitwiseFunctions,
  predicateFunctions,
  conditionalFunctions,
  mathFunctions,
  roundingFunctions,
  stringFunctions,
  encodingFunctions,
  stringSearchFunctions,
  stringFormatFunctions,
  urlFunctions,
  regexpFunctions,
  hashFunctions,
  dateFormatFunctions,
  timeFunctions,
  jsonFunctions,
  csvFunctions,
  arrayFunctions,
  arraySetFunctions,
  elementFunctions,
  mapFunctions,
  lambdaFunctions,
  sequenceFunctions,
  miscFunctions,
  aggregateFunctions,
  collectingAggregates,
  statisticAggregates,
  windowFunctions,
  generatorFunctions,
  unsupportedFunctions,
];

type Entry = { readonly name: string; readonly row: FunctionRow };

const entries: ReadonlyMap<string, Entry> = new Map(
  tables
    .flatMap((table) => Object.entries(table))
    .flatMap(([name, row]) => namesOf(name, row).map((spelling) => [spelling, { name, row }] as const)),
);

function namesOf(name: string, row: FunctionRow): readonly string[] {
  return row.kind === 'generator' ? [name] : [name, ...(row.aliases ?? [])];
}

/** The row behind a name or an alias, in any letter case. */
export const findFunction = (name: string): FunctionRow | undefined => entries.get(name.toLowerCase())?.row;

/** The name under which a row is listed: `ucase` → `upper`. Unknown names stay as they are, in lower case. */
export const canonicalName = (name: string): string => entries.get(name.toLowerCase())?.name ?? name.toLowerCase();

/** Canonical names, in the order of the tables. */
export const functionNames = (): readonly string[] => [...new Set([...entries.values()].map((entry) => entry.name))];
