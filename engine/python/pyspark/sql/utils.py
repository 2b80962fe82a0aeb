"""Names that older programs import from here, and the check that a session exists."""
from typing import Any, Optional

from pyspark.errors.exceptions.captured import (
    AnalysisException,
    ArithmeticException,
    ArrayIndexOutOfBoundsException,
    CapturedException,
    DateTimeException,
    IllegalArgumentException,
    NumberFormatException,
    ParseException,
    PythonException,
    QueryExecutionException,
    SparkRuntimeException,
    SparkUpgradeException,
    StreamingQueryException,
    UnknownException,
    UnsupportedOperationException,
)

__all__ = [
    "AnalysisException", "ArithmeticException", "ArrayIndexOutOfBoundsException", "CapturedException", "DateTimeException",
    "IllegalArgumentException", "NumberFormatException", "ParseException", "PythonException", "QueryExecutionException",
    "SparkRuntimeException", "SparkUpgradeException", "StreamingQueryException", "UnknownException", "UnsupportedOperationException",
    "get_active_spark_context", "to_str",
]


def get_active_spark_context():
    from pyspark.context import SparkContext

    context = SparkContext._active_spark_context
    if context is None:
        raise RuntimeError("SparkContext or SparkSession should be created first.")
    return context


def to_str(value: Any) -> Optional[str]:
    """An option's value as text: booleans in lower case, None stays."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None else str(value)
