"""Timestamp."""
import datetime
import functools

from bson.tz_util import utc


@functools.total_ordering
class Timestamp:
    """The server's own clock: seconds and a counter within them."""

    __slots__ = ("_time", "_inc")
    _type_marker = 17

    def __init__(self, time, inc):
        if isinstance(time, datetime.datetime):
            time = int(time.replace(tzinfo=time.tzinfo or utc).timestamp())
        for name, value in (("time", time), ("inc", inc)):
            if not isinstance(value, int):
                raise TypeError(f"{name} must be an instance of int, not {type(value)}")
            if not 0 <= value < 2**32:
                raise ValueError(f"{name} must be contained in [0, 2**32)")
        self._time, self._inc = time, inc

    @property
    def time(self) -> int:
        return self._time

    @property
    def inc(self) -> int:
        return self._inc

    def as_datetime(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self._time, utc)

    def __eq__(self, other):
        return (self._time, self._inc) == (other.time, other.inc) if isinstance(other, Timestamp) else NotImplemented

    def __lt__(self, other):
        return (self._time, self._inc) < (other.time, other.inc) if isinstance(other, Timestamp) else NotImplemented

    def __hash__(self):
        return hash((self._time, self._inc))

    def __repr__(self):
        return f"Timestamp({self._time}, {self._inc})"
