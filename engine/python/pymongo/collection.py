"""Collections."""
import collections.abc

from pymongo._bulk import insert_writes, run_bulk, with_id
from pymongo._checks import check_boolean, check_mapping, check_pipeline, check_replacement, check_update, index_document, sort_document
from pymongo._checks import projection_document
from pymongo.cursor import CommandCursor, Cursor
from pymongo.errors import InvalidName, OperationFailure, write_failure_of
from pymongo.operations import DeleteMany, DeleteOne, IndexModel, ReplaceOne, UpdateMany, UpdateOne, given
from pymongo.results import BulkWriteResult, DeleteResult, InsertManyResult, InsertOneResult, UpdateResult

_NAMESPACE_NOT_FOUND = 26


class ReturnDocument:
    BEFORE = False
    AFTER = True


class Collection:
    """A collection; it exists once something is in it."""

    def __init__(self, database, name, create=False, **options):
        if not isinstance(name, str):
            raise TypeError("name must be an instance of str")
        if not name or ".." in name:
            raise InvalidName("collection names cannot be empty")
        if "$" in name:
            raise InvalidName(f"collection names must not contain '$': {name!r}")
        if name[0] == "." or name[-1] == ".":
            raise InvalidName(f"collection names must not start or end with '.': {name!r}")
        self._database, self._name = database, name

    @property
    def database(self):
        return self._database

    @property
    def name(self) -> str:
        return self._name

    @property
    def full_name(self) -> str:
        return f"{self._database.name}.{self._name}"

    def __getattr__(self, name):
        if name.startswith("_"):
            full = f"{self._name}.{name}"
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}. To access the {full} collection, use database['{full}'].")
        return self[name]

    def __getitem__(self, name):
        return Collection(self._database, f"{self._name}.{name}")

    def __call__(self, *_args, **_kwargs):
        parent, _, method = self._name.rpartition(".")
        if not parent:
            raise TypeError(
                f"'Collection' object is not callable. "
                f"If you meant to call the '{method}' method on a 'Database' object it is failing because no such method exists."
            )
        raise TypeError(
            f"'Collection' object is not callable. "
            f"If you meant to call the '{method}' method on a 'Collection' object it is failing because no such method exists."
        )

    def __eq__(self, other):
        return isinstance(other, Collection) and (self._database, self._name) == (other.database, other.name)

    def __hash__(self):
        return hash((self._database, self._name))

    def __bool__(self):
        raise NotImplementedError(
            f"{type(self).__name__} objects do not implement truth value testing or bool(). "
            "Please compare with None instead: collection is not None"
        )

    def __iter__(self):
        raise TypeError("'Collection' object is not iterable")

    def __repr__(self):
        return f"Collection({self._database!r}, {self._name!r})"

    def with_options(self, **_options):
        return Collection(self._database, self._name)

    # ------------------------------------------------------------ reading

    def find(self, *args, **kwargs) -> Cursor:
        return Cursor(self, *args, **kwargs)

    def find_one(self, filter=None, *args, **kwargs):
        """`filter`: a mapping, or an id."""
        if filter is not None and not isinstance(filter, collections.abc.Mapping):
            filter = {"_id": filter}
        return next(self.find(filter, *args, **kwargs).limit(-1), None)

    def aggregate(self, pipeline, session=None, let=None, comment=None, batchSize=None, **kwargs) -> CommandCursor:
        check_pipeline(pipeline)
        cursor = {} if batchSize is None else {"batchSize": batchSize}
        command = {"aggregate": self._name, "pipeline": pipeline, "cursor": cursor, **given(let=let, comment=comment), **kwargs}
        return CommandCursor(self._run, self._name, self._run(command), batchSize or 0)

    def count_documents(self, filter, session=None, comment=None, skip=None, limit=None, **kwargs) -> int:
        pipeline = [{"$match": filter}]
        if skip is not None:
            pipeline.append({"$skip": skip})
        if limit is not None:
            pipeline.append({"$limit": limit})
        pipeline.append({"$group": {"_id": 1, "n": {"$sum": 1}}})
        return next((counted["n"] for counted in self.aggregate(pipeline, comment=comment, **kwargs)), 0)

    def estimated_document_count(self, comment=None, **kwargs) -> int:
        return int(self._run({"count": self._name, **given(comment=comment), **kwargs})["n"])

    def distinct(self, key, filter=None, session=None, comment=None, hint=None, **kwargs) -> list:
        if not isinstance(key, str):
            raise TypeError("key must be an instance of str")
        command = {"distinct": self._name, "key": key, **given(query=filter, comment=comment, hint=hint), **kwargs}
        return self._run(command)["values"]

    # ------------------------------------------------------------ writing

    def insert_one(self, document, bypass_document_validation=None, session=None, comment=None) -> InsertOneResult:
        self._write({"insert": self._name, "ordered": True, **given(comment=comment), "documents": [with_id(document)]})
        return InsertOneResult(document["_id"])

    def insert_many(self, documents, ordered=True, bypass_document_validation=None, session=None, comment=None) -> InsertManyResult:
        writes = insert_writes(documents)
        run_bulk(self._run, self._name, writes, ordered, comment)
        return InsertManyResult([write.statement()["_id"] for write in writes])

    def update_one(
        self, filter, update, upsert=False, bypass_document_validation=None, collation=None, array_filters=None, hint=None,
        session=None, let=None, comment=None,
    ) -> UpdateResult:
        check_boolean("upsert", upsert)
        return self._update(UpdateOne(filter, update, upsert, collation, array_filters, hint), let, comment)

    def update_many(
        self, filter, update, upsert=False, array_filters=None, bypass_document_validation=None, collation=None, hint=None,
        session=None, let=None, comment=None,
    ) -> UpdateResult:
        check_boolean("upsert", upsert)
        return self._update(UpdateMany(filter, update, upsert, collation, array_filters, hint), let, comment)

    def replace_one(
        self, filter, replacement, upsert=False, bypass_document_validation=None, collation=None, hint=None, session=None,
        let=None, comment=None,
    ) -> UpdateResult:
        check_boolean("upsert", upsert)
        return self._update(ReplaceOne(filter, replacement, upsert, collation, hint), let, comment)

    def _update(self, write, let, comment):
        command = {"update": self._name, "ordered": True, **given(let=let, comment=comment), "updates": [write.statement()]}
        reply = self._write(command)
        is_new = bool(reply.get("upserted"))
        if is_new:
            reply["upserted"] = reply["upserted"][0]["_id"]
        return UpdateResult({**reply, "updatedExisting": reply["n"] > 0 and not is_new})

    def delete_one(self, filter, collation=None, hint=None, session=None, let=None, comment=None) -> DeleteResult:
        return self._delete(DeleteOne(filter, collation, hint), let, comment)

    def delete_many(self, filter, collation=None, hint=None, session=None, let=None, comment=None) -> DeleteResult:
        return self._delete(DeleteMany(filter, collation, hint), let, comment)

    def _delete(self, write, let, comment):
        command = {"delete": self._name, "ordered": True, **given(let=let, comment=comment), "deletes": [write.statement()]}
        return DeleteResult(self._write(command))

    def bulk_write(self, requests, ordered=True, bypass_document_validation=None, session=None, comment=None, let=None) -> BulkWriteResult:
        return BulkWriteResult(run_bulk(self._run, self._name, requests, ordered, comment, let))

    def find_one_and_update(
        self, filter, update, projection=None, sort=None, upsert=False, return_document=ReturnDocument.BEFORE, array_filters=None,
        hint=None, session=None, let=None, comment=None, **kwargs,
    ):
        check_update(update)
        kwargs["update"] = update
        return self._find_and_modify(
            filter, projection, sort, upsert, return_document,
            arrayFilters=array_filters, hint=hint, let=let, comment=comment, **kwargs
        )

    def find_one_and_replace(
        self, filter, replacement, projection=None, sort=None, upsert=False, return_document=ReturnDocument.BEFORE, hint=None,
        session=None, let=None, comment=None, **kwargs,
    ):
        check_replacement(replacement)
        kwargs["update"] = replacement
        return self._find_and_modify(filter, projection, sort, upsert, return_document, hint=hint, let=let, comment=comment, **kwargs)

    def find_one_and_delete(self, filter, projection=None, sort=None, hint=None, session=None, let=None, comment=None, **kwargs):
        kwargs["remove"] = True
        return self._find_and_modify(filter, projection, sort, None, None, hint=hint, let=let, comment=comment, **kwargs)

    def _find_and_modify(self, filter, projection, sort, upsert, return_document, **options):
        check_mapping("filter", filter)
        fields = None if projection is None else projection_document(projection)
        wanted = given(fields=fields, sort=sort_document(sort) if sort else None, upsert=upsert, new=return_document, **options)
        return self._write({"findAndModify": self._name, "query": filter, **wanted}).get("value")

    # ------------------------------------------------------------ indexes and the collection itself

    def create_index(self, keys, session=None, comment=None, **kwargs) -> str:
        return self.create_indexes([IndexModel(keys, **kwargs)], comment=comment)[0]

    def create_indexes(self, indexes, session=None, comment=None, **kwargs) -> list:
        documents = [index.document for index in indexes]
        self._run({"createIndexes": self._name, "indexes": documents, **given(comment=comment), **kwargs})
        return [document["name"] for document in documents]

    def list_indexes(self, session=None, comment=None) -> CommandCursor:
        try:
            reply = self._run({"listIndexes": self._name, "cursor": {}, **given(comment=comment)})
        except OperationFailure as error:
            if error.code != _NAMESPACE_NOT_FOUND:
                raise
            reply = {"cursor": {"id": 0, "firstBatch": []}}
        return CommandCursor(self._run, self._name, reply)

    def index_information(self, session=None, comment=None) -> dict:
        described = {}
        for index in self.list_indexes(comment=comment):
            rest = {key: value for key, value in index.items() if key not in ("name", "key", "ns")}
            described[index["name"]] = {**rest, "key": list(index["key"].items())}
        return described

    def drop_index(self, index_or_name, session=None, comment=None, **kwargs):
        index = index_or_name if isinstance(index_or_name, str) else IndexModel(index_document(index_or_name)).document["name"]
        self._run({"dropIndexes": self._name, "index": index, **given(comment=comment), **kwargs})

    def drop_indexes(self, session=None, comment=None, **kwargs):
        try:
            self.drop_index("*", comment=comment, **kwargs)
        except OperationFailure as error:
            if error.code != _NAMESPACE_NOT_FOUND:
                raise

    def drop(self, session=None, comment=None, encrypted_fields=None):
        self._database.drop_collection(self._name, comment=comment)

    def rename(self, new_name, session=None, comment=None, **kwargs):
        target = f"{self._database.name}.{new_name}"
        command = {"renameCollection": self.full_name, "to": target, **given(comment=comment), **kwargs}
        return self._database.client.admin._run(command)

    def _run(self, command):
        return self._database._run(command)

    def _write(self, command):
        reply = self._run(command)
        failure = write_failure_of(reply)
        if failure is not None:
            raise failure
        return reply
