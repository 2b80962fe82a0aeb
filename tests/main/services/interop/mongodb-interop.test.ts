import { MongoClient, type Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../../../support/available-parts.ts';
import { InteropLearner, runClient } from './interop-learner.ts';

let learner: InteropLearner;
let uri = '';
beforeAll(async () => {
  learner = await InteropLearner.start();
  uri = await learner.mongodbUri();
  // A stream of payments counted by window, each window one document, as in Bizum.
  await learner.run(`
import os
os.makedirs("entrada")
open("entrada/a.json", "w").write('{"t": "2023-03-29 09:45:28.714978", "cantidad": 43}\\n{"t": "2023-03-29 09:46:15.5", "cantidad": 567}\\n{"t": "2023-03-29 09:48:40.5", "cantidad": 60}\\n')
from pyspark.sql.functions import window, avg, max, count, col
ventanas = spark.readStream.schema("t TIMESTAMP, cantidad INT").json("entrada").withWatermark("t", "30 seconds").groupBy(window("t", "3 minutes")).agg(avg("cantidad").alias("media"), max("cantidad").alias("mayor"), count("*").alias("bizums")).select(col("window.start").alias("inicio"), "media", "mayor", "bizums")
def guarda(lote, numero):
    lote.write.format("mongodb").mode("append").option("connection.uri", "mongodb://localhost:27017").option("database", "iabd").option("collection", "ventanas").option("operationType", "replace").option("idFieldList", "inicio").save()
q = ventanas.writeStream.foreachBatch(guarda).outputMode("update").start()
q.processAllAvailable()
q.stop()
`);
});
afterAll(() => learner.close());

const readCollection = (collection: string, columns: string): Promise<string> =>
  learner.run(
    `spark.read.format("mongodb").option("connection.uri", "mongodb://localhost:27017").option("database", "iabd").option("collection", "${collection}").load().selectExpr(${columns}).orderBy("inicio").show(10, False)`,
  );

describeWith('python', 'pymongo and a query', (python) => {
  const head = 'import sys, pymongo, datetime\nfrom bson import Int64\ndb = pymongo.MongoClient(sys.argv[1])["iabd"]\n';

  test('pymongo reads the windows of a query with their types', async () => {
    const program = `${head}for d in db["ventanas"].find({}, {"_id": 0}).sort("inicio"): print({k: (type(v).__name__, str(v)) for k, v in d.items()})`;
    expect((await runClient(python, ['-c', program, uri])).trim().split('\n')).toEqual([
      "{'inicio': ('datetime', '2023-03-29 07:45:00'), 'media': ('float', '305.0'), 'mayor': ('int', '567'), 'bizums': ('Int64', '2')}",
      "{'inicio': ('datetime', '2023-03-29 07:48:00'), 'media': ('float', '60.0'), 'mayor': ('int', '60'), 'bizums': ('Int64', '1')}",
    ]);
  });

  test('Spark reads what pymongo wrote and changed', async () => {
    const program = `${head}c = db["propias"]
c.insert_many([{"inicio": datetime.datetime(2023, 3, 29, 7, 45), "media": 1.5, "bizums": Int64(2)}, {"inicio": datetime.datetime(2023, 3, 29, 7, 48), "media": 2.0, "bizums": Int64(1)}])
c.update_one({"bizums": 1}, {"$inc": {"bizums": Int64(9)}, "$set": {"nota": "ñ"}})`;
    await runClient(python, ['-c', program, uri]);
    expect(await readCollection('propias', '"inicio", "media", "bizums", "nota"')).toBe(
      [
        '+-------------------+-----+------+----+',
        '|inicio             |media|bizums|nota|',
        '+-------------------+-----+------+----+',
        '|2023-03-29 09:45:00|1.5  |2     |NULL|',
        '|2023-03-29 09:48:00|2.0  |10    |ñ   |',
        '+-------------------+-----+------+----+',
        '\n',
      ].join('\n'),
    );
  });
});

test('the driver reads the windows of a query, and Spark what the driver wrote', async () => {
  const client = await MongoClient.connect(uri);
  const db = client.db('iabd');
  const windows = await db
    .collection('ventanas')
    .find({}, { projection: { _id: 0 } })
    .sort({ inicio: 1 })
    .toArray();
  expect(windows).toEqual([
    { inicio: new Date('2023-03-29T07:45:00Z'), media: 305, mayor: 567, bizums: 2 },
    { inicio: new Date('2023-03-29T07:48:00Z'), media: 60, mayor: 60, bizums: 1 },
  ]);
  await db
    .collection<Document>('del-driver')
    .insertMany([{ inicio: new Date('2023-03-29T07:51:00Z'), conceptos: ['cena', 'taxi'], quien: { nombre: 'Eva' } }]);
  await client.close();
  expect(await readCollection('del-driver', '"inicio", "conceptos[1] AS otro", "quien.nombre"')).toContain(
    '|2023-03-29 09:51:00|taxi|Eva   |',
  );
});
