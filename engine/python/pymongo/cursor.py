"""Cursors over documents."""
import copy

from bson.int64 import Int64

from pymongo._checks import check_mapping, projection_document, sort_document
from pymongo.errors import InvalidOperation
from pymongo.operations import given


class CursorType:
    NON_TAILABLE = 0


class _Batches:
    """Documents of an answer with a cursor, batch after batch."""

    def __init__(self, run, collection, batch_size=0):
        self._run, self._collection, self._batch_size = run, collection, batch_size
        self._documents, self._id = [], 0

    def start(self, reply):
        self._documents = list(reply["cursor"]["firstBatch"])
        self._id = int(reply["cursor"]["id"])

    @property
    def alive(self) -> bool:
        return bool(self._documents or self._id)

    def next(self):
        while not self._documents and self._id:
            command = {"getMore": Int64(self._id), "collection": self._collection}
            if self._batch_size:
                command["batchSize"] = self._batch_size
            cursor = self._run(command)["cursor"]
            self._documents, self._id = list(cursor["nextBatch"]), int(cursor["id"])
        if not self._documents:
            raise StopIteration
        return self._documents.pop(0)

    def close(self):
        if self._id:
            self._run({"killCursors": self._collection, "cursors": [Int64(self._id)]})
        self._documents, self._id = [], 0


class _Iterable:
    """What both cursors share: `self._batches`, once `self._open()` has asked the server."""

    def _open(self):
        raise NotImplementedError

    def __iter__(self):
        return self

    def __next__(self):
        return self.next()

    def next(self):
        return self._open().next()

    def try_next(self):
        return next(self, None)

    def to_list(self, length=None) -> list:
        documents = []
        while (length is None or len(documents) < length) and (document := self.try_next()) is not None:
            documents.append(document)
        return documents

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()


class CommandCursor(_Iterable):
    """The answer of `aggregate` and of lists."""

    def __init__(self, run, collection, reply, batch_size=0):
        self._batches = _Batches(run, collection, batch_size)
        self._batches.start(reply)

    def _open(self):
        return self._batches

    @property
    def alive(self) -> bool:
        return self._batches.alive

    def batch_size(self, batch_size):
        return self

    def close(self):
        self._batches.close()


class Cursor(_Iterable):
    """The answer of `find`; the server is asked when the first document is wanted."""

    def __init__(
        self, collection, filter=None, projection=None, skip=0, limit=0, no_cursor_timeout=False, cursor_type=CursorType.NON_TAILABLE,
        sort=None, allow_partial_results=False, oplog_replay=False, batch_size=0, collation=None, hint=None, max_scan=None,
        max_time_ms=None, max=None, min=None, return_key=None, show_record_id=None, snapshot=None, comment=None, session=None,
        allow_disk_use=None, let=None,
    ):
        filter = {} if filter is None else filter
        check_mapping("filter", filter)
        for name, value in (("skip", skip), ("limit", limit)):
            if not isinstance(value, int):
                raise TypeError(f"{name} must be an instance of int")
        self.collection = collection
        self._filter = filter
        self._options = given(
            projection=None if projection is None else projection_document(projection),
            sort=sort_document(sort) if sort else None, collation=collation, hint=_hint(hint), maxTimeMS=max_time_ms, max=max, min=min,
            returnKey=return_key, showRecordId=show_record_id, comment=comment, allowDiskUse=allow_disk_use, let=let,
        )
        self._skip, self._limit, self._batch_size = skip, limit, batch_size
        self._batches = None

    def clone(self):
        twin = copy.copy(self)
        twin._options = dict(self._options)
        return twin.rewind()

    def rewind(self):
        self._batches = None
        return self

    def _open(self):
        if self._batches is None:
            database = self.collection.database
            self._batches = _Batches(database._run, self.collection.name, self._batch_size)
            self._batches.start(database._run(self._command()))
        return self._batches

    def _command(self) -> dict:
        command = {"find": self.collection.name, "filter": self._filter, **self._options}
        if self._skip:
            command["skip"] = self._skip
        if self._limit:
            command["limit"] = abs(self._limit)
            command["singleBatch"] = self._limit < 0
        if self._batch_size:
            command["batchSize"] = self._batch_size
        return command

    def _before_query(self):
        if self._batches is not None:
            raise InvalidOperation("cannot set options after executing query")
        return self

    def _with(self, **options):
        self._before_query()._options.update(options)
        return self

    def sort(self, key_or_list, direction=None):
        return self._with(sort=sort_document(key_or_list, direction))

    def limit(self, limit):
        if not isinstance(limit, int):
            raise TypeError("limit must be an integer")
        self._before_query()._limit = limit
        return self

    def skip(self, skip):
        if not isinstance(skip, int):
            raise TypeError("skip must be an integer")
        if skip < 0:
            raise ValueError("skip must be >= 0")
        self._before_query()._skip = skip
        return self

    def batch_size(self, batch_size):
        if batch_size < 0:
            raise ValueError("batch_size must be >= 0")
        self._before_query()._batch_size = batch_size
        return self

    def hint(self, index):
        return self._with(hint=_hint(index))

    def comment(self, comment):
        return self._with(comment=comment)

    def max_time_ms(self, max_time_ms):
        return self._with(maxTimeMS=max_time_ms)

    def collation(self, collation):
        return self._with(collation=collation)

    def allow_disk_use(self, allow_disk_use):
        return self._with(allowDiskUse=allow_disk_use)

    def distinct(self, key) -> list:
        return self.collection.distinct(key, self._filter)

    def explain(self) -> dict:
        return self.collection.database._run({"explain": self._command(), "verbosity": "allPlansExecution"})

    @property
    def alive(self) -> bool:
        return self._batches is None or self._batches.alive

    def close(self):
        if self._batches is not None:
            self._batches.close()

    def __getitem__(self, index):
        self._before_query()
        if isinstance(index, slice):
            return self._sliced(index)
        if not isinstance(index, int):
            raise TypeError(f"index {index!r} cannot be applied to Cursor instances")
        if index < 0:
            raise IndexError("Cursor instances do not support negative indices")
        twin = self.clone()
        twin._skip, twin._limit = self._skip + index, -1
        for document in twin:
            return document
        raise IndexError("no such item for Cursor instance")

    def _sliced(self, index):
        if index.step is not None:
            raise IndexError("Cursor instances do not support slice steps")
        start = index.start or 0
        if start < 0:
            raise IndexError("Cursor instances do not support negative indices")
        if index.stop is not None and index.stop < start:
            raise IndexError(f"stop index must be greater than start index for slice {index!r}")
        self._skip, self._limit = start, 0 if index.stop is None else index.stop - start
        return self


def _hint(index):
    return index if index is None or isinstance(index, str) else sort_document(index)
