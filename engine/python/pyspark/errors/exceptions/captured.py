from typing import Dict, Optional

from collections.abc import Set

from py4j.protocol import JavaThrowable, Py4JError, Py4JJavaError
from pyspark.errors.exceptions import base
from pyspark.errors.exceptions.base import PySparkException

_calls = 40  # py4j numbers the objects it calls; nobody may rely on it


class CapturedException(PySparkException):
    """An exception that the engine raised."""

    def __init__(self, desc=None, stackTrace=None, cause=None, details=None):
        self.desc = desc
        self.stackTrace = stackTrace or ""
        self.cause = cause
        self._details = details or {}
        self.message = desc
        self.error_class = self._details.get("condition")
        self.message_parameters = self._details.get("parameters")
        self._origin = None

    def getErrorClass(self) -> Optional[str]:
        return self._details.get("condition")

    def getMessageParameters(self) -> Optional[Dict[str, str]]:
        return self._details.get("parameters") if self._details.get("condition") else None

    def getSqlState(self) -> Optional[str]:
        return self._details.get("sqlState")

    def __str__(self) -> str:
        return self.desc


class AnalysisException(CapturedException, base.AnalysisException):
    """A query that cannot be analyzed."""


class ParseException(AnalysisException, base.ParseException):
    """SQL text that cannot be read."""


class IllegalArgumentException(CapturedException, base.IllegalArgumentException):
    """An argument that makes no sense."""


class StreamingQueryException(CapturedException, base.StreamingQueryException):
    """What ended a streaming query."""


class QueryExecutionException(CapturedException, base.QueryExecutionException):
    """A query that failed while it ran."""


class PythonException(CapturedException, base.PythonException):
    """An exception of the learner's own function."""


class ArithmeticException(CapturedException, base.ArithmeticException):
    """Arithmetic went wrong."""


class UnsupportedOperationException(CapturedException, base.UnsupportedOperationException):
    """An operation that does not exist."""


class ArrayIndexOutOfBoundsException(CapturedException, base.ArrayIndexOutOfBoundsException):
    """An index outside an array."""


class DateTimeException(CapturedException, base.DateTimeException):
    """A date or time that does not exist."""


class NumberFormatException(IllegalArgumentException, base.NumberFormatException):
    """Text that is no number."""


class SparkRuntimeException(CapturedException, base.SparkRuntimeException):
    """A failure at run time."""


class SparkUpgradeException(CapturedException, base.SparkUpgradeException):
    """A result that changed between Spark versions."""


class UnknownException(CapturedException, base.UnknownException):
    """None of the others."""


_CAPTURED = {
    kind.__name__: kind
    for kind in (
        AnalysisException, ParseException, IllegalArgumentException, StreamingQueryException, QueryExecutionException, PythonException,
        ArithmeticException, UnsupportedOperationException, ArrayIndexOutOfBoundsException, DateTimeException, NumberFormatException,
        SparkRuntimeException, SparkUpgradeException,
    )
}


def next_object_name() -> str:
    """`o43`: what py4j would call the object whose method failed."""
    global _calls
    _calls += 1
    return f"o{_calls}"


def convert_exception(details: dict, method: str = "call"):
    """The exception PySpark 3.5 raises for an error of the engine; `method` is the Java method that was called."""
    kind = _CAPTURED.get(details["class"])
    if kind is not None:
        return kind(details["message"], "", details=details)
    if details["class"] == "Py4JError":
        return Py4JError(details["message"])
    target = method if method.startswith("z:") else f"{next_object_name()}.{method}"
    return Py4JJavaError(f"An error occurred while calling {target}", _java_throwable([details, *details.get("causes", ())]))


def _java_throwable(chain: list):
    cause = None
    for link in reversed(chain):
        cause = JavaThrowable(link["java"], link["message"], cause)
    return cause


def captured(kind: str, message: str, condition: Optional[str] = None, parameters: Optional[dict] = None, sql_state=None):
    """An exception that Spark raises on its Java side and that is known here without asking the engine."""
    details = {"condition": condition, "parameters": parameters or {}, "sqlState": sql_state}
    return _CAPTURED[kind](message, "", details=details)


_JAVA_CLASSES = ((bool, "Boolean"), (int, "Integer"), (float, "Double"), (str, "String"))


def no_such_method(target: str, *arguments) -> Py4JError:
    """What py4j says when an argument has a type that no Java method takes. `target`: `limit`, or `z:org.apache.spark.sql.functions.col`."""
    name = target if target.startswith("z:") else f"{next_object_name()}.{target}"
    classes = ", ".join(_java_class(argument) for argument in arguments)
    method = target.rpartition(".")[2]
    return Py4JError(
        f"An error occurred while calling {name}. Trace:\npy4j.Py4JException: Method {method}([{classes}]) does not exist\n"
    )


def class_cast_failure(method: str, value) -> Py4JJavaError:
    """What the JVM says when something else stands where it takes text."""
    kind = _java_class(value).removeprefix("class ")
    text = (
        f"class {kind} cannot be cast to class java.lang.String ({kind} and java.lang.String are in module java.base "
        "of loader 'bootstrap')"
    )
    cause = JavaThrowable("java.lang.ClassCastException", text)
    return Py4JJavaError(f"An error occurred while calling {next_object_name()}.{method}", cause)


def _java_class(value) -> str:
    if value is None:
        return "null"
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**31) <= value < 2**31:
        return "class java.lang.Long"
    for kind, name in _JAVA_CLASSES:
        if isinstance(value, kind):
            return f"class java.lang.{name}"
    if isinstance(value, (list, tuple)):
        return "class java.util.ArrayList"
    if isinstance(value, dict):
        return "class java.util.HashMap"
    if isinstance(value, Set):
        return "class java.util.HashSet"
    raise AttributeError(f"'{type(value).__name__}' object has no attribute '_get_object_id'")
