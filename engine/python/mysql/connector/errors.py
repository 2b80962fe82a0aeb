"""The exceptions of mysql-connector-python. The number and SQLSTATE of the server decide the class."""


class Error(Exception):
    """`errno` 1146, `sqlstate` "42S02", `msg` "Table 'spark.x' doesn't exist"; as text all three."""

    def __init__(self, msg=None, errno=None, values=None, sqlstate=None):
        super().__init__()
        self.msg = str(msg % values) if msg and values else msg
        self.errno = errno or -1
        self.sqlstate = sqlstate
        self._full_msg = _text(self.msg or "Unknown error", self.errno, sqlstate)
        self.args = (self.errno, self._full_msg, self.sqlstate)

    def __str__(self):
        return self._full_msg


def _text(msg, errno, sqlstate):
    if errno == -1:
        return msg
    return f"{errno} ({sqlstate}): {msg}" if sqlstate else f"{errno}: {msg}"


class Warning(Exception):
    pass


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class InternalError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class DataError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


class PoolError(Error):
    pass


_BY_ERRNO = {
    1210: ProgrammingError, 1243: ProgrammingError, 2002: InterfaceError, 2003: InterfaceError, 2013: OperationalError,
    2026: InterfaceError, 2049: NotSupportedError, 2055: OperationalError, 2061: InterfaceError,
}
# By the first two characters of SQLSTATE.
_BY_STATE = {
    **dict.fromkeys(("02", "21", "22"), DataError),
    **dict.fromkeys(("08", "0K", "HZ"), OperationalError),
    **dict.fromkeys(("23", "XA"), IntegrityError),
    **dict.fromkeys(("40", "44"), InternalError),
    **dict.fromkeys(
        ("24", "25", "26", "27", "28", "2A", "2C", "34", "35", "37", "3C", "3D", "3F", "42"), ProgrammingError
    ),
    "0A": NotSupportedError,
}


def get_mysql_exception(errno, msg=None, sqlstate=None):
    """The exception for an error of the server."""
    kind = _BY_ERRNO.get(errno) or _BY_STATE.get((sqlstate or "")[:2], DatabaseError)
    return kind(msg=msg, errno=errno, sqlstate=sqlstate)
