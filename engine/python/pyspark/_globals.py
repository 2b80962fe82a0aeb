"""Markers that must be the same object everywhere."""


class _NoValueType:
    def __repr__(self) -> str:
        return "<no value>"


_NoValue = _NoValueType()
