"""The way to the host's Kafka client: main/connectors/calls/kafka-calls.ts answers."""
import base64
import time

from kafka import errors
from marea_kernel import bridge

DEFAULT_PORT = 9092
_RETRY_SECONDS = 0.1


class Connection:
    """One client. Raises `NoBrokersAvailable` when nobody answers at `bootstrap_servers`, a list or `host:port,host:port`."""

    def __init__(self, bootstrap_servers):
        self._handle = None
        self._handle = _ask("connect", None, servers=_addresses(bootstrap_servers))["connection"]

    def ask(self, operation, timeout=None, **fields):
        """The host's answer; None past `timeout` seconds. Its refusals are raised as exceptions of `kafka.errors`."""
        if self._handle is None:
            raise errors.KafkaConnectionError("the client is closed")
        return _ask(operation, timeout, connection=self._handle, **fields)

    def partitions_of(self, topic, timeout=0, create=True):
        """Partition numbers, None for an unknown topic. `create`: a broker that makes topics on first use does; one that does not is given `timeout` seconds."""
        deadline = time.perf_counter() + timeout
        while True:
            [found] = self.ask("metadata", topics=[topic], create=create)["topics"]
            if found["code"] == 0:
                return {partition["partition"] for partition in found["partitions"]}
            if not errors.for_code(found["code"]).retriable or time.perf_counter() >= deadline:
                return None
            time.sleep(_RETRY_SECONDS)

    def close(self):
        if self._handle is not None:
            self.ask("close")
            self._handle = None


def _ask(operation, timeout, **fields):
    answer = bridge.call(f"kafka.{operation}", fields, timeout)
    if answer is not None and "error" in answer:
        raise error_of(answer["error"])
    return answer


def error_of(refusal):
    """`code` of the protocol, or the `name` of a class where the broker did not answer."""
    kind = errors.for_code(refusal["code"]) if refusal["code"] is not None else getattr(errors, refusal["name"])
    return kind(refusal["message"]) if refusal["message"] else kind()


def to_wire(data):
    return None if data is None else base64.b64encode(data).decode("ascii")


def from_wire(text):
    return None if text is None else base64.b64decode(text)


def configured(defaults, given, refuse):
    """`defaults` overridden by `given`; `refuse` is called with the names that do not exist."""
    unknown = set(given) - set(defaults)
    if unknown:
        refuse(unknown)
    return {**defaults, **given}


def _addresses(servers):
    written = servers.split(",") if isinstance(servers, str) else servers
    return ",".join(_with_port(address.strip()) for address in written)


def _with_port(address):
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return f"{host}:{port}"
    return f"{address}:{DEFAULT_PORT}"
