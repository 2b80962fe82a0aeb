"""MongoClient."""
from pymongo._connection import Connection
from pymongo._uri import Address
from pymongo.cursor import CommandCursor
from pymongo.database import Database
from pymongo.errors import ConfigurationError
from pymongo.operations import given


class MongoClient:
    """A connection to MongoDB, made with the first operation: a server that is away fails that operation."""

    HOST = "localhost"
    PORT = 27017

    def __init__(self, host=None, port=None, document_class=dict, tz_aware=None, connect=None, type_registry=None, **kwargs):
        if port is not None and not isinstance(port, int):
            raise TypeError("port must be an instance of int")
        self._address = Address(self.HOST if host is None else host, port or self.PORT, kwargs)
        self._tz_aware = bool(tz_aware)
        self._connection = Connection(self._address, self._tz_aware)

    def _run(self, database, command):
        return self._connection.run(database, command)

    @property
    def address(self):
        return self._address.nodes[0]

    @property
    def nodes(self):
        return frozenset(self._address.nodes)

    def get_database(self, name=None, **_options) -> Database:
        if name is None:
            return self.get_default_database()
        return Database(self, name)

    def get_default_database(self, default=None, **_options) -> Database:
        name = self._address.database or default
        if name is None:
            raise ConfigurationError("No default database name defined or provided.")
        return Database(self, name)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}. To access the {name} database, use client[{name!r}].")
        return self[name]

    def __getitem__(self, name) -> Database:
        return Database(self, name)

    def list_databases(self, session=None, comment=None, **kwargs) -> CommandCursor:
        reply = self.admin._run({"listDatabases": 1, **given(comment=comment), **kwargs})
        return CommandCursor(self.admin._run, "$cmd", {"cursor": {"id": 0, "firstBatch": reply["databases"]}})

    def list_database_names(self, session=None, comment=None) -> list:
        return [database["name"] for database in self.list_databases(comment=comment, nameOnly=True)]

    def drop_database(self, name_or_database, session=None, comment=None):
        name = name_or_database.name if isinstance(name_or_database, Database) else name_or_database
        if not isinstance(name, str):
            raise TypeError("name_or_database must be an instance of str or a Database")
        self[name]._run({"dropDatabase": 1, **given(comment=comment)})

    def server_info(self, session=None) -> dict:
        return self.admin.command("buildinfo")

    def start_session(self, *_args, **_kwargs):
        raise NotImplementedError("Marea no incluye las sesiones ni las transacciones de pymongo.")

    def watch(self, *_args, **_kwargs):
        raise NotImplementedError("Marea no incluye los change streams de MongoDB.")

    def close(self):
        self._connection.is_closed = True

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def __eq__(self, other):
        return isinstance(other, MongoClient) and self.nodes == other.nodes

    def __hash__(self):
        return hash(self.nodes)

    def __iter__(self):
        raise TypeError("'MongoClient' object is not iterable")

    def __repr__(self):
        hosts = [f"{host}:{port}" for host, port in self._address.nodes]
        return f"MongoClient(host={hosts!r}, document_class=dict, tz_aware={self._tz_aware}, connect=True)"
