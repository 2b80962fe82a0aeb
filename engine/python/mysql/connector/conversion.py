"""Python values as SQL text, and values of the server as Python's."""
import base64
import datetime
import decimal
import math
import re
import time

from mysql.connector.constants import BINARY_CHARSET, TEXT_CHARSET, FieldFlag, FieldType
from mysql.connector.errors import ProgrammingError

_PARAMETER = re.compile(r"%s")
_NAMED_PARAMETER = re.compile(r"%\(([^)]+)\)[diouxXeEfFgGcrs%]")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "'": "\\'", '"': '\\"', "\x1a": "\\\x1a"})
_NUMBERS = (int, float, decimal.Decimal)


# ---------------------------------------------------------------- into the statement

def bind(statement, params):
    """The statement with its `%s` or `%(name)s` filled in."""
    if not params and not isinstance(params, (int, float)):
        return statement
    if isinstance(params, dict):
        texts = {name: _literal(value) for name, value in params.items()}
        return _NAMED_PARAMETER.sub(lambda found: _named(texts, found[1]), statement)
    if not isinstance(params, (list, tuple)):
        raise ProgrammingError(
            f"Could not process parameters: {type(params).__name__}({params}), it must be of type list, tuple or dict"
        )
    values = iter([_literal(value) for value in params])
    filled = _PARAMETER.sub(lambda _: _next(values), statement)
    if next(values, None) is not None:
        raise ProgrammingError("Not all parameters were used in the SQL statement")
    return filled


def _named(texts, name):
    if name not in texts:
        raise KeyError(name.encode())
    return texts[name]


def _next(values):
    text = next(values, None)
    if text is None:
        raise ProgrammingError("Not enough parameters for the SQL statement")
    return text


def _literal(value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, _NUMBERS):
        return str(value)
    if isinstance(value, str):
        return f"'{value.translate(_ESCAPES)}'"
    if isinstance(value, (bytes, bytearray)):
        return f"x'{value.hex()}'"
    if isinstance(value, datetime.timedelta):
        return f"'{_duration(value)}'"
    if isinstance(value, time.struct_time):
        return f"'{time.strftime('%Y-%m-%d %H:%M:%S', value)}'"
    if isinstance(value, datetime.datetime):
        return f"'{value.replace(tzinfo=None).isoformat(' ')}'"
    if isinstance(value, (datetime.date, datetime.time)):
        return f"'{value.isoformat()}'"
    raise ProgrammingError(
        f"Failed processing format-parameters; Python '{type(value).__name__.lower()}' cannot be converted to a MySQL type"
    )


def _duration(value):
    sign, value = ("-", -value) if value < datetime.timedelta() else ("", value)
    hours, rest = divmod(value, datetime.timedelta(hours=1))
    minutes, rest = divmod(rest, datetime.timedelta(minutes=1))
    fraction = f".{rest.microseconds:06d}" if rest.microseconds else ""
    return f"{sign}{hours:02d}:{minutes:02d}:{rest.seconds:02d}{fraction}"


# ---------------------------------------------------------------- out of the answer

def from_server(value, column):
    """The Python value of one field of the answer; `column` as in `RelationalColumn` of engine/api/relational-client.ts."""
    if value is None:
        return None
    convert = _FROM_SERVER.get(column["type"])
    return value if convert is None else convert(value)


def _date(text):
    year, month, day = (int(part) for part in text[:10].split("-"))
    return datetime.date(year, month, day) if year and month and day else None


def _datetime(text):
    date = _date(text)
    if date is None:
        return None
    return datetime.datetime.fromisoformat(f"{date.isoformat()}T{text[11:] or '00:00:00'}")


def _time(text):
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = text.lstrip("-").split(":")
    whole, _, fraction = seconds.partition(".")
    microseconds = int(fraction.ljust(6, "0")) if fraction else 0
    return sign * datetime.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(whole), microseconds=microseconds)


def _single(number):
    """A FLOAT with as many digits as the server prints."""
    return float(f"{number:.6g}")


def _bytes(text):
    return bytearray(base64.b64decode(text))


_FROM_SERVER = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint", "year"), int),
    **dict.fromkeys(("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"), _bytes),
    "decimal": decimal.Decimal,
    "float": _single,
    "double": float,
    "bit": lambda text: int.from_bytes(base64.b64decode(text), "big"),
    "date": _date,
    "datetime": _datetime,
    "timestamp": _datetime,
    "time": _time,
    "set": lambda text: set(text.split(",")) if text else set(),
}


# ---------------------------------------------------------------- what the answer says of its columns

_TYPE_NUMBERS = {
    "tinyint": FieldType.TINY, "smallint": FieldType.SHORT, "mediumint": FieldType.INT24, "int": FieldType.LONG,
    "bigint": FieldType.LONGLONG, "decimal": FieldType.NEWDECIMAL, "float": FieldType.FLOAT, "double": FieldType.DOUBLE,
    "bit": FieldType.BIT, "year": FieldType.YEAR, "date": FieldType.DATE, "datetime": FieldType.DATETIME,
    "timestamp": FieldType.TIMESTAMP, "time": FieldType.TIME, "null": FieldType.NULL,
    **dict.fromkeys(("varchar", "varbinary"), FieldType.VAR_STRING),
    **dict.fromkeys(("char", "binary", "enum", "set"), FieldType.STRING),
    **dict.fromkeys(
        ("tinytext", "text", "mediumtext", "longtext", "json", "tinyblob", "blob", "mediumblob", "longblob"), FieldType.BLOB
    ),
}
_FLAGS = {
    **dict.fromkeys(
        ("date", "datetime", "timestamp", "time", "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "json"),
        FieldFlag.BINARY,
    ),
    "enum": FieldFlag.ENUM,
    "set": FieldFlag.SET,
}
_TEXT_TYPES = ("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json", "enum", "set")


def description_of(column):
    """The column's entry in `cursor.description`."""
    number = _TYPE_NUMBERS[column["type"]]
    is_text = column["type"] in _TEXT_TYPES
    flags = _FLAGS.get(column["type"], 0)
    flags |= 0 if column["nullable"] else FieldFlag.NOT_NULL
    flags |= FieldFlag.UNSIGNED if column["unsigned"] else 0
    flags |= FieldFlag.AUTO_INCREMENT if column["autoIncrement"] else 0
    flags |= FieldFlag.BLOB if number == FieldType.BLOB else 0
    return (
        column["name"], number, None, None, None, None, int(column["nullable"]), flags, TEXT_CHARSET if is_text else BINARY_CHARSET
    )
