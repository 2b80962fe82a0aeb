"""Spark's types, rows, and the way between Python values and both."""
from pyspark.sql.types.data_types import (
    AnsiIntervalType,
    AtomicType,
    BinaryType,
    BooleanType,
    ByteType,
    CharType,
    DataType,
    DataTypeSingleton,
    DateType,
    DayTimeIntervalType,
    DecimalType,
    DoubleType,
    FloatType,
    FractionalType,
    IntegerType,
    IntegralType,
    LongType,
    NullType,
    NumericType,
    ShortType,
    StringType,
    TimestampNTZType,
    TimestampType,
    VarcharType,
    YearMonthIntervalType,
)
from pyspark.sql.types.infer import infer_type as _infer_type  # noqa: F401
from pyspark.sql.types.nested import ArrayType, MapType, StructField, StructType, UserDefinedType
from pyspark.sql.types.parse import parse_datatype_json_string as _parse_datatype_json_string  # noqa: F401
from pyspark.sql.types.parse import parse_datatype_string as _parse_datatype_string  # noqa: F401
from pyspark.sql.types.row import Row
from pyspark.sql.types.row import create_row as _create_row  # noqa: F401
from pyspark.sql.types.verify import make_type_verifier as _make_type_verifier  # noqa: F401

__all__ = [
    "DataType", "NullType", "CharType", "StringType", "VarcharType", "BinaryType", "BooleanType", "DateType", "TimestampType",
    "TimestampNTZType", "DecimalType", "DoubleType", "FloatType", "ByteType", "IntegerType", "LongType", "DayTimeIntervalType",
    "YearMonthIntervalType", "Row", "ShortType", "ArrayType", "MapType", "StructField", "StructType",
]

# The files are several, the module that messages and pickles name is one.
for _name, _value in list(globals().items()):
    if isinstance(_value, type) and _value.__module__.startswith("pyspark.sql.types."):
        _value.__module__ = "pyspark.sql.types"
del _name, _value
