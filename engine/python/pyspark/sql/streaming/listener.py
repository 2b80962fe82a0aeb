import json
import uuid
from abc import ABC, abstractmethod
from typing import Any, Dict, List, Optional

from pyspark.sql.types import Row

__all__ = ["StreamingQueryListener"]


class StreamingQueryListener(ABC):
    """Hears of every query of a session: subclass it and add it with `spark.streams.addListener`."""

    _key: Optional[str] = None

    def _set_spark_session(self, spark: "SparkSession") -> None:  # noqa: F821
        self._sparkSession = spark

    @property
    def spark(self) -> Optional["SparkSession"]:  # noqa: F821
        return getattr(self, "_sparkSession", None)

    @abstractmethod
    def onQueryStarted(self, event: "QueryStartedEvent") -> None:
        pass

    @abstractmethod
    def onQueryProgress(self, event: "QueryProgressEvent") -> None:
        pass

    def onQueryIdle(self, event: "QueryIdleEvent") -> None:
        pass

    @abstractmethod
    def onQueryTerminated(self, event: "QueryTerminatedEvent") -> None:
        pass

    def _receive(self, kind: str, payload: Dict[str, Any]) -> None:
        """One event of the engine: the name of the method, and Spark's JSON of the event (of the progress, for progress)."""
        event = {
            "onQueryStarted": QueryStartedEvent,
            "onQueryProgress": QueryProgressEvent,
            "onQueryIdle": QueryIdleEvent,
            "onQueryTerminated": QueryTerminatedEvent,
        }[kind]
        if kind == "onQueryProgress":
            payload = {"progress": with_rates(payload)}
        getattr(self, kind)(event.fromJson(payload))


class _Fields:
    """Read-only attributes over Spark's JSON: `_names` in PySpark's order, `_conversions` where a value is not the JSON one."""

    _names: List[str] = []
    _conversions: Dict[str, Any] = {}

    def __init__(self, **values: Any) -> None:
        self._values = values

    @classmethod
    def fromJson(cls, j: Dict[str, Any]):
        event = cls(**{name: cls._conversions.get(name, _same)(j.get(name)) for name in cls._names})
        event._json = j
        return event

    @classmethod
    def fromJObject(cls, jevent: Any):
        raise NotImplementedError("there is no JVM here")

    def __init_subclass__(cls) -> None:
        for name in cls._names:
            setattr(cls, name, property(lambda self, name=name: self._values[name]))


class _Progress(_Fields):
    @property
    def json(self) -> str:
        return json.dumps(self._json, separators=(",", ":"), ensure_ascii=False)

    @property
    def prettyJson(self) -> str:
        return _pretty(self._json, "")

    def __str__(self) -> str:
        return self.prettyJson


def _same(value: Any) -> Any:
    return value


def _pretty(value: Any, indent: str) -> str:
    """JSON as Spark prints it: ` : ` after a name, lists in one pair of brackets."""
    inner = indent + "  "
    if isinstance(value, dict):
        if not value:
            return "{ }"
        lines = [f"{inner}{json.dumps(key)} : {_pretty(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list):
        return "[ " + ", ".join(_pretty(item, indent) for item in value) + " ]" if value else "[ ]"
    return json.dumps(value, ensure_ascii=False)


def _or_empty(value: Any) -> dict:
    return dict(value or {})


def _observed(value: Any) -> dict:
    return {name: Row(*fields)(*fields.values()) for name, fields in (value or {}).items()}


class StateOperatorProgress(_Progress):
    _names = [
        "operatorName", "numRowsTotal", "numRowsUpdated", "numRowsRemoved", "allUpdatesTimeMs", "allRemovalsTimeMs", "commitTimeMs",
        "memoryUsedBytes", "numRowsDroppedByWatermark", "numShufflePartitions", "numStateStoreInstances", "customMetrics",
    ]
    _conversions = {"customMetrics": _or_empty}


def _offset(value: Any) -> str:
    """Offsets are the text that Spark keeps: JSON, or `None`."""
    if value is None or isinstance(value, str):
        return str(value)
    return json.dumps(value, separators=(",", ":"))


class SourceProgress(_Progress):
    _names = [
        "description", "startOffset", "endOffset", "latestOffset", "numInputRows", "inputRowsPerSecond", "processedRowsPerSecond",
        "metrics",
    ]
    _conversions = {"startOffset": _offset, "endOffset": _offset, "latestOffset": _offset, "metrics": _or_empty}


class SinkProgress(_Progress):
    _names = ["description", "numOutputRows", "metrics"]
    _conversions = {"metrics": _or_empty}


def with_rates(progress: Dict[str, Any]) -> Dict[str, Any]:
    """Rows per second are floats in Spark's JSON; on the way here `2.0` has become `2`."""
    for part in (progress, *progress.get("sources", ())):
        for name in ("inputRowsPerSecond", "processedRowsPerSecond"):
            if part.get(name) is not None:
                part[name] = float(part[name])
    return progress


class StreamingQueryProgress(_Progress):
    _names = [
        "id", "runId", "name", "timestamp", "batchId", "batchDuration", "durationMs", "eventTime", "stateOperators", "sources", "sink",
        "numInputRows", "inputRowsPerSecond", "processedRowsPerSecond", "observedMetrics",
    ]
    _conversions = {
        "id": uuid.UUID,
        "runId": uuid.UUID,
        "durationMs": _or_empty,
        "eventTime": _or_empty,
        "stateOperators": lambda values: [StateOperatorProgress.fromJson(value) for value in values],
        "sources": lambda values: [SourceProgress.fromJson(value) for value in values],
        "sink": SinkProgress.fromJson,
        "observedMetrics": _observed,
    }


class QueryStartedEvent(_Fields):
    _names = ["id", "runId", "name", "timestamp"]
    _conversions = {"id": uuid.UUID, "runId": uuid.UUID}


class QueryProgressEvent(_Fields):
    _names = ["progress"]
    _conversions = {"progress": StreamingQueryProgress.fromJson}


class QueryIdleEvent(_Fields):
    _names = ["id", "runId", "timestamp"]
    _conversions = {"id": uuid.UUID, "runId": uuid.UUID}


class QueryTerminatedEvent(_Fields):
    _names = ["id", "runId", "exception", "errorClassOnException"]
    _conversions = {"id": uuid.UUID, "runId": uuid.UUID}
