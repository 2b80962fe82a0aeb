from typing import Any


class Broadcast:
    """A value that Spark would send to every worker once."""

    def __init__(self, value: Any):
        self._value = value

    @property
    def value(self) -> Any:
        return self._value

    def unpersist(self, blocking: bool = False) -> None:
        """The value stays: there is one process."""

    def destroy(self, blocking: bool = False) -> None:
        self._value = None
