"""Writes of several documents, in runs of one command each."""
import collections.abc

from bson.objectid import ObjectId

from pymongo._checks import check_document
from pymongo.errors import BulkWriteError, InvalidOperation
from pymongo.operations import InsertOne, given

# As many statements as one command may have.
_MAX_STATEMENTS = 100_000
_PARTS = {"insert": "documents", "update": "updates", "delete": "deletes"}


def with_id(document):
    """Gives a document that lacks one an id, in the learner's own object, as pymongo does."""
    check_document("document", document)
    if "_id" not in document:
        document["_id"] = ObjectId()
    return document


def run_bulk(run, collection: str, writes, ordered: bool, comment=None, let=None) -> dict:
    """Runs the writes; answers the counts. Raises BulkWriteError with the counts so far."""
    if not isinstance(writes, list):
        raise TypeError("requests must be a list")
    if not writes:
        raise InvalidOperation("No operations to execute")
    statements = [_statement(write) for write in writes]
    result = {
        "writeErrors": [], "writeConcernErrors": [], "nInserted": 0, "nUpserted": 0, "nMatched": 0, "nModified": 0, "nRemoved": 0, "upserted": [],
    }
    for kind, indexes in _runs(writes, ordered):
        options = given(comment=comment, let=None if kind == "insert" else let)
        command = {kind: collection, _PARTS[kind]: [statements[index] for index in indexes], "ordered": ordered, **options}
        _merge(kind, run(command), indexes, writes, result)
        if ordered and result["writeErrors"]:
            break
    if result["writeErrors"] or result["writeConcernErrors"]:
        result["writeErrors"].sort(key=lambda error: error["index"])
        raise BulkWriteError(result)
    return result


def _statement(write):
    if not hasattr(write, "statement"):
        raise TypeError(f"{write!r} is not a valid request")
    statement = write.statement()
    return with_id(statement) if isinstance(write, InsertOne) else statement


def _runs(writes, ordered):
    """Neighbours of one kind go together; without an order all of one kind do."""
    if ordered:
        run = []
        for index, write in enumerate(writes):
            if run and (writes[run[-1]].kind != write.kind or len(run) == _MAX_STATEMENTS):
                yield writes[run[-1]].kind, run
                run = []
            run.append(index)
        yield writes[run[-1]].kind, run
        return
    for kind in _PARTS:
        indexes = [index for index, write in enumerate(writes) if write.kind == kind]
        for start in range(0, len(indexes), _MAX_STATEMENTS):
            yield kind, indexes[start:start + _MAX_STATEMENTS]


def _merge(kind, reply, indexes, writes, result):
    affected = reply.get("n", 0)
    if kind == "insert":
        result["nInserted"] += affected
    elif kind == "delete":
        result["nRemoved"] += affected
    else:
        upserted = [{**each, "index": indexes[each["index"]]} for each in reply.get("upserted", [])]
        result["upserted"].extend(upserted)
        result["nUpserted"] += len(upserted)
        result["nMatched"] += affected - len(upserted)
        result["nModified"] += reply.get("nModified", 0)
    for error in reply.get("writeErrors", []):
        index = indexes[error["index"]]
        result["writeErrors"].append({**error, "index": index, "op": writes[index].statement()})
    if "writeConcernError" in reply:
        result["writeConcernErrors"].append(reply["writeConcernError"])


def insert_writes(documents):
    if not isinstance(documents, collections.abc.Iterable) or isinstance(documents, collections.abc.Mapping) or not documents:
        raise TypeError("documents must be a non-empty list")
    return [InsertOne(with_id(document)) for document in documents]

