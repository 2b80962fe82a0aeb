"""The virtual clock of the host. `time.time` and `datetime` follow it by themselves, see main/kernel/follow-clock.ts; here is what does not."""
import time

from pyodide import webloop

# Shorter waits than the host's clock can tell from none, in milliseconds.
_AT_ONCE_MS = 2


def install(host):
    """Durations agree with sleeps: virtual time never goes back, so it serves as a monotonic clock. `timeit` and our own output keep the real one."""
    virtual_ns = time.time_ns
    shift_ns = time.monotonic_ns() - virtual_ns()

    def monotonic_ns():
        return virtual_ns() + shift_ns

    def monotonic():
        return monotonic_ns() / 1e9

    time.monotonic = time.perf_counter = monotonic
    time.monotonic_ns = time.perf_counter_ns = monotonic_ns
    _timers_of_cells(host)


def _timers_of_cells(host):
    """`await asyncio.sleep(…)` in a cell runs on Pyodide's loop, whose timers are JavaScript's."""
    at_once = webloop.scheduleCallback

    def schedule(callback, delay_ms):
        if delay_ms <= _AT_ONCE_MS:
            at_once(callback, delay_ms)
        else:
            host.call_later(callback, delay_ms)

    webloop.scheduleCallback = schedule
