import { describe, expect, test } from 'vitest';
import type { Bench } from './client-contract.ts';
import { failureOf, rowOf, rowsOf, run } from './contract-steps.ts';

/** Expressions with MariaDB's answer; each is selected alone. */
const answers: readonly (readonly [expression: string, answer: unknown])[] = [
  ["'a' = 'A'", 1],
  ["'a' = 'á'", 1],
  ["'n' = 'ñ'", 1],
  ["'s' = 'ß'", 1],
  ["'a' = 'a  '", 1],
  ["'' IS NULL", 0],
  ["1 = '1'", 1],
  ["1 = '1a'", 1],
  ["'abc' = 0", 1],
  ["'10' > '9'", 0],
  ["'10' > 9", 1],
  ['NULL = NULL', null],
  ['NULL <=> NULL', 1],
  ["'año' LIKE 'ANO'", 1],
  ["'a' LIKE 'a '", 0],
  ["'hola' LIKE 'h_l%'", 1],
  ["BINARY 'a' = 'A'", 0],
  ["'hola' REGEXP '^H'", 1],
  ['3 NOT IN (1, NULL)', null],
  ["'b' BETWEEN 'A' AND 'C'", 1],
  ["CAST('2022-05-13' AS DATE) = '2022-05-13 00:00:00'", 1],
  ['7/2', '3.5000'],
  ['-7 DIV 2', -3],
  ['-7 % 3', -1],
  ['1/0', null],
  ['2/3', '0.6667'],
  ['2/3*100', '66.6667'],
  ['7/3*3', '7.0000'],
  ['18446744073709551615/3', '6148914691236517205.0000'],
  ['CAST(1e20 AS SIGNED)', 9223372036854775807n],
  ["POSITION('l' IN 'hola')", 3],
  ["TIMEDIFF('2022-01-02 00:00:00', '2022-01-01 23:59:00')", '00:01:00'],
  ['0.1 + 0.2', '0.3'],
  ['1.0 * 1.00', '1.000'],
  ["'3 gatos' + 1", 4],
  ['ROUND(2.5)', '3'],
  ['ROUND(2.345, 2)', '2.35'],
  ['ROUND(1234.567, -2)', '1200'],
  ['TRUNCATE(-1.999, 1)', '-1.9'],
  ['FLOOR(-1.5)', -2],
  ['SQRT(-1)', null],
  ['5 & 3', 1n],
  ['~0', 18446744073709551615n],
  ["CONCAT('a', NULL)", null],
  ["CONCAT('a', 1, 2.50)", 'a12.50'],
  ["CONCAT_WS('-', 'a', NULL, 'b')", 'a-b'],
  ["IFNULL(NULL, 'x')", 'x'],
  ["IF('0', 'si', 'no')", 'no'],
  ["NULLIF('a', 'A')", null],
  ['COALESCE(NULL, 3)', 3],
  ["CASE 'a' WHEN 'A' THEN 'x' END", 'x'],
  ["SUBSTRING('hola', -2)", 'la'],
  ["SUBSTRING('hola', 0)", ''],
  ["LEFT('hola', -1)", ''],
  ["LPAD('5', 3, '0')", '005'],
  ["LOCATE('O', 'hola')", 2],
  ["TRIM(BOTH 'x' FROM 'xxaxx')", 'a'],
  ["SUBSTRING_INDEX('a.b.c', '.', 2)", 'a.b'],
  ["CHAR_LENGTH('ñu')", 2],
  ["LENGTH('ñu')", 3],
  ["UPPER('ñandú')", 'ÑANDÚ'],
  ['FORMAT(1234567.891, 2)', '1,234,567.89'],
  ["MD5('a')", '0cc175b9c0f1b6a831c399e269772661'],
  [
    "DATE_FORMAT('2022-05-03 14:05:06', '%d/%m/%y %H:%i:%s %W %M %e %D %r')",
    '03/05/22 14:05:06 Tuesday May 3 3rd 02:05:06 PM',
  ],
  ["STR_TO_DATE('13/05/2022', '%d/%m/%Y')", '2022-05-13'],
  ["STR_TO_DATE('31/13/2022', '%d/%m/%Y')", null],
  ["DAYOFWEEK('2022-05-13')", 6],
  ["WEEKDAY('2022-05-13')", 4],
  ["DATEDIFF('2022-05-13', '2022-05-01')", 12],
  ["TIMESTAMPDIFF(MONTH, '2022-01-31', '2022-02-28')", 0n],
  ["TIMESTAMPDIFF(MINUTE, '2022-01-01', '2022-01-02')", 1440n],
  ["DATE_ADD('2022-01-31', INTERVAL 1 MONTH)", '2022-02-28'],
  ["'2022-01-01' + INTERVAL 1 HOUR", '2022-01-01 01:00:00'],
  ["DATE_SUB('2022-01-01', INTERVAL 1 DAY)", '2021-12-31'],
  ['20220513 + INTERVAL 1 DAY', '2022-05-14'],
  ['7 + INTERVAL 1 DAY', null],
  ["X'41' + INTERVAL 1 DAY", null],
  ["EXTRACT(YEAR FROM '2022-05-13')", 2022],
  ["CAST('12.7' AS SIGNED)", 12],
  ['CAST(12.5 AS SIGNED)', 13],
  ["CAST('2022-13-01' AS DATE)", null],
  ['CAST(-1 AS UNSIGNED)', 18446744073709551615n],
  ["CAST('1.239' AS DECIMAL(5,2))", '1.24'],
  ["CONVERT('abcdef', CHAR(3))", 'abc'],
  ["GREATEST('10', 9)", 10],
  ["LEAST('b', 'A')", 'A'],
  ['JSON_EXTRACT(\'{"a": {"b": 2}}\', \'$.a.b\')', '2'],
  ['@@autocommit', 1n],
  ["'it''s' \" q\"", "it's q"],
];

const people = [
  'CREATE TABLE p (id INT PRIMARY KEY, nombre VARCHAR(20), edad INT, ciudad VARCHAR(20))',
  "INSERT INTO p VALUES (3, 'Laura', 30, 'Elche'), (1, 'ana', 20, 'ELCHE'), (2, 'Ána', NULL, 'Alicante'), (4, 'Beto', 40, NULL)",
  'CREATE TABLE pedidos (id INT AUTO_INCREMENT PRIMARY KEY, persona INT, total DECIMAL(8,2))',
  'INSERT INTO pedidos (persona, total) VALUES (1, 10.50), (1, 4.25), (3, 7), (9, 1)',
];

export function describeQueries({ client }: Bench): void {
  describe('expressions', () => {
    test.each(answers)('%s', async (expression, answer) => {
      expect(await rowOf(client(), `SELECT ${expression}`)).toEqual([answer]);
    });
  });

  describe('queries', () => {
    /** Statements over the tables above, each with all its rows. */
    const queries: readonly (readonly [text: string, rows: readonly (readonly unknown[])[]])[] = [
      ['SELECT id FROM p', [[1], [2], [3], [4]]],
      ["SELECT id FROM p WHERE nombre = 'ANA'", [[1], [2]]],
      ['SELECT nombre FROM p ORDER BY edad DESC, id', [['Beto'], ['Laura'], ['ana'], ['Ána']]],
      ['SELECT id FROM p ORDER BY 1 DESC LIMIT 2', [[4], [3]]],
      ['SELECT id FROM p LIMIT 1, 2', [[2], [3]]],
      ['SELECT DISTINCT ciudad FROM p', [['ELCHE'], ['Alicante'], [null]]],
      [
        'SELECT ciudad, COUNT(*) n, SUM(edad), AVG(edad) FROM p GROUP BY ciudad',
        [
          [null, 1n, '40', '40.0000'],
          ['Alicante', 1n, null, null],
          ['ELCHE', 2n, '50', '25.0000'],
        ],
      ],
      ['SELECT ciudad AS c, COUNT(*) AS n FROM p GROUP BY c HAVING n > 1', [['ELCHE', 2n]]],
      ['SELECT COUNT(DISTINCT nombre) FROM p', [[3n]]],
      ["SELECT GROUP_CONCAT(nombre ORDER BY id DESC SEPARATOR '; ') FROM p", [['Beto; Laura; Ána; ana']]],
      ['SELECT COUNT(*), MAX(edad) FROM p WHERE 1=0', [[0n, null]]],
      [
        'SELECT p.nombre, o.total FROM p JOIN pedidos o ON p.id = o.persona ORDER BY o.id',
        [
          ['ana', '10.50'],
          ['ana', '4.25'],
          ['Laura', '7.00'],
        ],
      ],
      [
        'SELECT p.id, SUM(total) FROM p LEFT JOIN pedidos ON persona = p.id GROUP BY p.id',
        [
          [1, '14.75'],
          [2, null],
          [3, '7.00'],
          [4, null],
        ],
      ],
      ['SELECT o.id, nombre FROM p RIGHT JOIN pedidos o ON o.persona = p.id WHERE nombre IS NULL', [[4, null]]],
      ['SELECT a.id, b.id FROM p a, p b WHERE a.id = b.id + 3', [[4, 1]]],
      ['SELECT id FROM p JOIN pedidos USING (id) WHERE id > 3', [[4]]],
      ['SELECT id FROM p WHERE id IN (SELECT persona FROM pedidos)', [[1], [3]]],
      ['SELECT id FROM p WHERE NOT EXISTS (SELECT 1 FROM pedidos WHERE persona = p.id)', [[2], [4]]],
      [
        'SELECT id, (SELECT MAX(total) FROM pedidos WHERE persona = p.id) FROM p WHERE id < 3',
        [
          [1, '10.50'],
          [2, null],
        ],
      ],
      ['SELECT t.n FROM (SELECT COUNT(*) AS n FROM p) t', [[4n]]],
      ['SELECT id FROM p WHERE (id, edad) IN ((1, 20), (3, 31))', [[1]]],
      ['SELECT 1 UNION SELECT 1 UNION ALL SELECT 2 ORDER BY 1 DESC', [[2], [1]]],
      ["SELECT 'a' UNION SELECT 'A'", [['a']]],
      ['WITH j AS (SELECT id FROM p WHERE edad < 35) SELECT COUNT(*) FROM j', [[2n]]],
      [
        'SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC) rn FROM p ORDER BY id LIMIT 2',
        [
          [1, 4n],
          [2, 3n],
        ],
      ],
      ['SELECT id /* uno */ FROM p -- dos\n WHERE id = 1 # tres', [[1]]],
      ['SELECT DATABASE(), USER()', [['contrato', 'root@localhost']]],
    ];

    test.each(queries)('%s', async (text, rows) => {
      await run(client(), ...people);
      expect(await rowsOf(client(), text)).toEqual(rows);
    });

    test.each(['NULL', "'x'", '1.5', "X'41'", 'NULL DESC'])('ORDER BY %s leaves the rows as they are', async (key) => {
      await run(client(), ...people);
      const plain = await rowsOf(client(), 'SELECT edad FROM p');
      expect(await rowsOf(client(), `SELECT edad FROM p ORDER BY ${key}, edad`)).toHaveLength(plain.length);
      expect(await rowsOf(client(), `SELECT DISTINCT edad FROM p ORDER BY ${key}`)).not.toEqual([]);
      expect(await rowsOf(client(), `SELECT edad, COUNT(*) FROM p GROUP BY edad ORDER BY ${key}`)).not.toEqual([]);
      expect(await rowsOf(client(), `SELECT GROUP_CONCAT(edad ORDER BY ${key}) FROM p`)).toHaveLength(1);
      await client().query(`UPDATE p SET edad = edad ORDER BY ${key}`);
    });

    test('values take the place of `?` outside quotes', async () => {
      const values = [1, 5000000000n, "it's \\ ?", null, new Uint8Array([0, 255]), 1.5];
      expect(await rowOf(client(), "SELECT ?, ?, ?, ?, ?, ?, '?'", values)).toEqual([
        1,
        5000000000n,
        "it's \\ ?",
        null,
        new Uint8Array([0, 255]),
        '1.5',
        '?',
      ]);
    });
  });

  describe('refused queries', () => {
    const refused: readonly (readonly [text: string, errno: number, message: string])[] = [
      ['SELEC 1', 1064, nearText('SELEC 1')],
      ['SELECT ?, 1', 1064, nearText('?, 1')],
      ['SELECT 1 LIMIT ?', 1064, nearText('?')],
      ['SELECT * FROM p\nWHERE', 1064, nearText('', 2)],
      ['SELECT * FRO p', 1064, nearText('FRO p')],
      ['SELECT * FROM (SELECT id FROM p;) SPARK_GEN_SUBQ_0 WHERE 1=0', 1064, nearText(';) SPARK_GEN_SUBQ_0 WHERE 1=0')],
      ['SELECT * FROM nadie', 1146, "Table 'contrato.nadie' doesn't exist"],
      ['SELECT * FROM nohay.t', 1146, "Table 'nohay.t' doesn't exist"],
      ['SELECT edad2 FROM p', 1054, "Unknown column 'edad2' in 'SELECT'"],
      ['SELECT x.id FROM p', 1054, "Unknown column 'x.id' in 'SELECT'"],
      ['SELECT id FROM p WHERE z = 1', 1054, "Unknown column 'z' in 'WHERE'"],
      ['SELECT id FROM p ORDER BY z', 1054, "Unknown column 'z' in 'ORDER BY'"],
      ['SELECT id FROM p a JOIN p b ON a.id = b.id', 1052, "Column 'id' in SELECT is ambiguous"],
      ['SELECT * FROM p JOIN p', 1066, "Not unique table/alias: 'p'"],
      ['SELECT * FROM (SELECT id, id FROM p) t', 1060, "Duplicate column name 'id'"],
      ['SELECT id FROM p WHERE MAX(id) > 1', 1111, 'Invalid use of group function'],
      ['SELECT (SELECT id FROM p)', 1242, 'Subquery returns more than 1 row'],
      ['SELECT NADA(1)', 1305, 'FUNCTION contrato.NADA does not exist'],
      ["SELECT UPPER('a', 'b')", 1582, "Incorrect parameter count in the call to native function 'UPPER'"],
      ['SELECT 1 UNION SELECT 1, 2', 1222, 'The used SELECT statements have a different number of columns'],
      ['SELECT @@nada', 1193, "Unknown system variable 'nada'"],
      ['SELECT 9223372036854775807 + 1', 1690, "BIGINT value is out of range in '9223372036854775807 + 1'"],
    ];

    test.each(refused)('%s', async (text, errno, message) => {
      await run(client(), ...people);
      const [number, , said] = await failureOf(client().query(text));
      expect([number, said]).toEqual([errno, message]);
    });
  });
}

function nearText(near: string, line = 1): string {
  return `You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '${near}' at line ${line}`;
}
