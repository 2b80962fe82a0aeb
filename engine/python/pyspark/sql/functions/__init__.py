"""The functions of Spark SQL. Without `__all__`, as in PySpark: `import *` shadows `sum`, `max`, `round`… of Python, and brings a few modules."""
import decimal  # noqa: F401
import functools
import inspect  # noqa: F401
import sys  # noqa: F401
import warnings

from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple, Type, Union, ValuesView, cast, overload  # noqa: F401

from pyspark._engine import no_support as _no_support
from pyspark.errors import PySparkTypeError, PySparkValueError  # noqa: F401
from pyspark.sql.column import Column
from pyspark.sql.functions._aggregates import *  # noqa: F403
from pyspark.sql.functions._collections import *  # noqa: F403
from pyspark.sql.functions._datetimes import *  # noqa: F403
from pyspark.sql.functions._general import *  # noqa: F403
from pyspark.sql.functions._numbers import *  # noqa: F403
from pyspark.sql.functions._texts import *  # noqa: F403
from pyspark.sql.types import ArrayType, DataType, StringType, StructType  # noqa: F401
from pyspark.sql.udf import UserDefinedFunction, create_python_udf  # noqa: F401
from pyspark.sql.utils import get_active_spark_context, to_str  # noqa: F401


def _deprecated(name, since, instead):
    def function(*args, **kwargs) -> Column:
        warnings.warn(f"Deprecated in {since}, use {instead} instead.", FutureWarning)
        return globals()[instead](*args, **kwargs)

    function.__name__ = function.__qualname__ = name
    function.__wrapped__ = globals()[instead]
    return function


approxCountDistinct = _deprecated("approxCountDistinct", "2.1", "approx_count_distinct")
sumDistinct = _deprecated("sumDistinct", "3.2", "sum_distinct")
toDegrees = _deprecated("toDegrees", "2.1", "degrees")
toRadians = _deprecated("toRadians", "2.1", "radians")
bitwiseNOT = _deprecated("bitwiseNOT", "3.2", "bitwise_not")
shiftLeft = _deprecated("shiftLeft", "3.2", "shiftleft")
shiftRight = _deprecated("shiftRight", "3.2", "shiftright")
shiftRightUnsigned = _deprecated("shiftRightUnsigned", "3.2", "shiftrightunsigned")


def udf(f=None, returnType=StringType(), *, useArrow=None):
    """A Python function of one row's values as a function of columns; also a decorator, with or without a return type."""
    if f is None or isinstance(f, (str, DataType)):
        return functools.partial(create_python_udf, returnType=f or returnType)
    return create_python_udf(f, returnType)


def pandas_udf(f=None, returnType=None, functionType=None):
    raise _no_support("pandas_udf (necesita pandas y pyarrow)")


def udtf(cls=None, *, returnType, useArrow=None):
    raise _no_support("udtf")


for _name, _value in list(globals().items()):
    if inspect.isfunction(_value) and _value.__module__.startswith("pyspark.sql.functions._"):
        _value.__module__ = __name__

# Helpers of the files above are not functions of Spark.
for _name in (
    "attribute", "call", "column_of", "column_or_text", "function", "given", "higher", "integer", "literal", "no_such_method", "no_support",
    "number", "options_map", "or_literal", "over", "require_session", "sql_text", "text", "unpacked", "wrong_type",
):
    globals().pop(_name, None)
del _name, _value
