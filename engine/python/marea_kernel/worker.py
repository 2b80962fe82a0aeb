"""What the worker thread imports: see `PythonKernel` in main/kernel/pyodide-worker.ts."""
import builtins
import json
import os
import random
import sys
import time

from marea_kernel import bridge, cells, clock, display, interrupts, introspect, streams, unavailable
from marea_kernel.bridge import run_callback
from marea_kernel.cells import run_cell
from marea_kernel.interrupts import cancel
from marea_kernel.script import run_script
from marea_kernel.state import state

__all__ = ["cancel", "install", "prepare", "run_callback", "run_cell", "run_script"]


def install(host):
    """Called once, before the first cell."""
    _forget_pyodide()
    bridge.connect(host)
    streams.install()
    display.install()
    cells.install()
    introspect.install()
    unavailable.install()
    interrupts.install()
    time.sleep = bridge.sleep
    if host.follows_clock:
        clock.install(host)
    builtins.input = _input
    random.seed()
    sys.argv[:] = [""]


def prepare(environment, folder):
    """Gives a spare kernel its notebook's environment and working folder."""
    os.environ.update(json.loads(environment))
    os.chdir(folder)


def _forget_pyodide():
    """The worker has put an empty `pyodide_js` in place; what was imported before would still lead to the disk and to Node."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyodide_js"]:
        del sys.modules[name]


def _input(prompt="", /):
    if state.script:
        raise EOFError("EOF when reading a line")
    raise RuntimeError(
        "input() no funciona en un cuaderno de Marea: escribe el valor en el código, por ejemplo nombre = \"Ana\"."
    )
