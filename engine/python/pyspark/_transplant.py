"""
Functions of rows run in Spark's workers, on a copy of everything they mention: a list that they fill stays empty in the program.
Here there is one process, so the copy is made on purpose: of functions and classes of `__main__`, and of the data behind their names.
"""
import copy
import pickle
import types
from typing import Any, Callable

_SHARED = (types.ModuleType, types.BuiltinFunctionType, type(None), bool, int, float, complex, str, bytes, type(...))


def transplanted(value: Any) -> Callable[[], Any]:
    """Takes the copy that Spark would send now, and returns a function that gives a fresh one for each task."""
    kept = _Copier().copy(value)
    return lambda: _Copier().copy(kept)


class _Copier:
    def __init__(self) -> None:
        self._copies = {}
        self._globals = {"__builtins__": __builtins__, "__name__": "__main__"}

    def copy(self, value: Any) -> Any:
        if isinstance(value, _SHARED):
            return value
        if id(value) not in self._copies:
            made = self._make(value)
            self._copies.setdefault(id(value), (made, value))  # the original stays alive, and with it its id
        return self._copies[id(value)][0]

    def _remember(self, value: Any, made: Any) -> Any:
        self._copies[id(value)] = made, value
        return made

    def _make(self, value: Any) -> Any:
        _refuse_driver_objects(value)
        if isinstance(value, types.FunctionType):
            return self._function(value) if _is_learners(value) else value
        if isinstance(value, type):
            return self._class(value) if _is_learners(value) and "__slots__" not in value.__dict__ else value
        if isinstance(value, types.MethodType):
            return types.MethodType(self.copy(value.__func__), self.copy(value.__self__))
        kind = type(value)
        if kind in (list, set, frozenset, tuple):
            return self._sequence(value, kind)
        if kind is dict:
            made = self._remember(value, {})
            made.update((self.copy(key), self.copy(item)) for key, item in value.items())
            return made
        if _is_learners(kind) and hasattr(value, "__dict__"):
            made = self._remember(value, object.__new__(self.copy(kind)))
            made.__dict__.update((name, self.copy(item)) for name, item in value.__dict__.items())
            return made
        return _plain_copy(value)

    def _sequence(self, value: Any, kind: type) -> Any:
        if kind is list:
            made = self._remember(value, [])
            made.extend(map(self.copy, value))
            return made
        return kind(map(self.copy, value))

    def _function(self, function: types.FunctionType) -> types.FunctionType:
        cells = tuple(types.CellType() for _ in function.__closure__ or ())
        made = types.FunctionType(function.__code__, self._globals, function.__name__, None, cells or None)
        self._remember(function, made)
        made.__defaults__ = self.copy(function.__defaults__)
        made.__kwdefaults__ = self.copy(function.__kwdefaults__)
        made.__qualname__, made.__module__ = function.__qualname__, function.__module__
        made.__dict__.update(function.__dict__)
        for cell, original in zip(cells, function.__closure__ or ()):
            try:
                cell.cell_contents = self.copy(original.cell_contents)
            except ValueError:  # a variable that has no value yet
                pass
        for name in _names(function.__code__):
            if name in function.__globals__ and name not in self._globals:
                self._globals[name] = None
                self._globals[name] = self.copy(function.__globals__[name])
        return made

    def _class(self, kind: type) -> type:
        bases = tuple(self.copy(base) for base in kind.__bases__)
        made = self._remember(kind, type(kind)(kind.__name__, bases, {"__module__": kind.__module__}))
        made.__qualname__ = kind.__qualname__
        for name, member in kind.__dict__.items():
            if name not in ("__dict__", "__weakref__", "__module__", "__qualname__"):
                setattr(made, name, self._member(member))
        return made

    def _member(self, member: Any) -> Any:
        if isinstance(member, (staticmethod, classmethod)):
            return type(member)(self.copy(member.__func__))
        if isinstance(member, property):
            return property(*map(self.copy, (member.fget, member.fset, member.fdel)))
        return self.copy(member)


def _names(code: types.CodeType) -> set:
    """Global names that the code may mention, inner functions included."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names(constant)
    return names


def _is_learners(value: Any) -> bool:
    return getattr(value, "__module__", None) == "__main__"


def _plain_copy(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _refuse_driver_objects(value: Any) -> None:
    from pyspark.context import SparkContext
    from pyspark.sql.dataframe import DataFrame
    from pyspark.sql.session import SparkSession

    if isinstance(value, (SparkContext, SparkSession)):
        raise pickle.PicklingError(
            "Could not serialize object: PySparkRuntimeError: [CONTEXT_ONLY_VALID_ON_DRIVER] It appears that you are attempting to "
            "reference SparkContext from a broadcast variable, action, or transformation. SparkContext can only be used on the "
            "driver, not in code that it run on workers. For more information, see SPARK-5063."
        )
    if isinstance(value, DataFrame):
        raise pickle.PicklingError("Could not serialize object: TypeError: cannot pickle '_thread.RLock' object")
