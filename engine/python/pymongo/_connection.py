"""The way to the server: the host runs each command on its driver."""
import json

from bson._extended_json import decode, encode_document
from marea_kernel import bridge

from pymongo.errors import AutoReconnect, ConfigurationError, InvalidOperation, ServerSelectionTimeoutError, failure_of
from pymongo._topology import no_server_text


class Connection:
    """Runs commands. Raises what pymongo raises for a server that refuses or is not there."""

    def __init__(self, address, tz_aware):
        self._address = address
        self._tz_aware = tz_aware
        self.is_closed = False

    def run(self, database: str, command: dict) -> dict:
        """The server's answer with `ok: 1`; write errors are part of an answer."""
        if self.is_closed:
            raise InvalidOperation("Cannot use MongoClient after close")
        text = json.dumps(_unambiguous(encode_document(command)), ensure_ascii=False)
        try:
            outcome = bridge.call("mongodb.command", {"uri": self._address.uri, "database": database, "command": text})
        except bridge.HostError as error:
            raise ConfigurationError(str(error)) from None
        if "error" in outcome:
            raise self._error(outcome["error"])
        return self._decoded(outcome["reply"])

    def _decoded(self, text):
        return decode(json.loads(text), self._tz_aware)

    def _error(self, refusal):
        if refusal["code"] is not None:
            reply = self._decoded(refusal["reply"]) if refusal.get("reply") else {}
            plain = {"errmsg": refusal["message"], "code": refusal["code"], "codeName": refusal["codeName"]}
            return failure_of({**plain, **reply} if "errmsg" not in reply else reply)
        if refusal["codeName"] == "ServerSelection":
            return ServerSelectionTimeoutError(no_server_text(self._address, refusal["message"]))
        host, port = self._address.nodes[0]
        return AutoReconnect(f"{host}:{port}: {refusal['message']}")


def _unambiguous(tree):
    """A `$regex` beside other operators would read as a regular expression in extended JSON, and the others would be lost."""
    if isinstance(tree, list):
        return [_unambiguous(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    marked = {name: _unambiguous(value) for name, value in tree.items()}
    if isinstance(marked.get("$regex"), str):
        marked["$regex"] = {"$regularExpression": {"pattern": marked["$regex"], "options": ""}}
    return marked
