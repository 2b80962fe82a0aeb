"""Expressions as plain dicts: the names and fields of engine/plan/expression.ts."""
import datetime
import decimal

from pyspark.errors import PySparkTypeError
from pyspark.errors.exceptions.captured import captured
from pyspark.sql.types import (
    BinaryType,
    BooleanType,
    DateType,
    DayTimeIntervalType,
    DecimalType,
    DoubleType,
    IntegerType,
    LongType,
    NullType,
    StringType,
    TimestampType,
)
from pyspark.sql.types.wire import encoder, java_text
from pyspark.sql.utils import get_active_spark_context


def function(name, *arguments, **marks):
    return {"kind": "unresolved_function", "function_name": name, "arguments": list(arguments), **marks}


def attribute(name, plan_id=None):
    """A column by name, as Spark's `col` reads it: `*` and `x.*` are stars."""
    node = {"kind": "unresolved_attribute", "unparsed_identifier": name}
    if name == "*":
        node = {"kind": "unresolved_star"}
    elif name.endswith(".*"):
        node = {"kind": "unresolved_star", "unparsed_target": name}
    if plan_id is not None:
        node["plan_id"] = plan_id
    return node


def sql_text(text):
    return {"kind": "expression_string", "expression": text}


def typed_literal(value, data_type):
    return {"kind": "literal", "data_type": data_type.jsonValue(), "value": encoder(data_type)(data_type.toInternal(value))}


def literal(value):
    """A Python value with the type that it has in Java."""
    return typed_literal(value, _literal_type(value))


def _literal_type(value):
    if value is None:
        return NullType()
    if isinstance(value, bool):
        return BooleanType()
    if isinstance(value, int):
        return IntegerType() if -(2**31) <= value < 2**31 else LongType()
    if isinstance(value, float):
        return DoubleType()
    if isinstance(value, str):
        return StringType()
    if isinstance(value, decimal.Decimal):
        return _decimal_type(value)
    for kind, data_type in (
        (datetime.datetime, TimestampType), (datetime.date, DateType), (datetime.timedelta, DayTimeIntervalType),
        ((bytes, bytearray), BinaryType),
    ):
        if isinstance(value, kind):
            return data_type()
    raise _no_literal(value)


def _decimal_type(value):
    _, digits, exponent = value.as_tuple()
    scale = max(0, -exponent)
    return DecimalType(max(len(digits) + max(0, exponent), scale), scale)


def _no_literal(value):
    classes = {list: "ArrayList", tuple: "ArrayList", dict: "HashMap", set: "HashSet"}
    name = classes.get(type(value))
    if name is None:
        return AttributeError(f"'{type(value).__name__}' object has no attribute '_get_object_id'")
    text, java = java_text(value), f"class java.util.{name}"
    return captured(
        "SparkRuntimeException",
        f"[UNSUPPORTED_FEATURE.LITERAL_TYPE] The feature is not supported: Literal for '{text}' of {java}.",
        "UNSUPPORTED_FEATURE.LITERAL_TYPE",
        {"value": text, "type": java},
        "0A000",
    )


def value_expression(value):
    """A Column as it is, anything else as a literal."""
    expression = getattr(type(value), "_is_column", False) and value._expr
    return expression or literal(value)


def column_expression(column):
    """A Column, or a column's name."""
    if getattr(type(column), "_is_column", False):
        return column._expr
    if isinstance(column, str):
        get_active_spark_context()
        return attribute(column)
    raise PySparkTypeError(
        error_class="NOT_COLUMN_OR_STR", message_parameters={"arg_name": "col", "arg_type": type(column).__name__}
    )


def column_expressions(columns):
    """The arguments of a method that takes columns, one by one or in one list."""
    if len(columns) == 1 and isinstance(columns[0], list):
        columns = columns[0]
    return [column_expression(column) for column in columns]


def sort_order(expression, ascending=True, nulls_first=None):
    first = ascending if nulls_first is None else nulls_first
    return {
        "kind": "sort_order",
        "child": expression,
        "direction": "ascending" if ascending else "descending",
        "null_ordering": "nulls_first" if first else "nulls_last",
    }


def as_sort_order(expression):
    return expression if expression["kind"] == "sort_order" else sort_order(expression)


def alias(expression, *names, metadata=None):
    node = {"kind": "alias", "expr": expression, "name": list(names)}
    if metadata:
        node["metadata"] = metadata
    return node
