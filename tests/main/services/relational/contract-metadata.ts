import { describe, expect, test } from 'vitest';
import type { Bench } from './client-contract.ts';
import { columnsOf, rowOf, run } from './contract-steps.ts';

const everyType = `CREATE TABLE tipos (
  bu BIGINT UNSIGNED NOT NULL, bi BIGINT, iu INT UNSIGNED, i INT, mi MEDIUMINT, su SMALLINT UNSIGNED, si SMALLINT,
  tu TINYINT UNSIGNED, ti TINYINT, t1 TINYINT(1), bo BOOLEAN, b1 BIT(1), b8 BIT(8), de DECIMAL(10,2), dg DECIMAL(50,10),
  d0 DECIMAL(20), dob DOUBLE, fl FLOAT, vc VARCHAR(100), ch CHAR(5), tx TEXT, lt LONGTEXT, en ENUM('uno','dos'), st SET('a','b'),
  js JSON, da DATE, dt DATETIME, d6 DATETIME(6), ts TIMESTAMP NULL, tm TIME, ye YEAR, bl BLOB, vb VARBINARY(4), bn BINARY(3))`;

export function describeMetadata({ client }: Bench): void {
  describe('columns of a result', () => {
    test('the course’s table', async () => {
      await run(
        client(),
        'CREATE TABLE u (id BIGINT UNSIGNED auto_increment NOT NULL, nombre varchar(100) NOT NULL, ultimoLogin TIMESTAMP NOT NULL, PRIMARY KEY (id))',
      );
      expect(await columnsOf(client(), 'SELECT * FROM (SELECT * FROM contrato.u) SPARK_GEN_SUBQ_0 WHERE 1=0')).toEqual([
        'id bigint(20) unsigned not null auto_increment',
        'nombre varchar(100) not null',
        'ultimoLogin timestamp(19) not null',
      ]);
    });

    test('every type', async () => {
      await run(client(), everyType);
      expect(await columnsOf(client(), 'SELECT * FROM tipos WHERE 1=0')).toEqual([
        'bu bigint(20) unsigned not null',
        'bi bigint(20)',
        'iu int(10) unsigned',
        'i int(11)',
        'mi mediumint(9)',
        'su smallint(5) unsigned',
        'si smallint(6)',
        'tu tinyint(3) unsigned',
        'ti tinyint(4)',
        't1 tinyint(1)',
        'bo tinyint(1)',
        'b1 bit(1)',
        'b8 bit(8)',
        'de decimal(10,2)',
        'dg decimal(50,10)',
        'd0 decimal(20)',
        'dob double(22)',
        'fl float(12)',
        'vc varchar(100)',
        'ch char(5)',
        'tx text(65535)',
        'lt longtext(4294967295)',
        'en enum(3)',
        'st set(3)',
        'js longtext(4294967295)',
        'da date(10)',
        'dt datetime(19)',
        'd6 datetime(26,6)',
        'ts timestamp(19)',
        'tm time(10)',
        'ye year(4) unsigned',
        'bl blob(65535)',
        'vb varbinary(4)',
        'bn binary(3)',
      ]);
    });

    test('values of every type', async () => {
      await run(
        client(),
        everyType,
        `INSERT INTO tipos VALUES (18446744073709551615, -9223372036854775808, 4294967295, -1, 8388607, 65535, -32768,
          255, -128, 1, TRUE, b'1', b'00000101', 12345678.90, 1.5, 99999999999999999999, 0.1, 1.1, 'García ñ', 'ab', 'texto', 'largo', 'DOS', 'b,A',
          '{"a": 1}', '2022-05-13', '2022-05-13 13:36:58.9', '2022-05-13 13:36:58.123456', '2022-05-13 13:36:58', '10:11:12', 2022, 'abc', x'0102', 'a')`,
      );
      expect(await rowOf(client(), 'SELECT * FROM tipos')).toEqual([
        18446744073709551615n,
        -9223372036854775808n,
        4294967295,
        -1,
        8388607,
        65535,
        -32768,
        255,
        -128,
        1,
        1,
        new Uint8Array([1]),
        new Uint8Array([5]),
        '12345678.90',
        '1.5000000000',
        '99999999999999999999',
        0.1,
        1.1,
        'García ñ',
        'ab',
        'texto',
        'largo',
        'dos',
        'a,b',
        '{"a": 1}',
        '2022-05-13',
        '2022-05-13 13:36:58',
        '2022-05-13 13:36:58.123456',
        '2022-05-13 13:36:58',
        '10:11:12',
        2022,
        new Uint8Array([97, 98, 99]),
        new Uint8Array([1, 2]),
        new Uint8Array([97, 0, 0]),
      ]);
    });

    test('constants and functions, from which Spark derives its types', async () => {
      const text =
        "SELECT 1 AS a, 1.50 AS b, 'x' AS c, NULL AS d, NOW() > '2020-01-01' AS e, CAST(3 AS UNSIGNED) AS f, 3000000000 AS h, 1+1 AS i, 1/3 AS j";
      expect(await columnsOf(client(), text)).toEqual([
        'a int(1) not null',
        'b decimal(3,2) not null',
        'c varchar(1) not null',
        'd null(0)',
        'e int(1) not null',
        'f int(1) unsigned not null',
        'h bigint(10) not null',
        'i int(3) not null',
        'j decimal(5,4)',
      ]);
    });

    test('aggregates and arithmetic over columns', async () => {
      await run(
        client(),
        'CREATE TABLE n (id BIGINT UNSIGNED PRIMARY KEY, i INT, d DECIMAL(10,2), x DOUBLE, s VARCHAR(20))',
      );
      const text =
        'SELECT COUNT(*), SUM(id), SUM(i), SUM(d), SUM(x), AVG(id), AVG(i), AVG(d), AVG(x), MIN(i), MAX(s) FROM n';
      expect(await columnsOf(client(), text)).toEqual([
        'COUNT(*) bigint(21) not null',
        'SUM(id) decimal(42)',
        'SUM(i) decimal(32)',
        'SUM(d) decimal(32,2)',
        'SUM(x) double(23)',
        'AVG(id) decimal(24,4)',
        'AVG(i) decimal(14,4)',
        'AVG(d) decimal(14,6)',
        'AVG(x) double(23)',
        'MIN(i) int(11)',
        'MAX(s) varchar(20)',
      ]);
      expect(await columnsOf(client(), 'SELECT id+1, i+1, -i, d*2, d/3, i/2, d+i, x/2, i=1, id-i FROM n')).toEqual([
        'id+1 bigint(21) unsigned not null',
        'i+1 bigint(12)',
        '-i bigint(12)',
        'd*2 decimal(11,2)',
        'd/3 decimal(14,6)',
        'i/2 decimal(14,4)',
        'd+i decimal(13,2)',
        'x/2 double(23)',
        'i=1 int(1)',
        'id-i bigint(21) unsigned',
      ]);
    });
  });
}
