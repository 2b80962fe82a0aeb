from typing import Dict, Optional

from pyspark.errors.utils import ErrorClassesReader


class PySparkException(Exception):
    """The root of PySpark's exceptions: a message, or an error class with its parameters."""

    def __init__(
        self,
        message: Optional[str] = None,
        error_class: Optional[str] = None,
        message_parameters: Optional[Dict[str, str]] = None,
    ):
        assert (message is not None and (error_class is None and message_parameters is None)) or (
            message is None and (error_class is not None and message_parameters is not None)
        )
        self.error_reader = ErrorClassesReader()
        if message is None:
            message = self.error_reader.get_error_message(error_class, message_parameters)
        self.message = message
        self.error_class = error_class
        self.message_parameters = message_parameters

    def getErrorClass(self) -> Optional[str]:
        return self.error_class

    def getMessageParameters(self) -> Optional[Dict[str, str]]:
        return self.message_parameters

    def getSqlState(self) -> Optional[str]:
        return None

    def __str__(self) -> str:
        if self.getErrorClass() is not None:
            return f"[{self.getErrorClass()}] {self.message}"
        return self.message


class AnalysisException(PySparkException):
    """A query that cannot be analyzed."""


class SessionNotSameException(PySparkException):
    """One operation on frames of two sessions."""


class TempTableAlreadyExistsException(AnalysisException):
    """A temporary view that exists already."""


class ParseException(AnalysisException):
    """SQL text that cannot be read."""


class IllegalArgumentException(PySparkException):
    """An argument that makes no sense."""


class ArithmeticException(PySparkException):
    """Arithmetic went wrong."""


class UnsupportedOperationException(PySparkException):
    """An operation that does not exist."""


class ArrayIndexOutOfBoundsException(PySparkException):
    """An index outside an array."""


class DateTimeException(PySparkException):
    """A date or time that does not exist."""


class NumberFormatException(IllegalArgumentException):
    """Text that is no number."""


class StreamingQueryException(PySparkException):
    """What ended a streaming query."""


class QueryExecutionException(PySparkException):
    """A query that failed while it ran."""


class PythonException(PySparkException):
    """An exception of the learner's own function."""


class SparkRuntimeException(PySparkException):
    """A failure at run time."""


class SparkUpgradeException(PySparkException):
    """A result that changed between Spark versions."""


class UnknownException(PySparkException):
    """None of the others."""


class PySparkValueError(PySparkException, ValueError):
    """A `ValueError` with an error class."""


class PySparkTypeError(PySparkException, TypeError):
    """A `TypeError` with an error class."""


class PySparkAttributeError(PySparkException, AttributeError):
    """An `AttributeError` with an error class."""


class PySparkRuntimeError(PySparkException, RuntimeError):
    """A `RuntimeError` with an error class."""


class PySparkAssertionError(PySparkException, AssertionError):
    """An `AssertionError` with an error class."""


class PySparkNotImplementedError(PySparkException, NotImplementedError):
    """A `NotImplementedError` with an error class."""
