"""The type of an expression, found without running any of it: names from the live namespace, then return annotations."""
import ast
import builtins
import inspect
import re
import sys
from functools import cached_property


class Unknown(Exception):
    """Nothing is known of the expression."""


class Known:
    """A value, or only its type."""

    def __init__(self, value=None, kind=None):
        self.value = value
        self.kind = type(value) if kind is None else kind
        self.is_value = kind is None

    @property
    def namespace(self):
        """Where its attributes are looked up: classes and modules answer for themselves."""
        if self.is_value and isinstance(self.value, (type, type(sys))):
            return self.value
        return self.kind


def infer(node, names):
    if isinstance(node, ast.Constant):
        return Known(node.value)
    if isinstance(node, ast.Name):
        if node.id in names:
            return Known(names[node.id])
        if hasattr(builtins, node.id):
            return Known(getattr(builtins, node.id))
    if isinstance(node, ast.Attribute):
        return _attribute(infer(node.value, names), node.attr)
    if isinstance(node, ast.Call):
        return _call(node, names)
    if isinstance(node, ast.Subscript):
        return _subscript(infer(node.value, names), node.slice)
    if isinstance(node, (ast.BinOp, ast.UnaryOp)):
        return Known(kind=infer(node.left if isinstance(node, ast.BinOp) else node.operand, names).kind)
    for literal, kind in ((ast.List, list), (ast.ListComp, list), (ast.Dict, dict), (ast.JoinedStr, str), (ast.Tuple, tuple)):
        if isinstance(node, literal):
            return Known(kind=kind)
    raise Unknown


def _attribute(owner, name):
    found = inspect.getattr_static(owner.namespace, name, None)
    if isinstance(found, property):
        return Known(kind=_returned(found.fget))
    if isinstance(found, cached_property):
        return Known(kind=_returned(found.func))
    if isinstance(found, (staticmethod, classmethod)):
        return Known(found.__func__)
    if found is not None:
        builder = getattr(type(found), "__get__", None)
        if builder and not callable(found):
            return Known(kind=_returned(getattr(found, "fget", None)))
        return Known(found)
    if owner.is_value and name in getattr(owner.value, "__dict__", {}):
        return Known(owner.value.__dict__[name])
    dynamic = getattr(owner.kind, "_attribute_type_", None)
    if dynamic is not None:
        return Known(kind=dynamic())
    raise Unknown


def _call(node, names):
    function = infer(node.func, names)
    if function.is_value and isinstance(function.value, type):
        return Known(kind=function.value)
    owner = infer(node.func.value, names).kind if isinstance(node.func, ast.Attribute) else None
    return Known(kind=_returned(function.value, owner))


def _subscript(owner, index):
    if owner.is_value and isinstance(owner.value, (list, tuple, dict, str)) and isinstance(index, ast.Constant):
        try:
            return Known(owner.value[index.value])
        except (LookupError, TypeError):
            raise Unknown from None
    return Known(kind=_returned(getattr(owner.kind, "__getitem__", None)))


def _returned(function, owner=None):
    answer = getattr(function, "__annotations__", {}).get("return")
    if isinstance(answer, str):
        optional = re.fullmatch(r"Optional\[(.+)\]", answer)
        answer = (optional[1] if optional else answer).strip("'\"")
        if answer == "Self" and owner is not None:
            return owner
        answer = _named(answer, function)
    if not isinstance(answer, type):
        raise Unknown
    # A method of a base class that names the base means the class it is called on.
    return owner if owner is not None and issubclass(owner, answer) else answer


def _named(name, function):
    scope = getattr(function, "__globals__", {})
    value = scope.get(name.split(".")[0], getattr(builtins, name, None))
    for part in name.split(".")[1:]:
        value = getattr(value, part, None)
    if value is None:  # a name that only annotations use
        for module in ("pyspark.sql", "pyspark.sql.streaming", "pyspark"):
            value = value or getattr(sys.modules.get(module), name, None)
    return value
