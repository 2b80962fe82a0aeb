"""Completion, signatures, variables and help, answered even while a cell runs."""
import ast
import builtins
import inspect
import keyword
import re
import reprlib
import types

from marea_kernel import bridge
from marea_kernel.cells import main_module
from marea_kernel.inference import Unknown, infer

_LIMIT = 300
_short = reprlib.Repr()
_short.maxstring = _short.maxother = 120
_short.maxlist = _short.maxdict = 12


def complete(source, position):
    """`{from, items: [[name, kind]]}` for the text before `position`."""
    head = source[:position]
    word = re.search(r"\w*$", head).group()
    before = head[: len(head) - len(word)]
    chain = before.rstrip(" \t\n\\")
    if chain.endswith("."):
        items = _attributes(expression_before(chain[:-1]), word)
    else:
        imported = re.search(r"^\s*from\s+([\w.]+)\s+import\s+[\w, ]*$", head.rsplit("\n", 1)[-1])
        items = _importable(imported[1]) if imported else _names(head)
    hidden = word.startswith("_")
    chosen = [[name, kind] for name, kind in items.items() if name.startswith(word) and (hidden or not name.startswith("_"))]
    chosen.sort(key=lambda item: (item[1] != "parameter", item[0].lower()))
    return {"from": len(before), "items": chosen[:_LIMIT]}


def _attributes(expression, word):
    try:
        owner = infer(ast.parse(f"({expression})", mode="eval").body, main_module.__dict__)
    except (Unknown, SyntaxError, AttributeError, LookupError, TypeError):
        return {}
    names = dir(owner.value) if owner.is_value else dir(owner.kind)
    return {name: _kind(inspect.getattr_static(owner.namespace, name, None)) for name in names}


def _kind(value):
    if value is None:
        return "column"
    if isinstance(value, property):
        return "property"
    if isinstance(value, type):
        return "class"
    return "function" if callable(value) or isinstance(value, (staticmethod, classmethod)) else "value"


def _importable(module):
    try:
        return {name: "value" for name in dir(__import__(module, fromlist=["*"]))}
    except Exception:
        return {}


def _names(head):
    items = {name: "keyword" for name in keyword.kwlist}
    items.update({name: "builtin" for name in dir(builtins)})
    items.update({name: "variable" for name in main_module.__dict__})
    call = _call_around(head)
    if call:
        named = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        parameters = [p.name for p in call[1].parameters.values() if p.kind in named and p.name != "self"]
        items.update({f"{name}=": "parameter" for name in parameters})
    return items


def signature(source, position):
    """`{name, params, active, doc}` of the call around `position`, or None."""
    call = _call_around(source[:position])
    if not call:
        return None
    expression, found, function, active = call
    params = [str(p) for p in found.parameters.values() if p.name != "self"]
    doc = (inspect.getdoc(function) or "")[:2000]
    return {"name": expression.rsplit(".", 1)[-1].strip(), "params": params, "active": active, "doc": doc}


def inspect_name(source, position):
    """Help on the name at `position`: `{name, signature, doc}`, or None."""
    end = position + len(re.match(r"\w*", source[position:]).group())
    expression = expression_before(source[:end])
    try:
        known = infer(ast.parse(f"({expression})", mode="eval").body, main_module.__dict__)
    except (Unknown, SyntaxError, AttributeError, LookupError, TypeError):
        return None
    value = known.value if known.is_value else known.kind
    try:
        text = str(inspect.signature(value))
    except (TypeError, ValueError):
        text = ""
    return {"name": expression, "signature": text, "doc": inspect.getdoc(value) or ""}


def _call_around(head):
    """The innermost open call: its expression, signature, function and the argument the cursor is in."""
    depth, end = 0, len(head)
    while end > 0:
        character = head[end - 1]
        if character in ")]}":
            depth += 1
        elif character in "([{":
            if depth == 0:
                return _callee(head, end) if character == "(" else None
            depth -= 1
        elif character in "'\"":
            opening = head.rfind(character, 0, end - 1)
            end = opening + 1 if opening >= 0 else end
        end -= 1
    return None


def _callee(head, end):
    expression = expression_before(head[: end - 1])
    try:
        known = infer(ast.parse(f"({expression})", mode="eval").body, main_module.__dict__)
        return expression, inspect.signature(known.value), known.value, head[end:].count(",")
    except (Unknown, SyntaxError, AttributeError, LookupError, TypeError, ValueError):
        return None


def expression_before(text):
    """The longest chain of names, calls and subscripts that ends here, across line breaks before a dot."""
    text = text.rstrip(" \t\n\\")
    depth, start = 0, len(text)
    while start > 0:
        character = text[start - 1]
        if character in ")]}":
            depth += 1
        elif character in "([{":
            if depth == 0:
                break
            depth -= 1
        elif character in "'\"":
            opening = text.rfind(character, 0, start - 1)
            if opening < 0:
                break
            start = opening + 1
        elif depth == 0 and not (character.isalnum() or character in "_.") and not _joins(text, start):
            break
        start -= 1
    return text[start:].replace("\\\n", " ").strip()


def _joins(text, at):
    if text[at - 1] not in " \t\n\\":
        return False
    return text[at:].lstrip(" \t\n\\").startswith(".") or text[:at].rstrip(" \t\n\\").endswith(".")


def variables():
    """Name, type and a short text of the learner's variables. A class may offer `_summary_`, which must not run anything."""
    return [_variable(name, value) for name, value in list(main_module.__dict__.items()) if _is_variable(name, value)]


def _is_variable(name, value):
    if name.startswith("_") or isinstance(value, types.ModuleType):
        return False
    defined = isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType))
    return not defined or getattr(value, "__module__", "") == "__main__"


def _variable(name, value):
    item = {"name": name, "type": type(value).__name__}
    try:
        summary = getattr(type(value), "_summary_", None)
        item["repr"] = summary(value) if summary else _short.repr(value)
        if isinstance(value, (str, list, tuple, dict, set, frozenset)):
            item["len"] = len(value)
    except Exception as error:
        item["repr"] = f"<{type(error).__name__}>"
    return item


def install():
    for name, function in (("complete", complete), ("signature", signature), ("variables", variables), ("inspect", inspect_name)):
        bridge.register_service(name, function)
