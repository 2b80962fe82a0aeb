"""The tuples of kafka-python."""
from collections import namedtuple

TopicPartition = namedtuple("TopicPartition", ["topic", "partition"])
BrokerMetadata = namedtuple("BrokerMetadata", ["nodeId", "host", "port", "rack"])
OffsetAndMetadata = namedtuple("OffsetAndMetadata", ["offset", "metadata"])
OffsetAndTimestamp = namedtuple("OffsetAndTimestamp", ["offset", "timestamp"])
ConsumerRecord = namedtuple(
    "ConsumerRecord",
    [
        "topic", "partition", "offset", "timestamp", "timestamp_type", "key", "value", "headers", "checksum",
        "serialized_key_size", "serialized_value_size", "serialized_header_size",
    ],
)
RecordMetadata = namedtuple(
    "RecordMetadata",
    [
        "topic", "partition", "topic_partition", "offset", "timestamp", "log_start_offset", "checksum",
        "serialized_key_size", "serialized_value_size", "serialized_header_size",
    ],
)
