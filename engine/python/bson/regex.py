"""Regex."""
import re

_FLAGS = {"i": re.IGNORECASE, "l": re.LOCALE, "m": re.MULTILINE, "s": re.DOTALL, "u": re.UNICODE, "x": re.VERBOSE}


class Regex:
    """A regular expression of the server; `try_compile` makes it one of Python's."""

    __slots__ = ("pattern", "flags")
    _type_marker = 11

    def __init__(self, pattern, flags=0):
        if not isinstance(pattern, (str, bytes)):
            raise TypeError(f"pattern must be a string, not {type(pattern)}")
        self.pattern = pattern
        self.flags = flags_of(flags) if isinstance(flags, str) else flags

    @classmethod
    def from_native(cls, regex):
        return cls(regex.pattern, regex.flags)

    def try_compile(self):
        return re.compile(self.pattern, self.flags)

    def __eq__(self, other):
        if not isinstance(other, Regex):
            return NotImplemented
        return (self.pattern, self.flags) == (other.pattern, other.flags)

    __hash__ = None

    def __repr__(self):
        return f"Regex({self.pattern!r}, {self.flags!r})"


def flags_of(options: str) -> int:
    flags = 0
    for letter in options:
        flags |= int(_FLAGS.get(letter, 0))
    return flags


def options_of(flags: int) -> str:
    return "".join(letter for letter, flag in _FLAGS.items() if flags & flag)
