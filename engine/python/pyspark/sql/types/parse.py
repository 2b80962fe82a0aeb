"""Types from their JSON form, and from DDL text, which the engine reads."""
import json
import re
from typing import Union

from pyspark.errors import PySparkValueError
from pyspark.sql.types import data_types as t
from pyspark.sql.types.nested import ArrayType, MapType, StructType

_ATOMIC = {
    kind.typeName(): kind
    for kind in (
        t.StringType, t.CharType, t.VarcharType, t.BinaryType, t.BooleanType, t.DecimalType, t.FloatType, t.DoubleType, t.ByteType,
        t.ShortType, t.IntegerType, t.LongType, t.DateType, t.TimestampType, t.TimestampNTZType, t.NullType,
    )
}
_COMPLEX = {"array": ArrayType, "map": MapType, "struct": StructType}
_CHAR = re.compile(r"char\(\s*(\d+)\s*\)")
_VARCHAR = re.compile(r"varchar\(\s*(\d+)\s*\)")
_DECIMAL = re.compile(r"decimal\(\s*(\d+)\s*,\s*(-?\d+)\s*\)")
_DAY_TIME = re.compile("interval (day|hour|minute|second)( to (day|hour|minute|second))?")
_YEAR_MONTH = re.compile("interval (year|month)( to (year|month))?")


def parse_datatype_json_string(text: str) -> t.DataType:
    return parse_datatype_json_value(json.loads(text))


def parse_datatype_json_value(value: Union[dict, str]) -> t.DataType:
    if isinstance(value, dict):
        kind = _COMPLEX.get(value["type"])
        if kind is None:
            raise PySparkValueError(
                error_class="UNSUPPORTED_DATA_TYPE", message_parameters={"data_type": str(value["type"])}
            )
        return kind.fromJson(value)
    if value in _ATOMIC:
        return _ATOMIC[value]()
    if found := _DECIMAL.match(value):
        return t.DecimalType(int(found[1]), int(found[2]))
    for pattern, kind in ((_DAY_TIME, t.DayTimeIntervalType), (_YEAR_MONTH, t.YearMonthIntervalType)):
        if found := pattern.match(value):
            return kind(kind._inverted_fields[found[1]], kind._inverted_fields.get(found[3]))
    if found := _CHAR.match(value):
        return t.CharType(int(found[1]))
    if found := _VARCHAR.match(value):
        return t.VarcharType(int(found[1]))
    raise PySparkValueError(error_class="CANNOT_PARSE_DATATYPE", message_parameters={"msg": str(value)})


def parse_datatype_string(text: str) -> t.DataType:
    """A type as DDL text: `a int, b string`, `int`, `array<int>`, or `a: int`. When none fits, the first reading's error is raised."""
    from pyspark.errors import PySparkException

    failure = None
    for ddl, take in ((text, _whole), (f"value {text}", _first), (f"value struct<{text.strip()}>", _first)):
        try:
            return take(parse_ddl(ddl))
        except PySparkException as error:
            failure = failure or error
    raise failure


def parse_ddl(ddl: str) -> StructType:
    from pyspark._engine import run
    from pyspark.sql.utils import get_active_spark_context

    answer = run(get_active_spark_context()._session, "parse_ddl", "fromDDL", ddl=ddl)
    return parse_datatype_json_value(answer["schema"])


def _whole(struct: StructType) -> t.DataType:
    return struct


def _first(struct: StructType) -> t.DataType:
    return struct.fields[0].dataType
