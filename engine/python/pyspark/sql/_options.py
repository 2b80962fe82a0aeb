"""What readers and writers share: options and schemas."""
from types import FunctionType
from typing import Any, Callable, Optional

from pyspark._engine import run
from pyspark.errors.exceptions.captured import no_such_method
from pyspark.sql.types import StructType
from pyspark.sql.utils import to_str


class OptionHolder:
    """Collects options under the learner's spelling; a later value for the same name, in any letter case, wins."""

    def __init_subclass__(cls) -> None:
        """Python's messages name the class that defines a method; in PySpark every reader and writer defines its own."""
        for name in ("format", "option", "options"):
            if name not in vars(cls):
                setattr(cls, name, _defined_in(cls, getattr(cls, name)))

    def __init__(self) -> None:
        self._options = {}
        self._format: Optional[str] = None

    def format(self, source: str) -> "Self":  # noqa: F821
        if source is not None and not isinstance(source, str):
            raise no_such_method("format", source)
        self._format = source
        return self

    def option(self, key: str, value: Any) -> "Self":  # noqa: F821
        lower = key.lower()
        for known in [name for name in self._options if name.lower() == lower]:
            del self._options[known]
        text = to_str(value)
        if text is not None:
            self._options[key] = text
        return self

    def options(self, **options: Any) -> "Self":  # noqa: F821
        for key, value in options.items():
            self.option(key, value)
        return self

    def _set_given(self, options: dict) -> None:
        """Named arguments: None means not given."""
        self.options(**{key: value for key, value in options.items() if value is not None})


def _defined_in(cls: type, method: Callable) -> Callable:
    copy = FunctionType(method.__code__, method.__globals__, method.__name__, method.__defaults__, method.__closure__)
    copy.__kwdefaults__, copy.__annotations__, copy.__doc__ = method.__kwdefaults__, method.__annotations__, method.__doc__
    copy.__module__, copy.__qualname__ = cls.__module__, f"{cls.__qualname__}.{method.__name__}"
    return copy


def check_properties(properties: Optional[dict]) -> None:
    """The `properties` of `jdbc()`: `java.util.Properties` takes text only."""
    for key, value in (properties or {}).items():
        if not isinstance(value, str):
            raise no_such_method("setProperty", key, value)


def schema_json(schema: Any, session) -> Any:
    """A schema as readers take it, read at once: a `StructType` or DDL text. None when it is neither."""
    if isinstance(schema, StructType):
        return schema.jsonValue()
    if isinstance(schema, str):
        return run(session, "parse_ddl", "schema", ddl=schema)["schema"]
    return None
