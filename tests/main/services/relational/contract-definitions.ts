import { describe, expect, test } from 'vitest';
import type { Bench } from './client-contract.ts';
import { columnsOf, doneOf, failureOf, rowOf, rowsOf, run } from './contract-steps.ts';

export function describeDefinitions({ client }: Bench): void {
  describe('definitions', () => {
    test('SHOW CREATE TABLE says what was created', async () => {
      await run(
        client(),
        `CREATE TABLE IF NOT EXISTS t (
          id BIGINT UNSIGNED auto_increment NOT NULL COMMENT 'la clave',
          nombre varchar(100) NOT NULL DEFAULT 'x''y', n INT(4) DEFAULT -1, p DECIMAL(10,2) NULL, t TEXT,
          creado TIMESTAMP NOT NULL DEFAULT current_timestamp(), m DATETIME(3) DEFAULT NULL ON UPDATE NOW(3), e ENUM('a','b') DEFAULT 'b', b BIT(1) DEFAULT b'1',
          ok BOOL DEFAULT TRUE, j JSON, ts TIMESTAMP NULL,
          CONSTRAINT pk PRIMARY KEY (id), UNIQUE KEY nom (nombre, n), KEY (n)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='una tabla'`,
      );
      expect(await rowOf(client(), 'SHOW CREATE TABLE t')).toEqual([
        't',
        [
          'CREATE TABLE `t` (',
          "  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT COMMENT 'la clave',",
          "  `nombre` varchar(100) NOT NULL DEFAULT 'x''y',",
          '  `n` int(4) DEFAULT -1,',
          '  `p` decimal(10,2) DEFAULT NULL,',
          '  `t` text DEFAULT NULL,',
          '  `creado` timestamp NOT NULL DEFAULT current_timestamp(),',
          '  `m` datetime(3) DEFAULT NULL ON UPDATE current_timestamp(3),',
          "  `e` enum('a','b') DEFAULT 'b',",
          "  `b` bit(1) DEFAULT b'1',",
          '  `ok` tinyint(1) DEFAULT 1,',
          '  `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),',
          '  `ts` timestamp NULL DEFAULT NULL,',
          '  PRIMARY KEY (`id`),',
          '  UNIQUE KEY `nom` (`nombre`,`n`),',
          '  KEY `n` (`n`)',
          ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='una tabla'",
        ].join('\n'),
      ]);
    });

    test('DESCRIBE, SHOW COLUMNS and SHOW INDEX', async () => {
      await run(
        client(),
        "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(5) DEFAULT 'z' UNIQUE, m TIMESTAMP NULL DEFAULT NOW() ON UPDATE NOW(), n INT NOT NULL, KEY (n))",
      );
      const columns = [
        ['id', 'int(11)', 'NO', 'PRI', null, 'auto_increment'],
        ['v', 'varchar(5)', 'YES', 'UNI', 'z', ''],
        ['m', 'timestamp', 'YES', '', 'current_timestamp()', 'on update current_timestamp()'],
        ['n', 'int(11)', 'NO', 'MUL', null, ''],
      ];
      expect(await rowsOf(client(), 'DESCRIBE t')).toEqual(columns);
      expect(await rowsOf(client(), "SHOW COLUMNS FROM t WHERE Field = 'v'")).toEqual([columns[1]]);
      expect(await rowsOf(client(), 'DESC t n')).toEqual([columns[3]]);
      const index = await rowsOf(client(), 'SHOW INDEX FROM t');
      expect(index.map((row) => [row[1], row[2], row[3], row[4]])).toEqual([
        [0n, 'PRIMARY', 1, 'id'],
        [0n, 'v', 1, 'v'],
        [1n, 'n', 1, 'n'],
      ]);
    });

    test('ALTER TABLE changes columns and keeps the rows', async () => {
      await run(
        client(),
        'CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(10))',
        "INSERT INTO t VALUES (1, 10, '5'), (2, NULL, '7')",
      );
      await run(
        client(),
        "ALTER TABLE t ADD COLUMN c VARCHAR(3) NOT NULL DEFAULT 'x' AFTER id, ADD d INT FIRST",
        'ALTER TABLE t CHANGE a aa BIGINT',
        'ALTER TABLE t RENAME COLUMN c TO cc',
      );
      expect((await doneOf(client(), 'ALTER TABLE t MODIFY b INT')).info).toBe(
        'Records: 2  Duplicates: 0  Warnings: 0',
      );
      await run(
        client(),
        'ALTER TABLE t DROP COLUMN d',
        'ALTER TABLE t ADD UNIQUE (b)',
        'CREATE INDEX ix ON t (aa)',
        'ALTER TABLE t RENAME TO u',
      );
      expect(await columnsOf(client(), 'SELECT * FROM u')).toEqual([
        'id int(11) not null',
        'cc varchar(3) not null',
        'aa bigint(20)',
        'b int(11)',
      ]);
      expect(await rowsOf(client(), 'SELECT * FROM u')).toEqual([
        [1, 'x', 10n, 5],
        [2, 'x', null, 7],
      ]);
      expect(await failureOf(client().query('INSERT INTO u (id, b) VALUES (3, 7)'))).toEqual([
        1062,
        '23000',
        "Duplicate entry '7' for key 'b'",
      ]);
    });

    test('CREATE TABLE LIKE, AS SELECT and TRUNCATE', async () => {
      await run(
        client(),
        'CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(5))',
        "INSERT INTO t (v) VALUES ('a'), ('b')",
        'CREATE TABLE l LIKE t',
      );
      expect(
        (await doneOf(client(), "CREATE TABLE s AS SELECT id, v, 1.5 AS x, 'k' AS k, COUNT(*) OVER () AS n FROM t"))
          .affected,
      ).toBe(2);
      expect(await rowsOf(client(), 'SELECT * FROM s')).toEqual([
        [1, 'a', '1.5', 'k', 2n],
        [2, 'b', '1.5', 'k', 2n],
      ]);
      await run(client(), 'TRUNCATE TABLE t', "INSERT INTO t (v) VALUES ('c')", "INSERT INTO l (v) VALUES ('l')");
      expect(await rowsOf(client(), 'SELECT * FROM t UNION ALL SELECT * FROM l')).toEqual([
        [1, 'c'],
        [1, 'l'],
      ]);
    });

    test('SHOW TABLES and information_schema list what there is', async () => {
      await run(client(), 'CREATE TABLE b (x INT)', 'CREATE TABLE a (id BIGINT UNSIGNED NOT NULL, s LONGTEXT)');
      expect(await rowsOf(client(), 'SHOW TABLES')).toEqual([['a'], ['b']]);
      expect(await rowsOf(client(), "SHOW FULL TABLES FROM contrato LIKE 'b%'")).toEqual([['b', 'BASE TABLE']]);
      expect(await rowsOf(client(), "SHOW DATABASES LIKE 'contr%'")).toEqual([['contrato']]);
      const text =
        "SELECT column_name AS c, column_type, is_nullable FROM information_schema.columns WHERE table_schema = 'contrato' AND table_name = 'a' ORDER BY ordinal_position";
      expect(await rowsOf(client(), text)).toEqual([
        ['id', 'bigint(20) unsigned', 'NO'],
        ['s', 'longtext', 'YES'],
      ]);
      expect(
        await rowsOf(
          client(),
          'SELECT table_name FROM information_schema.TABLES WHERE table_schema = DATABASE() ORDER BY 1',
        ),
      ).toEqual([['a'], ['b']]);
      expect(
        await rowsOf(client(), "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'con%'"),
      ).toEqual([['contrato']]);
    });

    const refused: readonly (readonly [text: string, errno: number, message: string])[] = [
      ['CREATE TABLE t (a INT)', 1050, "Table 't' already exists"],
      ['CREATE TABLE nohay.t (a INT)', 1049, "Unknown database 'nohay'"],
      ['CREATE DATABASE contrato', 1007, "Can't create database 'contrato'; database exists"],
      ['DROP DATABASE nohay', 1008, "Can't drop database 'nohay'; database doesn't exist"],
      ['DROP TABLE nadie', 1051, "Unknown table 'contrato.nadie'"],
      ['DROP TABLE t, nadie', 1051, "Unknown table 'contrato.nadie'"],
      ['TRUNCATE nadie', 1146, "Table 'contrato.nadie' doesn't exist"],
      ['USE nohay', 1049, "Unknown database 'nohay'"],
      ['ALTER TABLE t ADD a INT', 1060, "Duplicate column name 'a'"],
      ['ALTER TABLE t DROP COLUMN z', 1091, "Can't DROP COLUMN `z`; check that it exists"],
      ['ALTER TABLE t MODIFY z INT', 1054, "Unknown column 'z' in 't'"],
      ['DROP INDEX z ON t', 1091, "Can't DROP INDEX `z`; check that it exists"],
      ['ALTER TABLE t ADD UNIQUE (v)', 1062, "Duplicate entry 'x' for key 'v'"],
      ['CREATE TABLE z (a INT, A INT)', 1060, "Duplicate column name 'A'"],
      ['CREATE TABLE z (a FOO)', 4161, "Unknown data type: 'FOO'"],
      [
        'CREATE TABLE z (a INT AUTO_INCREMENT)',
        1075,
        'Incorrect table definition; there can be only one auto column and it must be defined as a key',
      ],
      ['CREATE TABLE z (a INT PRIMARY KEY, b INT PRIMARY KEY)', 1068, 'Multiple primary key defined'],
      ["CREATE TABLE z (a INT DEFAULT 'x')", 1067, "Invalid default value for 'a'"],
      ['CREATE TABLE z (a INT, PRIMARY KEY (b))', 1072, "Key column 'b' doesn't exist in table"],
      ['CREATE TABLE z (a DECIMAL(70,2))', 1426, "Too big precision specified for 'a'. Maximum is 65"],
      [
        'CREATE TABLE z (a DECIMAL(5,7))',
        1427,
        "For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column 'a')",
      ],
      [
        'CREATE TABLE z (a VARCHAR(70000))',
        1074,
        "Column length too big for column 'a' (max = 16383); use BLOB or TEXT instead",
      ],
      [
        'CREATE TABLE z (a INT) AUTO_INCREMENT x',
        1064,
        "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'x' at line 1",
      ],
    ];

    test.each(refused)('%s', async (text, errno, message) => {
      await run(
        client(),
        'CREATE TABLE t (a INT PRIMARY KEY, v VARCHAR(5))',
        "INSERT INTO t VALUES (1, 'x'), (2, 'X')",
      );
      const [number, , said] = await failureOf(client().query(text));
      expect([number, said]).toEqual([errno, message]);
    });

    test('IF EXISTS and IF NOT EXISTS leave a note', async () => {
      expect((await doneOf(client(), 'DROP TABLE IF EXISTS nadie')).warnings).toBe(1);
      expect(await rowsOf(client(), 'SHOW WARNINGS')).toEqual([['Note', 1051, "Unknown table 'contrato.nadie'"]]);
      expect((await doneOf(client(), 'CREATE DATABASE IF NOT EXISTS contrato')).warnings).toBe(1);
    });
  });
}
