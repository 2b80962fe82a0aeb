import { afterAll, beforeAll, expect, test } from 'vitest';
import { mongodbCalls } from '../../../main/connectors/calls/mongodb-calls.ts';
import { serviceCalls } from '../../../main/connectors/calls/service-calls.ts';
import { endpointsAt } from '../connectors/mongodb/mongodb-fixture.ts';
import { startTestServer, type TestServer } from '../services/mongodb/test-server.ts';
import { RecordingPort } from './recording-port.ts';
import { startKernel, type TestKernel } from './start-kernel.ts';

let at: TestServer;
let python: TestKernel;
beforeAll(async () => {
  at = await startTestServer();
  const services = serviceCalls([mongodbCalls(endpointsAt(at.server.port))]);
  python = await startKernel({ commands: new RecordingPort(), services });
  await python.run(`
import datetime, decimal, re
from bson import Binary, Code, Decimal128, Int64, MaxKey, ObjectId, Regex, Timestamp, json_util
from pymongo import ASCENDING, DESCENDING, DeleteMany, InsertOne, MongoClient, ReplaceOne, ReturnDocument, UpdateOne, errors
db = MongoClient("mongodb://localhost:27017")["iabd"]
def error(action):
    try:
        action()
    except Exception as e:
        print(type(e).__module__, type(e).__name__, "|", e)
`);
});
afterAll(async () => {
  await python.kernel.shutdown();
  await at.stop();
});

test('values come back with the types of pymongo: naive UTC with milliseconds, Int64, bytes', async () => {
  const output = await python.run(`
zone = datetime.timezone(datetime.timedelta(hours=2))
moment = datetime.datetime(2023, 3, 29, 9, 45, 28, 714978)
db.tipos.insert_one({"_id": ObjectId("5f0000000000000000000001"), "i": 1, "l": 2**40, "f": 3.0, "d": moment, "z": moment.replace(tzinfo=zone), "b": b"ab",
  "dec": Decimal128("1.50"), "re": re.compile("a+", re.I), "ts": Timestamp(1, 2), "c": Code("f()"), "x": MaxKey(), "t": (1, None, {"y": True})})
document = db.tipos.find_one()
print(document)
print(type(document["l"]).__name__, type(document["i"]).__name__, list(document)[:3])`);
  expect(output).toBe(
    "{'_id': ObjectId('5f0000000000000000000001'), 'i': 1, 'l': 1099511627776, 'f': 3.0, 'd': datetime.datetime(2023, 3, 29, 9, 45, 28, 714000), " +
      "'z': datetime.datetime(2023, 3, 29, 7, 45, 28, 714000), 'b': b'ab', 'dec': Decimal128('1.50'), 're': Regex('a+', 34), 'ts': Timestamp(1, 2), " +
      "'c': Code('f()', None), 'x': MaxKey(), 't': [1, None, {'y': True}]}\nInt64 int ['_id', 'i', 'l']\n",
  );
});

test('find, sort, skip, limit, projection and cursors that go on', async () => {
  const output = await python.run(`
db.n.insert_many([{"_id": i, "g": i % 2} for i in range(7)])
print([d["_id"] for d in db.n.find({"g": 1}).sort("_id", DESCENDING).skip(1).limit(1)])
print(list(db.n.find({"_id": {"$lt": 3}}, {"_id": 0, "g": 1}).sort([("g", ASCENDING), ("_id", -1)])))
print([d["_id"] for d in db.n.find(batch_size=2).sort("_id")], db.n.find().sort("_id")[3], [d["_id"] for d in db.n.find().sort("_id")[1:3]])
print(db.n.count_documents({"g": 1}), db.n.estimated_document_count(), sorted(db.n.distinct("g")), db.n.find_one(5), db.n.find_one({"_id": "no"}))
print(list(db.n.aggregate([{"$group": {"_id": "$g", "t": {"$sum": 1}}}, {"$sort": {"_id": 1}}])))
cursor = db.n.find()
next(cursor)
error(lambda: cursor.sort("g"))`);
  expect(output).toBe(
    "[3]\n[{'g': 0}, {'g': 0}, {'g': 1}]\n[0, 1, 2, 3, 4, 5, 6] {'_id': 3, 'g': 1} [1, 2]\n3 7 [0, 1] {'_id': 5, 'g': 1} None\n" +
      "[{'_id': 0, 't': 4}, {'_id': 1, 't': 3}]\npymongo.errors InvalidOperation | cannot set options after executing query\n",
  );
});

test('writes answer what they did', async () => {
  const output = await python.run(`
own = {"x": 1}
print(db.w.insert_one(own).inserted_id == own["_id"], isinstance(own["_id"], ObjectId))
r = db.w.update_one({"_id": {"start": 1, "end": 2}}, {"$set": {"n": 1}}, upsert=True); print(r.matched_count, r.modified_count, r.upserted_id)
r = db.w.update_many({}, {"$inc": {"n": 1}}); print(r.matched_count, r.modified_count)
r = db.w.replace_one({"x": 1}, {"y": 2}); print(r.modified_count, r.raw_result["n"])
print(db.w.find_one_and_update({"y": 2}, {"$set": {"y": 3}}, projection={"_id": 0}, return_document=ReturnDocument.AFTER))
print(db.w.delete_many({"y": 3}).deleted_count)
r = db.w.bulk_write([InsertOne({"_id": 1}), UpdateOne({"_id": 1}, {"$set": {"a": 1}}), ReplaceOne({"_id": 9}, {"n": 1}, upsert=True), DeleteMany({"a": 1})])
print(r.inserted_count, r.modified_count, r.upserted_ids, r.deleted_count)`);
  expect(output).toBe("True True\n0 0 {'start': 1, 'end': 2}\n2 2\n1 1\n{'y': 3}\n1\n1 1 {2: 9} 1\n");
});

test('the server’s refusals are pymongo’s exceptions with its texts', async () => {
  const output = await python.run(`
db.u.create_index([("k", ASCENDING)], unique=True)
db.u.insert_one({"_id": 1, "k": "a"})
error(lambda: db.u.insert_one({"_id": 2, "k": "a"}))
error(lambda: db.u.insert_many([{"_id": 3}, {"_id": 1}], ordered=False))
error(lambda: list(db.u.find({"k": {"$nope": 1}})))
try:
    db.u.insert_one({"_id": 1})
except errors.DuplicateKeyError as e:
    print(e.code, e.details["keyValue"])`);
  expect(output.split('\n')).toEqual([
    expect.stringContaining(
      'pymongo.errors DuplicateKeyError | E11000 duplicate key error collection: iabd.u index: k_1 dup key: { k: "a" }, full error: {',
    ),
    expect.stringMatching(
      /^pymongo\.errors BulkWriteError \| batch op errors occurred, full error: \{'writeErrors': \[\{'index': 1, 'code': 11000.*'nInserted': 1/,
    ),
    expect.stringContaining('pymongo.errors OperationFailure | unknown operator: $nope, full error: {'),
    "11000 {'_id': 1}",
    '',
  ]);
});

test('what pymongo refuses without asking is refused here too', async () => {
  const output = await python.run(`
error(lambda: db.u.update_one({}, {"k": 1}))
error(lambda: db.u.replace_one({}, {"$set": {}}))
error(lambda: db.u.insert_many([]))
error(lambda: db.u.insert_one({"d": datetime.date(2023, 1, 1)}))
error(lambda: db.u.insert_one({"x": 2**63}))
error(lambda: ObjectId("xyz"))
error(lambda: bool(db.u))
error(lambda: db.u.ensure_index("k"))
error(lambda: MongoClient("mongo://x"))`);
  expect(output).toBe(
    [
      'builtins ValueError | update only works with $ operators',
      'builtins ValueError | replacement can not include $ operators',
      'builtins TypeError | documents must be a non-empty list',
      "bson.errors InvalidDocument | cannot encode object: datetime.date(2023, 1, 1), of type: <class 'datetime.date'>",
      'builtins OverflowError | MongoDB can only handle up to 8-byte ints',
      "bson.errors InvalidId | 'xyz' is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string",
      'builtins NotImplementedError | Collection objects do not implement truth value testing or bool(). Please compare with None instead: collection is not None',
      "builtins TypeError | 'Collection' object is not callable. If you meant to call the 'ensure_index' method on a 'Collection' object it is failing because no such method exists.",
      "pymongo.errors InvalidURI | Invalid URI scheme: URI must begin with 'mongodb://' or 'mongodb+srv://'",
      '',
    ].join('\n'),
  );
});

test('a regular expression beside other operators keeps them', async () => {
  const output = await python.run(`
db.r.insert_many([{"s": "hola"}, {"s": "hora"}, {"s": "Hoy"}])
print(db.r.count_documents({"s": {"$regex": "^h", "$ne": "hola"}}), db.r.count_documents({"s": {"$regex": "^h", "$options": "i"}}), db.r.count_documents({"s": re.compile("^ho")}))`);
  expect(output).toBe('1 3 2\n');
});

test('collections, databases and indexes are listed, made and dropped', async () => {
  const output = await python.run(`
d = MongoClient().otra
print(d.create_collection("c"), d.list_collection_names(), "otra" in d.client.list_database_names())
error(lambda: d.create_collection("c"))
print(d.c.create_index("x"), sorted(d.c.index_information()))
d.c.drop(); d.nada.drop()
print(d.list_collection_names(), d.client.admin.command("ping"))
d.client.drop_database(d)`);
  expect(output).toBe(
    "Collection(Database(MongoClient(host=['localhost:27017'], document_class=dict, tz_aware=False, connect=True), 'otra'), 'c') ['c'] True\n" +
      "pymongo.errors CollectionInvalid | collection c already exists\nx_1 ['_id_', 'x_1']\n[] {'ok': 1.0}\n",
  );
});

test('json_util writes and reads extended JSON', async () => {
  const output = await python.run(`
document = {"_id": ObjectId("5f0000000000000000000001"), "d": datetime.datetime(2023, 3, 29, 7, 45, 28, 714000), "n": Int64(5), "b": Binary(b"ab", 4), "o": datetime.datetime(1960, 1, 1)}
print(json_util.dumps(document))
print(json_util.dumps([1, 2.0], json_options=json_util.CANONICAL_JSON_OPTIONS))
print(json_util.loads(json_util.dumps(document)) == document)`);
  expect(output).toBe(
    '{"_id": {"$oid": "5f0000000000000000000001"}, "d": {"$date": "2023-03-29T07:45:28.714Z"}, "n": 5, "b": {"$binary": {"base64": "YWI=", "subType": "04"}}, "o": {"$date": {"$numberLong": "-315619200000"}}}\n' +
      '[{"$numberInt": "1"}, {"$numberDouble": "2.0"}]\nTrue\n',
  );
});

test('a server that is away is a ServerSelectionTimeoutError that names it', async () => {
  const services = serviceCalls([mongodbCalls(endpointsAt(1))]);
  const lonely = await startKernel({ commands: new RecordingPort(), services });
  const output = await lonely.run(`
from pymongo import MongoClient, errors
try:
    MongoClient("localhost", 27017, serverSelectionTimeoutMS=50).iabd.x.find_one()
except errors.ConnectionFailure as e:
    print(type(e).__name__, str(e).split(", Topology")[0])`);
  expect(output).toBe(
    'ServerSelectionTimeoutError localhost:27017: [Errno 111] Connection refused (configured timeouts: socketTimeoutMS: 20000.0ms, connectTimeoutMS: 20000.0ms), Timeout: 0.05s\n',
  );
  await lonely.kernel.shutdown();
});
