"""Types of Python values, as `createDataFrame` without a schema finds them."""
import array
import datetime
import decimal
from functools import reduce
from typing import Any, Callable, List, Optional

from pyspark.errors import PySparkTypeError
from pyspark.sql.types import data_types as t
from pyspark.sql.types.nested import ArrayType, MapType, StructField, StructType

_BY_CLASS = {
    type(None): t.NullType,
    bool: t.BooleanType,
    int: t.LongType,
    float: t.DoubleType,
    str: t.StringType,
    bytearray: t.BinaryType,
    bytes: t.BinaryType,
    datetime.date: t.DateType,
    datetime.datetime: t.TimestampType,
    datetime.time: t.TimestampType,
    datetime.timedelta: t.DayTimeIntervalType,
}
_BY_ARRAY_CODE = {
    "f": t.FloatType, "d": t.DoubleType, "u": t.StringType, "b": t.ByteType, "h": t.ShortType, "i": t.IntegerType, "l": t.LongType,
    "B": t.ShortType, "H": t.IntegerType, "I": t.LongType,
}


def infer_type(value: Any) -> t.DataType:
    if isinstance(value, decimal.Decimal):
        return t.DecimalType(38, 18)
    kind = _BY_CLASS.get(type(value))
    if kind is not None:
        return kind()
    if isinstance(value, dict):
        for key, item in value.items():
            if key is not None and item is not None:
                return MapType(infer_type(key), infer_type(item), True)
        return MapType(t.NullType(), t.NullType(), True)
    if isinstance(value, list):
        return ArrayType(reduce(merge_type, map(infer_type, value), t.NullType()), True)
    if isinstance(value, array.array):
        if value.typecode not in _BY_ARRAY_CODE:
            raise _unsupported(f"array({value.typecode})")
        return ArrayType(_BY_ARRAY_CODE[value.typecode](), False)
    try:
        return infer_schema(value)
    except TypeError:
        raise _unsupported(type(value).__name__)


def _unsupported(name: str) -> PySparkTypeError:
    return PySparkTypeError(error_class="UNSUPPORTED_DATA_TYPE", message_parameters={"data_type": name})


def infer_schema(row: Any, names: Optional[List[str]] = None) -> StructType:
    fields = []
    for name, value in _items(row, names):
        try:
            fields.append(StructField(name, infer_type(value), True))
        except TypeError:
            raise PySparkTypeError(
                error_class="CANNOT_INFER_TYPE_FOR_FIELD", message_parameters={"field_name": name}
            )
    return StructType(fields)


def _items(row: Any, names: Optional[List[str]]):
    if isinstance(row, dict):
        return sorted(row.items())
    if isinstance(row, (tuple, list)):
        if hasattr(row, "__fields__"):
            return zip(row.__fields__, tuple(row))
        if hasattr(row, "_fields"):
            return zip(row._fields, tuple(row))
        if names is None:
            names = ["_%d" % number for number in range(1, len(row) + 1)]
        elif len(names) < len(row):  # the caller's list grows, as in PySpark: the missing names are invented once
            names.extend("_%d" % number for number in range(len(names) + 1, len(row) + 1))
        return zip(names, row)
    if hasattr(row, "__dict__"):
        return sorted(row.__dict__.items())
    raise PySparkTypeError(
        error_class="CANNOT_INFER_SCHEMA_FOR_TYPE", message_parameters={"data_type": type(row).__name__}
    )


def has_null_type(kind: t.DataType) -> bool:
    if isinstance(kind, StructType):
        return any(has_null_type(field.dataType) for field in kind.fields)
    if isinstance(kind, ArrayType):
        return has_null_type(kind.elementType)
    if isinstance(kind, MapType):
        return has_null_type(kind.keyType) or has_null_type(kind.valueType)
    return isinstance(kind, t.NullType)


def merge_type(a: t.DataType, b: t.DataType) -> t.DataType:
    """The type that holds both: text takes in any atomic type, nothing else mixes."""
    if isinstance(a, t.NullType):
        return b
    if isinstance(b, t.NullType):
        return a
    if isinstance(a, t.TimestampType) and isinstance(b, t.TimestampNTZType):
        return a
    if isinstance(a, t.TimestampNTZType) and isinstance(b, t.TimestampType):
        return b
    if isinstance(a, t.AtomicType) and isinstance(b, t.StringType):
        return b
    if isinstance(a, t.StringType) and isinstance(b, t.AtomicType):
        return a
    if type(a) is not type(b):
        raise PySparkTypeError(
            error_class="CANNOT_MERGE_TYPE",
            message_parameters={"data_type1": type(a).__name__, "data_type2": type(b).__name__},
        )
    if isinstance(a, StructType):
        return _merge_structs(a, b)
    if isinstance(a, ArrayType):
        return ArrayType(merge_type(a.elementType, b.elementType), True)
    if isinstance(a, MapType):
        return MapType(merge_type(a.keyType, b.keyType), merge_type(a.valueType, b.valueType), True)
    return a


def _merge_structs(a: StructType, b: StructType) -> StructType:
    others = {field.name: field.dataType for field in b.fields}
    fields = [StructField(f.name, merge_type(f.dataType, others.get(f.name, t.NullType()))) for f in a.fields]
    known = {field.name for field in fields}
    return StructType(fields + [StructField(name, kind) for name, kind in others.items() if name not in known])


def create_converter(kind: t.DataType) -> Callable[[Any], Any]:
    """Brings a value of inferred type into the shape of its schema: dicts and objects become tuples in field order."""
    if isinstance(kind, ArrayType):
        element = create_converter(kind.elementType)
        return lambda value: value and [element(item) for item in value]
    if isinstance(kind, MapType):
        key, item = create_converter(kind.keyType), create_converter(kind.valueType)
        return lambda value: value and {key(k): item(v) for k, v in value.items()}
    if isinstance(kind, t.NullType):
        return lambda value: None
    if not isinstance(kind, StructType):
        return lambda value: value
    names = [field.name for field in kind.fields]
    converters = [create_converter(field.dataType) for field in kind.fields]

    def convert(value: Any):
        if value is None:
            return None
        if isinstance(value, (tuple, list)):
            return tuple(convert_item(item) for item, convert_item in zip(value, converters))
        if not isinstance(value, dict) and not hasattr(value, "__dict__"):
            raise _unsupported(type(value).__name__)
        by_name = value if isinstance(value, dict) else value.__dict__
        return tuple(convert_item(by_name.get(name)) for name, convert_item in zip(names, converters))

    return convert
