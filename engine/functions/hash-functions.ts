import { integerType, longType, stringType, type DataType } from '../core/data-type.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { sql, sqlString, type Sql } from '../core/sql-text.ts';
import { sparkError } from '../core/spark-error.ts';
import type { CompiledCall, FunctionTable } from './define-function.ts';
import { callOf, gives, scalar, simple } from './function-forms.ts';

type Algorithm = { readonly prefix: 'spark_hash' | 'spark_xxhash'; readonly seed: Sql };

/** One value folded into the running hash; NULL leaves it as it is. Structs and arrays fold their members in order. */
function folded(algorithm: Algorithm, value: Sql, type: DataType, seed: Sql): Sql {
  const as = (kind: string, form: Sql): Sql =>
    sql`CASE WHEN ${value} IS NULL THEN ${seed} ELSE ${callOf(`${algorithm.prefix}_${kind}`, form, seed)} END`;
  switch (type.kind) {
    case 'boolean':
    case 'byte':
    case 'short':
    case 'integer':
    case 'year_month_interval':
      return as('int', sql`(${value})::INTEGER`);
    case 'date':
      return as('int', sql`((${value}) - DATE '1970-01-01')::INTEGER`);
    case 'long':
    case 'day_time_interval':
      return as('long', value);
    case 'timestamp':
    case 'timestamp_ntz':
      return as('long', sql`epoch_us(${value})`);
    case 'float':
      return as('float', value);
    case 'double':
      return as('double', value);
    case 'string':
    case 'char':
    case 'varchar':
      return as('bytes', sql`encode(${value})`);
    case 'binary':
      return as('bytes', value);
    case 'decimal':
      return type.precision <= 18
        ? as('long', sql`replace((${value})::VARCHAR, '.', '')::BIGINT`)
        : as('decimal', sql`replace((${value})::VARCHAR, '.', '')`);
    case 'struct':
      return storageFieldNames(type).reduce<Sql>(
        (running, name, i) =>
          folded(
            algorithm,
            sql`struct_extract(${value}, ${sqlString(name)})`,
            type.fields[i]?.type ?? { kind: 'void' },
            running,
          ),
        seed,
      );
    case 'void':
      return seed;
    default:
      throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `hashes of ${type.kind} values` });
  }
}

const hashSql =
  (algorithm: Algorithm) =>
  (call: CompiledCall): Sql =>
    call.args.reduce<Sql>(
      (seed, arg, i) => folded(algorithm, arg, call.types[i] ?? { kind: 'void' }, seed),
      algorithm.seed,
    );

/** Digests of bytes, and Spark's own hashes (seed 42). */
export const hashFunctions: FunctionTable = {
  md5: simple({
    takes: ['binary'],
    returns: stringType,
    write: (b) => callOf('md5', b),
    examples: [gives("md5('hola')", '4d186321c1a7f0f354b297e8914ab240')],
  }),
  sha1: simple({
    takes: ['binary'],
    returns: stringType,
    aliases: ['sha'],
    write: (b) => callOf('sha1', b),
    examples: [
      gives("sha1('hola')", '99800b85d3383e3a2fb45eb7d0066a4879a9dad0'),
      gives("sha('')", 'da39a3ee5e6b4b0d3255bfef95601890afd80709'),
    ],
  }),
  sha2: simple({
    takes: ['binary', 'integer'],
    returns: stringType,
    nullable: 'always',
    write: (b, bits) => callOf('java_sha2', b, bits),
    examples: [
      gives("sha2('hola', 256)", 'b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79'),
      gives("sha2('hola', 0)", 'b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79'),
      gives("sha2('hola', 7)", null),
    ],
  }),
  crc32: simple({
    takes: ['binary'],
    returns: longType,
    write: (b) => callOf('java_crc32', b),
    examples: [gives("crc32('hola')", '1872820616')],
  }),
  hash: scalar({
    takes: ['any'],
    variadic: true,
    returns: integerType,
    nullable: 'never',
    sql: hashSql({ prefix: 'spark_hash', seed: sql`42::INTEGER` }),
    examples: [
      gives('hash(1)', '-559580957'),
      gives("hash('Spark', 123, NULL)", '1262264271'),
      gives('hash(1L)', '-1712319331'),
      gives('hash(1.5D)', '1290763749'),
      gives("hash(true, date'2024-01-10', 1.25, 'ñandú')", '1945248719'),
    ],
  }),
  xxhash64: scalar({
    takes: ['any'],
    variadic: true,
    returns: longType,
    nullable: 'never',
    sql: hashSql({ prefix: 'spark_xxhash', seed: sql`42::BIGINT` }),
    examples: [
      gives('xxhash64(1)', '-6698625589789238999'),
      gives("xxhash64('Spark SQL is fast and this is a long text', 123)", '-6896028560409165516'),
      gives('xxhash64(1L, 1.5D)', '5705534175103899719'),
    ],
  }),
};
