"""Python functions as functions of columns. The function never leaves this kernel: plans carry its key."""
import functools
from typing import Any, Callable, Optional, Union

from marea_kernel import bridge
from pyspark._engine import no_support, run
from pyspark.errors import PySparkTypeError
from pyspark.sql._expressions import column_expressions
from pyspark.sql.column import Column
from pyspark.sql.types import DataType, StringType, _parse_datatype_string
from pyspark.sql.types.parse import parse_datatype_json_value
from pyspark.sql.types.wire import decoder
from pyspark.sql.udf_results import result_encoder
from pyspark.sql.utils import get_active_spark_context

__all__ = ["UDFRegistration"]

SQL_BATCHED_UDF = 100


class UserDefinedFunction:
    """A function, the type of its results, and its key in the kernel."""

    def __init__(
        self,
        func: Callable[..., Any],
        returnType: Union[DataType, str] = StringType(),
        name: Optional[str] = None,
        evalType: int = SQL_BATCHED_UDF,
        deterministic: bool = True,
    ):
        if not callable(func):
            raise _wrong_type("NOT_CALLABLE", "func", func)
        if not isinstance(returnType, (DataType, str)):
            raise _wrong_type("NOT_DATATYPE_OR_STR", "returnType", returnType)
        self.func = func
        self._returnType = returnType
        self._name = name or getattr(func, "__name__", type(func).__name__)
        self.evalType = evalType
        self.deterministic = deterministic

    @functools.cached_property
    def returnType(self) -> DataType:
        if isinstance(self._returnType, DataType):
            return self._returnType
        return _parse_datatype_string(self._returnType)

    @functools.cached_property
    def _key(self) -> str:
        return bridge.register(self._call_block)

    def _call_block(self, rows, argument_types):
        """One result for each row; rows and results are wire values."""
        decoders = [decoder(parse_datatype_json_value(kind)) for kind in argument_types]
        function, encode = self.func, result_encoder(self.returnType)
        return [encode(function(*[decode(value) for decode, value in zip(decoders, row)])) for row in rows]

    @property
    def _python_udf(self) -> dict:
        return {"output_type": self.returnType.jsonValue(), "eval_type": self.evalType, "command": self._key}

    def __call__(self, *cols) -> Column:
        get_active_spark_context()
        return Column(
            {
                "kind": "common_inline_user_defined_function",
                "function_name": self._name,
                "deterministic": self.deterministic,
                "arguments": column_expressions(cols),
                "python_udf": self._python_udf,
            }
        )

    def _wrapped(self) -> Callable[..., Column]:
        kept = tuple(name for name in functools.WRAPPER_ASSIGNMENTS if name not in ("__name__", "__module__"))

        @functools.wraps(self.func, assigned=kept)
        def wrapper(*args) -> Column:
            return self(*args)

        wrapper.__name__ = self._name
        wrapper.__module__ = getattr(self.func, "__module__", type(self.func).__module__)
        wrapper.func = self.func
        wrapper.returnType = self.returnType
        wrapper.evalType = self.evalType
        wrapper.deterministic = self.deterministic
        wrapper.asNondeterministic = lambda: self.asNondeterministic()._wrapped()
        wrapper._unwrapped = self
        return wrapper

    def asNondeterministic(self) -> "UserDefinedFunction":
        self.deterministic = False
        return self


def create_python_udf(f, returnType, useArrow=None):
    return UserDefinedFunction(f, returnType)._wrapped()


class UDFRegistration:
    """`spark.udf`: Python functions by name, for SQL."""

    def __init__(self, sparkSession):
        self.sparkSession = sparkSession

    def register(self, name: str, f, returnType: Optional[Union[DataType, str]] = None):
        if hasattr(f, "asNondeterministic"):
            if returnType is not None:
                raise PySparkTypeError(
                    error_class="CANNOT_SPECIFY_RETURN_TYPE_FOR_UDF",
                    message_parameters={"arg_name": "f", "return_type": str(returnType)},
                )
            udf = UserDefinedFunction(f.func, f.returnType, name, f.evalType, f.deterministic)
            answer = udf
        else:
            udf = UserDefinedFunction(f, StringType() if returnType is None else returnType, name)
            answer = udf._wrapped()
        run(
            self.sparkSession,
            "register_function",
            "registerPython",
            function_name=name,
            deterministic=udf.deterministic,
            python_udf=udf._python_udf,
        )
        return answer

    def registerJavaFunction(self, name: str, javaClassName: str, returnType=None) -> None:
        raise no_support("registerJavaFunction: no hay JVM")

    def registerJavaUDAF(self, name: str, javaClassName: str) -> None:
        raise no_support("registerJavaUDAF: no hay JVM")


def _wrong_type(error_class: str, name: str, value: Any) -> PySparkTypeError:
    return PySparkTypeError(
        error_class=error_class, message_parameters={"arg_name": name, "arg_type": type(value).__name__}
    )
