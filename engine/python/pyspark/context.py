import os
import re
import time
from typing import Any, Iterable, List, Optional

from pyspark._engine import no_support
from pyspark.conf import SparkConf
from pyspark.errors.exceptions.captured import captured
from pyspark.version import __version__

_LEVELS = ("ALL", "DEBUG", "ERROR", "FATAL", "INFO", "OFF", "TRACE", "WARN")


class SparkContext:
    """What a session stands on. Here there is no cluster behind it: only what programs ask of it."""

    _active_spark_context: Optional["SparkContext"] = None

    def __init__(
        self, master: Optional[str] = None, appName: Optional[str] = None, sparkHome: Optional[str] = None,
        pyFiles: Optional[List[str]] = None, environment: Optional[dict] = None, batchSize: int = 0, serializer: Any = None,
        conf: Optional[SparkConf] = None, gateway: Any = None, jsc: Any = None, profiler_cls: Any = None, udf_profiler_cls: Any = None,
        memory_profiler_cls: Any = None,
    ):
        if SparkContext._active_spark_context is not None:
            running = SparkContext._active_spark_context
            raise ValueError(
                "Cannot run multiple SparkContexts at once; existing SparkContext(app=%s, master=%s)"
                % (running.appName, running.master)
            )
        self._conf = conf or SparkConf()
        self._conf.setIfMissing("spark.master", master or "local[*]")
        self._conf.setIfMissing("spark.app.name", appName or "pyspark-shell")
        self.master = master or self._conf.get("spark.master")
        self.appName = appName or self._conf.get("spark.app.name")
        self.environment = environment or {}
        self.startTime = int(time.time() * 1000)
        self.applicationId = f"local-{self.startTime}"
        self._session = None
        SparkContext._active_spark_context = self

    @classmethod
    def getOrCreate(cls, conf: Optional[SparkConf] = None) -> "SparkContext":
        return cls._active_spark_context or cls(conf=conf or SparkConf())

    def __repr__(self) -> str:
        return "<SparkContext master={master} appName={appName}>".format(master=self.master, appName=self.appName)

    def __enter__(self) -> "SparkContext":
        return self

    def __exit__(self, type: Any, value: Any, trace: Any) -> None:
        self.stop()

    @property
    def version(self) -> str:
        return __version__

    @property
    def uiWebUrl(self) -> Optional[str]:
        return None

    @property
    def defaultParallelism(self) -> int:
        asked = self._conf.get("spark.default.parallelism")
        if asked is not None:
            return int(asked)
        local = re.fullmatch(r"local(?:\[(\d+|\*)(?:,\s*\d+)?\])?", self.master)
        if local is None or local[1] == "*":
            return os.cpu_count() or 1
        return int(local[1] or 1)

    @property
    def defaultMinPartitions(self) -> int:
        return min(self.defaultParallelism, 2)

    def setLogLevel(self, logLevel: str) -> None:
        if logLevel.upper() not in _LEVELS:
            raise captured(
                "IllegalArgumentException",
                f"requirement failed: Supplied level {logLevel} did not match one of: {','.join(_LEVELS)}",
            )

    def getConf(self) -> SparkConf:
        return SparkConf().setAll(self._conf.getAll())

    def parallelize(self, c: Iterable[Any], numSlices: Optional[int] = None) -> "RDD":  # noqa: F821
        from pyspark.rdd import list_rdd

        return list_rdd(c, self, self.defaultParallelism if numSlices is None else int(numSlices))

    def range(
        self, start: int, end: Optional[int] = None, step: int = 1, numSlices: Optional[int] = None
    ) -> "RDD":  # noqa: F821
        return self.parallelize(range(0, start) if end is None else range(start, end, step), numSlices)

    def emptyRDD(self) -> "RDD":  # noqa: F821
        from pyspark.rdd import RDD

        return RDD(lambda exact: [], self, lambda: 0)

    def broadcast(self, value: Any) -> "Broadcast":  # noqa: F821
        from pyspark.broadcast import Broadcast

        return Broadcast(value)

    def setCheckpointDir(self, dirName: str) -> None:
        """Frames are kept in memory here."""

    def setJobGroup(self, groupId: str, description: str, interruptOnCancel: bool = False) -> None:
        """Jobs have no names here."""

    def setJobDescription(self, value: str) -> None:
        """Jobs have no names here."""

    def setLocalProperty(self, key: str, value: str) -> None:
        """Nothing here reads them."""

    def stop(self) -> None:
        if self._session is not None:
            self._session._end()
        SparkContext._active_spark_context = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise no_support(f"SparkContext.{name}")
