"""The learner's functions as the engine calls them, in the shapes of main/kernel/python-callbacks.ts."""
import contextlib
import sys
from typing import Any, Callable

from pyspark._engine import relation
from pyspark._transplant import transplanted
from pyspark.errors import PySparkAttributeError
from pyspark.sql.types import StructType
from pyspark.sql.types.wire import decoder


class foreach_batch_callback:
    """`function(frame, batch_id)`: the frame belongs to a clone of the session, one for each query, as in Spark."""

    def __init__(self, function: Any, session):
        self._function = function
        self._session = session

    def set_key(self, key: str) -> None:
        self._clone = self._session._cloned(key)

    def __call__(self, table_key: str, batch_id: int) -> None:
        from pyspark.sql.dataframe import DataFrame

        plan = relation("cached_remote_relation", relation_id=table_key)
        self._function(DataFrame(plan, self._clone), batch_id)


@contextlib.contextmanager
def as_a_worker():
    """Functions of rows run in Spark's workers, whose output is not the program's."""
    with contextlib.redirect_stdout(sys.stderr):
        yield


def foreach_callback(given: Any, schema: StructType) -> Callable:
    """`foreach`: a function of a row, or an object with `process` and perhaps `open` and `close`."""
    if callable(given):
        process_all = _each
    else:
        _check_method(given, "process", required=True)
        for name in ("open", "close"):
            _check_method(given, name, required=False)
        process_all = _protocol
    fresh = transplanted(given)
    decode = decoder(schema)

    def run(rows: list, partition: int, epoch: int) -> None:
        with as_a_worker():
            process_all(fresh(), map(decode, rows), partition, epoch)

    return run


def _each(function: Callable, rows, _partition: int, _epoch: int) -> None:
    for row in rows:
        function(row)


def _protocol(writer: Any, rows, partition: int, epoch: int) -> None:
    wanted = writer.open(partition, epoch) if hasattr(writer, "open") else True
    error = None
    try:
        if wanted:
            for row in rows:
                writer.process(row)
    except Exception as failure:
        error = failure
    finally:
        if hasattr(writer, "close"):
            writer.close(error)
        if error:
            raise error


def _check_method(given: Any, name: str, required: bool) -> None:
    exists = hasattr(given, name)
    if (required and not exists) or (exists and not callable(getattr(given, name))):
        raise PySparkAttributeError(
            error_class="ATTRIBUTE_NOT_CALLABLE", message_parameters={"attr_name": name, "obj_name": "f"}
        )
