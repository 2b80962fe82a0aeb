"""kafka-python's API in front of Marea's broker, or of the real one that answers at the same address."""
from kafka.admin import KafkaAdminClient
from kafka.consumer import ConsumerRebalanceListener, KafkaConsumer
from kafka.producer import KafkaProducer
from kafka.serializer import Deserializer, Serializer
from kafka.structs import OffsetAndMetadata, OffsetAndTimestamp, TopicPartition

__version__ = "2.0.2"
__all__ = ["ConsumerRebalanceListener", "KafkaAdminClient", "KafkaConsumer", "KafkaProducer"]


def __getattr__(name):
    if name in ("BrokerConnection", "KafkaClient"):
        raise NotImplementedError(
            f"Marea no incluye kafka.{name}: usa KafkaProducer, KafkaConsumer o KafkaAdminClient."
        )
    raise AttributeError(f"module 'kafka' has no attribute '{name}'")
