import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../../engine/core/clock.ts';
import { relationalCalls } from '../../../../main/connectors/calls/relational-calls.ts';
import { serviceCalls } from '../../../../main/connectors/calls/service-calls.ts';
import { RelationalStore } from '../../../../main/services/relational/relational-store.ts';
import { RecordingPort } from '../../kernel/recording-port.ts';
import { startKernel, type TestKernel } from '../../kernel/start-kernel.ts';

let store: RelationalStore;
let python: TestKernel;
beforeAll(async () => {
  store = await RelationalStore.open({ folder: mkdtempSync(join(tmpdir(), 'store-')), clock: systemClock });
  const calls = serviceCalls([relationalCalls({ relational: (address) => store.connect(address) })]);
  python = await startKernel({ commands: new RecordingPort(), services: calls });
  await python.run(`import mysql.connector
def connect(**options): return mysql.connector.connect(user="iabd", password="iabd", database="spark", **options)
db = connect(autocommit=True)
cur = db.cursor()
cur.execute("CREATE TABLE prueba (id BIGINT UNSIGNED AUTO_INCREMENT NOT NULL, nombre VARCHAR(100) NOT NULL, alta TIMESTAMP NOT NULL, PRIMARY KEY (id))")`);
});
afterAll(async () => {
  await python.kernel.shutdown();
  await store.close();
});

test('what was not committed is lost, what was is seen by others', async () => {
  const output = await python.run(`
one = connect()
c = one.cursor()
c.executemany("INSERT INTO prueba (nombre, alta) VALUES (%s, %s)", [("Aitor", "2022-05-13 13:36:58"), ("Mª José", "2022-05-14 13:46:58")])
print(c.rowcount, c.lastrowid)
one.rollback()
c.execute("INSERT INTO prueba (nombre, alta) VALUES (%(n)s, %(a)s)", {"n": "Laura", "a": "2022-05-15 13:56:58"})
one.commit()
c.execute("INSERT INTO prueba (nombre, alta) VALUES ('nadie', NOW())")
one.close()
cur.execute("SELECT nombre, alta FROM prueba")
print(cur.fetchall())`);
  expect(output).toBe("2 1\n[('Laura', datetime.datetime(2022, 5, 15, 13, 56, 58))]\n");
});

test.each([
  ["cur.execute('SELECT * FROM spark.x')", "ProgrammingError: 1146 (42S02): Table 'spark.x' doesn't exist"],
  [
    "cur.execute('INSERT INTO prueba VALUES (3, %s, NOW())', ('uno',)); cur.execute('INSERT INTO prueba VALUES (3, %s, NOW())', ('dos',))",
    "IntegrityError: 1062 (23000): Duplicate entry '3' for key 'PRIMARY'",
  ],
  [
    'mysql.connector.connect(user="iabd", password="otra")',
    "ProgrammingError: 1045 (28000): Access denied for user 'iabd'@'localhost' (using password: YES)",
  ],
])('%s fails with the number and text of MariaDB', async (source, error) => {
  expect(await python.run(source)).toBe(`mysql.connector.errors.${error}`);
});
