import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { RecordingPort } from './recording-port.ts';
import { startKernel, type TestKernel } from './start-kernel.ts';

type Asked = { readonly operation: string; readonly input: { readonly statement?: string } };

let python: TestKernel;
let asked: Asked[] = [];
let answers: unknown[] = [];
const done = { kind: 'done', affectedRows: 1, insertId: '7', warnings: 0, info: '', inTransaction: true };

/** Answers `relational.execute` with the next planned answer. */
const services = {
  call: async (operation: string, input: unknown): Promise<unknown> => {
    asked.push({ operation, input: input as Asked['input'] });
    if (operation === 'relational.connect') return { connection: 'relational-1', serverVersion: '10.11.6-MariaDB' };
    return operation === 'relational.execute' ? (answers.shift() ?? done) : { inTransaction: false };
  },
};
const column = (name: string, type: string, more: object = {}): object => ({
  name,
  type,
  unsigned: false,
  nullable: true,
  autoIncrement: false,
  length: 0,
  scale: 0,
  ...more,
});
const rows = (columns: readonly object[], values: readonly (readonly unknown[])[]): object => ({
  kind: 'rows',
  columns,
  rows: values,
  inTransaction: true,
});
const statements = (): readonly (string | undefined)[] =>
  asked.flatMap(({ operation, input }) => (operation === 'relational.execute' ? [input.statement] : []));

beforeAll(async () => {
  python = await startKernel({ commands: new RecordingPort(), services });
});
afterAll(() => python.kernel.shutdown());
beforeEach(() => {
  asked = [];
  answers = [];
});

const connect =
  'import mysql.connector\ndb = mysql.connector.connect(user="iabd", password="iabd", database="spark")\n';

test("values have Python's types", async () => {
  const columns = [
    column('a', 'bigint', { unsigned: true, nullable: false, autoIncrement: true }),
    column('b', 'decimal'),
    column('c', 'datetime'),
    column('d', 'timestamp'),
    column('e', 'date'),
    column('f', 'time'),
    column('g', 'varchar'),
    column('h', 'blob'),
    column('i', 'double'),
    column('j', 'bit'),
    column('k', 'set'),
    column('l', 'null'),
  ];
  answers.push(
    rows(columns, [
      [
        '18446744073709551615',
        '12.50',
        '2022-05-13 13:36:58.5',
        '2022-05-13 13:36:58',
        '2022-05-13',
        '-25:30:15.25',
        'ñ',
        'Ymxv',
        1.5,
        'BQ==',
        'x',
        null,
      ],
    ]),
  );
  const output = await python.run(
    `${connect}cur = db.cursor()\ncur.execute("SELECT 1")\nprint(cur.fetchall()[0])\nprint(cur.column_names[:2], cur.description[0])`,
  );
  expect(output).toBe(
    "(18446744073709551615, Decimal('12.50'), datetime.datetime(2022, 5, 13, 13, 36, 58, 500000), datetime.datetime(2022, 5, 13, 13, 36, 58), " +
      "datetime.date(2022, 5, 13), datetime.timedelta(days=-2, seconds=80984, microseconds=750000), 'ñ', bytearray(b'blo'), 1.5, 5, {'x'}, None)\n" +
      "('a', 'b') ('a', 8, None, None, None, None, 0, 545, 63)\n",
  );
});

test('parameters become literals of MariaDB', async () => {
  await python.run(`${connect}from datetime import *
from decimal import Decimal
cur = db.cursor()
cur.execute("INSERT INTO t VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", (None, True, 1.5, Decimal("1.50"), 'a\\'b"\\\\\\n', b"\\x00'",
    datetime(2022, 1, 2, 3, 4, 5, 6), timedelta(hours=-25, minutes=3)))
cur.execute("SELECT %(b)s, %(a)s", {"a": date(2022, 1, 2), "b": time(1, 2)})
cur.execute("SELECT '5%'")`);
  expect(statements()).toEqual([
    `INSERT INTO t VALUES (NULL, 1, 1.5, 1.50, 'a\\'b\\"\\\\\\n', x'0027', '2022-01-02 03:04:05.000006', '-24:57:00')`,
    "SELECT '01:02:00', '2022-01-02'",
    "SELECT '5%'",
  ]);
});

test('executemany sends the rows of an INSERT as one statement, anything else row by row', async () => {
  answers.push({ ...done, affectedRows: 2 });
  const output = await python.run(`${connect}cur = db.cursor()
cur.executemany("INSERT INTO t (a, b) VALUES (%s, %s) ON DUPLICATE KEY UPDATE b = 1", [(1, "x"), (2, "y")])
print(cur.rowcount, cur.lastrowid)
cur.executemany("UPDATE t SET a = %s", [(1,), (2,)])
print(cur.rowcount)`);
  expect(output).toBe('2 7\n2\n');
  expect(statements()).toEqual([
    "INSERT INTO t (a, b) VALUES (1, 'x'),(2, 'y') ON DUPLICATE KEY UPDATE b = 1",
    'UPDATE t SET a = 1',
    'UPDATE t SET a = 2',
  ]);
});

test("the server's errors have the class, number and text of the real package", async () => {
  const refuse = (errno: number, sqlState: string | null, message: string): void => {
    answers.push({ error: { errno, sqlState, message } });
  };
  refuse(1146, '42S02', "Table 'spark.x' doesn't exist");
  refuse(1062, '23000', "Duplicate entry '1' for key 'PRIMARY'");
  refuse(1406, '22001', "Data too long for column 'a' at row 1");
  refuse(2013, null, 'Lost connection to MySQL server during query');
  const output = await python.run(`${connect}from mysql.connector import Error, errorcode
for _ in range(4):
    try: db.cursor().execute("SELECT 1")
    except Error as e: print(type(e).__name__, "|", e, "|", e.errno, e.sqlstate, e.msg == e.args[1])
print(errorcode.ER_NO_SUCH_TABLE)`);
  expect(output).toBe(
    "ProgrammingError | 1146 (42S02): Table 'spark.x' doesn't exist | 1146 42S02 False\n" +
      "IntegrityError | 1062 (23000): Duplicate entry '1' for key 'PRIMARY' | 1062 23000 False\n" +
      "DataError | 1406 (22001): Data too long for column 'a' at row 1 | 1406 22001 False\n" +
      'OperationalError | 2013: Lost connection to MySQL server during query | 2013 None False\n1146\n',
  );
});

test('rows that were not fetched are in the way of the next statement, unless the cursor is buffered', async () => {
  const two = rows(
    [column('id', 'int'), column('nombre', 'varchar')],
    [
      [1, 'Aitor'],
      [2, 'Pedro'],
    ],
  );
  answers.push(two, two, two);
  const output = await python.run(`${connect}cur = db.cursor()
cur.execute("SELECT * FROM usuarios")
print(cur.rowcount, cur.fetchone(), cur.rowcount)
try: db.cursor().execute("SELECT 1")
except mysql.connector.InternalError as e: print(e)
print(cur.fetchmany(5), cur.fetchone(), cur.rowcount)
cur = db.cursor(dictionary=True, buffered=True)
cur.execute("SELECT * FROM usuarios")
print(cur.rowcount)
other = db.cursor()
other.execute("SELECT * FROM usuarios")
print(cur.fetchone(), [row for row in other])`);
  expect(output).toBe(
    "-1 (1, 'Aitor') 1\nUnread result found\n[(2, 'Pedro')] None 2\n2\n{'id': 1, 'nombre': 'Aitor'} [(1, 'Aitor'), (2, 'Pedro')]\n",
  );
});

test('autocommit is off; commit, rollback and close are asked of the host', async () => {
  const output = await python.run(`${connect}print(db.autocommit, db.in_transaction)
db.cursor().execute("INSERT INTO t VALUES (1)")
print(db.in_transaction)
db.commit()
print(db.in_transaction)
db.rollback()
db.close()
print(db.is_connected())
db.cursor()`);
  expect(output).toBe(
    'False False\nTrue\nFalse\nFalse\nmysql.connector.errors.OperationalError: MySQL Connection not available',
  );
  expect(asked.map(({ operation }) => operation)).toEqual([
    'relational.connect',
    'relational.execute',
    'relational.commit',
    'relational.rollback',
    'relational.close',
  ]);
});

test.each([
  ['mysql.connector.connect(nohay=1)', "AttributeError: Unsupported argument 'nohay'"],
  ['db.cursor().fetchone()', 'mysql.connector.errors.InterfaceError: No result set to fetch from'],
  [
    'db.cursor().execute("SELECT %s, %s", (1,))',
    'mysql.connector.errors.ProgrammingError: Not enough parameters for the SQL statement',
  ],
  [
    'db.cursor().execute("SELECT %s", (1, 2))',
    'mysql.connector.errors.ProgrammingError: Not all parameters were used in the SQL statement',
  ],
  [
    'db.cursor().execute("SELECT %s", 5)',
    'mysql.connector.errors.ProgrammingError: Could not process parameters: int(5), it must be of type list, tuple or dict',
  ],
  [
    'db.cursor().execute("SELECT %s", ([1],))',
    "mysql.connector.errors.ProgrammingError: Failed processing format-parameters; Python 'list' cannot be converted to a MySQL type",
  ],
])('%s is refused as by the real package', async (source, error) => {
  await python.run(connect);
  expect(await python.run(source)).toBe(error);
});
