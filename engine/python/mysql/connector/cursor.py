"""Cursors."""
import re
from collections import namedtuple

from mysql.connector.conversion import bind, description_of, from_server
from mysql.connector.errors import InterfaceError, ProgrammingError

_NO_RESULT = "No result set to fetch from"
_INSERT = re.compile(r"\s*(INSERT|REPLACE)\b", re.I)
# The row of an INSERT, to be repeated: what follows VALUES, up to an ON DUPLICATE KEY UPDATE.
_ROW = re.compile(r"(?P<head>.*?\bVALUES?\s*)(?P<row>\(.+\))(?P<tail>\s*(?:ON\s+DUPLICATE\s+KEY\b.*)?;?\s*)", re.I | re.S)
_SHOWN_CHARACTERS = 40


class MySQLCursor:
    """Runs statements. Rows wait at the connection until they are fetched: all of them, before anything else may run there."""

    _is_buffered = False

    def __init__(self, connection):
        self._connection = connection
        self.arraysize = 1
        self._forget()

    def _forget(self):
        self._rows = None
        self._columns = ()
        self.description = None
        self.lastrowid = None
        self.warnings = None
        self._rowcount = -1
        self._statement = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def __iter__(self):
        return iter(self.fetchone, None)

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def __str__(self):
        shown = self._statement or "(Nothing executed yet)"
        cut = f"{shown[:_SHOWN_CHARACTERS]}.." if len(shown) > _SHOWN_CHARACTERS else shown
        return f"{type(self).__name__}: {cut}"

    __repr__ = __str__

    # ------------------------------------------------------------ statements

    def execute(self, operation, params=(), multi=False) -> None:
        """Runs one statement; `%s` and `%(name)s` in it take `params`."""
        if multi:
            raise NotImplementedError("Marea no incluye execute(multi=True): ejecuta cada sentencia por separado.")
        if not operation:
            return
        connection = self._open_connection()
        connection.handle_unread_result()
        self._forget()
        self._run(connection, bind(operation, params))

    def executemany(self, operation, seq_params) -> None:
        """Runs the statement once for each entry of `seq_params`; an INSERT with many rows goes as one statement."""
        if not operation or not seq_params:
            return
        connection = self._open_connection()
        connection.handle_unread_result()
        insert = _ROW.fullmatch(operation) if _INSERT.match(operation) else None
        if insert:
            rows = ",".join(bind(insert["row"], params) for params in seq_params)
            self.execute(insert["head"] + rows + insert["tail"])
            return
        count = 0
        for params in seq_params:
            self.execute(operation, params)
            if self._rows is not None:
                self.fetchall()
            count += self._rowcount
        self._rowcount = count

    def callproc(self, procname, args=()):
        raise NotImplementedError("Marea no incluye callproc(): no hay procedimientos almacenados.")

    def _run(self, connection, statement):
        answer = connection.execute_statement(statement)
        self._statement = statement
        if answer["kind"] == "rows":
            columns = self._columns = answer["columns"]
            self.description = [description_of(column) for column in columns]
            self._rows = [tuple(from_server(value, column) for value, column in zip(row, columns)) for row in answer["rows"]]
            if self._is_buffered:
                self._rowcount = len(self._rows)
            else:
                connection.set_unread(self)
        else:
            self._rowcount = answer["affectedRows"]
            self.lastrowid = int(answer["insertId"])

    def _open_connection(self):
        if self._connection is None:
            raise ProgrammingError("Cursor is not connected")
        return self._connection

    # ------------------------------------------------------------ rows

    def fetchone(self):
        """The next row, None after the last."""
        self._assert_fetchable()
        rows = self._take(1)
        return rows[0] if rows else None

    def fetchmany(self, size=None) -> list:
        self._assert_fetchable()
        return self._take(self.arraysize if size is None else size)

    def fetchall(self) -> list:
        self._assert_fetchable()
        return self._take(None)

    def _assert_fetchable(self):
        if self._statement is None:
            raise InterfaceError(_NO_RESULT)

    def _take(self, count):
        if self._rows is None:
            return []
        taken = self._rows[:count]
        del self._rows[:count]
        if not self._is_buffered:
            if taken or count is None:
                self._rowcount = max(self._rowcount, 0) + len(taken)
            if not self._rows and self._connection is not None:
                self._connection.set_unread(None)
        return [self._shaped(row) for row in taken]

    def _shaped(self, row):
        return row

    # ------------------------------------------------------------ what is known of the last statement

    @property
    def rowcount(self) -> int:
        """Rows fetched so far, or changed; -1 before the first is fetched, unless the cursor is buffered."""
        return self._rowcount

    @property
    def column_names(self) -> tuple:
        return tuple(column["name"] for column in self._columns)

    @property
    def statement(self) -> str | None:
        """The statement as it was sent, with its parameters."""
        return self._statement

    @property
    def with_rows(self) -> bool:
        return bool(self._columns)

    def reset(self, free=True) -> None:
        self.fetchall()

    def close(self) -> bool:
        if self._connection is None:
            return False
        self._connection.handle_unread_result()
        self._connection = None
        self._forget()
        return True


class _Dict(MySQLCursor):
    def _shaped(self, row):
        return dict(zip(self.column_names, row))


class _NamedTuple(MySQLCursor):
    def _shaped(self, row):
        return namedtuple("Row", self.column_names, rename=True)(*row)


class MySQLCursorBuffered(MySQLCursor):
    _is_buffered = True


class MySQLCursorDict(_Dict):
    pass


class MySQLCursorNamedTuple(_NamedTuple):
    pass


class MySQLCursorBufferedDict(_Dict, MySQLCursorBuffered):
    pass


class MySQLCursorBufferedNamedTuple(_NamedTuple, MySQLCursorBuffered):
    pass


def class_for(buffered, dictionary, named_tuple):
    if dictionary and named_tuple:
        raise ValueError("Cursor not available with given criteria: dictionary, named_tuple")
    if dictionary:
        return MySQLCursorBufferedDict if buffered else MySQLCursorDict
    if named_tuple:
        return MySQLCursorBufferedNamedTuple if buffered else MySQLCursorNamedTuple
    return MySQLCursorBuffered if buffered else MySQLCursor
