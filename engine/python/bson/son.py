"""SON."""


class SON(dict):
    """A dictionary whose order is part of it, from the time when Python's had none."""

    def __init__(self, data=None, **kwargs):
        super().__init__()
        self.update(dict(data or {}), **kwargs)

    def to_dict(self) -> dict:
        return {key: value.to_dict() if isinstance(value, SON) else value for key, value in self.items()}

    def __eq__(self, other):
        if isinstance(other, SON):
            return list(self.items()) == list(other.items())
        return dict(self) == other

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __repr__(self):
        return f"SON([{', '.join(f'({key!r}, {value!r})' for key, value in self.items())}])"
