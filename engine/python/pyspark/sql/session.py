import itertools
from typing import Any, Dict, Iterable, List, Optional, Union

from pyspark._engine import no_support, relation, run
from pyspark.conf import SparkConf
from pyspark.context import SparkContext
from pyspark.errors import PySparkRuntimeError, PySparkTypeError
from pyspark.rdd import RDD, slice_sizes
from pyspark.sql._expressions import value_expression
from pyspark.sql._local import local_plan
from pyspark.sql.catalog import Catalog
from pyspark.sql.conf import RuntimeConfig
from pyspark.sql.dataframe import DataFrame
from pyspark.sql.readwriter import DataFrameReader
from pyspark.sql.sql_formatter import SQLStringFormatter
from pyspark.sql.streaming.query import StreamingQueryManager
from pyspark.sql.streaming.readwriter import DataStreamReader
from pyspark.sql.types import _parse_datatype_string
from pyspark.sql.udf import UDFRegistration
from pyspark.sql.utils import to_str
from pyspark.version import __version__

__all__ = ["SparkSession"]

_session_numbers = itertools.count()


class classproperty(property):
    def __get__(self, instance: Any, owner: Any = None) -> "SparkSession.Builder":
        return classmethod(self.fget).__get__(None, owner)()


class SparkSession:
    """The way into Spark."""

    class Builder:
        """Settings of a session that is going to be asked for."""

        def __init__(self) -> None:
            self._options: Dict[str, Any] = {}

        def config(
            self, key: Optional[str] = None, value: Optional[Any] = None, conf: Optional[SparkConf] = None, *,
            map: Optional[Dict[str, Any]] = None,
        ) -> "SparkSession.Builder":
            if conf is not None:
                self._options.update(conf.getAll())
            elif map is not None:
                self._options.update((name, to_str(item)) for name, item in map.items())
            else:
                self._options[key] = to_str(value)
            return self

        def master(self, master: str) -> "SparkSession.Builder":
            return self.config("spark.master", master)

        def remote(self, url: str) -> "SparkSession.Builder":
            return self.config("spark.remote", url)

        def appName(self, name: str) -> "SparkSession.Builder":
            return self.config("spark.app.name", name)

        def enableHiveSupport(self) -> "SparkSession.Builder":
            return self.config("spark.sql.catalogImplementation", "hive")

        def getOrCreate(self) -> "SparkSession":
            if "spark.remote" in self._options:
                raise no_support("Spark Connect (builder.remote)")
            session = SparkSession._instantiatedSession
            if session is None:
                context = SparkContext.getOrCreate(SparkConf().setAll(list(self._options.items())))
                return SparkSession(context, options=self._options)
            session._announce(self._options)
            return session

        def create(self) -> "SparkSession":
            raise RuntimeError(
                "SparkSession.builder.create() can only be used with Spark Connect; however, spark.remote was not found."
            )

    @classproperty
    def builder(cls) -> Builder:
        return cls.Builder()

    _instantiatedSession: Optional["SparkSession"] = None
    _activeSession: Optional["SparkSession"] = None

    def __init__(self, sparkContext: SparkContext, jsparkSession: Any = None, options: Dict[str, Any] = {}):
        self._sc = sparkContext
        self._session_id = f"s{next(_session_numbers)}"
        self._announce({**dict(sparkContext._conf.getAll()), **options})
        if SparkSession._instantiatedSession is None:
            SparkSession._instantiatedSession = SparkSession._activeSession = self
            sparkContext._session = self

    def _announce(self, options: Dict[str, Any], new: bool = False) -> None:
        confs = {key: value for key, value in options.items() if value is not None}
        run(self, "create_session", "getOrCreate", confs=confs, new_session=True if new else None)

    @classmethod
    def _derived(cls, context: SparkContext, session_id: str) -> "SparkSession":
        """A session object beside the first: `newSession`, or the clone that `foreachBatch` frames belong to."""
        session = cls.__new__(cls)
        session._sc = context
        session._session_id = session_id
        return session

    def _cloned(self, key: str) -> "SparkSession":
        """The clone that the frames of one query's `foreachBatch` belong to: it begins with this session's confs and views."""
        return self._derived(self._sc, f"{self._session_id}/{key}")

    def newSession(self) -> "SparkSession":
        session = self._derived(self._sc, f"s{next(_session_numbers)}")
        session._announce({}, new=True)
        return session

    @classmethod
    def getActiveSession(cls) -> Optional["SparkSession"]:
        return SparkSession._activeSession if SparkContext._active_spark_context is not None else None

    @classmethod
    def active(cls) -> "SparkSession":
        session = cls.getActiveSession() or cls._instantiatedSession
        if session is None:
            raise PySparkRuntimeError(error_class="NO_ACTIVE_OR_DEFAULT_SESSION", message_parameters={})
        return session

    @property
    def sparkContext(self) -> SparkContext:
        return self._sc

    @property
    def version(self) -> str:
        return __version__

    @property
    def conf(self) -> RuntimeConfig:
        return RuntimeConfig(self)

    @property
    def catalog(self) -> Catalog:
        return Catalog(self)

    @property
    def udf(self) -> UDFRegistration:
        return UDFRegistration(self)

    @property
    def udtf(self) -> Any:
        raise no_support("spark.udtf")

    @property
    def read(self) -> DataFrameReader:
        return DataFrameReader(self)

    @property
    def readStream(self) -> DataStreamReader:
        return DataStreamReader(self)

    @property
    def streams(self) -> StreamingQueryManager:
        return StreamingQueryManager(self)

    def range(
        self, start: int, end: Optional[int] = None, step: int = 1, numPartitions: Optional[int] = None
    ) -> DataFrame:
        if SparkContext._active_spark_context is None:
            raise AttributeError("'NoneType' object has no attribute 'sc'")
        first, last = (0, int(start)) if end is None else (int(start), int(end))
        partitions = self._sc.defaultParallelism if numPartitions is None else int(numPartitions)
        plan = relation("range", start=first, end=last, step=int(step), num_partitions=partitions)
        return DataFrame(plan, self, "range")

    def createDataFrame(
        self, data: Iterable[Any], schema: Any = None, samplingRatio: Optional[float] = None, verifySchema: bool = True
    ) -> DataFrame:
        SparkSession._activeSession = self
        if isinstance(data, DataFrame):
            raise PySparkTypeError(error_class="SHOULD_NOT_DATAFRAME", message_parameters={"arg_name": "data"})
        if isinstance(schema, str):
            schema = _parse_datatype_string(schema)
        elif isinstance(schema, (list, tuple)):
            schema = list(schema)
        if isinstance(data, RDD):
            parts = data._known_parts()
            rows, sizes = [row for part in parts for row in part], [len(part) for part in parts]
        else:
            rows = list(data)
            sizes = slice_sizes(len(rows), self._sc.defaultParallelism)
        return DataFrame(local_plan(rows, schema, verifySchema, sizes), self, "applySchemaToPythonRDD")

    def sql(self, sqlQuery: str, args: Optional[Union[Dict[str, Any], List]] = None, **kwargs: Any) -> DataFrame:
        formatter = SQLStringFormatter(self)
        if kwargs:
            sqlQuery = formatter.format(sqlQuery, **kwargs)
        try:
            fields = {}
            if isinstance(args, dict):
                fields["named_arguments"] = {name: value_expression(value) for name, value in args.items()}
            elif args:
                fields["pos_arguments"] = [value_expression(value) for value in args]
            return DataFrame(relation("sql", query=sqlQuery, **fields), self, "sql")
        finally:
            formatter.clear()

    def table(self, tableName: str) -> DataFrame:
        return DataFrame(relation("read", named_table={"unparsed_identifier": tableName}), self, "table")

    def stop(self) -> None:
        self._sc.stop()

    def _end(self) -> None:
        run(self, "stop_session", "stop")
        SparkSession._instantiatedSession = SparkSession._activeSession = None

    def __enter__(self) -> "SparkSession":
        return self

    def __exit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        self.stop()

    def _summary_(self) -> str:
        return f"SparkSession {self._sc.appName} ({self._sc.master})"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"'SparkSession' object has no attribute '{name}'")
        if name in _CONNECT_ONLY:
            raise RuntimeError(
                f"SparkSession.{_CONNECT_ONLY[name]} is only supported with Spark Connect; however, the current Spark session "
                "does not use Spark Connect."
            )
        raise AttributeError(f"'SparkSession' object has no attribute '{name}'")


_CONNECT_ONLY = {
    name: name
    for name in (
        "client", "copyFromLocalToFs", "interruptAll", "interruptTag", "interruptOperation", "addTag", "removeTag", "getTags", "clearTags",
    )
} | {"addArtifacts": "addArtifact(s)", "addArtifact": "addArtifact(s)"}
