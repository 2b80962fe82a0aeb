import type { Expression } from './expression.ts';
import type { Query } from './query.ts';
import { syntaxErrorAt, tokenize, type Token } from './tokenize.ts';

/** The two rules that all others lead back to. */
export type Grammar = {
  readonly expression: (reader: TokenReader) => Expression;
  readonly query: (reader: TokenReader) => Query;
};

/** Words that cannot be names without back-quotes. */
const reserved: ReadonlySet<string> = new Set(
  (
    'ADD ALL ALTER ANALYZE AND AS ASC BETWEEN BIGINT BINARY BLOB BOTH BY CASE CHANGE CHAR CHECK COLLATE COLUMN CONSTRAINT CONVERT CREATE CROSS ' +
    'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DATABASES DECIMAL DEFAULT DELETE DESC DESCRIBE DISTINCT DISTINCTROW DIV ' +
    'DOUBLE DROP ELSE EXCEPT EXISTS EXPLAIN FALSE FETCH FLOAT FOR FORCE FOREIGN FROM FULLTEXT GRANT GROUP HAVING IF IGNORE IN INDEX INNER INSERT ' +
    'INT INTEGER INTERSECT INTERVAL INTO IS JOIN KEY KEYS LEADING LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP LOCK LONGBLOB LONGTEXT MATCH MEDIUMBLOB ' +
    'MEDIUMINT MEDIUMTEXT MOD NATURAL NOT NULL NUMERIC ON OR ORDER OUTER OVER PARTITION PRIMARY PROCEDURE RANGE READ REAL RECURSIVE REFERENCES REGEXP ' +
    'RENAME REPLACE REQUIRE RIGHT RLIKE ROWS SCHEMA SCHEMAS SELECT SEPARATOR SET SHOW SMALLINT STRAIGHT_JOIN TABLE THEN TINYBLOB TINYINT TINYTEXT TO ' +
    'TRAILING TRIGGER TRUE UNION UNIQUE UNLOCK UNSIGNED UPDATE USAGE USE USING UTC_DATE UTC_TIME UTC_TIMESTAMP VALUES VARBINARY VARCHAR WHEN WHERE ' +
    'WITH WRITE XOR ZEROFILL'
  ).split(' '),
);

/** Walks the tokens of one statement; every refusal is MariaDB's syntax error at the token where the walk stands. */
export class TokenReader {
  private readonly statement: string;
  private readonly grammar: Grammar;
  private readonly tokens: readonly Token[];
  private at = 0;
  private readonly given: number;
  private parameters = 0;

  /** `given` values stand ready for `?`. */
  constructor(statement: string, grammar: Grammar, given: number) {
    this.given = given;
    this.statement = statement;
    this.grammar = grammar;
    this.tokens = tokenize(statement);
  }

  expression = (): Expression => this.grammar.expression(this);
  query = (): Query => this.grammar.query(this);

  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new Error('a statement always ends with a token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  /** Whether the next tokens are these words or symbols. */
  sees(...keywords: readonly string[]): boolean {
    return keywords.every((keyword, i) => this.peek(i).keyword === keyword);
  }

  /** Takes the words or symbols if all of them come next. */
  takes(...keywords: readonly string[]): boolean {
    if (!this.sees(...keywords)) return false;
    this.at += keywords.length;
    return true;
  }

  /** Takes the first of these that comes next. */
  takesOne<Keyword extends string>(...keywords: readonly Keyword[]): Keyword | undefined {
    const found = keywords.find((keyword) => this.sees(keyword));
    if (found !== undefined) this.next();
    return found;
  }

  expect(...keywords: readonly string[]): void {
    for (const keyword of keywords) if (!this.takes(keyword)) throw this.error();
  }

  isName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'quoted-name' || (token.kind === 'word' && !reserved.has(token.keyword));
  }

  name(): string {
    if (!this.isName()) throw this.error();
    return this.next().text;
  }

  /** After a dot any word is a name. */
  nameAfterDot(): string {
    if (this.peek().kind !== 'word' && this.peek().kind !== 'quoted-name') throw this.error();
    return this.next().text;
  }

  string(): string {
    if (this.peek().kind !== 'string') throw this.error();
    return this.next().text;
  }

  integer(): number {
    if (this.peek().kind !== 'integer') throw this.error();
    return Number(this.next().text);
  }

  /** Takes a `?`; the text protocol sends one that has no value as it stands, and the server does not understand it. */
  parameter(): Expression {
    if (this.peek().kind !== 'parameter' || this.parameters >= this.given) throw this.error();
    this.next();
    this.parameters += 1;
    return { kind: 'parameter', index: this.parameters - 1 };
  }

  /** What `read` reads, each time after a comma. */
  list<Item>(read: () => Item): Item[] {
    const items = [read()];
    while (this.takes(',')) items.push(read());
    return items;
  }

  /** A list in round brackets. */
  bracketed<Item>(read: () => Item): Item[] {
    this.expect('(');
    const items = this.list(read);
    this.expect(')');
    return items;
  }

  position = (): number => this.peek().start;

  /** The statement's own text from `start` to the last token taken. */
  textFrom(start: number): string {
    const last = this.tokens[this.at - 1];
    return this.statement.slice(start, last?.end ?? start);
  }

  error(at: Token = this.peek()): Error {
    return syntaxErrorAt(this.statement, at.start);
  }

  expectEnd(): void {
    this.takes(';');
    if (this.peek().kind !== 'end') throw this.error();
  }
}
