import { describe, expect, test } from 'vitest';
import type { Bench } from './client-contract.ts';
import { doneOf, failureOf, rowsOf, run } from './contract-steps.ts';

const strict = `CREATE TABLE k (a INT PRIMARY KEY, b VARCHAR(3) UNIQUE, c INT NOT NULL, d DATE, e INT DEFAULT 5, f DECIMAL(4,2), g TINYINT UNSIGNED,
  m TIMESTAMP NULL, CONSTRAINT cd UNIQUE (c, d))`;

export function describeChanges({ client }: Bench): void {
  describe('values that do not fit', () => {
    const refused: readonly (readonly [text: string, errno: number, sqlState: string, message: string])[] = [
      ['INSERT INTO k (a) VALUES (2)', 1364, 'HY000', "Field 'c' doesn't have a default value"],
      ['INSERT INTO k (a, c) VALUES (2, NULL)', 1048, '23000', "Column 'c' cannot be null"],
      ["INSERT INTO k (a, c, b) VALUES (2, 2, 'abcd')", 1406, '22001', "Data too long for column 'b' at row 1"],
      [
        "INSERT INTO k (a, c, d) VALUES (2, 2, '2022-02-30')",
        1292,
        '22007',
        "Incorrect date value: '2022-02-30' for column `contrato`.`k`.`d` at row 1",
      ],
      [
        "INSERT INTO k (a, c, m) VALUES (2, 2, 'hoy')",
        1292,
        '22007',
        "Incorrect datetime value: 'hoy' for column `contrato`.`k`.`m` at row 1",
      ],
      ['INSERT INTO k (a, c, f) VALUES (2, 2, 1000)', 1264, '22003', "Out of range value for column 'f' at row 1"],
      [
        'INSERT INTO k (a, c, g) VALUES (2, 2, 1), (3, 3, 256)',
        1264,
        '22003',
        "Out of range value for column 'g' at row 2",
      ],
      ['INSERT INTO k (a, c, g) VALUES (2, 2, -1)', 1264, '22003', "Out of range value for column 'g' at row 1"],
      [
        "INSERT INTO k (a, c) VALUES (2, 'x')",
        1366,
        '22007',
        "Incorrect integer value: 'x' for column `contrato`.`k`.`c` at row 1",
      ],
      ["INSERT INTO k (a, c) VALUES (2, '5x')", 1265, '01000', "Data truncated for column 'c' at row 1"],
      ['INSERT INTO k (a, c) VALUES (1, 9)', 1062, '23000', "Duplicate entry '1' for key 'PRIMARY'"],
      ["INSERT INTO k (a, c, b) VALUES (2, 9, 'UNO')", 1062, '23000', "Duplicate entry 'UNO' for key 'b'"],
      [
        "INSERT INTO k (a, c, d) VALUES (2, 1, '20220101')",
        1062,
        '23000',
        "Duplicate entry '1-2022-01-01' for key 'cd'",
      ],
      ['INSERT INTO k (a, c) VALUES (2)', 1136, '21S01', "Column count doesn't match value count at row 1"],
      ['INSERT INTO k VALUES (2, 2)', 1136, '21S01', "Column count doesn't match value count at row 1"],
      ['INSERT INTO k (a, z) VALUES (2, 2)', 1054, '42S22', "Unknown column 'z' in 'INSERT INTO'"],
      ['INSERT INTO k (a, a) VALUES (2, 2)', 1110, '42000', "Column 'a' specified twice"],
      ['INSERT INTO k (a, c) VALUES (2, 1/0)', 1365, '22012', 'Division by 0'],
      ['INSERT INTO nadie VALUES (1)', 1146, '42S02', "Table 'contrato.nadie' doesn't exist"],
      ['UPDATE k SET c = NULL', 1048, '23000', "Column 'c' cannot be null"],
      ['UPDATE k SET z = 1', 1054, '42S22', "Unknown column 'z' in 'SET'"],
      ["UPDATE k SET b = 'larga'", 1406, '22001', "Data too long for column 'b' at row 1"],
      ['DELETE FROM k WHERE z = 1', 1054, '42S22', "Unknown column 'z' in 'WHERE'"],
    ];

    test.each(refused)('%s', async (text, errno, sqlState, message) => {
      await run(client(), strict, "INSERT INTO k (a, b, c, d) VALUES (1, 'uno', 1, '2022-01-01')");
      expect(await failureOf(client().query(text))).toEqual([errno, sqlState, message]);
      expect(await rowsOf(client(), 'SELECT a, b, c, d, e FROM k')).toEqual([[1, 'uno', 1, '2022-01-01', 5]]);
    });
  });

  describe('INSERT', () => {
    test('numbers its rows, and says what it did', async () => {
      await run(client(), 'CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(5))');
      expect(await doneOf(client(), "INSERT INTO t (v) VALUES ('a')")).toEqual({
        affected: 1,
        id: 1n,
        warnings: 0,
        info: '',
      });
      expect(await doneOf(client(), "INSERT INTO t (v) VALUES ('b'), ('c')")).toEqual({
        affected: 2,
        id: 2n,
        warnings: 0,
        info: 'Records: 2  Duplicates: 0  Warnings: 0',
      });
      expect(await rowsOf(client(), 'SELECT LAST_INSERT_ID()')).toEqual([[2n]]);
      await run(
        client(),
        "INSERT INTO t VALUES (100, 'd')",
        "INSERT INTO t VALUES (NULL, 'e'), (0, 'f'), (DEFAULT, 'g')",
        'DELETE FROM t WHERE id > 101',
      );
      await run(client(), "INSERT INTO t SET v = 'h'");
      expect(await rowsOf(client(), 'SELECT id FROM t WHERE id >= 100')).toEqual([[100], [101], [104]]);
    });

    test('converts as MariaDB does', async () => {
      await run(
        client(),
        'CREATE TABLE t (n INT, d DECIMAL(6,2), v VARCHAR(20), m DATETIME, f DATE, h TIME, y YEAR)',
        "INSERT INTO t VALUES ('7', '1.005', 12.50, '2022-05-13', '2022-05-13 10:00:00', '9:5', 22)",
        "INSERT INTO t VALUES (2.5, 3, TRUE, 20220513133658, 20220513, 101112, '1999')",
        "INSERT INTO t (n, v) VALUES ('2.5', '')",
      );
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([
        [7, '1.01', '12.50', '2022-05-13 00:00:00', '2022-05-13', '09:05:00', 2022],
        [3, '3.00', '1', '2022-05-13 13:36:58', '2022-05-13', '10:11:12', 1999],
        [3, null, '', null, null, null, null],
      ]);
    });

    test('IGNORE, ON DUPLICATE KEY UPDATE and REPLACE', async () => {
      await run(
        client(),
        'CREATE TABLE t (id INT PRIMARY KEY, n INT DEFAULT 0, v VARCHAR(3))',
        'INSERT INTO t (id) VALUES (1), (2)',
      );
      expect(await doneOf(client(), 'INSERT IGNORE INTO t (id) VALUES (1), (3)')).toEqual({
        affected: 1,
        id: 0n,
        warnings: 1,
        info: 'Records: 2  Duplicates: 1  Warnings: 1',
      });
      expect(await rowsOf(client(), 'SHOW WARNINGS')).toEqual([
        ['Warning', 1062, "Duplicate entry '1' for key 'PRIMARY'"],
      ]);
      const upsert = 'INSERT INTO t (id, n) VALUES (1, 5) ON DUPLICATE KEY UPDATE n = n + VALUES(n)';
      expect((await doneOf(client(), upsert)).affected).toBe(2);
      expect(
        (await doneOf(client(), 'INSERT INTO t (id, n) VALUES (1, 9) ON DUPLICATE KEY UPDATE n = 5')).affected,
      ).toBe(0);
      expect((await doneOf(client(), "REPLACE INTO t (id, v) VALUES (2, 'b')")).affected).toBe(2);
      expect((await doneOf(client(), 'REPLACE INTO t (id) VALUES (4)')).affected).toBe(1);
      await run(client(), "INSERT IGNORE INTO t (id, v) VALUES (5, 'larga')");
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([
        [1, 5, null],
        [2, 0, 'b'],
        [3, 0, null],
        [4, 0, null],
        [5, 0, 'lar'],
      ]);
    });

    test('without strict mode what does not fit is cut, with a warning', async () => {
      await run(client(), 'CREATE TABLE t (n TINYINT, v VARCHAR(3))', "SET sql_mode = ''");
      expect((await doneOf(client(), "INSERT INTO t VALUES ('x', 'larga'), (300, 'a')")).warnings).toBe(3);
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([
        [0, 'lar'],
        [127, 'a'],
      ]);
    });

    test('takes the rows of a query', async () => {
      await run(
        client(),
        'CREATE TABLE a (x INT)',
        'CREATE TABLE b (x INT, y VARCHAR(9))',
        'INSERT INTO a VALUES (1), (2)',
      );
      expect((await doneOf(client(), "INSERT INTO b SELECT x, CONCAT('n', x) FROM a")).info).toBe(
        'Records: 2  Duplicates: 0  Warnings: 0',
      );
      expect(await rowsOf(client(), 'SELECT * FROM b')).toEqual([
        [1, 'n1'],
        [2, 'n2'],
      ]);
    });
  });

  describe('UPDATE and DELETE', () => {
    test('count the rows they find and those they change', async () => {
      await run(client(), 'CREATE TABLE t (id INT PRIMARY KEY, n INT)', 'INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)');
      expect(await doneOf(client(), 'UPDATE t SET n = 2 WHERE id < 3')).toEqual({
        affected: 1,
        id: 0n,
        warnings: 0,
        info: 'Rows matched: 2  Changed: 1  Warnings: 0',
      });
      expect((await doneOf(client(), 'UPDATE t SET n = n * 10 ORDER BY id DESC LIMIT 2')).affected).toBe(2);
      expect((await doneOf(client(), 'DELETE FROM t ORDER BY n LIMIT 1')).affected).toBe(1);
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([
        [2, 20],
        [3, 30],
      ]);
    });

    test('assign from left to right, and keep keys unique', async () => {
      await run(
        client(),
        'CREATE TABLE t (id INT PRIMARY KEY, n INT)',
        'INSERT INTO t VALUES (1, 1), (2, 2)',
        'UPDATE t SET id = id + 5, n = id WHERE id = 1',
      );
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([
        [2, 2],
        [6, 6],
      ]);
      expect(await failureOf(client().query('UPDATE t SET id = 6 WHERE id = 2'))).toEqual([
        1062,
        '23000',
        "Duplicate entry '6' for key 'PRIMARY'",
      ]);
    });

    test('DEFAULT is the column’s own', async () => {
      await run(
        client(),
        'CREATE TABLE t (n INT DEFAULT 7, m DATETIME DEFAULT NOW(), v VARCHAR(3))',
        "INSERT INTO t VALUES (1, '2000-01-01', 'a')",
        'UPDATE t SET n = DEFAULT, m = DEFAULT, v = DEFAULT',
      );
      expect(await rowsOf(client(), "SELECT n, m > '2020-01-01', v FROM t")).toEqual([[7, 1, null]]);
    });

    test('a column follows its row with ON UPDATE', async () => {
      await run(
        client(),
        "CREATE TABLE t (n INT, m DATETIME DEFAULT '2000-01-01' ON UPDATE CURRENT_TIMESTAMP)",
        'INSERT INTO t (n) VALUES (1), (2)',
        'UPDATE t SET n = 1',
      );
      expect(await rowsOf(client(), "SELECT n, m > '2020-01-01' FROM t")).toEqual([
        [1, 0],
        [1, 1],
      ]);
    });
  });

  test('a batch runs its statement once for each row, whatever becomes of the rows before, and tells the last refusal', async () => {
    await run(client(), 'CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(3))');
    expect(
      await client().batch('INSERT INTO t (`id`,`v`) VALUES (?,?)', [
        [1, 'a'],
        [2, null],
        [3, 'c'],
      ]),
    ).toBe(3);
    expect(
      await failureOf(
        client().batch('INSERT INTO t VALUES (?,?)', [
          [4, 'd'],
          [1, 'x'],
          [5, 'larga'],
          [6, 'f'],
        ]),
      ),
    ).toEqual([1406, '22001', "Data too long for column 'v' at row 1"]);
    expect(
      await failureOf(
        client().batch('INSERT INTO t VALUES (?,?)', [
          [7, 'larga'],
          [8, 'h'],
          [8, 'i'],
        ]),
      ),
    ).toEqual([1062, '23000', "Duplicate entry '8' for key 'PRIMARY'"]);
    expect(
      await client().batch('UPDATE t SET v = ? WHERE id = ?', [
        ['x', 1],
        ['y', 2],
      ]),
    ).toBe(2);
    expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([
      [1, 'x'],
      [2, 'y'],
      [3, 'c'],
      [4, 'd'],
      [6, 'f'],
      [8, 'h'],
    ]);
  });
}
