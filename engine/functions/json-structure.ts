import {
  arrayType,
  booleanType,
  decimalType,
  doubleType,
  field,
  longType,
  stringType,
  structType,
  voidType,
  type DataType,
} from '../core/data-type.ts';

/**
 * DuckDB's `json_group_structure` in Spark's types: an object is a struct, a list of one an array, `JSON` stands for values that do not go together, and for
 * objects without fields. Fields in alphabetical order.
 */
export function typeFromStructure(structure: unknown, primitivesAsString: boolean): DataType {
  if (Array.isArray(structure)) return arrayType(typeFromStructure(structure[0], primitivesAsString));
  if (typeof structure === 'object' && structure !== null) {
    const names = Object.keys(structure).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const members = structure as Readonly<Record<string, unknown>>;
    return structType(names.map((name) => field(name, typeFromStructure(members[name], primitivesAsString))));
  }
  if (structure === 'NULL') return voidType;
  return primitivesAsString ? stringType : primitiveType(String(structure));
}

function primitiveType(name: string): DataType {
  switch (name) {
    case 'UBIGINT':
    case 'BIGINT':
      return longType;
    case 'HUGEINT':
      return decimalType(20, 0);
    case 'DOUBLE':
      return doubleType;
    case 'BOOLEAN':
      return booleanType;
    default:
      return stringType;
  }
}
