"""Checks values against a schema, with PySpark's texts."""
import array
import datetime
import decimal
from typing import Any, Callable, Optional

from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.sql.types import data_types as t
from pyspark.sql.types.nested import ArrayType, MapType, StructType

_ACCEPTED = {
    t.BooleanType: (bool,),
    t.ByteType: (int,),
    t.ShortType: (int,),
    t.IntegerType: (int,),
    t.LongType: (int,),
    t.FloatType: (float,),
    t.DoubleType: (float,),
    t.DecimalType: (decimal.Decimal,),
    t.StringType: (str,),
    t.CharType: (str,),
    t.VarcharType: (str,),
    t.BinaryType: (bytearray, bytes),
    t.DateType: (datetime.date, datetime.datetime),
    t.TimestampType: (datetime.datetime,),
    t.TimestampNTZType: (datetime.datetime,),
    t.DayTimeIntervalType: (datetime.timedelta,),
    ArrayType: (list, tuple, array.array),
    MapType: (dict,),
    StructType: (tuple, list, dict),
}
# Bits of each integer type; PySpark names the bounds the wrong way round for the smallest one.
_BOUNDS = {
    t.ByteType: (-128, 127, "127", "-127"),
    t.ShortType: (-(2**15), 2**15 - 1, "32767", "-32768"),
    t.IntegerType: (-(2**31), 2**31 - 1, "2147483647", "-2147483648"),
    t.LongType: (-(2**63), 2**63 - 1, "9223372036854775807", "-9223372036854775808"),
}


def make_type_verifier(kind: t.DataType, nullable: bool = True, name: Optional[str] = None) -> Callable[[Any], None]:
    """A function that raises when a value does not fit `kind`. `name` says where the value stands, in the texts of assertions."""
    check = _checker(kind, name)

    def verify(value: Any) -> None:
        if value is None:
            if not nullable:
                raise PySparkValueError(error_class="CANNOT_BE_NONE", message_parameters={"arg_name": "obj"})
            return
        check(value)

    return verify


def _checker(kind: t.DataType, name: Optional[str]) -> Callable[[Any], None]:
    if isinstance(kind, (t.StringType, t.CharType, t.VarcharType)):
        return lambda value: None
    if type(kind) in _BOUNDS:
        return _integer_checker(kind, name)
    if isinstance(kind, ArrayType):
        return _array_checker(kind, name)
    if isinstance(kind, MapType):
        return _map_checker(kind, name)
    if isinstance(kind, StructType):
        return _struct_checker(kind, name)
    return lambda value: _accept(kind, value, name)


def _accept(kind: t.DataType, value: Any, name: Optional[str]) -> None:
    unknown = "unknown datatype: %s for object %r" % (kind, value)
    assert type(kind) in _ACCEPTED, unknown if name is None else f"{name}: {unknown}"
    if type(value) not in _ACCEPTED[type(kind)]:
        raise _refused(str(kind), value)


def _refused(kind: str, value: Any) -> PySparkTypeError:
    return PySparkTypeError(
        error_class="CANNOT_ACCEPT_OBJECT_IN_TYPE",
        message_parameters={"data_type": kind, "obj_name": str(value), "obj_type": type(value).__name__},
    )


def _integer_checker(kind: t.DataType, name: Optional[str]) -> Callable[[Any], None]:
    lowest, highest, first, second = _BOUNDS[type(kind)]

    def check(value: Any) -> None:
        _accept(kind, value, name)
        if value < lowest or value > highest:
            raise PySparkValueError(
                error_class="VALUE_OUT_OF_BOUND",
                message_parameters={
                    "arg_name": "obj", "lower_bound": first, "upper_bound": second, "actual": str(value),
                },
            )

    return check


def _array_checker(kind: ArrayType, name: Optional[str]) -> Callable[[Any], None]:
    element = make_type_verifier(kind.elementType, kind.containsNull, "element in array %s" % name)

    def check(value: Any) -> None:
        _accept(kind, value, name)
        for item in value:
            element(item)

    return check


def _map_checker(kind: MapType, name: Optional[str]) -> Callable[[Any], None]:
    key = make_type_verifier(kind.keyType, False, "key of map %s" % name)
    item = make_type_verifier(kind.valueType, kind.valueContainsNull, "value of map %s" % name)

    def check(value: Any) -> None:
        _accept(kind, value, name)
        for k, v in value.items():
            key(k)
            item(v)

    return check


def _struct_checker(kind: StructType, name: Optional[str]) -> Callable[[Any], None]:
    within = "" if name is None else f" in {name}"
    fields = [(f.name, make_type_verifier(f.dataType, f.nullable, f"field {f.name}{within}")) for f in kind.fields]

    def check(value: Any) -> None:
        if isinstance(value, (tuple, list)):
            if len(value) != len(fields):
                raise PySparkValueError(
                    error_class="LENGTH_SHOULD_BE_THE_SAME",
                    message_parameters={
                        "arg1": "obj", "arg2": "fields", "arg1_length": str(len(value)), "arg2_length": str(len(fields)),
                    },
                )
            for item, (_, verify) in zip(value, fields):
                verify(item)
            return
        if not isinstance(value, dict) and not hasattr(value, "__dict__"):
            raise _refused("StructType", value)
        by_name = value if isinstance(value, dict) else value.__dict__
        for field, verify in fields:
            verify(by_name.get(field))

    return check
