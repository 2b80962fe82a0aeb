"""KafkaConsumer. A group has one member here: it gets every partition of its topics, and starts from the offsets that the group has committed."""
import re
import time

from kafka import errors
from kafka._fetcher import Fetcher
from kafka._positions import Positions
from kafka._service import Connection, configured
from kafka.future import Future
from kafka.structs import ConsumerRecord, OffsetAndMetadata, OffsetAndTimestamp, TopicPartition

_DEFAULTS = {
    "bootstrap_servers": "localhost", "client_id": "kafka-python-2.0.2", "group_id": None, "key_deserializer": None,
    "value_deserializer": None, "fetch_max_wait_ms": 500, "fetch_min_bytes": 1, "fetch_max_bytes": 52428800,
    "max_partition_fetch_bytes": 1048576, "request_timeout_ms": 305000, "retry_backoff_ms": 100, "reconnect_backoff_ms": 50,
    "reconnect_backoff_max_ms": 1000, "max_in_flight_requests_per_connection": 5, "auto_offset_reset": "latest",
    "enable_auto_commit": True, "auto_commit_interval_ms": 5000, "default_offset_commit_callback": None, "check_crcs": True,
    "metadata_max_age_ms": 300000, "partition_assignment_strategy": (), "max_poll_records": 500, "max_poll_interval_ms": 300000,
    "session_timeout_ms": 10000, "heartbeat_interval_ms": 3000, "receive_buffer_bytes": None, "send_buffer_bytes": None,
    "socket_options": [], "sock_chunk_bytes": 4096, "sock_chunk_buffer_count": 1000, "consumer_timeout_ms": float("inf"),
    "security_protocol": "PLAINTEXT", "ssl_context": None, "ssl_check_hostname": True, "ssl_cafile": None, "ssl_certfile": None,
    "ssl_keyfile": None, "ssl_crlfile": None, "ssl_password": None, "ssl_ciphers": None, "api_version": None,
    "api_version_auto_timeout_ms": 2000, "connections_max_idle_ms": 540000, "metric_reporters": [], "metrics_num_samples": 2,
    "metrics_sample_window_ms": 30000, "metric_group_prefix": "consumer", "selector": None, "exclude_internal_topics": True,
    "sasl_mechanism": None, "sasl_plain_username": None, "sasl_plain_password": None, "sasl_kerberos_service_name": "kafka",
    "sasl_kerberos_domain_name": None, "sasl_oauth_token_provider": None, "legacy_iterator": False,
}
_ONE_WAY_ONLY = (
    "You must choose only one way to configure your consumer: (1) subscribe to specific topics by name,"
    " (2) subscribe to topics matching a regex pattern, (3) assign itself specific topic-partitions."
)
_LEGAL_NAME = re.compile(r"[a-zA-Z0-9._-]{1,249}")


class ConsumerRebalanceListener:
    """Told which partitions a consumer loses and gets."""

    def on_partitions_revoked(self, revoked):
        pass

    def on_partitions_assigned(self, assigned):
        pass


class KafkaConsumer:
    """Reads records: iterate over it, or `poll`."""

    DEFAULT_CONFIG = _DEFAULTS

    def __init__(self, *topics, **configs):
        self.config = configured(_DEFAULTS, configs, _refuse)
        self._connection = Connection(self.config["bootstrap_servers"])
        self._positions = Positions(self._connection, self.config["group_id"], self.config["auto_offset_reset"])
        self._topics = None  # set of names; None: nothing subscribed
        self._pattern = None
        self._listener = None
        self._assigned_by_hand = False
        self._topics_known_until = 0.0
        self._fetcher = Fetcher(self._connection, self._positions, self.config)
        self._commit_due = time.perf_counter() + self.config["auto_commit_interval_ms"] / 1000
        self._closed = False
        if topics:
            self.subscribe(topics)

    def __iter__(self):
        return self

    def __next__(self) -> ConsumerRecord:
        deadline = time.perf_counter() + self.config["consumer_timeout_ms"] / 1000
        while not self._closed:
            if not len(self._fetcher):
                left = deadline - time.perf_counter()
                if left <= 0:
                    break
                self._fetch(min(left * 1000, self.config["fetch_max_wait_ms"]))
            for record in self._fetcher.hand_out(1):
                return record
        raise StopIteration

    def poll(self, timeout_ms=0, max_records=None, update_offsets=True) -> dict:
        """Records by partition; empty when none came within `timeout_ms`."""
        assert timeout_ms >= 0, "Timeout must not be negative"
        assert not self._closed, "KafkaConsumer is closed"
        limit = self.config["max_poll_records"] if max_records is None else max_records
        assert type(limit) is int, "max_records must be an integer"
        assert limit > 0, "max_records must be positive"
        if not len(self._fetcher):
            self._fetch(timeout_ms)
        records = {}
        for record in self._fetcher.hand_out(limit):
            records.setdefault(TopicPartition(record.topic, record.partition), []).append(record)
        return records

    # ------------------------------------------------------------ what it reads

    def subscribe(self, topics=(), pattern=None, listener=None) -> None:
        if self._assigned_by_hand or (topics and pattern):
            raise errors.IllegalStateError(_ONE_WAY_ONLY)
        assert topics or pattern, "Must provide topics or pattern"
        names = {topics} if isinstance(topics, str) else set(topics)
        for name in names:
            _check_topic(name)
        self._pattern = re.compile(pattern) if pattern else None
        self._topics, self._listener, self._topics_known_until = names, listener, 0.0

    def assign(self, partitions) -> None:
        if self._topics is not None:
            raise errors.IllegalStateError(_ONE_WAY_ONLY)
        self._assigned_by_hand = True
        self._keep(set(partitions))

    def unsubscribe(self) -> None:
        self._topics = self._pattern = self._listener = None
        self._assigned_by_hand = False
        self._keep(set())

    def subscription(self) -> set | None:
        return None if self._topics is None else set(self._topics)

    def assignment(self) -> set:
        return set(self._positions.partitions)

    def pause(self, *partitions) -> None:
        self._positions.paused.update(partitions)
        self._fetcher.forget(partitions)

    def resume(self, *partitions) -> None:
        self._positions.paused.difference_update(partitions)

    def paused(self) -> set:
        return set(self._positions.paused)

    def seek(self, partition, offset) -> None:
        assert isinstance(offset, int) and offset >= 0, "Offset must be >= 0"
        self._move([partition], offset)

    def seek_to_beginning(self, *partitions) -> None:
        self._move(partitions or self._positions.partitions, "earliest")

    def seek_to_end(self, *partitions) -> None:
        self._move(partitions or self._positions.partitions, "latest")

    def position(self, partition) -> int:
        """Offset of the next record that the program will get."""
        self._assert_assigned([partition], "Partition is not assigned")
        self._positions.resolve()
        return self._fetcher.next_offset(partition)

    # ------------------------------------------------------------ what the group has read

    def commit(self, offsets=None) -> None:
        self._commit(offsets)

    def commit_async(self, offsets=None, callback=None) -> Future:
        future = Future()
        try:
            offsets = self._commit(offsets)
            future.success(offsets)
        except errors.KafkaError as error:
            future.failure(error)
        if callback:
            callback(offsets, future.exception or future.value)
        return future

    def committed(self, partition, metadata=False) -> int | OffsetAndMetadata | None:
        assert self.config["group_id"] is not None, "Requires group_id"
        found = self._positions.committed([partition]).get(partition)
        return found if metadata or found is None else found.offset

    # ------------------------------------------------------------ what there is

    def topics(self) -> set:
        found = self._connection.ask("metadata", topics=None, create=False)["topics"]
        return {topic["topic"] for topic in found if not topic["topic"].startswith("__")}

    def partitions_for_topic(self, topic) -> set | None:
        return self._connection.partitions_of(topic, create=False)

    def beginning_offsets(self, partitions) -> dict:
        return self._positions.at(partitions, "earliest")

    def end_offsets(self, partitions) -> dict:
        return self._positions.at(partitions, "latest")

    def offsets_for_times(self, timestamps) -> dict:
        """The first offset at or after each time, in milliseconds; None where there is none."""
        for partition, timestamp in timestamps.items():
            if timestamp < 0:
                raise ValueError(
                    f"The target time for partition {partition} is {timestamp}. The target time cannot be negative."
                )
        asked = {partition: int(timestamp) for partition, timestamp in timestamps.items()}
        answers = self._positions.look_up(asked)
        return {
            partition: OffsetAndTimestamp(int(answer["offset"]), answer["timestamp"]) if int(answer["offset"]) >= 0 else None
            for partition, answer in answers.items()
        }

    def highwater(self, partition) -> int | None:
        self._assert_assigned([partition])
        return self._fetcher.high_water.get(partition)

    def bootstrap_connected(self) -> bool:
        return not self._closed

    def metrics(self, raw=False) -> dict:
        return {"consumer-fetch-manager-metrics": {"records-consumed-total": float(self._fetcher.read)}}

    def close(self, autocommit=True) -> None:
        if self._closed:
            return
        if autocommit and self._commits_by_itself():
            self._commit(None)
        self._closed = True
        self._connection.close()

    # ------------------------------------------------------------ reading

    def _fetch(self, wait_ms):
        if self._topics is not None or self._assigned_by_hand:
            self._follow_topics()
            self._positions.resolve()
        self._commit_if_due()
        if self._positions.wanted():
            self._fetcher.fetch(wait_ms)
        else:
            time.sleep(wait_ms / 1000)

    # ------------------------------------------------------------ following topics and committing

    def _follow_topics(self):
        is_known = time.perf_counter() < self._topics_known_until and not self._fetcher.topics_changed
        if self._topics is None or is_known:
            return
        self._fetcher.topics_changed = False
        if self._pattern is not None:
            self._topics = {topic for topic in self.topics() if self._pattern.match(topic)}
        found = set()
        for topic in sorted(self._topics):
            found |= {TopicPartition(topic, number) for number in self._connection.partitions_of(topic) or ()}
        self._topics_known_until = time.perf_counter() + self.config["metadata_max_age_ms"] / 1000
        if found != self.assignment():
            if self._listener:
                self._listener.on_partitions_revoked(self.assignment())
            self._keep(found)
            if self._listener:
                self._listener.on_partitions_assigned(found)

    def _keep(self, partitions):
        self._fetcher.forget(self.assignment() - partitions)
        self._positions.assign(partitions)

    def _move(self, partitions, position):
        self._assert_assigned(partitions)
        assert partitions, "No partitions are currently assigned"
        self._fetcher.forget(partitions)
        for partition in partitions:
            self._positions.move(partition, position)

    def _assert_assigned(self, partitions, otherwise="Unassigned partition"):
        for partition in partitions:
            assert isinstance(partition, TopicPartition), "partition must be a TopicPartition namedtuple"
            assert partition in self._positions.partitions, otherwise

    def _commits_by_itself(self):
        return self.config["enable_auto_commit"] and self.config["group_id"] is not None

    def _commit_if_due(self):
        if self._commits_by_itself() and time.perf_counter() >= self._commit_due:
            self._commit_due = time.perf_counter() + self.config["auto_commit_interval_ms"] / 1000
            self._commit(None)

    def _commit(self, offsets):
        assert self.config["group_id"] is not None, "Requires group_id"
        if offsets is None:
            offsets = {place: OffsetAndMetadata(offset, "") for place, offset in self._positions.consumed.items()}
        if offsets:
            self._positions.commit(offsets)
        return offsets


def _check_topic(name):
    if not isinstance(name, str):
        raise TypeError("All topics must be strings" if name is not None else "All topics must not be None")
    if not name:
        raise ValueError("All topics must be non-empty strings")
    if name in (".", ".."):
        raise ValueError('Topic name cannot be "." or ".."')
    if not _LEGAL_NAME.fullmatch(name):
        raise ValueError(
            f'Topic name "{name}" is illegal, it contains a character other than ASCII alphanumerics, ".", "_" and "-"'
        )


def _refuse(unknown):
    raise errors.KafkaConfigurationError(f"Unrecognized configs: {unknown}")
