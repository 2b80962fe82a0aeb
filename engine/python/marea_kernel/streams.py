"""sys.stdout and sys.stderr of a kernel."""
import io
import sys
from time import monotonic  # the real one, whatever clock the learner's code follows

from marea_kernel import bridge, interrupts

# A message costs 20 µs and the screen draws at 30 Hz: text is gathered. A line leaves at once after a pause, an unfinished one waits a little.
MAX_CHARACTERS = 8192
MIN_SECONDS_BETWEEN_LINES = 0.03
MAX_SECONDS_UNFINISHED = 0.2


class KernelStream(io.TextIOBase):
    """Text that leaves as messages of the present cell. Writing to one stream flushes the other, which keeps their order."""

    encoding = "utf-8"
    errors = "strict"
    line_buffering = False

    def __init__(self, name):
        self._name = name
        self._pieces = []
        self._size = 0
        self._begun_at = self._flushed_at = 0.0
        self.other = None

    @property
    def name(self):
        return f"<{self._name}>"

    def writable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        raise io.UnsupportedOperation("fileno")

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            if self.other._pieces:
                self.other.flush()
            now = monotonic()
            if not self._pieces:
                self._begun_at = now
            self._pieces.append(text)
            self._size += len(text)
            if self._size > MAX_CHARACTERS or self._is_due(text, now):
                self.flush()
            interrupts.run_deferred()
        return len(text)

    def _is_due(self, text, now):
        if text.endswith("\n"):
            return now - self._flushed_at > MIN_SECONDS_BETWEEN_LINES
        return now - self._begun_at > MAX_SECONDS_UNFINISHED

    def flush(self):
        pieces, self._pieces, self._size = self._pieces, [], 0
        if pieces:
            self._flushed_at = monotonic()
            bridge.post("stream", name=self._name, text="".join(pieces))


def install():
    out, err = KernelStream("stdout"), KernelStream("stderr")
    out.other, err.other = err, out
    sys.stdout = sys.__stdout__ = out
    sys.stderr = sys.__stderr__ = err
