import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

const python = process.env['MAREA_TEST_PYTHON'] ?? 'python3';

function hasPymongo(): boolean {
  return spawnSync(python, ['-c', 'import pymongo']).status === 0;
}

/** Under CI every part must be there: the tests run, and fail without it. */
const isLeftOut = !hasPymongo() && process.env['CI'] !== 'true';
let at: TestServer;
beforeAll(async () => {
  at = await startTestServer();
});
afterAll(() => at.stop());

/** What a program prints that has `db`, a database of pymongo on the server. */
async function printed(program: string): Promise<string> {
  const head = `import pymongo, datetime\nfrom bson import Int64, ObjectId, Decimal128\ndb = pymongo.MongoClient("mongodb://localhost:${at.server.port}")["iabd"]\n`;
  const { stdout } = await promisify(execFile)(python, ['-c', head + program]);
  return stdout;
}

test.skipIf(isLeftOut)('pymongo writes and reads with its own types (needs a Python with pymongo)', async () => {
  const output = await printed(`
c = db["bizums"]
c.insert_many([{"_id": i, "nombre": n, "cantidad": q} for i, (n, q) in enumerate([("Ana", 10), ("Eva", 25), ("Ana", 41)])])
print(c.count_documents({}), c.find_one({"nombre": "Eva"}))
print(list(c.aggregate([{"$group": {"_id": "$nombre", "media": {"$avg": "$cantidad"}, "total": {"$sum": "$cantidad"}}}, {"$sort": {"_id": 1}}])))
r = c.update_one({"_id": {"start": 1, "end": 2}}, {"$inc": {"n": Int64(1)}}, upsert=True)
print(r.matched_count, r.upserted_id)
print(c.find_one_and_update({"_id": 0}, {"$push": {"t": {"$each": [2.0, 1]}}}, return_document=pymongo.ReturnDocument.AFTER))
print([d["_id"] for d in c.find({}, {"_id": 1}).sort("cantidad", -1).limit(2)])
try:
    c.insert_one({"_id": 0})
except pymongo.errors.DuplicateKeyError as e:
    print(e.code, e.details["keyValue"], str(e).split(", full")[0])
print(c.bulk_write([pymongo.ReplaceOne({"k": k}, {"k": k}, upsert=True) for k in range(5)]).upserted_count, c.delete_many({"k": {"$gte": 0}}).deleted_count)
print(sorted(db.list_collection_names()), db.command("buildinfo")["modules"], c.create_index("nombre"), c.distinct("nombre"))
with db.client.start_session() as s:
    print(c.find_one({"_id": 1}, session=s))
`);
  expect(output.split('\n')).toEqual([
    "3 {'_id': 1, 'nombre': 'Eva', 'cantidad': 25}",
    "[{'_id': 'Ana', 'media': 25.5, 'total': 51}, {'_id': 'Eva', 'media': 25.0, 'total': 25}]",
    "0 {'start': 1, 'end': 2}",
    "{'_id': 0, 'nombre': 'Ana', 'cantidad': 10, 't': [2.0, 1]}",
    '[2, 1]',
    "11000 {'_id': 0} E11000 duplicate key error collection: iabd.bizums index: _id_ dup key: { _id: 0 }",
    '5 5',
    "['bizums'] ['marea'] nombre_1 ['Ana', 'Eva']",
    "{'_id': 1, 'nombre': 'Eva', 'cantidad': 25}",
    '',
  ]);
});

test.skipIf(isLeftOut)(
  'what pymongo stores keeps its types through an update (needs a Python with pymongo)',
  async () => {
    const output = await printed(`
c = db["tipos"]
c.insert_one({"_id": 1, "largo": Int64(2), "doble": 3.0, "fecha": datetime.datetime(2023, 3, 29), "decimal": Decimal128("1.50"), "bin": b"ab", "otro": 1})
c.update_one({}, {"$set": {"otro": "x"}, "$inc": {"doble": 1}})
d = c.find_one()
print({k: type(v).__name__ for k, v in d.items()}, d["doble"])
`);
    expect(output.trim()).toBe(
      "{'_id': 'int', 'largo': 'Int64', 'doble': 'float', 'fecha': 'datetime', 'decimal': 'Decimal128', 'bin': 'bytes', 'otro': 'str'} 4.0",
    );
  },
);
