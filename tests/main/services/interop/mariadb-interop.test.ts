import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../../../support/available-parts.ts';
import { startMariadb, type MariadbServer } from '../../../support/mariadb-server.ts';
import { InteropLearner, kafkaOptions } from './interop-learner.ts';

const jdbc =
  '.option("driver", "com.mysql.cj.jdbc.Driver").option("url", "jdbc:mysql://localhost").option("user", "iabd").option("password", "iabd")';

describeWith('mariadb-server', 'mysql2 and a query on a real MariaDB', () => {
  let server: MariadbServer;
  let mysql: Connection;
  let learner: InteropLearner;
  beforeAll(async () => {
    [server, learner] = await Promise.all([startMariadb(), InteropLearner.start()]);
    learner.services.choose('relational', { mode: 'real', address: `127.0.0.1:${server.port}` });
    mysql = await createConnection({
      host: '127.0.0.1',
      port: server.port,
      user: 'iabd',
      password: 'iabd',
      database: 'spark',
    });
  });
  afterAll(async () => {
    await mysql.end();
    await learner.close();
    await server.stop();
  });

  const rowsOf = async (statement: string): Promise<readonly unknown[]> => {
    const [rows] = await mysql.query<RowDataPacket[][]>({ sql: statement, rowsAsArray: true, dateStrings: true });
    return rows;
  };

  test('mysql2 reads the table that a program made, and a program what mysql2 wrote into it', async () => {
    await learner.run(
      `spark.sql("SELECT 1L AS id, 'Íñigo' AS nombre, TIMESTAMP '2022-05-13 13:36:58' AS alta, 2.50BD AS saldo").write.format("jdbc")${jdbc}.option("dbtable", "spark.cuentas").save()`,
    );
    expect(await rowsOf('SELECT * FROM cuentas')).toEqual([[1, 'Íñigo', '2022-05-13 13:36:58', '2.50']]);
    await mysql.query("INSERT INTO cuentas VALUES (2, 'Ana', '2022-01-13 08:00:00', 3.25)");
    const shown = await learner.run(
      `spark.read.format("jdbc")${jdbc}.option("dbtable", "spark.cuentas").load().orderBy("id").show()`,
    );
    expect(shown).toContain('|  2|   Ana|2022-01-13 08:00:00| 3.25|');
  });

  test('a query joins with what mysql2 changes between two batches', async () => {
    const send = await senderTo(await learner.broker(), 'cambios');
    await send('{"id": 1}');
    await learner.run(`
from pyspark.sql.functions import col, from_json
usuarios = spark.read.format("jdbc")${jdbc}.option("dbtable", "spark.usuarios").load()
ids = spark.readStream.format("kafka")${kafkaOptions}.option("subscribe", "cambios").option("startingOffsets", "earliest").load().select(from_json(col("value").cast("string"), "id INT").alias("v")).select("v.id")
q = ids.join(usuarios, "id").select("id", "nombre").writeStream.format("memory").queryName("unidos").start()
q.processAllAvailable()`);
    await mysql.query("UPDATE usuarios SET nombre = 'Aitor M.' WHERE id = 1");
    await send('{"id": 1}');
    const printed = await learner.run(
      'q.processAllAvailable(); q.stop(); print(sorted(r.nombre for r in spark.table("unidos").collect()))',
    );
    expect(printed).toBe("['Aitor M.', 'Aitor Medrano']\n");
    await mysql.query("UPDATE usuarios SET nombre = 'Aitor Medrano' WHERE id = 1");
  });

  test('the solution of Caso 8 saves its logins there', async () => {
    const send = await senderTo(await learner.broker(), 'usuariosk');
    await send(
      '{"login_id": "1", "login_time": "2022-05-17 12:15:00"}',
      '{"login_id": "5", "login_time": "2022-05-20 12:15:00"}',
    );
    for (const cell of solutionCells('caso-8')) await learner.run(cell);
    await send('{"login_id": "3", "login_time": "2022-05-18 12:15:00"}');
    const failure = await learner.run(
      'guardarQuery.processAllAvailable()\nfor q in spark.streams.active: q.stop()\nprint(guardarQuery.exception())',
    );
    expect(failure).toContain('None');
    expect(await rowsOf('SELECT id, nombre, ultimoLogin FROM usuariosNuevos ORDER BY id')).toEqual([
      ['1', 'Aitor Medrano', '2022-05-17 12:15:00'],
      ['3', 'Laura García', '2022-05-18 12:15:00'],
    ]);
  });
});

async function senderTo(broker: string, topic: string): Promise<(...values: readonly string[]) => Promise<void>> {
  const producer = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).producer();
  return async (...values) => {
    await producer.connect();
    await producer.send({ topic, messages: values.map((value) => ({ value })) });
    await producer.disconnect();
  };
}

function solutionCells(unit: string): readonly string[] {
  const path = new URL(`../../../../exercises/${unit}/solution.ipynb`, import.meta.url);
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly cells: readonly { readonly cell_type: string; readonly source: string | readonly string[] }[];
  };
  return cells.flatMap(({ cell_type: type, source }) =>
    type === 'code' ? [typeof source === 'string' ? source : source.join('')] : [],
  );
}
