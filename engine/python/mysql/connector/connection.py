"""MySQLConnection. main/connectors/calls/relational-calls.ts answers what it asks."""
from marea_kernel import bridge
from mysql.connector import cursor as cursors
from mysql.connector.errors import InterfaceError, InternalError, OperationalError, ProgrammingError, get_mysql_exception

_DEFAULT_HOST = "127.0.0.1"
_DEFAULT_PORT = 3306
_NAMES = {"db": "database", "username": "user", "passwd": "password"}
# Accepted and without effect on this side.
_IGNORED = frozenset(
    "allow_local_infile allow_local_infile_in_path auth_plugin can_handle_expired_passwords charset client_flags collation"
    " compress conn_attrs connect_timeout connection_timeout consume_results converter_class converter_str_fallback force_ipv6"
    " get_warnings init_command kerberos_auth_mode openid_token_file pool_name pool_reset_session pool_size raise_on_warnings"
    " read_timeout sql_mode ssl_ca ssl_cert ssl_cipher ssl_disabled ssl_key ssl_verify_cert ssl_verify_identity time_zone"
    " tls_ciphersuites tls_versions unix_socket use_pure use_unicode write_timeout".split()
)
_KNOWN = frozenset(("host", "port", "user", "password", "database", "autocommit", "buffered", "raw"))
_UNREAD = "Unread result found"


class MySQLConnection:
    """A logged-in connection. As in the real package autocommit is off: changes stay invisible to others until `commit`."""

    def __init__(self, **options):
        options = {_NAMES.get(name, name): value for name, value in options.items()}
        for name in options:
            if name not in _KNOWN and name not in _IGNORED:
                raise AttributeError(f"Unsupported argument '{name}'")
        self._host = options.get("host") or _DEFAULT_HOST
        self._port = int(options.get("port") or _DEFAULT_PORT)
        self._user = options.get("user") or ""
        self._buffered, self._raw = bool(options.get("buffered")), bool(options.get("raw"))
        self._autocommit = bool(options.get("autocommit"))
        self._unread = None  # the cursor whose rows have not all been fetched
        self._in_transaction = False
        self._handle = None
        answer = self._ask(
            "connect",
            host=self._host, port=self._port, user=options.get("user"), password=options.get("password"),
            database=options.get("database"),
        )
        self._handle, self._server_version = answer["connection"], answer["serverVersion"]

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    # ------------------------------------------------------------ cursors

    def cursor(self, buffered=None, raw=None, prepared=None, cursor_class=None, dictionary=None, named_tuple=None):
        """`dictionary=True`: rows as dicts. `buffered=True`: rows are fetched at once, so that another statement may run meanwhile."""
        self._assert_open()
        self.handle_unread_result()
        if raw or (raw is None and self._raw):
            raise NotImplementedError("Marea no incluye cursor(raw=True) de mysql.connector.")
        is_buffered = self._buffered if buffered is None else buffered
        if cursor_class is None:
            cursor_class = cursors.class_for(bool(is_buffered), bool(dictionary), bool(named_tuple))
        elif not issubclass(cursor_class, cursors.MySQLCursor):
            raise ProgrammingError("Cursor class needs be to subclass of MySQLCursorAbstract")
        return cursor_class(self)

    @property
    def unread_result(self) -> bool:
        return self._unread is not None

    def handle_unread_result(self) -> None:
        if self._unread is not None:
            raise InternalError(_UNREAD)

    # ------------------------------------------------------------ transactions

    @property
    def autocommit(self) -> bool:
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        self._assert_open()
        if value and not self._autocommit:
            self.commit()
        self._autocommit = bool(value)

    @property
    def in_transaction(self) -> bool:
        return self._in_transaction

    def start_transaction(self, consistent_snapshot=False, isolation_level=None, readonly=None) -> None:
        if self._in_transaction:
            raise ProgrammingError("Transaction already in progress")
        self._end("begin")

    def commit(self) -> None:
        self._end("commit")

    def rollback(self) -> None:
        self._end("rollback")

    def _end(self, operation):
        self._assert_open()
        self.handle_unread_result()
        self._in_transaction = self._ask(operation)["inTransaction"]

    # ------------------------------------------------------------ the connection itself

    def is_connected(self) -> bool:
        return self._handle is not None

    def ping(self, reconnect=False, attempts=1, delay=0) -> None:
        """Raises `InterfaceError` for a closed connection; `reconnect` is without effect."""
        if self._handle is None:
            raise InterfaceError("Connection to MySQL is not available")

    @property
    def database(self) -> str | None:
        return self.execute_statement("SELECT DATABASE()")["rows"][0][0]

    @database.setter
    def database(self, name):
        self.execute_statement(f"USE `{name}`")

    @property
    def user(self) -> str:
        return self._user

    @property
    def server_host(self) -> str:
        return self._host

    @property
    def server_port(self) -> int:
        return self._port

    @property
    def server_info(self) -> str:
        return self._server_version

    def get_server_info(self) -> str:
        return self._server_version

    def close(self) -> None:
        """Ends the connection; what was not committed is lost."""
        if self._handle is not None:
            self._ask("close")
            self._handle = self._unread = None

    disconnect = close

    # ------------------------------------------------------------ for cursors

    def execute_statement(self, statement):
        """Runs one statement and returns the host's answer."""
        self._assert_open()
        self.handle_unread_result()
        answer = self._ask("execute", statement=statement, autocommit=self._autocommit)
        self._in_transaction = answer["inTransaction"]
        return answer

    def set_unread(self, cursor):
        self._unread = cursor

    def _assert_open(self):
        if self._handle is None:
            raise OperationalError("MySQL Connection not available")

    def _ask(self, operation, **fields):
        answer = bridge.call(f"relational.{operation}", {"connection": self._handle, **fields})
        if "error" in answer:
            error = answer["error"]
            raise get_mysql_exception(error["errno"], error["message"], error["sqlState"])
        return answer
