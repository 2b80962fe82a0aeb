"""Databases."""
from pymongo._checks import check_pipeline
from pymongo.collection import Collection
from pymongo.cursor import CommandCursor
from pymongo.errors import CollectionInvalid, InvalidName, OperationFailure
from pymongo.operations import given

_NAMESPACE_NOT_FOUND = 26
_FORBIDDEN = " .$/\\\x00\""


class Database:
    """A database; it exists once one of its collections does."""

    def __init__(self, client, name, **_options):
        if not isinstance(name, str):
            raise TypeError("name must be an instance of str")
        if not name:
            raise InvalidName("database name cannot be the empty string")
        for letter in _FORBIDDEN if name != "$external" else "":
            if letter in name:
                raise InvalidName(f"database names cannot contain the character {letter!r}")
        self._client, self._name = client, name

    @property
    def client(self):
        return self._client

    @property
    def name(self) -> str:
        return self._name

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}. To access the {name} collection, use database[{name!r}].")
        return self[name]

    def __getitem__(self, name):
        return Collection(self, name)

    def __call__(self, *_args, **_kwargs):
        raise TypeError(
            f"'Database' object is not callable. "
            f"If you meant to call the '{self._name}' method on a 'MongoClient' object it is failing because no such method exists."
        )

    def __eq__(self, other):
        return isinstance(other, Database) and (self._client, self._name) == (other.client, other.name)

    def __hash__(self):
        return hash((self._client, self._name))

    def __bool__(self):
        raise NotImplementedError(
            f"{type(self).__name__} objects do not implement truth value testing or bool(). "
            "Please compare with None instead: database is not None"
        )

    def __iter__(self):
        raise TypeError("'Database' object is not iterable")

    def __repr__(self):
        return f"Database({self._client!r}, {self._name!r})"

    def with_options(self, **_options):
        return Database(self._client, self._name)

    def get_collection(self, name, **_options) -> Collection:
        return Collection(self, name)

    def create_collection(
        self, name, codec_options=None, read_preference=None, write_concern=None, read_concern=None, session=None,
        check_exists=True, **kwargs,
    ) -> Collection:
        if check_exists and name in self.list_collection_names():
            raise CollectionInvalid(f"collection {name} already exists")
        self._run({"create": name, **kwargs})
        return Collection(self, name)

    def list_collections(self, session=None, filter=None, comment=None, **kwargs) -> CommandCursor:
        command = {"listCollections": 1, "cursor": {}, **given(filter=filter, comment=comment), **kwargs}
        return CommandCursor(self._run, "$cmd.listCollections", self._run(command))

    def list_collection_names(self, session=None, filter=None, comment=None, **kwargs) -> list:
        return [collection["name"] for collection in self.list_collections(filter=filter, comment=comment, nameOnly=True, **kwargs)]

    def drop_collection(self, name_or_collection, session=None, comment=None, encrypted_fields=None) -> dict:
        name = name_or_collection.name if isinstance(name_or_collection, Collection) else name_or_collection
        if not isinstance(name, str):
            raise TypeError("name_or_collection must be an instance of str")
        try:
            return self._run({"drop": name, **given(comment=comment)})
        except OperationFailure as error:
            if error.code != _NAMESPACE_NOT_FOUND:
                raise
            return error.details

    def aggregate(self, pipeline, session=None, **kwargs) -> CommandCursor:
        check_pipeline(pipeline)
        command = {"aggregate": 1, "pipeline": pipeline, "cursor": {}, **kwargs}
        return CommandCursor(self._run, "$cmd.aggregate", self._run(command))

    def command(
        self, command, value=1, check=True, allowable_errors=None, read_preference=None, codec_options=None, session=None,
        comment=None, **kwargs,
    ) -> dict:
        """`"ping"`, `("collStats", "x")` or a whole document, the command's name first."""
        document = {command: value} if isinstance(command, str) else dict(command)
        document = {**document, **kwargs, **given(comment=comment)}
        try:
            return self._run(document)
        except OperationFailure as error:
            if check and error.code not in (allowable_errors or ()):
                raise
            return error.details

    def _run(self, command):
        return self._client._run(self._name, command)
