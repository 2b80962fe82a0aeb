import warnings
from typing import Any, Union

from pyspark.errors import PySparkAttributeError, PySparkTypeError, PySparkValueError
from pyspark.errors.exceptions.captured import captured, no_such_method
from pyspark.sql._expressions import alias as _alias
from pyspark.sql._expressions import function, literal, sort_order, value_expression
from pyspark.sql.types import DataType

__all__ = ["Column"]


def _binary(name: str):
    def operator(self: "Column", other: Any) -> "Column":
        return Column(function(name, self._expr, value_expression(other)))

    return operator


def _reversed(name: str):
    def operator(self: "Column", other: Any) -> "Column":
        return Column(function(name, literal(other), self._expr))

    return operator


def _unary(name: str):
    def operator(self: "Column") -> "Column":
        return Column(function(name, self._expr))

    return operator


def _sorted(ascending: bool, nulls_first: bool):
    def operator(self: "Column") -> "Column":
        return Column(sort_order(self._expr, ascending, nulls_first))

    return operator


def _pattern(name: str):
    def operator(self: "Column", other: str) -> "Column":
        if not isinstance(other, str):
            raise no_such_method(name, other)
        return Column(function(name.lower(), self._expr, literal(other)))

    return operator


class Column:
    """A column of a frame, or an expression over columns: a plan that says how to compute it."""

    _is_column = True

    def __init__(self, expr: dict) -> None:
        self._expr = expr

    __neg__ = _unary("negative")
    __add__ = _binary("+")
    __sub__ = _binary("-")
    __mul__ = _binary("*")
    __div__ = __truediv__ = _binary("/")
    __mod__ = _binary("%")
    __radd__ = _binary("+")
    __rsub__ = _reversed("-")
    __rmul__ = _binary("*")
    __rdiv__ = __rtruediv__ = _reversed("/")
    __rmod__ = _reversed("%")
    __pow__ = _binary("power")
    __rpow__ = _reversed("power")
    __eq__ = _binary("==")
    __lt__ = _binary("<")
    __le__ = _binary("<=")
    __ge__ = _binary(">=")
    __gt__ = _binary(">")
    __and__ = _binary("and")
    __or__ = _binary("or")
    __invert__ = _unary("not")
    __rand__ = _binary("and")
    __ror__ = _binary("or")
    __hash__ = None

    def __ne__(self, other: Any) -> "Column":
        return ~(self == other)

    eqNullSafe = _binary("<=>")
    bitwiseOR = _binary("|")
    bitwiseAND = _binary("&")
    bitwiseXOR = _binary("^")
    contains = _binary("contains")
    startswith = _binary("startswith")
    endswith = _binary("endswith")
    like = _pattern("like")
    rlike = _pattern("rlike")
    ilike = _pattern("ilike")
    isNull = _unary("isnull")
    isNotNull = _unary("isnotnull")
    asc = asc_nulls_first = _sorted(True, True)
    asc_nulls_last = _sorted(True, False)
    desc = desc_nulls_last = _sorted(False, False)
    desc_nulls_first = _sorted(False, True)

    def __contains__(self, item: Any) -> None:
        raise PySparkValueError(error_class="CANNOT_APPLY_IN_FOR_COLUMN", message_parameters={})

    def getItem(self, key: Any) -> "Column":
        if isinstance(key, Column):
            warnings.warn(
                "A column as 'key' in getItem is deprecated as of Spark 3.0, and will not be supported in the future release. "
                "Use `column[key]` or `column.key` syntax instead.",
                FutureWarning,
            )
        return self[key]

    def getField(self, name: Any) -> "Column":
        if isinstance(name, Column):
            warnings.warn(
                "A column as 'name' in getField is deprecated as of Spark 3.0, and will not be supported in the future release. "
                "Use `column[name]` or `column.name` syntax instead.",
                FutureWarning,
            )
        return self[name]

    def withField(self, fieldName: str, col: "Column") -> "Column":
        if not isinstance(fieldName, str):
            raise _wrong_type("NOT_STR", "fieldName", fieldName)
        if not isinstance(col, Column):
            raise _wrong_type("NOT_COLUMN", "col", col)
        return Column(_update(self._expr, fieldName, col._expr))

    def dropFields(self, *fieldNames: str) -> "Column":
        expression = self._expr
        for name in fieldNames:
            expression = _update(expression, name, None)
        return Column(expression)

    def __getattr__(self, item: Any) -> "Column":
        if item.startswith("__"):
            raise PySparkAttributeError(error_class="CANNOT_ACCESS_TO_DUNDER", message_parameters={})
        return self[item]

    def __getitem__(self, k: Any) -> "Column":
        if isinstance(k, slice):
            if k.step is not None:
                raise PySparkValueError(error_class="SLICE_WITH_STEP", message_parameters={})
            return self.substr(k.start, k.stop)
        return Column(
            {"kind": "unresolved_extract_value", "child": self._expr, "extraction": value_expression(k)}
        )

    def __iter__(self) -> None:
        raise PySparkTypeError(error_class="NOT_ITERABLE", message_parameters={"objectName": "Column"})

    def substr(self, startPos: Union[int, "Column"], length: Union[int, "Column"]) -> "Column":
        if type(startPos) != type(length):
            raise PySparkTypeError(
                error_class="NOT_SAME_TYPE",
                message_parameters={
                    "arg_name1": "startPos", "arg_name2": "length",
                    "arg_type1": type(startPos).__name__, "arg_type2": type(length).__name__,
                },
            )
        if not isinstance(startPos, (int, Column)):
            raise _wrong_type("NOT_COLUMN_OR_INT", "startPos", startPos)
        return Column(function("substring", self._expr, value_expression(startPos), value_expression(length)))

    def isin(self, *cols: Any) -> "Column":
        if len(cols) == 1 and isinstance(cols[0], (list, set)):
            cols = cols[0]
        return Column(function("in", self._expr, *map(value_expression, cols)))

    def alias(self, *alias: str, **kwargs: Any) -> "Column":
        metadata = kwargs.pop("metadata", None)
        assert not kwargs, "Unexpected kwargs where passed: %s" % kwargs
        if metadata and len(alias) != 1:
            raise PySparkValueError(
                error_class="ONLY_ALLOWED_FOR_SINGLE_COLUMN", message_parameters={"arg_name": "metadata"}
            )
        for name in alias:
            if not isinstance(name, str):
                raise no_such_method("as", *alias)
        return Column(_alias(self._expr, *alias, metadata=metadata))

    name = alias

    def cast(self, dataType: Union[DataType, str]) -> "Column":
        if isinstance(dataType, str):
            return Column({"kind": "cast", "expr": self._expr, "type_str": dataType})
        if isinstance(dataType, DataType):
            return Column({"kind": "cast", "expr": self._expr, "type": dataType.jsonValue()})
        raise _wrong_type("NOT_DATATYPE_OR_STR", "dataType", dataType)

    astype = cast

    def between(self, lowerBound: Any, upperBound: Any) -> "Column":
        return (self >= lowerBound) & (self <= upperBound)

    def when(self, condition: "Column", value: Any) -> "Column":
        if not isinstance(condition, Column):
            raise _wrong_type("NOT_COLUMN", "condition", condition)
        arguments = self._branches("when() can only be applied on a Column previously generated by when() function")
        if len(arguments) % 2:
            raise captured("IllegalArgumentException", "when() cannot be applied once otherwise() is applied")
        return Column(function("when", *arguments, condition._expr, value_expression(value)))

    def otherwise(self, value: Any) -> "Column":
        arguments = self._branches("otherwise() can only be applied on a Column previously generated by when()")
        if len(arguments) % 2:
            raise captured(
                "IllegalArgumentException",
                "otherwise() can only be applied once on a Column previously generated by when()",
            )
        return Column(function("when", *arguments, value_expression(value)))

    def _branches(self, refusal: str) -> list:
        """Conditions and values of a `when`; an odd number of them ends with the `otherwise`."""
        if self._expr.get("function_name") != "when":
            raise captured("IllegalArgumentException", refusal)
        return self._expr["arguments"]

    def over(self, window) -> "Column":
        from pyspark.sql.window import WindowSpec

        if not isinstance(window, WindowSpec):
            raise _wrong_type("NOT_WINDOWSPEC", "window", window)
        return Column({"kind": "window", "window_function": self._expr, **window._fields})

    def __nonzero__(self) -> None:
        raise PySparkValueError(error_class="CANNOT_CONVERT_COLUMN_INTO_BOOL", message_parameters={})

    __bool__ = __nonzero__

    def __repr__(self) -> str:
        from pyspark._engine import run
        from pyspark.sql.utils import get_active_spark_context

        answer = run(get_active_spark_context()._session, "expression_text", "toString", expression=self._expr)
        return "Column<'%s'>" % answer["text"]

    def _summary_(self) -> str:
        return "Column"

    @classmethod
    def _attribute_type_(cls):
        return cls


def _update(struct: dict, field: str, value) -> dict:
    node = {"kind": "update_fields", "struct_expression": struct, "field_name": field}
    if value is not None:
        node["value_expression"] = value
    return node


def _wrong_type(error_class: str, name: str, value: Any) -> PySparkTypeError:
    return PySparkTypeError(
        error_class=error_class, message_parameters={"arg_name": name, "arg_type": type(value).__name__}
    )
