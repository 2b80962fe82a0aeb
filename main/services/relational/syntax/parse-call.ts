import { decimalType } from '../catalog/sql-type.ts';
import type { Expression, FunctionCall, WindowSpec } from './expression.ts';
import { parseCastType } from './parse-column-type.ts';
import { parseInterval, parseUnit } from './parse-interval.ts';
import { parseOrderBy } from './parse-order.ts';
import type { TokenReader } from './token-reader.ts';

/** Functions that may stand without brackets. */
const bare: ReadonlySet<string> = new Set(
  'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER LOCALTIME LOCALTIMESTAMP UTC_DATE UTC_TIME UTC_TIMESTAMP'.split(
    ' ',
  ),
);
/** Reserved words that are functions too when a bracket follows. */
const reservedFunctions: ReadonlySet<string> = new Set(
  'CHAR DATABASE SCHEMA IF INSERT LEFT RIGHT MOD REPLACE VALUES CONVERT INTERVAL'.split(' '),
);

/** A function call, if one comes next. */
export function parseCall(reader: TokenReader): Expression | undefined {
  const { keyword, text, kind } = reader.peek();
  if (kind !== 'word') return undefined;
  if (bare.has(keyword) && !reader.sees(keyword, '(')) {
    reader.next();
    return call(keyword, text, []);
  }
  if (!reader.sees(keyword, '(')) return undefined;
  if (!reader.isName() && !reservedFunctions.has(keyword) && !bare.has(keyword)) return undefined;
  reader.expect(keyword, '(');
  return parseSpecial(reader, keyword, text) ?? parsePlain(reader, keyword, text);
}

const call = (
  name: string,
  spelling: string,
  args: readonly Expression[],
  more: Partial<FunctionCall> = {},
): FunctionCall => ({
  kind: 'call',
  name,
  spelling,
  args,
  isStar: false,
  isDistinct: false,
  orderBy: [],
  separator: undefined,
  over: undefined,
  ...more,
});

function parsePlain(reader: TokenReader, name: string, spelling: string): Expression {
  if (reader.takes('*')) {
    reader.expect(')');
    return call(name, spelling, [], { isStar: true, over: parseOver(reader) });
  }
  const isDistinct = reader.takes('DISTINCT');
  if (!isDistinct) reader.takes('ALL');
  const args = reader.sees(')') ? [] : reader.list(reader.expression);
  const orderBy = reader.takes('ORDER', 'BY') ? parseOrderBy(reader) : [];
  const separator = reader.takes('SEPARATOR') ? reader.string() : undefined;
  reader.expect(')');
  return call(name, spelling, args, { isDistinct, orderBy, separator, over: parseOver(reader) });
}

/** Calls with a grammar of their own. */
function parseSpecial(reader: TokenReader, name: string, spelling: string): Expression | undefined {
  switch (name) {
    case 'CAST': {
      const operand = reader.expression();
      reader.expect('AS');
      return parseCastTail(reader, operand);
    }
    case 'CONVERT':
      return parseConvert(reader);
    case 'DATE_ADD':
    case 'ADDDATE':
    case 'DATE_SUB':
    case 'SUBDATE':
      return parseShift(reader, name.includes('SUB'));
    case 'TIMESTAMPDIFF':
    case 'TIMESTAMPADD': {
      const unit: Expression = { kind: 'string', text: parseUnit(reader) };
      reader.expect(',');
      return finish(reader, name, spelling, [unit]);
    }
    case 'EXTRACT': {
      const unit: Expression = { kind: 'string', text: parseUnit(reader) };
      reader.expect('FROM');
      return finish(reader, name, spelling, [unit]);
    }
    case 'POSITION': {
      // As an expression it would be taken for the IN of a list.
      const isText = reader.peek().kind === 'string';
      const what: Expression = isText
        ? { kind: 'string', text: reader.string() }
        : { kind: 'column', database: undefined, table: undefined, name: reader.name() };
      reader.expect('IN');
      return finish(reader, name, spelling, [what]);
    }
    case 'TRIM':
      return parseTrim(reader, spelling);
    case 'SUBSTRING':
    case 'SUBSTR':
    case 'MID':
      return parseSubstring(reader, spelling);
    case 'VALUES': {
      const column = reader.name();
      reader.expect(')');
      return { kind: 'inserted', column };
    }
    default:
      return undefined;
  }
}

function finish(reader: TokenReader, name: string, spelling: string, first: readonly Expression[]): Expression {
  const rest = reader.list(reader.expression);
  reader.expect(')');
  return call(name, spelling, [...first, ...rest]);
}

/** The rest of `CAST(x AS type)` and `CONVERT(x, type)`. */
function parseCastTail(reader: TokenReader, operand: Expression): Expression {
  const type = parseCastType(reader);
  reader.expect(')');
  // A plain DECIMAL has ten digits.
  return { kind: 'cast', operand, type: type ?? decimalType(10, 0) };
}

function parseConvert(reader: TokenReader): Expression {
  const operand = reader.expression();
  if (!reader.takes('USING')) {
    reader.expect(',');
    return parseCastTail(reader, operand);
  }
  const charset = reader.next().text;
  reader.expect(')');
  return { kind: 'collate', operand, isBinary: /^binary$/i.test(charset) };
}

/** The second argument is an interval, or a number of days. */
function parseShift(reader: TokenReader, isNegative: boolean): Expression {
  const operand = reader.expression();
  reader.expect(',');
  const interval = parseInterval(reader, isNegative);
  if (interval !== undefined) {
    reader.expect(')');
    return { kind: 'shift', operand, ...interval };
  }
  const days = reader.expression();
  const amount: Expression = isNegative ? { kind: 'unary', operator: '-', operand: days } : days;
  reader.expect(')');
  return { kind: 'shift', operand, amount, unit: 'DAY' };
}

/** TRIM([BOTH | LEADING | TRAILING] [what] FROM text): answers a call with the side as its name. */
function parseTrim(reader: TokenReader, spelling: string): Expression {
  const side = reader.takesOne('BOTH', 'LEADING', 'TRAILING');
  const name = side === 'LEADING' ? 'LTRIM' : side === 'TRAILING' ? 'RTRIM' : 'TRIM';
  if (reader.takes('FROM')) return finish(reader, name, spelling, []);
  const first = reader.expression();
  if (!reader.takes('FROM')) {
    reader.expect(')');
    return call(name, spelling, [first]);
  }
  const text = reader.expression();
  reader.expect(')');
  return call(name, spelling, [text, first]);
}

function parseSubstring(reader: TokenReader, spelling: string): Expression {
  const args = [reader.expression()];
  while (reader.takesOne(',', 'FROM', 'FOR')) args.push(reader.expression());
  reader.expect(')');
  return call('SUBSTRING', spelling, args);
}

function parseOver(reader: TokenReader): WindowSpec | undefined {
  if (!reader.takes('OVER')) return undefined;
  reader.expect('(');
  const partitionBy = reader.takes('PARTITION', 'BY') ? reader.list(reader.expression) : [];
  const orderBy = reader.takes('ORDER', 'BY') ? parseOrderBy(reader) : [];
  const start = reader.position();
  const hasFrame = reader.takesOne('ROWS', 'RANGE') !== undefined;
  while (hasFrame && reader.takesOne('BETWEEN', 'AND', 'UNBOUNDED', 'PRECEDING', 'FOLLOWING', 'CURRENT', 'ROW'))
    continue;
  if (hasFrame) parseFrameNumbers(reader);
  const frame = hasFrame ? reader.textFrom(start) : undefined;
  reader.expect(')');
  return { partitionBy, orderBy, frame };
}

/** The rest of a frame that has numbers in it: `ROWS BETWEEN 2 PRECEDING AND CURRENT ROW`. */
function parseFrameNumbers(reader: TokenReader): void {
  while (reader.peek().kind === 'integer') {
    reader.next();
    while (reader.takesOne('AND', 'UNBOUNDED', 'PRECEDING', 'FOLLOWING', 'CURRENT', 'ROW')) continue;
  }
}
