import sys
from typing import List, Union

from pyspark.errors.exceptions.captured import no_such_method
from pyspark.sql._expressions import as_sort_order, column_expressions, literal
from pyspark.sql.utils import get_active_spark_context

__all__ = ["Window", "WindowSpec"]

ColumnOrName = Union["Column", str]  # noqa: F821


class Window:
    """Starts the definition of a window over rows."""

    _JAVA_MIN_LONG = -(1 << 63)
    _JAVA_MAX_LONG = (1 << 63) - 1
    _PRECEDING_THRESHOLD = -(1 << 63) + 1
    _FOLLOWING_THRESHOLD = (1 << 63) - 1

    unboundedPreceding: int = _JAVA_MIN_LONG
    unboundedFollowing: int = _JAVA_MAX_LONG
    currentRow: int = 0

    @staticmethod
    def partitionBy(*cols: Union[ColumnOrName, List[ColumnOrName]]) -> "WindowSpec":
        return WindowSpec().partitionBy(*cols)

    @staticmethod
    def orderBy(*cols: Union[ColumnOrName, List[ColumnOrName]]) -> "WindowSpec":
        return WindowSpec().orderBy(*cols)

    @staticmethod
    def rowsBetween(start: int, end: int) -> "WindowSpec":
        return WindowSpec().rowsBetween(start, end)

    @staticmethod
    def rangeBetween(start: int, end: int) -> "WindowSpec":
        return WindowSpec().rangeBetween(start, end)


class WindowSpec:
    """Partitioning, order and frame of a window."""

    def __init__(self, fields=None) -> None:
        get_active_spark_context()
        self._fields = fields or {"partition_spec": [], "order_spec": []}

    def partitionBy(self, *cols: Union[ColumnOrName, List[ColumnOrName]]) -> "WindowSpec":
        return self._with(partition_spec=column_expressions(cols))

    def orderBy(self, *cols: Union[ColumnOrName, List[ColumnOrName]]) -> "WindowSpec":
        return self._with(order_spec=[as_sort_order(expression) for expression in column_expressions(cols)])

    def rowsBetween(self, start: int, end: int) -> "WindowSpec":
        return self._with(frame_spec=_frame("row", "rowsBetween", start, end))

    def rangeBetween(self, start: int, end: int) -> "WindowSpec":
        return self._with(frame_spec=_frame("range", "rangeBetween", start, end))

    def _with(self, **changes) -> "WindowSpec":
        return WindowSpec({**self._fields, **changes})


def _frame(kind, method, start, end):
    if not isinstance(start, int) or not isinstance(end, int):
        raise no_such_method(method, start, end)
    return {"frame_type": kind, "lower": _bound(start), "upper": _bound(end)}


def _bound(value):
    if value == Window.currentRow:
        return {"kind": "current_row"}
    # `sys.maxsize` has 32 bits here; a program that writes it means "no limit" all the same.
    if abs(value) == sys.maxsize or not Window._PRECEDING_THRESHOLD < value < Window._FOLLOWING_THRESHOLD:
        return {"kind": "unbounded"}
    return {"kind": "offset", "value": literal(value)}
