"""KafkaAdminClient and what it takes."""
from enum import IntEnum

from kafka import errors
from kafka.structs import TopicPartition
from kafka._positions import offsets_of
from kafka._response import Struct
from kafka._service import Connection, configured

_DEFAULTS = {
    "bootstrap_servers": "localhost", "client_id": "kafka-python-2.0.2", "request_timeout_ms": 30000,
    "connections_max_idle_ms": 540000, "reconnect_backoff_ms": 50, "reconnect_backoff_max_ms": 1000,
    "max_in_flight_requests_per_connection": 5, "receive_buffer_bytes": None, "send_buffer_bytes": None, "socket_options": [],
    "sock_chunk_bytes": 4096, "sock_chunk_buffer_count": 1000, "retry_backoff_ms": 100, "metadata_max_age_ms": 300000,
    "security_protocol": "PLAINTEXT", "ssl_context": None, "ssl_check_hostname": True, "ssl_cafile": None, "ssl_certfile": None,
    "ssl_keyfile": None, "ssl_password": None, "ssl_crlfile": None, "api_version": None, "api_version_auto_timeout_ms": 2000,
    "selector": None, "sasl_mechanism": None, "sasl_plain_username": None, "sasl_plain_password": None,
    "sasl_kerberos_service_name": "kafka", "sasl_kerberos_domain_name": None, "sasl_oauth_token_provider": None,
    "metric_reporters": [], "metrics_num_samples": 2, "metrics_sample_window_ms": 30000,
}
_ABSENT = (
    "alter_configs", "create_acls", "delete_acls", "describe_acls", "describe_configs", "describe_consumer_groups",
)


class ConfigResourceType(IntEnum):
    BROKER = 4
    TOPIC = 2


class ConfigResource:
    def __init__(self, resource_type, name, configs=None):
        is_type = isinstance(resource_type, ConfigResourceType)
        self.resource_type = resource_type if is_type else ConfigResourceType[str(resource_type).upper()]
        self.name = name
        self.configs = configs


class NewTopic:
    """A topic to create: `NewTopic("ventas", num_partitions=3, replication_factor=1)`."""

    def __init__(self, name, num_partitions, replication_factor, replica_assignments=None, topic_configs=None):
        if not (num_partitions == -1 or replication_factor == -1) ^ (replica_assignments is None):
            raise errors.IllegalArgumentError(
                "either num_partitions/replication_factor or replica_assignment must be specified"
            )
        self.name = name
        self.num_partitions = num_partitions
        self.replication_factor = replication_factor
        self.replica_assignments = replica_assignments or {}
        self.topic_configs = topic_configs or {}


class NewPartitions:
    """How many partitions a topic is to have."""

    def __init__(self, total_count, new_assignments=None):
        self.total_count = total_count
        self.new_assignments = new_assignments


class KafkaAdminClient:
    """Creates, lists, describes and deletes topics. The first topic that fails raises."""

    DEFAULT_CONFIG = _DEFAULTS

    def __init__(self, **configs):
        self.config = configured(_DEFAULTS, configs, _refuse)
        self._connection = Connection(self.config["bootstrap_servers"])

    def __getattr__(self, name):
        if name in _ABSENT:
            raise NotImplementedError(f"Marea no incluye KafkaAdminClient.{name}.")
        raise AttributeError(f"'KafkaAdminClient' object has no attribute '{name}'")

    def create_topics(self, new_topics, timeout_ms=None, validate_only=False) -> Struct:
        _refuse_dry_run(validate_only)
        if any(topic.replica_assignments for topic in new_topics):
            raise NotImplementedError("Marea no incluye replica_assignments: indica num_partitions y replication_factor.")
        asked = [
            {
                "topic": topic.name,
                "partitions": topic.num_partitions,
                "replicationFactor": topic.replication_factor,
                "settings": {name: str(value) for name, value in topic.topic_configs.items()},
            }
            for topic in new_topics
        ]
        request = Struct(
            "CreateTopicsRequest_v3",
            create_topic_requests=[
                Struct(
                    topic=topic.name,
                    num_partitions=topic.num_partitions,
                    replication_factor=topic.replication_factor,
                    replica_assignment=[],
                    configs=[Struct(config_key=name, config_value=value) for name, value in topic.topic_configs.items()],
                )
                for topic in new_topics
            ],
            timeout=self._timeout(timeout_ms),
            validate_only=False,
        )
        answers = self._connection.ask("create_topics", topics=asked)["topics"]
        return _checked(request, answers, "CreateTopicsResponse_v3", "topic_errors", with_message=True)

    def delete_topics(self, topics, timeout_ms=None) -> Struct:
        request = Struct("DeleteTopicsRequest_v3", topics=list(topics), timeout=self._timeout(timeout_ms))
        answers = self._connection.ask("delete_topics", topics=list(topics))["topics"]
        return _checked(request, answers, "DeleteTopicsResponse_v3", "topic_error_codes", with_message=False)

    def create_partitions(self, topic_partitions, timeout_ms=None, validate_only=False) -> Struct:
        _refuse_dry_run(validate_only)
        asked = [{"topic": topic, "count": new.total_count} for topic, new in topic_partitions.items()]
        request = Struct(
            "CreatePartitionsRequest_v1",
            topic_partitions=[
                Struct(topic=topic, new_partitions=Struct(count=new.total_count, assignment=new.new_assignments))
                for topic, new in topic_partitions.items()
            ],
            timeout=self._timeout(timeout_ms),
            validate_only=False,
        )
        answers = self._connection.ask("create_partitions", topics=asked)["topics"]
        return _checked(request, answers, "CreatePartitionsResponse_v1", "topic_errors", with_message=True)

    def delete_records(self, records_to_delete, timeout_ms=None, partition_leader_id=None) -> dict:
        """Removes the records before an offset (-1: all), as kafka-python 2.1 and later."""
        asked = [
            {"topic": place.topic, "partition": place.partition, "offset": str(offset)}
            for place, offset in records_to_delete.items()
        ]
        answers = self._connection.ask("delete_records", partitions=asked)["partitions"]
        failed = {
            TopicPartition(answer["topic"], answer["partition"]): errors.for_code(answer["code"])
            for answer in answers
            if answer["code"] != 0
        }
        if failed:
            if len(failed) == 1:
                (place, error), = failed.items()
                raise error(f"Error deleting records from topic {place.topic} partition {place.partition}")
            raise errors.BrokerResponseError(f"The following errors occured when trying to delete records: {failed}")
        return {
            TopicPartition(answer["topic"], answer["partition"]): {
                "low_watermark": int(answer["lowWatermark"]),
                "error_code": 0,
                "partition_index": answer["partition"],
            }
            for answer in answers
        }

    def list_topics(self) -> list:
        return [topic["topic"] for topic in self._cluster(None)["topics"]]

    def describe_topics(self, topics=None) -> list:
        return [
            {
                "error_code": topic["errorCode"],
                "topic": topic["topic"],
                "is_internal": topic["topic"].startswith("__"),
                "partitions": [
                    {
                        "error_code": partition["errorCode"],
                        "partition": partition["partition"],
                        "leader": partition["leader"],
                        "replicas": partition["replicas"],
                        "isr": partition["inSync"],
                        "offline_replicas": [],
                    }
                    for partition in topic["partitions"]
                ],
            }
            for topic in self._cluster(topics)["topics"]
        ]

    def describe_cluster(self) -> dict:
        found = self._cluster(None)
        return {
            "throttle_time_ms": 0,
            "brokers": [
                {"node_id": broker["nodeId"], "host": broker["host"], "port": broker["port"], "rack": None}
                for broker in found["brokers"]
            ],
            "cluster_id": found["clusterId"],
            "controller_id": found["controllerId"],
        }

    def list_consumer_groups(self, broker_ids=None) -> list:
        return [(group["group"], group["protocolType"]) for group in self._connection.ask("groups")["groups"]]

    def list_consumer_group_offsets(self, group_id, group_coordinator_id=None, partitions=None) -> dict:
        wanted = None if partitions is None else [{"topic": each.topic, "partition": each.partition} for each in partitions]
        return offsets_of(self._connection.ask("committed", group=group_id, partitions=wanted))

    def delete_consumer_groups(self, group_ids, group_coordinator_id=None) -> list:
        answers = self._connection.ask("delete_groups", groups=list(group_ids))["groups"]
        return [(answer["group"], errors.for_code(answer["code"])) for answer in answers]

    def close(self) -> None:
        self._connection.close()

    def _cluster(self, topics):
        return self._connection.ask("cluster", topics=None if topics is None else list(topics))

    def _timeout(self, timeout_ms):
        return timeout_ms or self.config["request_timeout_ms"]


def _checked(request, answers, name, field, *, with_message):
    rows = [
        Struct(topic=answer["topic"], error_code=answer["code"], **({"error_message": answer["message"]} if with_message else {}))
        for answer in answers
    ]
    response = Struct(name, throttle_time_ms=0, **{field: rows})
    for answer in answers:
        if answer["code"] != 0:
            raise errors.for_code(answer["code"])(f"Request '{request}' failed with response '{response}'.")
    return response


def _refuse_dry_run(validate_only):
    if validate_only:
        raise NotImplementedError("Marea no incluye validate_only.")


def _refuse(unknown):
    raise errors.KafkaConfigurationError(f"Unrecognized configs: {unknown}")
