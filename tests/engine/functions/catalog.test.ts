import { describe, expect, test } from 'vitest';
import { canonicalName, findFunction, functionNames } from '../../../engine/functions/catalog.ts';

describe('the catalogue', () => {
  test('finds a function by any letter case and by its other names', () => {
    expect(findFunction('UPPER')).toBe(findFunction('ucase'));
    expect(canonicalName('Char_Length')).toBe('length');
    expect(canonicalName('Ceiling')).toBe('ceil');
  });

  test('does not know what Spark does not have', () => {
    expect(findFunction('no_such_function')).toBeUndefined();
    expect(canonicalName('No_Such_Function')).toBe('no_such_function');
  });

  test('gives every spelling to one row only', () => {
    const spellings = functionNames().flatMap((name) => {
      const row = findFunction(name);
      return row && row.kind !== 'generator' ? [name, ...(row.aliases ?? [])] : [name];
    });
    expect(spellings.filter((name, i) => spellings.indexOf(name) !== i)).toEqual([]);
  });

  test('has every operator under the name that plans use', () => {
    const operators = [
      '==',
      '<',
      '<=',
      '>',
      '>=',
      '<=>',
      '+',
      '-',
      '*',
      '/',
      '%',
      'div',
      '&',
      '|',
      '^',
      '~',
      'and',
      'or',
      'not',
      'negative',
      'isnull',
      'isnotnull',
      'in',
      'like',
      'ilike',
      'rlike',
      'startswith',
      'endswith',
      'contains',
    ];
    expect(operators.filter((name) => findFunction(name) === undefined)).toEqual([]);
  });
});
