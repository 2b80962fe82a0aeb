"""Results that come later."""
import functools
import logging

from kafka import errors

_log = logging.getLogger(__name__)


class Future:
    """A value to come. Callbacks run in the thread that learns of it, here: when the record is sent."""

    def __init__(self):
        self.is_done = False
        self.value = None
        self.exception = None
        self._callbacks = []
        self._errbacks = []

    def succeeded(self) -> bool:
        return self.is_done and self.exception is None

    def failed(self) -> bool:
        return self.is_done and self.exception is not None

    def retriable(self) -> bool:
        return getattr(self.exception, "retriable", False)

    def success(self, value):
        assert not self.is_done, "Future is already complete"
        self.value, self.is_done = value, True
        self._tell(self._callbacks, value)
        return self

    def failure(self, error):
        assert not self.is_done, "Future is already complete"
        self.exception, self.is_done = error() if isinstance(error, type) else error, True
        self._tell(self._errbacks, self.exception)
        return self

    def add_callback(self, f, *args, **kwargs):
        return self._add(self._callbacks, f, args, kwargs, self.succeeded(), self.value)

    def add_errback(self, f, *args, **kwargs):
        return self._add(self._errbacks, f, args, kwargs, self.failed(), self.exception)

    def add_both(self, f, *args, **kwargs):
        return self.add_callback(f, *args, **kwargs).add_errback(f, *args, **kwargs)

    def chain(self, future):
        return self.add_callback(future.success).add_errback(future.failure)

    def _add(self, waiting, f, args, kwargs, is_due, value):
        action = functools.partial(f, *args, **kwargs)
        if is_due:
            self._tell([action], value)
        else:
            waiting.append(action)
        return self

    def _tell(self, actions, value):
        for action in actions:
            try:
                action(value)
            except Exception:
                _log.exception("Error processing callback")


class FutureRecordMetadata(Future):
    """What `send` answers. `get` sends the record if it still waits for company."""

    def __init__(self, deliver):
        super().__init__()
        self._deliver = deliver

    def get(self, timeout=None):
        if not self.is_done:
            self._deliver(self, timeout)
        if not self.is_done:
            raise errors.KafkaTimeoutError(f"Timeout after waiting for {timeout} secs.")
        if self.exception is not None:
            raise self.exception
        return self.value
