"""KafkaProducer."""
import time

from kafka import errors
from kafka._outbox import Outbox, Record
from kafka._service import Connection, configured
from kafka.future import FutureRecordMetadata
from kafka.partitioner import DefaultPartitioner
from kafka.serializer import serialized
from kafka.structs import TopicPartition

_DEFAULTS = {
    "bootstrap_servers": "localhost", "client_id": None, "key_serializer": None, "value_serializer": None, "acks": 1,
    "bootstrap_topics_filter": set(), "compression_type": None, "retries": 0, "batch_size": 16384, "linger_ms": 0,
    "partitioner": DefaultPartitioner(), "buffer_memory": 33554432, "connections_max_idle_ms": 540000, "max_block_ms": 60000,
    "max_request_size": 1048576, "metadata_max_age_ms": 300000, "retry_backoff_ms": 100, "request_timeout_ms": 30000,
    "receive_buffer_bytes": None, "send_buffer_bytes": None, "socket_options": [], "sock_chunk_bytes": 4096,
    "sock_chunk_buffer_count": 1000, "reconnect_backoff_ms": 50, "reconnect_backoff_max_ms": 1000,
    "max_in_flight_requests_per_connection": 5, "security_protocol": "PLAINTEXT", "ssl_context": None, "ssl_check_hostname": True,
    "ssl_cafile": None, "ssl_certfile": None, "ssl_keyfile": None, "ssl_crlfile": None, "ssl_password": None, "ssl_ciphers": None,
    "api_version": None, "api_version_auto_timeout_ms": 2000, "metric_reporters": [], "metrics_num_samples": 2,
    "metrics_sample_window_ms": 30000, "selector": None, "sasl_mechanism": None, "sasl_plain_username": None,
    "sasl_plain_password": None, "sasl_kerberos_service_name": "kafka", "sasl_kerberos_domain_name": None,
    "sasl_oauth_token_provider": None,
}
# Accepted, and without effect: records travel uncompressed, which no reader can tell.
_CODECS = (None, "gzip", "snappy", "lz4", "zstd")
# What a record takes besides its key, value and headers, at most, with the header of its batch.
_RECORD_OVERHEAD = 61 + 21
_BYTES = (bytes, bytearray, memoryview, type(None))


class KafkaProducer:
    """Publishes records. `send` answers a future; records leave in batches, at the latest with `flush`, `time.sleep` or the cell's end."""

    DEFAULT_CONFIG = _DEFAULTS

    def __init__(self, **configs):
        self.config = configured(_DEFAULTS, configs, _refuse)
        if self.config["acks"] == "all":
            self.config["acks"] = -1
        if self.config["compression_type"] not in _CODECS:
            raise ValueError(f"Not supported codec: {self.config['compression_type']}")
        self._connection = Connection(self.config["bootstrap_servers"])
        settings = {"acks": self.config["acks"], "timeoutMs": self.config["request_timeout_ms"]}
        self._topics = {}  # topic: (partitions, until when they are believed)
        self._outbox = Outbox(self._connection, settings, self.config["linger_ms"] / 1000, self._topics)
        self._started_at = time.perf_counter()
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def bootstrap_connected(self) -> bool:
        return not self._closed

    def send(self, topic, value=None, key=None, headers=None, partition=None, timestamp_ms=None) -> FutureRecordMetadata:
        """Publishes one record; `value` and `key` are bytes, or what the serializers take."""
        assert not (value is None and key is None), "Need at least one: key or value"
        assert not self._closed, "RecordAccumulator is closed"
        partitions = self._partitions_of(topic)
        key_bytes = serialized(self.config["key_serializer"], topic, key)
        value_bytes = serialized(self.config["value_serializer"], topic, value)
        assert type(key_bytes) in _BYTES
        assert type(value_bytes) in _BYTES
        place = TopicPartition(topic, self._choose(partition, key_bytes, partitions))
        headers = [] if headers is None else headers
        assert type(headers) is list
        assert all(type(item) is tuple and len(item) == 2 and type(item[0]) is str and type(item[1]) is bytes for item in headers)
        timestamp = int(time.time() * 1000) if timestamp_ms is None else timestamp_ms
        future = FutureRecordMetadata(lambda waiting, timeout: self._outbox.deliver(timeout, waiting))
        record = Record(place, key_bytes, value_bytes, headers, timestamp, future)
        too_large = self._too_large(record)
        if too_large:
            return future.failure(too_large)
        self._outbox.add(record)
        return future

    def flush(self, timeout=None) -> None:
        """Sends what is left and waits until the broker has confirmed it."""
        if not self._outbox.deliver(timeout):
            raise errors.KafkaTimeoutError("Timeout waiting for future")

    def close(self, timeout=None) -> None:
        if self._closed:
            return
        assert timeout is None or timeout >= 0
        self._outbox.deliver(timeout)
        self._closed = True

    def partitions_for(self, topic) -> set:
        """The partitions of a topic, which is made if the broker makes topics on first use."""
        return set(self._partitions_of(topic))

    def metrics(self, raw=False) -> dict:
        seconds = max(time.perf_counter() - self._started_at, 1e-3)
        box = self._outbox
        return {
            "kafka-metrics-count": {"count": 6.0},
            "producer-metrics": {
                "record-send-rate": box.sent / seconds,
                "record-error-rate": box.failed / seconds,
                "request-rate": box.requests / seconds,
                "outgoing-byte-rate": box.bytes / seconds,
                "records-per-request-avg": box.sent / box.requests if box.requests else 0.0,
            },
        }

    def _partitions_of(self, topic):
        known, until = self._topics.get(topic, (None, 0.0))
        now = time.perf_counter()
        if known is None or now > until:
            waited = self.config["max_block_ms"] / 1000
            known = self._connection.partitions_of(topic, waited)
            if known is None:
                raise errors.KafkaTimeoutError(f"Failed to update metadata after {waited:.1f} secs.")
            self._topics[topic] = known, now + self.config["metadata_max_age_ms"] / 1000
        return known

    def _choose(self, partition, key, partitions):
        if partition is not None:
            assert partition >= 0
            assert partition in partitions, "Unrecognized partition"
            return partition
        ordered = sorted(partitions)
        return self.config["partitioner"](key, ordered, ordered)

    def _too_large(self, record):
        fields = [record.key, record.value, *(part for name, data in record.headers for part in (name.encode(), data))]
        size = _RECORD_OVERHEAD + _varint_size(len(record.headers)) + sum(_field_size(field) for field in fields)
        for option, what in (("max_request_size", "maximum request size"), ("buffer_memory", "total memory buffer")):
            if size > self.config[option]:
                return errors.MessageSizeTooLargeError(
                    f"The message is {size} bytes when serialized which is larger than the {what} you have configured with the"
                    f" {option} configuration"
                )
        return None


def _field_size(data):
    return _varint_size(-1) if data is None else _varint_size(len(data)) + len(data)


def _varint_size(number):
    """Seven bits a byte, one bit for the sign."""
    zigzag = (number << 1) ^ (number >> 63)
    return max(1, (zigzag.bit_length() + 6) // 7)


def _refuse(unknown):
    raise AssertionError(f"Unrecognized configs: {unknown}")
