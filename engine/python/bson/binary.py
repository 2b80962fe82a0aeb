"""Binary."""
import uuid

BINARY_SUBTYPE = 0
FUNCTION_SUBTYPE = 1
OLD_BINARY_SUBTYPE = 2
OLD_UUID_SUBTYPE = 3
UUID_SUBTYPE = 4
MD5_SUBTYPE = 5
USER_DEFINED_SUBTYPE = 128


class Binary(bytes):
    """Bytes with a subtype; plain `bytes` are subtype 0."""

    _type_marker = 5

    def __new__(cls, data, subtype=BINARY_SUBTYPE):
        if not isinstance(subtype, int):
            raise TypeError(f"subtype must be an instance of int, not {type(subtype)}")
        if not 0 <= subtype <= 255:
            raise ValueError("subtype must be contained in [0, 255]")
        self = super().__new__(cls, bytes(data))
        self._subtype = subtype
        return self

    @classmethod
    def from_uuid(cls, value):
        return cls(value.bytes, UUID_SUBTYPE)

    def as_uuid(self):
        if self._subtype != UUID_SUBTYPE:
            raise ValueError(f"cannot decode subtype {self._subtype} to UUID")
        return uuid.UUID(bytes=bytes(self))

    @property
    def subtype(self) -> int:
        return self._subtype

    def __eq__(self, other):
        return isinstance(other, Binary) and (self._subtype, bytes(self)) == (other.subtype, bytes(other))

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return super().__hash__() ^ hash(self._subtype)

    def __repr__(self):
        return f"Binary({bytes.__repr__(self)}, {self._subtype})"
