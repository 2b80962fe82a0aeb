"""mysql-connector-python's API in front of Marea's relational store, or of the real MariaDB or MySQL that answers at the same address."""
from mysql.connector.connection import MySQLConnection
from mysql.connector.constants import FieldFlag, FieldType
from mysql.connector.dbapi import (
    BINARY, DATETIME, NUMBER, ROWID, STRING, Binary, Date, DateFromTicks, Time, TimeFromTicks, Timestamp, TimestampFromTicks,
)
from mysql.connector.errors import (
    DatabaseError, DataError, Error, IntegrityError, InterfaceError, InternalError, NotSupportedError, OperationalError, PoolError,
    ProgrammingError, Warning,
)

__version__ = "8.4.0"
__version_info__ = (8, 4, 0, "", 1)
apilevel = "2.0"
threadsafety = 1
paramstyle = "pyformat"
HAVE_CEXT = False

__all__ = [
    "BINARY", "Binary", "Connect", "DATETIME", "DataError", "DatabaseError", "Date", "DateFromTicks", "Error", "FieldFlag",
    "FieldType", "HAVE_CEXT", "IntegrityError", "InterfaceError", "InternalError", "MySQLConnection", "NUMBER",
    "NotSupportedError", "OperationalError", "PoolError", "ProgrammingError", "ROWID", "STRING", "Time", "TimeFromTicks",
    "Timestamp", "TimestampFromTicks", "Warning", "apilevel", "connect", "paramstyle", "threadsafety",
]


def connect(**kwargs) -> MySQLConnection:
    """A logged-in connection: `connect(host="localhost", user="iabd", password="iabd", database="spark")`."""
    return MySQLConnection(**kwargs)


Connect = connect
