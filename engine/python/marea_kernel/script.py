"""Runs a program as `python program.py` would."""
import atexit
import json
import linecache
import os
import sys
import types
from time import perf_counter  # the real one, whatever clock the learner's code follows

from marea_kernel import bridge, event_loop, interrupts
from marea_kernel.errors import text_of
from marea_kernel.state import cell_of_file, state

# What a shell sees after Ctrl-C.
_INTERRUPTED = 130
# Pyodide's own; a program may set another.
_usual_hook = sys.excepthook


def run_script(source, path, arguments, cell, run):
    """Runs a program as `__main__` and returns its `ScriptReply` as JSON. An uncaught exception prints as in CPython."""
    started = perf_counter()
    state.cell, state.run, state.script, state.active = cell, run, True, True
    cell_of_file[path] = cell
    linecache.cache[path] = len(source), None, source.splitlines(keepends=True), path
    main = types.ModuleType("__main__")
    main.__dict__.update(__file__=path, __builtins__=__builtins__)
    sys.modules["__main__"] = main
    event_loop.install()
    sys.argv[:] = [path, *json.loads(arguments)]
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    code = _exit_code(lambda: _execute(source, path, main.__dict__))
    last = _exit_code(atexit._run_exitfuncs)
    _exit_code(bridge.pause)
    state.active = False
    bridge.flush_streams()
    return json.dumps({"code": code or last, "ms": round((perf_counter() - started) * 1000, 1)})


def _execute(source, path, namespace):
    code = compile(source, path, "exec", dont_inherit=True)
    interrupts.begin()
    exec(code, namespace)


def _exit_code(action):
    try:
        action()
        return 0
    except SystemExit as end:
        if end.code is None:
            return 0
        if isinstance(end.code, int):
            return end.code & 0xFF
        print(end.code, file=sys.stderr)
        return 1
    except BaseException as error:
        state.running = False
        _report(error)
        return _INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1
    finally:
        state.running = False


def _report(error):
    if sys.excepthook is not _usual_hook:
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        sys.stderr.write(text_of(error))
