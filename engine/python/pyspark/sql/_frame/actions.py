from typing import Any, Callable, Iterator, List, Optional, Union

from pyspark._engine import no_support, relation, run
from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.errors.exceptions.captured import captured
from pyspark.sql._expressions import attribute, function
from pyspark.sql._frame.checks import wrong_type
from pyspark.sql.types import Row
from pyspark.sql.types.parse import parse_datatype_json_value
from pyspark.sql.types.wire import decoder
from pyspark.storagelevel import StorageLevel

_EXPLAIN_MODES = ("simple", "extended", "codegen", "cost", "formatted")


class DataFrame:
    """Actions: what makes Spark compute, and what shows the result."""

    def _run(self, kind: str, method: Optional[str] = None, **fields):
        return run(self.sparkSession, kind, method or kind, plan=self._plan, **fields)

    def _collect(self, method: str, plan: Optional[dict] = None, **fields) -> List[Row]:
        answer = run(
            self.sparkSession, "collect", f"{method}ToPython" if method in ("collect", "tail") else method,
            plan=plan or self._plan, method=method, **fields,
        )
        decode = decoder(parse_datatype_json_value(answer["schema"]))
        return [decode(row) for row in answer["rows"]]

    def collect(self) -> List[Row]:
        return self._collect("collect")

    def count(self) -> int:
        return int(self._run("count")["count"])

    def take(self, num: int) -> List[Row]:
        return self.limit(num).collect()

    def head(self, n: Optional[int] = None) -> Union[Optional[Row], List[Row]]:
        if n is None:
            rows = self.head(1)
            return rows[0] if rows else None
        return self.take(n)

    def first(self) -> Optional[Row]:
        return self.head()

    def tail(self, num: int) -> List[Row]:
        return self._collect("tail", tail=num)

    def isEmpty(self) -> bool:
        return not self._collect("isEmpty", limit=1)

    def toLocalIterator(self, prefetchPartitions: bool = False) -> Iterator[Row]:
        return iter(self._collect("toLocalIterator"))

    def foreach(self, f: Callable[[Row], None]) -> None:
        self.rdd.foreach(f)

    def foreachPartition(self, f: Callable[[Iterator[Row]], None]) -> None:
        self.rdd.foreachPartition(f)

    def toPandas(self):
        raise no_support("toPandas(): pandas no está incluido")

    @property
    def rdd(self) -> "RDD":  # noqa: F821
        from pyspark.rdd import frame_rdd

        if self.isStreaming:
            self._collect("rdd")
        return frame_rdd(self, lambda: self._collect("rdd"))

    def toJSON(self, use_unicode: bool = True) -> "RDD":  # noqa: F821
        from pyspark.rdd import frame_rdd

        everything = function("struct", {"kind": "unresolved_star"})
        plan = relation("project", input=self._plan, expressions=[function("to_json", everything)])
        return frame_rdd(self, lambda: [row[0] for row in self._collect("toJSON", plan)])

    # ---------------------------------------------------------------- showing

    def show(self, n: int = 20, truncate: Union[bool, int] = True, vertical: bool = False) -> None:
        print(self._show_string(n, truncate, vertical))

    def _show_string(self, n: int = 20, truncate: Union[bool, int] = True, vertical: bool = False) -> str:
        if not isinstance(n, int) or isinstance(n, bool):
            raise wrong_type("NOT_INT", "n", n)
        if not isinstance(vertical, bool):
            raise wrong_type("NOT_BOOL", "vertical", vertical)
        if isinstance(truncate, bool) and truncate:
            width = 20
        else:
            try:
                width = int(truncate)
            except ValueError:
                raise wrong_type("NOT_BOOL", "truncate", truncate)
        return self._run("show_string", "showString", num_rows=n, truncate=width, vertical=vertical)["text"]

    def printSchema(self, level: Optional[int] = None) -> None:
        print(self._run("tree_string", "treeString", level=level or None)["text"])

    def explain(self, extended: Optional[Union[bool, str]] = None, mode: Optional[str] = None) -> None:
        if extended is not None and mode is not None:
            raise PySparkValueError(
                error_class="CANNOT_SET_TOGETHER", message_parameters={"arg_list": "extended and mode"}
            )
        if extended is not None and not isinstance(extended, (bool, str)):
            raise wrong_type("NOT_BOOL_OR_STR", "extended", extended)
        if mode is not None and not isinstance(mode, str):
            raise wrong_type("NOT_STR", "mode", mode)
        chosen = mode or extended or "simple"
        if chosen is True:
            chosen = "extended"
        if chosen.lower() not in _EXPLAIN_MODES:
            raise captured(
                "IllegalArgumentException",
                f"Unknown explain mode: {chosen}. Accepted explain modes are "
                "'simple', 'extended', 'codegen', 'cost', 'formatted'.",
            )
        print(self._run("explain", "explainString", mode=chosen.lower())["text"])

    def __repr__(self) -> str:
        return "DataFrame[%s]" % ", ".join("%s: %s" % pair for pair in self.dtypes)

    def _summary_(self) -> str:
        return ("streaming " if self.isStreaming else "") + repr(self)

    # ---------------------------------------------------------------- keeping

    def cache(self) -> "DataFrame":
        return self._persist(StorageLevel.MEMORY_AND_DISK_DESER, "cache")

    def persist(self, storageLevel: StorageLevel = StorageLevel.MEMORY_AND_DISK_DESER) -> "DataFrame":
        return self._persist(storageLevel, "persist")

    def _persist(self, level: StorageLevel, method: str) -> "DataFrame":
        self.is_cached = True
        self._run("cache", method, storage_level=str(level))
        self._storage_level = level
        return self

    def unpersist(self, blocking: bool = False) -> "DataFrame":
        self.is_cached = False
        self._run("uncache", "unpersist")
        self._storage_level = StorageLevel.NONE
        return self

    @property
    def storageLevel(self) -> StorageLevel:
        return self._storage_level

    def checkpoint(self, eager: bool = True) -> "DataFrame":
        return self.localCheckpoint(eager)

    def localCheckpoint(self, eager: bool = True) -> "DataFrame":
        kept = self._frame(self._plan, "localCheckpoint")
        level = str(StorageLevel.MEMORY_AND_DISK_DESER)
        kept._run("cache", "localCheckpoint", storage_level=level, is_checkpoint=True)
        if eager:
            kept.count()
        return kept

    # ---------------------------------------------------------------- statistics

    def describe(self, *cols: Union[str, List[str]]) -> "DataFrame":
        if len(cols) == 1 and isinstance(cols[0], list):
            cols = cols[0]
        return self._then("describe", "describe", cols=list(cols))

    def summary(self, *statistics: str) -> "DataFrame":
        if len(statistics) == 1 and isinstance(statistics[0], list):
            statistics = statistics[0]
        return self._then("summary", "summary", statistics=list(statistics))

    def _aggregate_value(self, name: str, method: str, *expressions) -> Any:
        plan = relation(
            "aggregate", input=self._plan, group_type="groupby", grouping_expressions=[],
            aggregate_expressions=[function(name, *expressions)],
        )
        return self._collect(method, plan)[0][0]

    def corr(self, col1: str, col2: str, method: Optional[str] = None) -> float:
        _check_names(col1=col1, col2=col2)
        if method and method != "pearson":
            raise PySparkValueError(
                error_class="VALUE_NOT_PEARSON", message_parameters={"arg_name": "method", "arg_value": method}
            )
        return self._aggregate_value("corr", "corr", attribute(col1), attribute(col2))

    def cov(self, col1: str, col2: str) -> float:
        _check_names(col1=col1, col2=col2)
        return self._aggregate_value("covar_samp", "cov", attribute(col1), attribute(col2))

    def approxQuantile(self, col: Any, probabilities: Any, relativeError: float) -> Any:
        raise no_support("DataFrame.approxQuantile; usa percentile_approx")

    def crosstab(self, col1: str, col2: str) -> "DataFrame":
        raise no_support("DataFrame.crosstab; usa groupBy().pivot().count()")

    def freqItems(self, cols: Any, support: Optional[float] = None) -> "DataFrame":
        raise no_support("DataFrame.freqItems")


def _check_names(**names: Any) -> None:
    for name, value in names.items():
        if not isinstance(value, str):
            raise PySparkTypeError(
                error_class="NOT_STR", message_parameters={"arg_name": name, "arg_type": type(value).__name__}
            )


class DataFrameStatFunctions:
    """`df.stat`."""

    def __init__(self, df: "DataFrame"):
        self.df = df

    def approxQuantile(self, col: Any, probabilities: Any, relativeError: float) -> Any:
        return self.df.approxQuantile(col, probabilities, relativeError)

    def corr(self, col1: str, col2: str, method: Optional[str] = None) -> float:
        return self.df.corr(col1, col2, method)

    def cov(self, col1: str, col2: str) -> float:
        return self.df.cov(col1, col2)

    def crosstab(self, col1: str, col2: str) -> "DataFrame":
        return self.df.crosstab(col1, col2)

    def freqItems(self, cols: List[str], support: Optional[float] = None) -> "DataFrame":
        return self.df.freqItems(cols, support)

    def sampleBy(self, col: str, fractions: dict, seed: Optional[int] = None) -> "DataFrame":
        return self.df.sampleBy(col, fractions, seed)
