from typing import Any, Callable, Dict, List, Optional

from marea_kernel import bridge
from pyspark._engine import run
from pyspark.errors import PySparkValueError
from pyspark.errors.exceptions.captured import StreamingQueryException, convert_exception, no_such_method
from pyspark.sql.streaming.listener import with_rates

__all__ = ["StreamingQuery", "StreamingQueryManager"]


class StreamingQuery:
    """A query that runs in the background."""

    def __init__(self, session: "SparkSession", started: dict) -> None:  # noqa: F821
        self._session = session
        self._id = started["id"]
        self._run_id = started["run_id"]
        self._name = started["name"]

    def _ask(self, kind: str, method: str, **fields: Any) -> Any:
        return run(
            self._session,
            "streaming_query_command",
            method,
            query_id=self._id,
            run_id=self._run_id,
            command={"kind": kind, **fields},
        )

    @property
    def id(self) -> str:
        return self._id

    @property
    def runId(self) -> str:
        return self._run_id

    @property
    def name(self) -> Optional[str]:
        return self._name

    @property
    def isActive(self) -> bool:
        return self._ask("is_active", "isActive")["is_active"]

    @property
    def status(self) -> Dict[str, Any]:
        return self._ask("status", "status")

    @property
    def recentProgress(self) -> List[Dict[str, Any]]:
        return [with_rates(progress) for progress in self._ask("recent_progress", "recentProgress")]

    @property
    def lastProgress(self) -> Optional[Dict[str, Any]]:
        progress = self._ask("last_progress", "lastProgress")
        return progress and with_rates(progress)

    def awaitTermination(self, timeout: Optional[int] = None) -> Optional[bool]:
        if timeout is None:
            self._ask("await_termination", "awaitTermination")
            return None
        milliseconds = _milliseconds(timeout, lambda: timeout <= 0)
        return self._ask("await_termination", "awaitTermination", timeout_ms=milliseconds)["terminated"]

    def processAllAvailable(self) -> None:
        self._ask("process_all_available", "processAllAvailable")

    def stop(self) -> None:
        self._ask("stop", "stop")

    def explain(self, extended: bool = False) -> None:
        print(self._ask("explain", "explainInternal", extended=bool(extended))["text"])

    def exception(self) -> Optional[StreamingQueryException]:
        failure = self._ask("exception", "exception")
        if failure is None:
            return None
        return StreamingQueryException(failure["message"], failure.get("stackTrace", ""), details=failure)

    def _summary_(self) -> str:
        return f"StreamingQuery {self._name or self._id}"


def _milliseconds(timeout: Any, out_of_range: Callable[[], bool]) -> int:
    if not isinstance(timeout, (int, float)) or out_of_range():
        raise PySparkValueError(
            error_class="VALUE_NOT_POSITIVE",
            message_parameters={"arg_name": "timeout", "arg_value": type(timeout).__name__},
        )
    return int(timeout * 1000)


class StreamingQueryManager:
    """`spark.streams`."""

    def __init__(self, session: "SparkSession") -> None:  # noqa: F821
        self._session = session

    def _ask(self, kind: str, method: str, **fields: Any) -> Any:
        return run(self._session, "streaming_query_manager_command", method, command={"kind": kind, **fields})

    @property
    def active(self) -> List[StreamingQuery]:
        return [StreamingQuery(self._session, started) for started in self._ask("active", "active")["queries"]]

    def get(self, id: str) -> Optional[StreamingQuery]:
        if id is None:
            text = 'Cannot invoke "String.length()" because "name" is null'
            raise convert_exception({"class": "", "java": "java.lang.NullPointerException", "message": text}, "get")
        if not isinstance(id, str):
            raise no_such_method("get", id)
        started = self._ask("get_query", "get", id=id)["query"]
        return None if started is None else StreamingQuery(self._session, started)

    def awaitAnyTermination(self, timeout: Optional[int] = None) -> Optional[bool]:
        if timeout is None:
            self._ask("await_any_termination", "awaitAnyTermination")
            return None
        milliseconds = _milliseconds(timeout, lambda: timeout < 0)
        return self._ask("await_any_termination", "awaitAnyTermination", timeout_ms=milliseconds)["terminated"]

    def resetTerminated(self) -> None:
        self._ask("reset_terminated", "resetTerminated")

    def addListener(self, listener: "StreamingQueryListener") -> None:  # noqa: F821
        if listener._key is None:
            listener._key = bridge.register(listener._receive)
        listener._set_spark_session(self._session)
        self._ask("add_listener", "addListener", listener=listener._key)

    def removeListener(self, listener: "StreamingQueryListener") -> None:  # noqa: F821
        self._ask("remove_listener", "removeListener", listener=listener._key or "")
