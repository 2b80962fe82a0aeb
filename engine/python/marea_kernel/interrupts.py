"""Stop, and callbacks that come while Python is busy. The host sends both as signals, see main/kernel/shared-control.ts."""
import signal

from marea_kernel import bridge
from marea_kernel.state import is_hidden, state

# A callback never comes between two lines of these: it might use the same half-changed object.
_UNDIVIDED = ("marea_kernel.", "kafka._outbox")
_deferred = False


def install():
    signal.signal(signal.SIGINT, _on_interrupt)
    signal.signal(signal.SIGUSR1, _on_callback)


def _on_interrupt(_signal, _frame):
    target = bridge.acknowledge_interrupt()
    if target != state.run or not state.running:
        state.interrupted = target  # too early or too late: only the run it was meant for honours it
    # Between runs only a callback can be running, and the run that Stop is meant for waits for its end.
    if state.running and (target == state.run or not state.active):
        raise KeyboardInterrupt


def _on_callback(_signal, frame):
    global _deferred
    if _inside_kernel(frame):
        _deferred = True
    else:
        bridge.drain()


def _inside_kernel(frame):
    """Whether our own code stands between the interrupted line and the learner's: it must finish first."""
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith(_UNDIVIDED):
            return True
        if not is_hidden(frame.f_code.co_filename):
            return False
        frame = frame.f_back
    return False


def run_deferred():
    """Runs callbacks whose signal came inside the kernel's own code."""
    global _deferred
    if _deferred:
        _deferred = False
        bridge.drain()


def begin():
    """The learner's code starts or goes on."""
    state.running = True
    if state.interrupted == state.run:
        state.interrupted = 0
        raise KeyboardInterrupt


def cancel(run):
    """Stop for a run that has not begun, or that is suspended at a top-level await."""
    if state.run != run or state.task is None:
        state.interrupted = run
    elif not state.running:
        bridge.acknowledge_interrupt()
        state.task.cancel()
