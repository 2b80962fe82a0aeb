"""Runs one cell: top-level await, the value of the last line, errors as data."""
import ast
import asyncio
import contextlib
import inspect
import io
import json
import linecache
import sys
import tokenize
import types
from time import perf_counter  # the real one, whatever clock the learner's code follows

from marea_kernel import bridge, interrupts, magics
from marea_kernel.display import bundle
from marea_kernel.errors import describe
from marea_kernel.state import cell_of_file, state

main_module = types.ModuleType("__main__")
_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


async def run_cell(source, cell, run, path=None):
    """Runs a cell and returns its `ExecuteReply` as JSON; output leaves while it runs."""
    started = perf_counter()
    state.cell, state.run, state.active = cell, run, True
    state.count = count = state.count + 1
    state.task = asyncio.current_task()
    reply = {"status": "ok", "count": count}
    try:
        await _run(source, cell, path or f"<cell {count}>", count)
    except BaseException as error:
        state.running = False
        if isinstance(error, asyncio.CancelledError):
            error = KeyboardInterrupt().with_traceback(error.__traceback__)
        reply.update(status="error", error=describe(error))
    with contextlib.suppress(KeyboardInterrupt):  # the cell has ended: nothing is left to stop
        bridge.pause()
    state.task, state.active = None, False
    bridge.flush_streams()
    reply["ms"] = round((perf_counter() - started) * 1000, 1)
    return json.dumps(reply, ensure_ascii=False, default=str)


async def _run(source, cell, filename, count):
    text = magics.rewrite(source)
    linecache.cache[filename] = len(text), None, text.splitlines(keepends=True), filename
    cell_of_file[filename] = cell
    value = None
    for code in compile_cell(text, filename):
        if code.co_flags & inspect.CO_COROUTINE:
            value = await _Steps(eval(code, main_module.__dict__))
        else:
            interrupts.begin()
            value = eval(code, main_module.__dict__)
            state.running = False
    if value is not None:
        main_module.__dict__.update({"_": value, f"_{count}": value})
        interrupts.begin()  # a `_repr_html_` is the learner's code as well
        data = bundle(value)
        state.running = False
        bridge.flush_streams()
        bridge.post("result", count=count, data=data)


def compile_cell(text, filename):
    """The statements, and apart from them the last line when it is an expression whose value shows."""
    tree = ast.parse(text, filename)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not _ends_in_semicolon(text):
        last = ast.Expression(tree.body.pop().value)
    codes = []
    if tree.body:
        codes.append(compile(tree, filename, "exec", _FLAGS, dont_inherit=True))
    if last is not None:
        codes.append(compile(last, filename, "eval", _FLAGS, dont_inherit=True))
    return codes


def _ends_in_semicolon(text):
    silent = (tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER)
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type not in silent]
    return bool(tokens) and tokens[-1].string == ";"


class _Steps:
    """Awaits the learner's coroutine. Stop is live only while one of its own steps runs, never inside the event loop."""

    def __init__(self, coroutine):
        self._coroutine = coroutine

    def __await__(self):
        step, argument = self._coroutine.send, None
        while True:
            try:
                interrupts.begin()
                waiting = step(argument)
            except StopIteration as end:
                return end.value
            finally:
                state.running = False
            bridge.pause()
            try:
                step, argument = self._coroutine.send, (yield waiting)
            except BaseException as error:
                step, argument = self._coroutine.throw, error


def install():
    main_module.__dict__["__builtins__"] = __builtins__
    sys.modules["__main__"] = main_module
    magics.install(main_module.__dict__)
