"""Requests and responses of the protocol, as kafka-python shows them."""


class Struct(tuple):
    """Named fields in order: `Name(a=1, b=[(c=2)])`. A part of another one has no name."""

    def __new__(cls, _name="", /, **fields):
        self = super().__new__(cls, fields.values())
        self._name = _name
        self.__dict__.update(fields)
        self._fields = tuple(fields)
        return self

    def __repr__(self):
        return f"{self._name}({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self))})"
