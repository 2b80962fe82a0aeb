import random
import sys
from collections.abc import Set as AbstractSet
from functools import reduce
from typing import Any, Callable, Dict, Iterable, List, Optional, Union

from pyspark._engine import no_support, relation
from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.errors.exceptions.captured import captured, class_cast_failure, no_such_method
from pyspark.sql._expressions import (
    as_sort_order,
    column_expression,
    column_expressions,
    function,
    sort_order,
    sql_text,
    value_expression,
)
from pyspark.sql._frame.checks import wrong_type
from pyspark.sql.column import Column

# Every spelling that Spark takes, in the order in which it lists them.
_JOIN_TYPES = {
    "inner": "inner", "outer": "full_outer", "full": "full_outer", "fullouter": "full_outer", "full_outer": "full_outer",
    "leftouter": "left_outer", "left": "left_outer", "left_outer": "left_outer", "rightouter": "right_outer", "right": "right_outer",
    "right_outer": "right_outer", "leftsemi": "left_semi", "left_semi": "left_semi", "semi": "left_semi", "leftanti": "left_anti",
    "left_anti": "left_anti", "anti": "left_anti", "cross": "cross",
}
_JOIN_BY_WORD = {name.replace("_", ""): kind for name, kind in _JOIN_TYPES.items()}


class DataFrame:
    """Rows: filtering, ordering, joining and putting together."""

    def filter(self, condition: Union[Column, str]) -> "DataFrame":
        if isinstance(condition, str):
            return self._then("filter", "filter", condition=sql_text(condition))
        if isinstance(condition, Column):
            return self._then("filter", "filter", condition=condition._expr)
        raise wrong_type("NOT_COLUMN_OR_STR", "condition", condition)

    where = filter

    def join(
        self, other: "DataFrame", on: Optional[Union[str, List[str], Column, List[Column]]] = None, how: Optional[str] = None
    ) -> "DataFrame":
        if on is not None and not isinstance(on, list):
            on = [on]
        assert how is None or isinstance(how, str), "how should be a string"
        fields = {}
        if on is not None:
            if isinstance(on[0], str):
                fields["using_columns"] = list(on)
            else:
                assert isinstance(on[0], Column), "on should be Column or list of Column"
                fields["join_condition"] = reduce(lambda a, b: a & b, on)._expr
        return self._joined(other, _join_type(how or "inner"), **fields)

    def crossJoin(self, other: "DataFrame") -> "DataFrame":
        return self._joined(other, "cross", "crossJoin")

    def _joined(self, other: "DataFrame", kind: str, method: str = "join", **fields) -> "DataFrame":
        plan = relation("join", left=self._plan, right=other._plan, join_type=kind, **fields)
        return self._frame(plan, method)

    def _set_operation(self, other: "DataFrame", kind: str, method: str, **fields) -> "DataFrame":
        plan = relation("set_op", left_input=self._plan, right_input=other._plan, set_op_type=kind, **fields)
        return self._frame(plan, method)

    def union(self, other: "DataFrame") -> "DataFrame":
        return self._set_operation(other, "union", "union", is_all=True)

    def unionAll(self, other: "DataFrame") -> "DataFrame":
        return self.union(other)

    def unionByName(self, other: "DataFrame", allowMissingColumns: bool = False) -> "DataFrame":
        return self._set_operation(
            other, "union", "unionByName", is_all=True, by_name=True, allow_missing_columns=allowMissingColumns
        )

    def intersect(self, other: "DataFrame") -> "DataFrame":
        return self._set_operation(other, "intersect", "intersect", is_all=False)

    def intersectAll(self, other: "DataFrame") -> "DataFrame":
        return self._set_operation(other, "intersect", "intersectAll", is_all=True)

    def subtract(self, other: "DataFrame") -> "DataFrame":
        return self._set_operation(other, "except", "except", is_all=False)

    def exceptAll(self, other: "DataFrame") -> "DataFrame":
        return self._set_operation(other, "except", "exceptAll", is_all=True)

    def sort(self, *cols: Union[str, Column, List[Union[str, Column]]], **kwargs: Any) -> "DataFrame":
        return self._then("sort", "sort", order=_order(cols, kwargs), is_global=True)

    orderBy = sort

    def sortWithinPartitions(self, *cols: Union[str, Column, List[Union[str, Column]]], **kwargs: Any) -> "DataFrame":
        return self._then("sort", "sortWithinPartitions", order=_order(cols, kwargs), is_global=False)

    def limit(self, num: int) -> "DataFrame":
        if not isinstance(num, int):
            raise no_such_method("limit", num)
        return self._then("limit", "limit", limit=int(num))

    def offset(self, num: int) -> "DataFrame":
        if not isinstance(num, int):
            raise no_such_method("offset", num)
        return self._then("offset", "offset", offset=int(num))

    def distinct(self) -> "DataFrame":
        return self._then("deduplicate", "distinct", all_columns_as_keys=True)

    def dropDuplicates(self, subset: Optional[List[str]] = None) -> "DataFrame":
        return self._deduplicated("dropDuplicates", subset)

    drop_duplicates = dropDuplicates

    def dropDuplicatesWithinWatermark(self, subset: Optional[List[str]] = None) -> "DataFrame":
        return self._deduplicated("dropDuplicatesWithinWatermark", subset, within_watermark=True)

    def _deduplicated(self, method: str, subset, **fields) -> "DataFrame":
        if subset is None:
            return self._then("deduplicate", method, all_columns_as_keys=True, **fields)
        if not isinstance(subset, Iterable) or isinstance(subset, str):
            raise wrong_type("NOT_LIST_OR_TUPLE", "subset", subset)
        if isinstance(subset, (AbstractSet, dict)):
            raise no_such_method("z:org.apache.spark.api.python.PythonUtils.toSeq", subset)
        names = list(subset)
        for name in names:
            if isinstance(name, Column):
                iter(name)  # raises: py4j takes it for a list
            if not isinstance(name, str):
                raise class_cast_failure(method, name)
        return self._then("deduplicate", method, column_names=names, **fields)

    def withWatermark(self, eventTime: str, delayThreshold: str) -> "DataFrame":
        # A Column fails in `not`, with the sentence about `and`, `or` and `not`: so does Spark.
        if not eventTime or type(eventTime) is not str:
            raise wrong_type("NOT_STR", "eventTime", eventTime)
        if not delayThreshold or type(delayThreshold) is not str:
            raise wrong_type("NOT_STR", "delayThreshold", delayThreshold)
        return self._then("with_watermark", "withWatermark", event_time=eventTime, delay_threshold=delayThreshold)

    def sample(
        self, withReplacement: Optional[Union[float, bool]] = None, fraction: Optional[Union[int, float]] = None,
        seed: Optional[int] = None,
    ) -> "DataFrame":
        first_is_fraction = isinstance(withReplacement, float)
        complete = isinstance(fraction, float) and (withReplacement is None or type(withReplacement) is bool)
        if not complete and not first_is_fraction:
            kinds = ", ".join(type(value).__name__ for value in (withReplacement, fraction, seed))
            raise PySparkTypeError(
                error_class="NOT_BOOL_OR_FLOAT_OR_INT",
                message_parameters={
                    "arg_name": "withReplacement (optional), fraction (required) and seed (optional)", "arg_type": kinds,
                },
            )
        if first_is_fraction:
            withReplacement, fraction, seed = None, withReplacement, seed if fraction is None else fraction
        return self._sampled(0.0, fraction, _seed(seed), bool(withReplacement), "sample")

    def _sampled(self, lower: float, upper: float, seed: int, replace: bool, method: str) -> "DataFrame":
        return self._then(
            "sample", method, lower_bound=lower, upper_bound=upper, with_replacement=replace, seed=int(seed)
        )

    def randomSplit(self, weights: List[float], seed: Optional[int] = None) -> List["DataFrame"]:
        for weight in weights:
            if weight < 0.0:
                raise PySparkValueError(
                    error_class="VALUE_NOT_POSITIVE", message_parameters={"arg_name": "weights", "arg_value": str(weight)}
                )
        total, chosen, lower, frames = sum(weights), _seed(seed), 0.0, []
        for weight in weights:
            upper = lower + weight / total
            frames.append(self._sampled(lower, upper, chosen, False, "randomSplit"))
            lower = upper
        return frames

    def sampleBy(self, col: Union[Column, str], fractions: Dict[Any, float], seed: Optional[int] = None) -> "DataFrame":
        raise no_support("DataFrame.sampleBy")

    def repartition(self, numPartitions: Union[int, Column, str], *cols: Union[Column, str]) -> "DataFrame":
        if isinstance(numPartitions, int):
            if not cols:
                return self._then("repartition", "repartition", num_partitions=numPartitions, shuffle=True)
            return self._partitioned("repartition", cols, numPartitions)
        if isinstance(numPartitions, (str, Column)):
            return self._partitioned("repartition", (numPartitions, *cols))
        raise wrong_type("NOT_COLUMN_OR_STR", "numPartitions", numPartitions)

    def repartitionByRange(self, numPartitions: Union[int, Column, str], *cols: Union[Column, str]) -> "DataFrame":
        if isinstance(numPartitions, int):
            if not cols:
                raise PySparkValueError(
                    error_class="CANNOT_BE_EMPTY", message_parameters={"item": "partition-by expression"}
                )
            return self._partitioned("repartitionByRange", cols, numPartitions, as_sort_order)
        if isinstance(numPartitions, (str, Column)):
            return self._partitioned("repartitionByRange", (numPartitions, *cols), None, as_sort_order)
        raise wrong_type("NOT_COLUMN_OR_INT_OR_STR", "numPartitions", numPartitions)

    def _partitioned(self, method: str, cols, number: Optional[int] = None, shape: Callable = lambda e: e) -> "DataFrame":
        expressions = [shape(expression) for expression in column_expressions(cols)]
        return self._then(
            "repartition_by_expression", method, partition_exprs=expressions, num_partitions=number
        )

    def coalesce(self, numPartitions: int) -> "DataFrame":
        if not isinstance(numPartitions, int):
            raise no_such_method("coalesce", numPartitions)
        return self._then("repartition", "coalesce", num_partitions=numPartitions, shuffle=False)

    def hint(self, name: str, *parameters: Any) -> "DataFrame":
        if len(parameters) == 1 and isinstance(parameters[0], list):
            parameters = parameters[0]
        if not isinstance(name, str):
            raise wrong_type("NOT_STR", "name", name)
        for parameter in parameters:
            if not isinstance(parameter, (str, list, float, int)):
                raise PySparkTypeError(
                    error_class="DISALLOWED_TYPE_FOR_CONTAINER",
                    message_parameters={
                        "arg_name": "parameters", "arg_type": type(parameters).__name__,
                        "allowed_types": "str, list, float, int", "return_type": type(parameter).__name__,
                    },
                )
        expressions = [_hint_parameter(parameter) for parameter in parameters]
        return self._then("hint", "hint", name=name, parameters=expressions or None)

    def transform(self, func: Callable[..., "DataFrame"], *args: Any, **kwargs: Any) -> "DataFrame":
        result = func(self, *args, **kwargs)
        assert isinstance(result, type(self)), (
            "Func returned an instance of type [%s], should have been DataFrame." % type(result)
        )
        return result

    def observe(self, observation: Any, *exprs: Column) -> "DataFrame":
        raise no_support("DataFrame.observe")


def _join_type(how: str) -> str:
    kind = _JOIN_BY_WORD.get(how.lower().replace("_", ""))
    if kind is None:
        known = ", ".join(f"'{name}'" for name in _JOIN_TYPES)
        raise captured(
            "IllegalArgumentException", f"Unsupported join type '{how}'. Supported join types include: {known}."
        )
    return kind


def _order(cols, kwargs) -> list:
    if not cols:
        raise PySparkValueError(error_class="CANNOT_BE_EMPTY", message_parameters={"item": "column"})
    if len(cols) == 1 and isinstance(cols[0], list):
        cols = cols[0]
    expressions = [column_expression(col) for col in cols]
    ascending = kwargs.get("ascending", True)
    if isinstance(ascending, (bool, int)):
        return [as_sort_order(e) if ascending else _descending(e) for e in expressions]
    if isinstance(ascending, list):
        return [as_sort_order(e) if up else _descending(e) for up, e in zip(ascending, expressions)]
    raise wrong_type("NOT_BOOL_OR_LIST", "ascending", ascending)


def _descending(expression: dict) -> dict:
    return sort_order(expression["child"] if expression["kind"] == "sort_order" else expression, False)


def _hint_parameter(parameter) -> dict:
    if isinstance(parameter, list):
        return function("array", *map(value_expression, parameter))
    return value_expression(parameter)


def _seed(seed: Optional[int]) -> int:
    return random.randint(0, sys.maxsize) if seed is None else int(seed)
