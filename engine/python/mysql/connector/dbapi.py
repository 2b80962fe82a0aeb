"""The constructors and type objects of PEP 249."""
import datetime
import time

from mysql.connector.constants import FieldType


class _TypeObject:
    """Equal to every type number of its kind."""

    def __init__(self, *numbers):
        self._numbers = numbers

    def __eq__(self, other):
        return self is other or other in self._numbers

    def __hash__(self):
        return hash(self._numbers)


STRING = _TypeObject(FieldType.VARCHAR, FieldType.VAR_STRING, FieldType.STRING)
BINARY = _TypeObject(FieldType.BLOB, FieldType.LONG_BLOB, FieldType.MEDIUM_BLOB, FieldType.TINY_BLOB)
NUMBER = _TypeObject(
    FieldType.DECIMAL, FieldType.NEWDECIMAL, FieldType.DOUBLE, FieldType.FLOAT, FieldType.INT24, FieldType.LONG,
    FieldType.LONGLONG, FieldType.TINY, FieldType.YEAR,
)
DATETIME = _TypeObject(FieldType.DATETIME, FieldType.TIMESTAMP)
ROWID = _TypeObject()

Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime
Binary = bytes


def DateFromTicks(ticks):
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    return Timestamp(*time.localtime(ticks)[:6])
