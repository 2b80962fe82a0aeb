"""Calls between Python and the host. Everything Python waits for goes through `wait`, where interrupts and callbacks get in."""
import json
import sys

from marea_kernel.state import cell_of_file, is_hidden, state

_host = None  # functions of the worker, see main/kernel/pyodide-worker.ts
_functions = {}
_cell_of_function = {}
_before_pause = []


class HostError(Exception):
    """A call that the host refused. `details` has `class`, `java`, `message`, `condition`, `parameters`, `sqlState`."""

    def __init__(self, details):
        super().__init__(details["message"])
        self.details = details


def connect(host):
    global _host
    _host = host


def call(operation, argument=None, timeout=None):
    """Asks the host and waits. Raises `HostError` or `KeyboardInterrupt`; past `timeout` seconds returns None."""
    pause()
    text = json.dumps(argument, ensure_ascii=False, allow_nan=False)
    _host.begin(operation, text, -1 if timeout is None else timeout * 1000)
    reply = _wait()
    if reply is None:
        return None
    outcome = json.loads(reply)
    if "error" in outcome:
        raise HostError(outcome["error"])
    return outcome["ok"]


def sleep(seconds, /):
    """`time.sleep` that Stop ends at once and callbacks do not wait for."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    pause()
    _host.begin_sleep(seconds * 1000)
    _wait()


def before_pause(action):
    """`action` runs whenever Python is about to wait, or its run to end: there a stand-in does what the real package leaves to a thread."""
    _before_pause.append(action)


def pause():
    """Called before Python waits and when a run or a callback ends. Raises `KeyboardInterrupt`."""
    for action in tuple(_before_pause):
        action()
    flush_streams()


def _wait():
    while True:
        result = _host.wait()
        kind = result[0]
        if kind == "R":
            return result[1:]
        if kind == "T":
            return None
        if kind == "I":
            if not state.active:  # it reached a callback before its run could begin
                state.interrupted = int(result[1:])
            raise KeyboardInterrupt
        if run_callback(result[1:]):  # Stop reached the callback: the waiting cell ends with it
            _host.abandon()
            raise KeyboardInterrupt


# ---------------------------------------------------------------- functions the host may call

def register(function, cell=None):
    """Keeps a function and returns its key. What it prints belongs to `cell` (absent: the present one)."""
    key = f"f{len(_functions)}"
    _cell_of_function[key] = state.cell if cell is None else cell
    _functions[key] = function
    return key


def register_service(name, function):
    _functions[f"service:{name}"] = function


def adopt_cell(key):
    """From now on the function's output belongs to the present cell."""
    _cell_of_function[key] = state.cell


def run_callback(text):
    """Runs one call of the host and answers it. Returns whether Stop ended it."""
    from marea_kernel.errors import describe

    request = json.loads(text)
    key = request["function"]
    flush_streams()
    before = state.cell, state.running
    state.cell = _cell_of_function.get(key, before[0])
    stopped = False
    try:
        state.running = True
        outcome = {"ok": _functions[key](*request["arguments"])}
        state.running = False
        pause()
        answer = json.dumps(outcome, ensure_ascii=False)
    except BaseException as error:
        state.running = False
        stopped = isinstance(error, KeyboardInterrupt)
        answer = json.dumps({"error": describe(error)}, ensure_ascii=False, default=str)
    flush_streams()
    state.cell, state.running = before
    _host.callback_done(request["id"], answer)
    return stopped


_draining = False
_again = False


def drain():
    """Runs the callbacks that have arrived, between two bytecodes of the learner's code."""
    global _draining, _again
    _again = True
    if _draining:
        return
    while _again:  # a signal between the last look and the end would be lost without this second look
        _draining = True
        try:
            while _again:
                _again = False
                while (text := _host.next_callback()) is not None:
                    if run_callback(text) and state.running:
                        raise KeyboardInterrupt
        finally:
            _draining = False


def acknowledge_interrupt():
    """Tells the host that Stop has arrived; returns the run it was meant for."""
    return _host.acknowledge()


# ---------------------------------------------------------------- output

def post(kind, **fields):
    """An event for the screen, see `KernelEvent` in main/kernel/kernel-messages.ts."""
    _host.output(json.dumps({"kind": kind, "cell": state.cell, **fields}, ensure_ascii=False, default=str))


def flush_streams():
    sys.stdout.flush()
    sys.stderr.flush()


# ---------------------------------------------------------------- where we are

def caller():
    """Cell and line of the learner's code that is calling, innermost frame."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not is_hidden(name):
            return cell_of_file.get(name, state.cell), frame.f_lineno
        frame = frame.f_back
    return state.cell, 0
