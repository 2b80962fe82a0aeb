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
        self._handle = self.ask("connect", servers=_addresses(bootstrap_servers))["connection"]

    def ask(self, operation, timeout=None, **fields):
        """The host's answer; None past `timeout` seconds. Its refusals are raised as exceptions of `kafka.errors`."""
        answer = bridge.call(f"kafka.{operation}", {"connection": self._handle, **fields}, timeout)
        if answer is not None and "error" in answer:
            raise error_of(answer["error"])
        return answer

    def partitions_of(self, topic, timeout=0):
        """Partition numbers. A broker that makes topics on first use makes it; where it does not, `timeout` seconds are waited. None: still unknown."""
        deadline = time.perf_counter() + timeout
        while True:
            [found] = self.ask("metadata", topics=[topic], create=True)["topics"]
            if found["code"] == 0:
                return {partition["partition"] for partition in found["partitions"]}
            if not errors.for_code(found["code"]).retriable or time.perf_counter() >= deadline:
                return None
            time.sleep(_RETRY_SECONDS)

    def close(self):
        if self._handle is not None:
            self.ask("close")
            self._handle = None


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
