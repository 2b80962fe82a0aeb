import calendar
import datetime
import json
import time
from typing import Any, Dict, Optional, Union

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_MICROS = 1000000


class DataType:
    """The root of Spark's types."""

    def __repr__(self) -> str:
        return self.__class__.__name__ + "()"

    def __hash__(self) -> int:
        return hash(str(self))

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, self.__class__) and self.__dict__ == other.__dict__

    def __ne__(self, other: Any) -> bool:
        return not self.__eq__(other)

    @classmethod
    def typeName(cls) -> str:
        return cls.__name__[:-4].lower()

    def simpleString(self) -> str:
        return self.typeName()

    def jsonValue(self) -> Union[str, Dict[str, Any]]:
        return self.typeName()

    def json(self) -> str:
        return json.dumps(self.jsonValue(), separators=(",", ":"), sort_keys=True)

    def needConversion(self) -> bool:
        return False

    def toInternal(self, obj: Any) -> Any:
        return obj

    def fromInternal(self, obj: Any) -> Any:
        return obj


class DataTypeSingleton(type):
    """A type without parameters exists once."""

    _instances: Dict[type, DataType] = {}

    def __call__(cls) -> DataType:
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__()
        return cls._instances[cls]


class NullType(DataType, metaclass=DataTypeSingleton):
    @classmethod
    def typeName(cls) -> str:
        return "void"


class AtomicType(DataType):
    pass


class NumericType(AtomicType):
    pass


class IntegralType(NumericType, metaclass=DataTypeSingleton):
    pass


class FractionalType(NumericType):
    pass


class StringType(AtomicType, metaclass=DataTypeSingleton):
    pass


class _Sized(AtomicType):
    def __init__(self, length: int):
        self.length = length

    def simpleString(self) -> str:
        return "%s(%d)" % (self.typeName(), self.length)

    def jsonValue(self) -> str:
        return self.simpleString()

    def __repr__(self) -> str:
        return "%s(%d)" % (type(self).__name__, self.length)


class CharType(_Sized):
    pass


class VarcharType(_Sized):
    pass


class BinaryType(AtomicType, metaclass=DataTypeSingleton):
    pass


class BooleanType(AtomicType, metaclass=DataTypeSingleton):
    pass


class DateType(AtomicType, metaclass=DataTypeSingleton):
    """A day; inside, days since 1970."""

    EPOCH_ORDINAL = _EPOCH

    def needConversion(self) -> bool:
        return True

    def toInternal(self, d: datetime.date) -> Optional[int]:
        return None if d is None else d.toordinal() - _EPOCH

    def fromInternal(self, v: int) -> Optional[datetime.date]:
        return None if v is None else datetime.date.fromordinal(v + _EPOCH)


class TimestampType(AtomicType, metaclass=DataTypeSingleton):
    """An instant; inside, microseconds since 1970 UTC. A `datetime` without zone is in the zone of the Python process."""

    def needConversion(self) -> bool:
        return True

    def toInternal(self, dt: datetime.datetime) -> Optional[int]:
        if dt is None:
            return None
        seconds = calendar.timegm(dt.utctimetuple()) if dt.tzinfo else time.mktime(dt.timetuple())
        return int(seconds) * _MICROS + dt.microsecond

    def fromInternal(self, ts: int) -> Optional[datetime.datetime]:
        if ts is None:
            return None
        return datetime.datetime.fromtimestamp(ts // _MICROS).replace(microsecond=ts % _MICROS)


class TimestampNTZType(AtomicType, metaclass=DataTypeSingleton):
    """A wall clock without zone."""

    @classmethod
    def typeName(cls) -> str:
        return "timestamp_ntz"

    def needConversion(self) -> bool:
        return True

    def toInternal(self, dt: datetime.datetime) -> Optional[int]:
        return None if dt is None else int(calendar.timegm(dt.timetuple())) * _MICROS + dt.microsecond

    def fromInternal(self, ts: int) -> Optional[datetime.datetime]:
        if ts is None:
            return None
        return datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=ts)


class DecimalType(FractionalType):
    def __init__(self, precision: int = 10, scale: int = 0):
        self.precision = precision
        self.scale = scale
        self.hasPrecisionInfo = True

    def simpleString(self) -> str:
        return "decimal(%d,%d)" % (self.precision, self.scale)

    def jsonValue(self) -> str:
        return self.simpleString()

    def __repr__(self) -> str:
        return "DecimalType(%d,%d)" % (self.precision, self.scale)


class DoubleType(FractionalType, metaclass=DataTypeSingleton):
    pass


class FloatType(FractionalType, metaclass=DataTypeSingleton):
    pass


class ByteType(IntegralType):
    def simpleString(self) -> str:
        return "tinyint"


class IntegerType(IntegralType):
    def simpleString(self) -> str:
        return "int"


class LongType(IntegralType):
    def simpleString(self) -> str:
        return "bigint"


class ShortType(IntegralType):
    def simpleString(self) -> str:
        return "smallint"


class AnsiIntervalType(AtomicType):
    """An interval between two fields, named by their numbers."""

    _fields: Dict[int, str] = {}

    def __init__(self, startField: Optional[int] = None, endField: Optional[int] = None):
        if startField is None and endField is None:
            startField, endField = min(self._fields), max(self._fields)
        elif startField is not None and endField is None:
            endField = startField
        if startField not in self._fields or endField not in self._fields:
            raise RuntimeError("interval %s to %s is invalid" % (startField, endField))
        self.startField = startField
        self.endField = endField

    def simpleString(self) -> str:
        start, end = self._fields[self.startField], self._fields[self.endField]
        return "interval %s" % start if start == end else "interval %s to %s" % (start, end)

    def jsonValue(self) -> str:
        return self.simpleString()

    def __repr__(self) -> str:
        return "%s(%d, %d)" % (type(self).__name__, self.startField, self.endField)


class DayTimeIntervalType(AnsiIntervalType):
    """A length of time; inside, microseconds."""

    DAY, HOUR, MINUTE, SECOND = 0, 1, 2, 3
    _fields = {DAY: "day", HOUR: "hour", MINUTE: "minute", SECOND: "second"}
    _inverted_fields = {name: number for number, name in _fields.items()}

    def needConversion(self) -> bool:
        return True

    def toInternal(self, dt: datetime.timedelta) -> Optional[int]:
        return None if dt is None else (dt.days * 86400 + dt.seconds) * _MICROS + dt.microseconds

    def fromInternal(self, micros: int) -> Optional[datetime.timedelta]:
        return None if micros is None else datetime.timedelta(microseconds=micros)


class YearMonthIntervalType(AnsiIntervalType):
    """A number of months."""

    YEAR, MONTH = 0, 1
    _fields = {YEAR: "year", MONTH: "month"}
    _inverted_fields = {name: number for number, name in _fields.items()}
