"""MaxKey."""


class MaxKey:
    """In the server's order greater than every other value."""

    __slots__ = ()
    _type_marker = 127

    def __eq__(self, other):
        return isinstance(other, MaxKey)

    def __hash__(self):
        return hash(self._type_marker)

    def __lt__(self, other):
        return False

    def __le__(self, other):
        return self == other

    def __gt__(self, other):
        return not self == other

    def __ge__(self, other):
        return True

    def __repr__(self):
        return "MaxKey()"
