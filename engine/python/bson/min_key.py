"""MinKey."""


class MinKey:
    """In the server's order smaller than every other value."""

    __slots__ = ()
    _type_marker = 255

    def __eq__(self, other):
        return isinstance(other, MinKey)

    def __hash__(self):
        return hash(self._type_marker)

    def __lt__(self, other):
        return not self == other

    def __le__(self, other):
        return True

    def __gt__(self, other):
        return False

    def __ge__(self, other):
        return self == other

    def __repr__(self):
        return "MinKey()"
