"""What becomes of the value that a learner's function returns: a wrong type is NULL, and anything fits where text is expected."""
import decimal
from typing import Any, Callable

from pyspark.sql.types import data_types as t
from pyspark.sql.types.nested import ArrayType, MapType, StructType
from pyspark.sql.types.wire import encoder, java_text


def result_encoder(kind: t.DataType) -> Callable[[Any], Any]:
    """From a returned value to the wire."""
    keep, encode = _fitting(kind), encoder(kind)
    return lambda value: encode(keep(kind.toInternal(value)))


def _fitting(kind: t.DataType) -> Callable[[Any], Any]:
    """The internal value where its class is right, None elsewhere."""
    if isinstance(kind, (t.StringType, t.CharType, t.VarcharType)):
        return lambda value: None if value is None else java_text(value)
    if isinstance(kind, t.BooleanType):
        return lambda value: value if isinstance(value, bool) else None
    if isinstance(kind, (t.DoubleType, t.FloatType)):
        return lambda value: value if isinstance(value, float) else None
    if isinstance(kind, t.DecimalType):
        return lambda value: _rescaled(value, kind) if isinstance(value, decimal.Decimal) else None
    if isinstance(kind, t.IntegralType):
        return lambda value: _wrapped(value, kind) if type(value) is int else None
    if isinstance(kind, t.BinaryType):
        return lambda value: value if isinstance(value, (bytes, bytearray)) else None
    if isinstance(kind, ArrayType):
        element = _fitting(kind.elementType)
        return lambda value: [element(item) for item in value] if isinstance(value, (list, tuple)) else None
    if isinstance(kind, MapType):
        key, item = _fitting(kind.keyType), _fitting(kind.valueType)
        return lambda value: {key(k): item(v) for k, v in value.items()} if isinstance(value, dict) else None
    if isinstance(kind, StructType):
        fields = [_fitting(field.dataType) for field in kind.fields]
        return lambda value: None if value is None else tuple(fit(item) for fit, item in zip(fields, value))
    return lambda value: value


_BITS = {t.ByteType: 8, t.ShortType: 16, t.IntegerType: 32, t.LongType: 64}


def _wrapped(value: int, kind: t.DataType) -> int:
    """The low bits, as a Java cast keeps them."""
    bits = _BITS[type(kind)]
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def _rescaled(value: decimal.Decimal, kind: t.DecimalType):
    context = decimal.Context(prec=max(kind.precision, 1) + 1, rounding=decimal.ROUND_HALF_UP)
    try:
        scaled = value.quantize(decimal.Decimal(1).scaleb(-kind.scale), context=context)
    except decimal.InvalidOperation:
        return None
    return scaled if len(scaled.as_tuple().digits) <= kind.precision else None
