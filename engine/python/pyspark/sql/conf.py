from typing import Any, Optional, Union

from pyspark._engine import run
from pyspark._globals import _NoValue
from pyspark.errors.exceptions.captured import captured, no_such_method
from pyspark.sql.utils import to_str


class RuntimeConfig:
    """`spark.conf`."""

    def __init__(self, session: "SparkSession") -> None:  # noqa: F821
        self._session = session

    def set(self, key: str, value: Union[str, int, bool]) -> None:
        if value is None:
            raise captured("IllegalArgumentException", f"requirement failed: value cannot be null for key: {key}")
        if not isinstance(value, (str, int)):
            raise no_such_method("set", key, value)
        run(self._session, "conf_set", "set", key=key, value=to_str(value))

    def get(self, key: str, default: Any = _NoValue) -> Optional[str]:
        self._checkType(key, "key")
        if default is _NoValue:
            return run(self._session, "conf_get", "get", key=key)["value"]
        if default is None:
            return self._all().get(key)
        self._checkType(default, "default")
        return run(self._session, "conf_get", "get", key=key, default=default)["value"]

    def _all(self) -> dict:
        return run(self._session, "conf_get_all", "getAll")["confs"]

    def unset(self, key: str) -> None:
        run(self._session, "conf_unset", "unset", key=key)

    def _checkType(self, obj: Any, identifier: str) -> None:
        if not isinstance(obj, str):
            raise TypeError("expected %s '%s' to be a string (was '%s')" % (identifier, obj, type(obj).__name__))

    def isModifiable(self, key: str) -> bool:
        return run(self._session, "conf_is_modifiable", "isModifiable", key=key)["modifiable"]
