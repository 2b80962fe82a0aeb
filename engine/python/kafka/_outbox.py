"""Records on their way to the broker. They leave in batches, so that a loop of `send` costs no round trip each."""
import time

from kafka import errors
from kafka._service import error_of, to_wire
from kafka.structs import RecordMetadata, TopicPartition
from marea_kernel import bridge

# kafka-python's own thread sends at once, whatever the loop does; here a record waits at most this long for the next `send`.
_MIN_LINGER_SECONDS = 0.02
_BATCH_BYTES = 65536
_unsent = set()  # outboxes with something that the broker has not confirmed


class _Batch:
    """Records of one request. Its number lets the host recognise a request that was interrupted and is made again."""

    def __init__(self, number):
        self.number = number
        self.records = []
        self.bytes = 0
        self.begun_at = 0.0
        self.on_the_way = False
        self.settled = False


class Record:
    """One record and who waits for its place in the log. `key` and `value` are bytes or None, headers pairs of text and bytes."""

    __slots__ = ("future", "headers", "key", "place", "timestamp", "value")

    def __init__(self, place, key, value, headers, timestamp, future):
        self.place, self.key, self.value, self.headers = place, key, value, headers
        self.timestamp, self.future = timestamp, future

    def size(self):
        return len(self.key or b"") + len(self.value or b"")

    def wire(self):
        fields = {"key": to_wire(self.key), "value": to_wire(self.value), "timestamp": self.timestamp}
        return {**fields, "headers": [[name, to_wire(data)] for name, data in self.headers]} if self.headers else fields

    def settle(self, base, index):
        timestamp = self.timestamp if base["timestamp"] is None else base["timestamp"]
        offset = int(base["offset"])
        headers_size = sum(len(name.encode()) + len(data) for name, data in self.headers) if self.headers else -1
        self.future.success(
            RecordMetadata(
                *self.place, self.place, offset if offset < 0 else offset + index, timestamp, None, None,
                -1 if self.key is None else len(self.key), -1 if self.value is None else len(self.value), headers_size,
            )
        )


class Outbox:
    """The unsent records of one producer. Its batches stay in order; the last one is open."""

    def __init__(self, connection, settings, linger_seconds, topics):
        """`topics`: what the producer believes of topics; one that the broker no longer knows is taken out."""
        self._connection = connection
        self._topics = topics
        self._settings = settings
        self._linger = max(linger_seconds, _MIN_LINGER_SECONDS)
        self._batches = [_Batch(0)]
        self.sent = self.failed = self.requests = self.bytes = 0

    def add(self, record):
        batch = self._batches[-1]
        if not batch.records:
            batch.begun_at = time.perf_counter()
        batch.records.append(record)
        batch.bytes += record.size()
        _unsent.add(self)
        if batch.bytes >= _BATCH_BYTES or time.perf_counter() - batch.begun_at >= self._linger:
            self.send_waiting()

    def send_waiting(self):
        """Sends what has gathered, but for a batch whose request is being waited for further down the stack."""
        for batch in self._closed_batches():
            if not batch.on_the_way:
                self._send(batch, None)

    def deliver(self, timeout, future=None):
        """Waits for the confirmation of everything sent so far, or up to `future`. Whether it came within `timeout` seconds."""
        deadline = None if timeout is None else time.perf_counter() + timeout
        for batch in self._closed_batches():
            left = None if deadline is None else max(0.0, deadline - time.perf_counter())
            if not self._send(batch, left):
                return False
            if future is not None and future.is_done:
                break
        return True

    def _closed_batches(self):
        if self._batches[-1].records:
            self._batches.append(_Batch(self._batches[-1].number + 1))
        return tuple(self._batches[:-1])

    def _send(self, batch, timeout):
        if batch.settled:
            return True
        batch.on_the_way = True
        try:
            groups = _by_place(batch.records)
            answer = self._ask(batch, groups, timeout)
        finally:
            batch.on_the_way = False
        if answer is None:
            return False
        if not batch.settled:  # a callback that came while we waited may have asked for the same batch
            batch.settled = True
            self._forget_settled()
            self._settle(batch, groups, answer)
        return True

    def _ask(self, batch, groups, timeout):
        partitions = [
            {"topic": place.topic, "partition": place.partition, "records": [record.wire() for record in records]}
            for place, records in groups.items()
        ]
        try:
            asked = self._connection.ask("send", timeout, sequence=batch.number, partitions=partitions, **self._settings)
        except errors.KafkaError as error:
            return [error] * len(groups)
        except bridge.HostError as error:
            return [errors.KafkaError(str(error))] * len(groups)
        return None if asked is None else [_refusal(answer) or answer for answer in asked["partitions"]]

    def _forget_settled(self):
        self._batches[:] = [batch for batch in self._batches if not batch.settled]
        if len(self._batches) == 1 and not self._batches[0].records:
            _unsent.discard(self)

    def _settle(self, batch, groups, answers):
        self.requests += 1
        self.bytes += batch.bytes
        for (place, records), answer in zip(groups.items(), answers):
            if isinstance(answer, Exception):
                self.failed += len(records)
                if getattr(answer, "invalid_metadata", False):
                    self._topics.pop(place.topic, None)
                for record in records:
                    record.future.failure(answer)
            else:
                self.sent += len(records)
                for index, record in enumerate(records):
                    record.settle(answer, index)


def _by_place(records):
    groups: dict[TopicPartition, list[Record]] = {}
    for record in records:
        groups.setdefault(record.place, []).append(record)
    return groups


def _refusal(answer):
    return error_of(answer["error"]) if "error" in answer else None


def _send_all():
    for outbox in tuple(_unsent):
        outbox.send_waiting()


bridge.before_pause(_send_all)
