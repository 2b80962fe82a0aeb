from typing import Any, Callable, Dict, List, Optional, Union

from pyspark._engine import no_support
from pyspark.errors.exceptions.captured import captured, class_cast_failure
from pyspark.sql._java_map import java_map_order
from pyspark.sql._expressions import alias, attribute, function, literal
from pyspark.sql.column import Column
from pyspark.sql.types import NumericType

__all__ = ["GroupedData"]

_GROUP_NAMES = {"groupby": "GroupBy", "rollup": "Rollup", "cube": "Cube", "pivot": "Pivot"}
# The words that `agg({"column": "word"})` takes beyond function names.
_AGGREGATE_WORDS = {"average": "avg", "mean": "avg", "std": "stddev", "size": "count"}


def _wrapped_by(decorator: str) -> Callable[[Callable], Callable]:
    """PySpark makes some methods with a decorator, and Python's messages about their arguments name what is inside it."""

    def rename(method: Callable) -> Callable:
        method.__qualname__ = f"{decorator}.<locals>._api"
        return method

    return rename


class GroupedData:
    """Rows put into groups, before it is said what to compute of each."""

    def __init__(self, df: "DataFrame", kind: str, keys: List[dict], pivot: Optional[dict] = None):  # noqa: F821
        self._df = df
        self._kind = kind
        self._keys = keys
        self._pivot = pivot
        self.session = df.sparkSession

    def __repr__(self) -> str:
        keys = ", ".join(key.get("unparsed_identifier", "...") for key in self._keys)
        value = ", ".join("%s: %s" % pair for pair in self._df.dtypes)
        return f"GroupedData[grouping expressions: [{keys}], value: [{value}], type: {_GROUP_NAMES[self._kind]}]"

    def agg(self, *exprs: Union[Column, Dict[str, str]]) -> "DataFrame":  # noqa: F821
        assert exprs, "exprs should not be empty"
        if len(exprs) == 1 and isinstance(exprs[0], dict):
            return self._aggregate([_named(name, exprs[0][name]) for name in java_map_order(exprs[0])], "agg")
        assert all(isinstance(c, Column) for c in exprs), "all exprs should be Column"
        return self._aggregate([column._expr for column in exprs], "agg")

    def _aggregate(self, expressions: List[dict], method: str) -> "DataFrame":  # noqa: F821
        return self._df._then(
            "aggregate",
            method,
            group_type=self._kind,
            grouping_expressions=self._keys,
            aggregate_expressions=expressions,
            pivot=self._pivot,
        )

    @_wrapped_by("dfapi")
    def count(self) -> "DataFrame":  # noqa: F821
        return self._aggregate([alias(function("count", literal(1)), "count")], "count")

    @_wrapped_by("df_varargs_api")
    def mean(self, *cols: str) -> "DataFrame":  # noqa: F821
        return self._numeric("avg", "mean", cols)

    @_wrapped_by("df_varargs_api")
    def avg(self, *cols: str) -> "DataFrame":  # noqa: F821
        return self._numeric("avg", "avg", cols)

    @_wrapped_by("df_varargs_api")
    def max(self, *cols: str) -> "DataFrame":  # noqa: F821
        return self._numeric("max", "max", cols)

    @_wrapped_by("df_varargs_api")
    def min(self, *cols: str) -> "DataFrame":  # noqa: F821
        return self._numeric("min", "min", cols)

    @_wrapped_by("df_varargs_api")
    def sum(self, *cols: str) -> "DataFrame":  # noqa: F821
        return self._numeric("sum", "sum", cols)

    def _numeric(self, name: str, method: str, cols) -> "DataFrame":  # noqa: F821
        if not cols:
            cols = [field.name for field in self._df.schema if isinstance(field.dataType, NumericType)]
        expressions = [function(name, self._numeric_column(col, method)) for col in cols]
        return self._aggregate(expressions, method)

    def _numeric_column(self, name: Any, method: str) -> dict:
        if not isinstance(name, str):
            raise class_cast_failure(method, name)
        column = self._df._column(name)._expr
        field = next((f for f in self._df.schema if f.name.lower() == name.lower()), None)
        if field is not None and not isinstance(field.dataType, NumericType):
            raise captured(
                "AnalysisException",
                f'"{name}" is not a numeric column. Aggregation function can only be applied on a numeric column.',
                "_LEGACY_ERROR_TEMP_1323",
                {"colName": name},
            )
        return column

    def pivot(self, pivot_col: str, values: Optional[List[Any]] = None) -> "GroupedData":
        if self._kind == "pivot":
            raise captured(
                "UnsupportedOperationException",
                "[REPEATED_CLAUSE] The PIVOT clause may be used at most once per SUBQUERY operation.",
                "REPEATED_CLAUSE",
                {"clause": "PIVOT", "operation": "SUBQUERY"},
                "42614",
            )
        if self._kind != "groupby":
            raise captured(
                "UnsupportedOperationException",
                "[UNSUPPORTED_FEATURE.PIVOT_AFTER_GROUP_BY] The feature is not supported: PIVOT clause following a GROUP BY "
                "clause. Consider pushing the GROUP BY into a subquery.",
                "UNSUPPORTED_FEATURE.PIVOT_AFTER_GROUP_BY",
                {},
                "0A000",
            )
        if values is None and self._df.isStreaming:
            raise captured("AnalysisException", "pivot is not supported on a streaming DataFrames/Datasets")
        # Without values the engine looks for them, as Spark does.
        literals = [literal(value) for value in values or []]
        return GroupedData(self._df, "pivot", self._keys, {"col": attribute(pivot_col), "values": literals})

    def apply(self, udf: Any) -> "DataFrame":  # noqa: F821
        raise no_support("GroupedData.apply (necesita pandas)")

    def applyInPandas(self, func: Any, schema: Any) -> "DataFrame":  # noqa: F821
        raise no_support("applyInPandas (necesita pandas)")

    def applyInPandasWithState(
        self, func: Any, outputStructType: Any, stateStructType: Any, outputMode: str, timeoutConf: str
    ) -> "DataFrame":  # noqa: F821
        raise no_support("applyInPandasWithState (necesita pandas)")

    def cogroup(self, other: "GroupedData"):
        raise no_support("GroupedData.cogroup (necesita pandas)")


def _named(column: str, word: str) -> dict:
    name = _AGGREGATE_WORDS.get(word.lower(), word.lower())
    if name == "count" and column == "*":
        return function("count", literal(1))
    return function(name, attribute(column))
