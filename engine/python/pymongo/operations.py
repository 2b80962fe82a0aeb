"""The writes of `bulk_write`, and indexes."""
from pymongo._checks import check_mapping, check_replacement, check_update, index_document


class _Write:
    """`kind`: the server's command; `statement`: its part for this write."""

    kind = ""

    def statement(self) -> dict:
        raise NotImplementedError

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(repr(value) for value in self.__dict__.values())})"


class InsertOne(_Write):
    kind = "insert"

    def __init__(self, document, namespace=None):
        self._doc = document

    def statement(self) -> dict:
        return self._doc


class _Delete(_Write):
    kind = "delete"
    _limit = 0

    def __init__(self, filter, collation=None, hint=None, namespace=None):
        check_mapping("filter", filter)
        self._filter, self._collation, self._hint = filter, collation, hint

    def statement(self) -> dict:
        return {"q": self._filter, "limit": self._limit, **given(collation=self._collation, hint=self._hint)}


class DeleteOne(_Delete):
    _limit = 1


class DeleteMany(_Delete):
    pass


class ReplaceOne(_Write):
    kind = "update"

    def __init__(self, filter, replacement, upsert=False, collation=None, hint=None, namespace=None):
        check_mapping("filter", filter)
        check_replacement(replacement)
        self._filter, self._doc, self._upsert, self._collation, self._hint = filter, replacement, upsert, collation, hint

    def statement(self) -> dict:
        options = given(collation=self._collation, hint=self._hint)
        return {"q": self._filter, "u": self._doc, "multi": False, "upsert": bool(self._upsert), **options}


class _Update(_Write):
    kind = "update"
    _multi = False

    def __init__(self, filter, update, upsert=None, collation=None, array_filters=None, hint=None, namespace=None):
        check_mapping("filter", filter)
        check_update(update)
        self._filter, self._doc, self._upsert = filter, update, upsert
        self._collation, self._array_filters, self._hint = collation, array_filters, hint

    def statement(self) -> dict:
        options = given(collation=self._collation, arrayFilters=self._array_filters, hint=self._hint)
        return {"q": self._filter, "u": self._doc, "multi": self._multi, "upsert": bool(self._upsert), **options}


class UpdateOne(_Update):
    pass


class UpdateMany(_Update):
    _multi = True


class IndexModel:
    """One index for `create_indexes`."""

    def __init__(self, keys, **kwargs):
        key = index_document(keys)
        self.document = {"name": index_name(key), **kwargs, "key": key}


def index_name(key: dict) -> str:
    return "_".join(f"{name}_{direction}" for name, direction in key.items())


def given(**options) -> dict:
    """The options that are not None."""
    return {name: value for name, value in options.items() if value is not None}
