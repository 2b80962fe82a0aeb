"""Values as they travel (`WireValue` in engine/plan/relation.ts): which form follows from the type."""
import base64
import decimal
import math
from typing import Any, Callable

from pyspark.sql.types import data_types as t
from pyspark.sql.types.nested import ArrayType, MapType, StructType
from pyspark.sql.types.row import create_row

# JSON numbers are doubles on the other side.
_EXACT = 2**53
_INTEGRAL_ON_THE_WIRE = (t.IntegralType, t.TimestampType, t.TimestampNTZType, t.DayTimeIntervalType)


def encoder(kind: t.DataType) -> Callable[[Any], Any]:
    """From internal values (`DataType.toInternal`) to the wire."""
    convert = _encoder(kind)
    return lambda value: None if value is None else convert(value)


def _encoder(kind: t.DataType) -> Callable[[Any], Any]:
    if isinstance(kind, _INTEGRAL_ON_THE_WIRE):
        return lambda value: value if -_EXACT <= value <= _EXACT else str(value)
    if isinstance(kind, (t.DoubleType, t.FloatType)):
        return encode_float
    if isinstance(kind, t.DecimalType):
        return lambda value: format(value, "f")
    if isinstance(kind, t.BinaryType):
        return lambda value: base64.b64encode(bytes(value)).decode()
    if isinstance(kind, (t.StringType, t.CharType, t.VarcharType)):
        return java_text
    if isinstance(kind, ArrayType):
        element = encoder(kind.elementType)
        return lambda value: [element(item) for item in value]
    if isinstance(kind, MapType):
        key, item = encoder(kind.keyType), encoder(kind.valueType)
        return lambda value: [[key(k), item(v)] for k, v in value.items()]
    if isinstance(kind, StructType):
        fields = [encoder(field.dataType) for field in kind.fields]
        return lambda value: [encode(item) for encode, item in zip(fields, value)]
    return lambda value: value


def encode_float(value: float):
    """JSON has no NaN, no infinity and, on the other side, no negative zero."""
    if value == 0 and math.copysign(1, value) < 0:
        return "-0.0"
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def java_text(value: Any) -> str:
    """What Java's `toString` gives for a value that stands where text is expected."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return encode_float(value) if not math.isfinite(value) else java_double(value)
    if value is None:
        return "null"
    if isinstance(value, (list, tuple, set)):
        return "[" + ", ".join(map(java_text, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{java_text(k)}={java_text(v)}" for k, v in value.items()) + "}"
    return str(value)


def java_double(value: float) -> str:
    """Digits as `Double.toString` prints them: plain between 10^-3 and 10^7, else `1.0E10`."""
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        text = format(decimal.Decimal(repr(value)), "f")
        return text if "." in text else text + ".0"
    sign, digits, exponent = decimal.Decimal(repr(value)).as_tuple()
    figures = "".join(map(str, digits)).rstrip("0") or "0"
    return f"{'-' if sign else ''}{figures[0]}.{figures[1:] or '0'}E{exponent + len(digits) - 1}"


def decoder(kind: t.DataType) -> Callable[[Any], Any]:
    """From the wire to the values that `collect` gives."""
    convert = _decoder(kind)
    if convert is None:
        return lambda value: value
    return lambda value: None if value is None else convert(value)


def _decoder(kind: t.DataType):
    if isinstance(kind, t.IntegralType):
        return int
    if isinstance(kind, (t.TimestampType, t.TimestampNTZType, t.DayTimeIntervalType)):
        return lambda value: kind.fromInternal(int(value))
    if isinstance(kind, t.DateType):
        return kind.fromInternal
    if isinstance(kind, (t.DoubleType, t.FloatType)):
        return float
    if isinstance(kind, t.DecimalType):
        return decimal.Decimal
    if isinstance(kind, t.BinaryType):
        return lambda value: bytearray(base64.b64decode(value))
    if isinstance(kind, ArrayType):
        element = decoder(kind.elementType)
        return lambda value: [element(item) for item in value]
    if isinstance(kind, MapType):
        key, item = decoder(kind.keyType), decoder(kind.valueType)
        return lambda value: {key(k): item(v) for k, v in value}
    if isinstance(kind, StructType):
        names, fields = kind.names, [decoder(field.dataType) for field in kind.fields]
        return lambda value: create_row(names, [decode(item) for decode, item in zip(fields, value)])
    return None
