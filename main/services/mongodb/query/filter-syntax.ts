import { BSONRegExp } from 'bson';
import { bsonTypeOf, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { isBsonNumber, wholeNumber } from '../values/bson-number.ts';
import { typeName } from '../values/bson-order.ts';
import { MongoError } from '../mongo-error.ts';
import { isTypeAlias } from './query-operators.ts';

/** Operators that take a value of any type. */
const valueOperators: ReadonlySet<string> = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$exists']);
const bitOperators: ReadonlySet<string> = new Set(['$bitsAllSet', '$bitsAllClear', '$bitsAnySet', '$bitsAnyClear']);
/** MongoDB has them, this server does not. */
const missingOperators: ReadonlySet<string> = new Set([
  '$where',
  '$text',
  '$jsonSchema',
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$within',
]);

/** Checks a filter as MongoDB does and gives it the form that mingo evaluates: regular expressions become JavaScript's. Throws `MongoError`. */
export function parseFilter(filter: unknown): BsonDocument {
  if (!isDocument(filter)) throw new MongoError(14, `Expected field filterto be of type object`);
  const parsed: BsonDocument = {};
  for (const [field, condition] of Object.entries(filter)) parsed[field] = parseField(field, condition);
  delete parsed['$comment'];
  return parsed;
}

function parseField(field: string, condition: unknown): unknown {
  switch (field) {
    case '$and':
    case '$or':
    case '$nor':
      return parseBranches(field, condition);
    case '$expr':
    case '$comment':
      return condition;
    default:
      break;
  }
  if (missingOperators.has(field)) throw notSupported(field);
  if (field.startsWith('$'))
    throw new MongoError(
      2,
      `unknown top level operator: ${field}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
    );
  return parseCondition(condition);
}

const notSupported = (operator: string): MongoError =>
  new MongoError(238, `Marea's embedded server does not support ${operator}`);

function parseBranches(operator: string, branches: unknown): unknown {
  if (!Array.isArray(branches)) throw new MongoError(2, `${operator} must be an array`);
  if (branches.length === 0) throw new MongoError(2, `$and/$or/$nor must be a nonempty array`);
  return branches.map((branch: unknown) => {
    if (!isDocument(branch)) throw new MongoError(2, `$or/$and/$nor entries need to be full objects`);
    return parseFilter(branch);
  });
}

/** What stands beside a field: a value, a regular expression, or a document of operators. */
function parseCondition(condition: unknown): unknown {
  if (bsonTypeOf(condition) === 'BSONRegExp') return toRegExp(condition as BSONRegExp);
  if (!isDocument(condition)) return condition;
  const names = Object.keys(condition);
  if (!names[0]?.startsWith('$') || names[0] === '$ref' || names[0] === '$id') return { $eq: condition };
  const parsed: BsonDocument = {};
  for (const name of names) {
    if (name === '$options' && '$regex' in condition) continue;
    parsed[name] =
      name === '$regex'
        ? regexOperand(condition['$regex'], condition['$options'])
        : parseOperand(name, condition[name]);
  }
  return parsed;
}

function parseOperand(operator: string, operand: unknown): unknown {
  if (valueOperators.has(operator)) return parseValueOperand(operator, operand);
  if (bitOperators.has(operator)) return operand;
  if (missingOperators.has(operator)) throw notSupported(operator);
  switch (operator) {
    case '$in':
    case '$nin':
    case '$all':
      return parseList(operator, operand);
    case '$not':
      return parseNot(operand);
    case '$elemMatch':
      if (!isDocument(operand)) throw new MongoError(2, '$elemMatch needs an Object');
      return parseElement(operand);
    case '$size': {
      const size = wholeNumber(operand);
      if (size === null)
        throw new MongoError(9, `Failed to parse $size. Expected an integer, but found: ${describe(operand)}`);
      if (size < 0) throw new MongoError(9, `Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
      return size;
    }
    case '$type':
      for (const alias of Array.isArray(operand) ? (operand as readonly unknown[]) : [operand])
        if (!isTypeAlias(alias))
          throw new MongoError(
            2,
            isBsonNumber(alias)
              ? `Invalid numerical type code: ${describe(alias)}`
              : `Unknown type name alias: ${describe(alias)}`,
          );
      return operand;
    case '$mod':
      if (!Array.isArray(operand)) throw new MongoError(2, 'malformed mod, needs to be an array');
      if (operand.length < 2) throw new MongoError(2, 'malformed mod, not enough elements');
      if (operand.length > 2) throw new MongoError(2, 'malformed mod, too many elements');
      if (wholeNumber(operand[0]) === 0) throw new MongoError(2, 'divisor cannot be 0');
      return operand;
    default:
      throw new MongoError(2, `unknown operator: ${operator}`);
  }
}

function parseValueOperand(operator: string, operand: unknown): unknown {
  if (bsonTypeOf(operand) !== 'BSONRegExp') return operand;
  if (operator === '$eq' || operator === '$exists') return operand;
  if (operator === '$ne') throw new MongoError(2, "Can't have regex as arg to $ne.");
  throw new MongoError(2, `Can't have RegEx as arg to predicate over field`);
}

function parseList(operator: string, operand: unknown): unknown {
  if (!Array.isArray(operand)) throw new MongoError(2, `${operator} needs an array`);
  return operand.map((wanted: unknown) => {
    if (bsonTypeOf(wanted) === 'BSONRegExp') return toRegExp(wanted as BSONRegExp);
    if (!isDocument(wanted)) return wanted;
    const name = Object.keys(wanted)[0];
    if (!name?.startsWith('$') || name === '$ref') return wanted;
    if (operator === '$all' && name === '$elemMatch' && isDocument(wanted[name]))
      return { $elemMatch: parseElement(wanted[name]) };
    throw new MongoError(2, operator === '$all' ? 'no $ expressions in $all' : `cannot nest $ under ${operator}`);
  });
}

function parseNot(operand: unknown): unknown {
  if (bsonTypeOf(operand) === 'BSONRegExp') return { $regex: toRegExp(operand as BSONRegExp) };
  if (!isDocument(operand)) throw new MongoError(2, '$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw new MongoError(2, '$not cannot be empty');
  const parsed = parseCondition(operand) as BsonDocument;
  const name = Object.keys(operand)[0] ?? '';
  if (!name.startsWith('$')) throw new MongoError(2, `unknown operator: ${name}`);
  return parsed;
}

/** `$elemMatch` holds operators on the element or a filter on its fields. */
function parseElement(criteria: BsonDocument): BsonDocument {
  const name = Object.keys(criteria)[0] ?? '';
  const isOnValue = name.startsWith('$') && !['$and', '$or', '$nor', '$expr'].includes(name);
  return isOnValue ? (parseCondition(criteria) as BsonDocument) : parseFilter(criteria);
}

function regexOperand(pattern: unknown, options: unknown): RegExp {
  if (bsonTypeOf(pattern) === 'BSONRegExp') {
    const { pattern: text, options: own } = pattern as BSONRegExp;
    if (own !== '' && options !== undefined) throw new MongoError(51075, 'options set in both $regex and $options');
    return toRegExp(new BSONRegExp(text, options === undefined ? own : optionsText(options)));
  }
  if (typeof pattern !== 'string') throw new MongoError(2, '$regex has to be a string');
  return toRegExp(new BSONRegExp(pattern, optionsText(options)));
}

function optionsText(options: unknown): string {
  if (options === undefined) return '';
  if (typeof options !== 'string') throw new MongoError(2, '$options has to be a string');
  return options;
}

/** PCRE2 as MongoDB takes it, in JavaScript's syntax: inline flags at the start and the `x` option are translated, `\A` and `\z` too. */
function toRegExp({ pattern, options }: Pick<BSONRegExp, 'pattern' | 'options'>): RegExp {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const flags = new Set(options + (inline?.[1] ?? ''));
  for (const flag of flags)
    if (!'imsxu'.includes(flag)) throw new MongoError(51108, `invalid flag in regex options: ${flag}`);
  let source = pattern.slice(inline?.[0].length ?? 0);
  if (flags.has('x'))
    source = source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#[^\n]*/gs, (part) => (/^[\s#]/.test(part) ? '' : part));
  source = source.replace(/\\[AzZ]/g, (anchor) => (anchor === '\\A' ? '(?<![\\s\\S])' : '(?![\\s\\S])'));
  try {
    return new RegExp(source, ['i', 'm', 's'].filter((flag) => flags.has(flag)).join(''));
  } catch (error) {
    throw new MongoError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

const describe = (value: unknown): string =>
  typeof value === 'string' ? value : `${typeName(value)} ${String(value)}`;
