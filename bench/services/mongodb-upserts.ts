// Upserts a second in bulk writes of 1,000 through the `mongodb` driver, on the embedded server in its child process.
import { MongoClient, type Document } from 'mongodb';
import { openBenchServices } from './bench-services.ts';
import { report } from './figure.ts';

const perBulk = 1000;
const bulks = 50;
/** Half of the bulks insert, the others replace what is there. */
const keys = (perBulk * bulks) / 2;

const bench = await openBenchServices();
const { uri } = await bench.services.endpoints.mongodb('mongodb://localhost:27017');
const client = await MongoClient.connect(uri);
const windows = client.db('iabd').collection<Document>('ventanas');
await windows.createIndex({ inicio: 1 }, { unique: true });
await upsert(0);
const began = performance.now();
for (let bulk = 0; bulk < bulks; bulk += 1) await upsert(bulk);
const seconds = (performance.now() - began) / 1000;
report({
  name: 'MongoDB: upserts in bulk writes of 1,000',
  value: (perBulk * bulks) / seconds,
  unit: 'upserts/s',
  target: { kind: 'at least', value: 10_000 },
});
await client.close();
await bench.close();

async function upsert(bulk: number): Promise<void> {
  const operations = Array.from({ length: perBulk }, (_, row) => {
    const inicio = (bulk * perBulk + row) % keys;
    return {
      replaceOne: {
        filter: { inicio },
        replacement: { inicio, media: 300.5, mayor: 567, menor: 43, bizums: bulk },
        upsert: true,
      },
    };
  });
  await windows.bulkWrite(operations);
}
