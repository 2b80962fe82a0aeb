"""What a consumer has fetched and its program has not read yet."""
import time

from kafka import errors
from kafka._service import from_wire
from kafka.serializer import deserialized
from kafka.structs import ConsumerRecord, TopicPartition

_CREATE_TIME, _LOG_APPEND_TIME = 0, 1


class Fetcher:
    """Fetches from where `positions` stand."""

    def __init__(self, connection, positions, config):
        self._connection = connection
        self._positions = positions
        self._config = config
        self._waiting = []  # records as they came, in order
        self.high_water = {}
        self.topics_changed = False
        self.read = 0

    def __len__(self):
        return len(self._waiting)

    def fetch(self, wait_ms):
        """Waits up to `wait_ms` for records. Raises the broker's errors, but for those that new metadata repairs."""
        limits = {
            "maxWaitMs": round(wait_ms),
            "minBytes": self._config["fetch_min_bytes"],
            "maxBytes": self._config["fetch_max_bytes"],
            "maxPartitionBytes": self._config["max_partition_fetch_bytes"],
        }
        for answer in self._connection.ask("fetch", partitions=self._positions.wanted(), **limits)["partitions"]:
            self._take(TopicPartition(answer["topic"], answer["partition"]), answer)
        if self.topics_changed:
            time.sleep(self._config["retry_backoff_ms"] / 1000)

    def hand_out(self, limit):
        """Up to `limit` records. When the deserializer refuses one, none is handed out: the next read meets it again."""
        records = [self._record(raw) for raw in self._waiting[:limit]]
        del self._waiting[:len(records)]
        self.read += len(records)
        for record in records:
            self._positions.consumed[TopicPartition(record.topic, record.partition)] = record.offset + 1
        return records

    def next_offset(self, place):
        """Offset of the next record that the program will read."""
        waiting = (raw["offset"] for raw in self._waiting if raw["place"] == place)
        return next(waiting, self._positions.next_offset(place))

    def forget(self, partitions):
        """Drops what was fetched of `partitions` and not read: it is fetched again from where the program stands."""
        for raw in reversed(self._waiting):
            if raw["place"] in partitions:
                self._positions.move(raw["place"], raw["offset"])
        self._waiting = [raw for raw in self._waiting if raw["place"] not in partitions]

    def _take(self, place, answer):
        if answer["code"] == errors.OffsetOutOfRangeError.errno:
            self._positions.reset(place)
        elif answer["code"] != 0:
            kind = errors.for_code(answer["code"])
            if not kind.invalid_metadata:
                raise kind(place)
            self.topics_changed = True
        else:
            self.high_water[place] = int(answer["highWater"])
            if answer["next"] is not None:
                self._positions.advance(place, int(answer["next"]))
            self._waiting += [{**raw, "place": place, "offset": int(raw["offset"])} for raw in answer["records"]]

    def _record(self, raw):
        topic, partition = raw["place"]
        key, value = from_wire(raw["key"]), from_wire(raw["value"])
        headers = [(name, from_wire(data)) for name, data in raw["headers"]]
        return ConsumerRecord(
            topic, partition, raw["offset"], raw["timestamp"], _LOG_APPEND_TIME if raw["logAppendTime"] else _CREATE_TIME,
            deserialized(self._config["key_deserializer"], topic, key),
            deserialized(self._config["value_deserializer"], topic, value),
            headers, None, -1 if key is None else len(key), -1 if value is None else len(value),
            sum(len(name.encode()) + len(data or b"") for name, data in headers) if headers else -1,
        )
