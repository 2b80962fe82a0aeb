"""The way to the engine: plain dicts out (engine/plan/command.ts), answers or PySpark's exceptions back."""
import itertools
import os

from marea_kernel import bridge
from pyspark.errors.exceptions.captured import convert_exception

_plan_ids = itertools.count(1)


def run(session, kind, java_method="call", /, **fields):
    """Sends one command and waits for its answer. Fields that are None are left out; `java_method` stands in some messages."""
    cell, line = bridge.caller()
    message = {
        "command": {"kind": kind, **{name: value for name, value in fields.items() if value is not None}},
        "caller": {"cell": cell, "line": line, "session": session._session_id, "folder": os.getcwd()},
    }
    try:
        return bridge.call("command", message)
    except bridge.HostError as error:
        raised = convert_exception(error.details, java_method)
    raise raised


def relation(kind, /, **fields):
    """A node of a plan, with its id and the line of the program that built it. Fields that are None are left out."""
    cell, line = bridge.caller()
    node = {"kind": kind, "plan_id": next(_plan_ids)}
    if cell is not None:
        node["origin"] = {"cell": cell, "line": line}
    node.update((name, value) for name, value in fields.items() if value is not None)
    return node


def origin():
    """Cell and line of the caller, as commands carry it."""
    cell, line = bridge.caller()
    return None if cell is None else {"cell": cell, "line": line}


def no_support(what):
    """The refusal of something that PySpark has and Marea has not, by name."""
    return NotImplementedError(f"Marea no incluye {what}. Ejecuta este cuaderno en Spark para usarlo.")
