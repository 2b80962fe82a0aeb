"""The exceptions of kafka-python: those of the client, and one for each error code of the protocol."""


class KafkaError(RuntimeError):
    retriable = False
    invalid_metadata = False  # whether the client should look at the topics again

    def __str__(self):
        text = super().__str__()
        return f"{type(self).__name__}: {text}" if self.args else type(self).__name__


class BrokerResponseError(KafkaError):
    errno = None
    message = None
    description = None

    def __str__(self):
        return f"[Error {self.errno}] {super().__str__()}"


class KafkaProtocolError(KafkaError):
    retriable = True


class AsyncProducerQueueFull(KafkaError):
    def __init__(self, failed_msgs, *args):
        super().__init__(*args)
        self.failed_msgs = failed_msgs


# Class, whether trying again helps, whether the topics have changed.
_CLIENT_ERRORS = (
    ("AuthenticationFailedError", False, False), ("AuthenticationMethodNotSupported", False, False), ("Cancelled", True, False),
    ("CommitFailedError", False, False), ("FailedPayloadsError", False, False), ("IllegalArgumentError", False, False),
    ("IllegalStateError", False, False), ("IncompatibleBrokerVersion", False, False), ("KafkaConfigurationError", False, False),
    ("KafkaConnectionError", True, True), ("KafkaTimeoutError", False, False), ("KafkaUnavailableError", False, False),
    ("MetadataEmptyBrokerList", True, False), ("NoBrokersAvailable", True, True), ("NoOffsetForPartitionError", False, False),
    ("NodeNotReadyError", True, False), ("ProtocolError", False, False), ("QuotaViolationError", False, False),
    ("StaleMetadata", True, True), ("TooManyInFlightRequests", True, False), ("UnrecognizedBrokerVersion", False, False),
    ("UnsupportedCodecError", False, False),
)

# Code, class, name in the protocol, whether trying again helps, whether the topics have changed.
_BROKER_ERRORS = (
    (-1, "UnknownError", "UNKNOWN", False, False),
    (0, "NoError", "NO_ERROR", False, False),
    (1, "OffsetOutOfRangeError", "OFFSET_OUT_OF_RANGE", False, False),
    (2, "CorruptRecordException", "CORRUPT_MESSAGE", False, False),
    (3, "UnknownTopicOrPartitionError", "UNKNOWN_TOPIC_OR_PARTITION", True, True),
    (4, "InvalidFetchRequestError", "INVALID_FETCH_SIZE", False, False),
    (5, "LeaderNotAvailableError", "LEADER_NOT_AVAILABLE", True, True),
    (6, "NotLeaderForPartitionError", "NOT_LEADER_FOR_PARTITION", True, True),
    (7, "RequestTimedOutError", "REQUEST_TIMED_OUT", True, False),
    (8, "BrokerNotAvailableError", "BROKER_NOT_AVAILABLE", False, False),
    (9, "ReplicaNotAvailableError", "REPLICA_NOT_AVAILABLE", False, False),
    (10, "MessageSizeTooLargeError", "MESSAGE_SIZE_TOO_LARGE", False, False),
    (11, "StaleControllerEpochError", "STALE_CONTROLLER_EPOCH", False, False),
    (12, "OffsetMetadataTooLargeError", "OFFSET_METADATA_TOO_LARGE", False, False),
    (13, "StaleLeaderEpochCodeError", "STALE_LEADER_EPOCH_CODE", False, False),
    (14, "GroupLoadInProgressError", "OFFSETS_LOAD_IN_PROGRESS", True, False),
    (15, "GroupCoordinatorNotAvailableError", "CONSUMER_COORDINATOR_NOT_AVAILABLE", True, False),
    (16, "NotCoordinatorForGroupError", "NOT_COORDINATOR_FOR_CONSUMER", True, False),
    (17, "InvalidTopicError", "INVALID_TOPIC", False, False),
    (18, "RecordListTooLargeError", "RECORD_LIST_TOO_LARGE", False, False),
    (19, "NotEnoughReplicasError", "NOT_ENOUGH_REPLICAS", True, False),
    (20, "NotEnoughReplicasAfterAppendError", "NOT_ENOUGH_REPLICAS_AFTER_APPEND", True, False),
    (21, "InvalidRequiredAcksError", "INVALID_REQUIRED_ACKS", False, False),
    (22, "IllegalGenerationError", "ILLEGAL_GENERATION", False, False),
    (23, "InconsistentGroupProtocolError", "INCONSISTENT_GROUP_PROTOCOL", False, False),
    (24, "InvalidGroupIdError", "INVALID_GROUP_ID", False, False),
    (25, "UnknownMemberIdError", "UNKNOWN_MEMBER_ID", False, False),
    (26, "InvalidSessionTimeoutError", "INVALID_SESSION_TIMEOUT", False, False),
    (27, "RebalanceInProgressError", "REBALANCE_IN_PROGRESS", False, False),
    (28, "InvalidCommitOffsetSizeError", "INVALID_COMMIT_OFFSET_SIZE", False, False),
    (29, "TopicAuthorizationFailedError", "TOPIC_AUTHORIZATION_FAILED", False, False),
    (30, "GroupAuthorizationFailedError", "GROUP_AUTHORIZATION_FAILED", False, False),
    (31, "ClusterAuthorizationFailedError", "CLUSTER_AUTHORIZATION_FAILED", False, False),
    (32, "InvalidTimestampError", "INVALID_TIMESTAMP", False, False),
    (33, "UnsupportedSaslMechanismError", "UNSUPPORTED_SASL_MECHANISM", False, False),
    (34, "IllegalSaslStateError", "ILLEGAL_SASL_STATE", False, False),
    (35, "UnsupportedVersionError", "UNSUPPORTED_VERSION", False, False),
    (36, "TopicAlreadyExistsError", "TOPIC_ALREADY_EXISTS", False, False),
    (37, "InvalidPartitionsError", "INVALID_PARTITIONS", False, False),
    (38, "InvalidReplicationFactorError", "INVALID_REPLICATION_FACTOR", False, False),
    (39, "InvalidReplicationAssignmentError", "INVALID_REPLICATION_ASSIGNMENT", False, False),
    (40, "InvalidConfigurationError", "INVALID_CONFIG", False, False),
    (41, "NotControllerError", "NOT_CONTROLLER", True, False),
    (42, "InvalidRequestError", "INVALID_REQUEST", False, False),
    (43, "UnsupportedForMessageFormatError", "UNSUPPORTED_FOR_MESSAGE_FORMAT", False, False),
    (44, "PolicyViolationError", "POLICY_VIOLATION", False, False),
    (54, "SecurityDisabledError", "SECURITY_DISABLED", False, False),
    (68, "NonEmptyGroupError", "NON_EMPTY_GROUP", False, False),
    (69, "GroupIdNotFoundError", "GROUP_ID_NOT_FOUND", False, False),
)


def _error_class(name, base, **fields):
    return type(name, (base,), {"__module__": __name__, **fields})


for _name, _retriable, _invalid in _CLIENT_ERRORS:
    globals()[_name] = _error_class(_name, KafkaError, retriable=_retriable, invalid_metadata=_invalid)
for _code, _name, _message, _retriable, _invalid in _BROKER_ERRORS:
    globals()[_name] = _error_class(
        _name, BrokerResponseError, errno=_code, message=_message, retriable=_retriable, invalid_metadata=_invalid
    )
CorrelationIdError = _error_class("CorrelationIdError", KafkaProtocolError)
InvalidMessageError = CorruptRecordException  # noqa: F821

kafka_errors = {_row[0]: globals()[_row[1]] for _row in _BROKER_ERRORS}


def for_code(error_code):
    """The class for an error code of the protocol."""
    return kafka_errors.get(error_code, UnknownError)  # noqa: F821
