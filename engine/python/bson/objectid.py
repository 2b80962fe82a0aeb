"""ObjectId."""
import datetime
import functools
import itertools
import random
import time

from bson.errors import InvalidId
from bson.tz_util import utc

_HEX = frozenset("0123456789abcdefABCDEF")


@functools.total_ordering
class ObjectId:
    """Twelve bytes: seconds, a random number of the process, a counter."""

    __slots__ = ("_bytes",)
    _type_marker = 7
    _random = random.SystemRandom().randbytes(5)
    _counter = itertools.count(random.SystemRandom().randrange(0x1000000))

    def __init__(self, oid=None):
        if oid is None:
            self._bytes = int(time.time()).to_bytes(4, "big") + self._random + (next(self._counter) % 0x1000000).to_bytes(3, "big")
        elif isinstance(oid, ObjectId):
            self._bytes = oid.binary
        elif isinstance(oid, bytes) and len(oid) == 12:
            self._bytes = oid
        elif isinstance(oid, str):
            if len(oid) != 24 or not _HEX.issuperset(oid):
                raise _invalid(oid)
            self._bytes = bytes.fromhex(oid)
        elif isinstance(oid, bytes):
            raise _invalid(oid)
        else:
            raise TypeError(f"id must be an instance of (bytes, str, ObjectId), not {type(oid)}")

    @classmethod
    def from_datetime(cls, generation_time):
        if generation_time.utcoffset() is not None:
            generation_time = generation_time - generation_time.utcoffset()
        seconds = int(generation_time.replace(tzinfo=utc).timestamp())
        return cls(seconds.to_bytes(4, "big") + bytes(8))

    @classmethod
    def is_valid(cls, oid) -> bool:
        if not oid:
            return False
        try:
            cls(oid)
        except (InvalidId, TypeError):
            return False
        return True

    @property
    def binary(self) -> bytes:
        return self._bytes

    @property
    def generation_time(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(int.from_bytes(self._bytes[:4], "big"), utc)

    def __str__(self):
        return self._bytes.hex()

    def __repr__(self):
        return f"ObjectId('{self}')"

    def __eq__(self, other):
        return self._bytes == other.binary if isinstance(other, ObjectId) else NotImplemented

    def __lt__(self, other):
        return self._bytes < other.binary if isinstance(other, ObjectId) else NotImplemented

    def __hash__(self):
        return hash(self._bytes)


def _invalid(oid):
    return InvalidId(f"{oid!r} is not a valid ObjectId, it must be a 12-byte input or a 24-character hex string")
