"""DBRef."""


class DBRef:
    """A reference to a document of another collection."""

    __slots__ = ("_collection", "_id", "_database", "_extra")
    _type_marker = 100

    def __init__(self, collection, id, database=None, _extra=None, **kwargs):
        if not isinstance(collection, str):
            raise TypeError(f"collection must be an instance of str, not {type(collection)}")
        self._collection, self._id, self._database = collection, id, database
        self._extra = {**(_extra or {}), **kwargs}

    @property
    def collection(self):
        return self._collection

    @property
    def id(self):
        return self._id

    @property
    def database(self):
        return self._database

    def as_doc(self) -> dict:
        database = {} if self._database is None else {"$db": self._database}
        return {"$ref": self._collection, "$id": self._id, **database, **self._extra}

    def __getattr__(self, key):
        try:
            return self._extra[key]
        except KeyError:
            raise AttributeError(key) from None

    def __eq__(self, other):
        return self.as_doc() == other.as_doc() if isinstance(other, DBRef) else NotImplemented

    def __hash__(self):
        return hash((self._collection, self._id, self._database))

    def __repr__(self):
        extra = "".join(f", {key}={value!r}" for key, value in self._extra.items())
        database = "" if self._database is None else f", {self._database!r}"
        return f"DBRef({self._collection!r}, {self._id!r}{database}{extra})"
