"""`asyncio.run` in programs: it returns when the coroutine has ended, as in CPython. Pyodide's own loop could only promise that."""
import asyncio
from asyncio import events, runners

from marea_kernel import bridge

# Nothing can wake a loop without timers but a callback, which `sleep` serves.
_NO_TIMER_SECONDS = 3600


class _Sleeper:
    """What a loop waits with where there are no sockets: time."""

    def select(self, timeout):
        if timeout is None or timeout > 0:
            bridge.sleep(_NO_TIMER_SECONDS if timeout is None else timeout)
        return []


class BlockingLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Sleeper()

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass


def _run(main, *, debug=None, loop_factory=None):
    outer = events._get_running_loop()
    events._set_running_loop(None)
    try:
        return runners.run(main, debug=debug, loop_factory=loop_factory or BlockingLoop)
    finally:
        events._set_running_loop(outer)


def install():
    asyncio.run = _run
