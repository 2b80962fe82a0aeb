"""What pymongo raises."""
from bson.errors import InvalidDocument


class PyMongoError(Exception):
    """Base of all the others."""

    def __init__(self, message="", error_labels=None):
        super().__init__(message)
        self._message = message
        self._error_labels = set(error_labels or ())

    def has_error_label(self, label: str) -> bool:
        return label in self._error_labels

    @property
    def timeout(self) -> bool:
        return False


class ProtocolError(PyMongoError):
    """The server's answer makes no sense."""


class ConnectionFailure(PyMongoError):
    """No connection, or a broken one."""


class AutoReconnect(ConnectionFailure):
    """The connection broke; the next operation makes a new one."""

    def __init__(self, message="", errors=None):
        super().__init__(message, {"NetworkError"} if "connection closed" in message else None)
        self.errors = self.details = errors or []


class NetworkTimeout(AutoReconnect):
    @property
    def timeout(self) -> bool:
        return True


class NotPrimaryError(AutoReconnect):
    """The server no longer takes writes."""


class ServerSelectionTimeoutError(AutoReconnect):
    """No server answered in time."""

    @property
    def timeout(self) -> bool:
        return True


class ConfigurationError(PyMongoError):
    """A setting that makes no sense."""


class InvalidURI(ConfigurationError):
    """Text that is no connection string."""


class InvalidName(PyMongoError):
    """A name that no database or collection may have."""


class CollectionInvalid(PyMongoError):
    """A collection that is there already."""


class InvalidOperation(PyMongoError):
    """An operation at the wrong moment."""


class EncryptionError(PyMongoError):
    """Never raised: there is no client-side encryption here."""


class OperationFailure(PyMongoError):
    """The server refused an operation. `details` is its whole answer."""

    def __init__(self, error, code=None, details=None, max_wire_version=None):
        labels = details.get("errorLabels") if details else None
        super().__init__(error if details is None else f"{error}, full error: {details}", labels)
        self._code = code
        self._details = details

    @property
    def code(self):
        return self._code

    @property
    def details(self):
        return self._details


class CursorNotFound(OperationFailure):
    pass


class ExecutionTimeout(OperationFailure):
    @property
    def timeout(self) -> bool:
        return True


class WriteConcernError(OperationFailure):
    pass


class WriteError(OperationFailure):
    pass


class WTimeoutError(WriteConcernError):
    @property
    def timeout(self) -> bool:
        return True


class DuplicateKeyError(WriteError):
    pass


class BulkWriteError(OperationFailure):
    """Some writes of several failed."""

    def __init__(self, results):
        super().__init__("batch op errors occurred", 65, results)


class DocumentTooLarge(InvalidDocument):
    pass


_BY_CODE = {43: CursorNotFound, 50: ExecutionTimeout, 11000: DuplicateKeyError, 11001: DuplicateKeyError, 12582: DuplicateKeyError}


def failure_of(reply: dict) -> OperationFailure:
    """The exception for the server's answer `{ok: 0, …}`."""
    code = reply.get("code")
    return _BY_CODE.get(code, OperationFailure)(reply.get("errmsg", "unknown error"), code, reply)


def write_failure_of(reply: dict):
    """The exception for an answer with write errors, or None. Of several errors the last counts."""
    if reply.get("writeErrors"):
        last = reply["writeErrors"][-1]
        kind = DuplicateKeyError if last.get("code") == 11000 else WriteError
        return kind(last.get("errmsg"), last.get("code"), last)
    if reply.get("writeConcernError"):
        last = reply["writeConcernError"]
        kind = WTimeoutError if (last.get("errInfo") or {}).get("wtimeout") else WriteConcernError
        return kind(last.get("errmsg"), last.get("code"), last)
    return None
