"""Extended JSON text: `dumps` and `loads`."""
import collections.abc
import json

from bson._extended_json import decode, encode


class JSONMode:
    LEGACY = 0
    RELAXED = 1
    CANONICAL = 2


class JSONOptions:
    """How `dumps` writes and `loads` reads. The legacy mode of old servers does not exist here."""

    def __init__(self, strict_number_long=None, datetime_representation=None, strict_uuid=None, json_mode=JSONMode.RELAXED, tz_aware=False, **_codec):
        if json_mode not in (JSONMode.RELAXED, JSONMode.CANONICAL):
            raise NotImplementedError("Marea no incluye el modo LEGACY de bson.json_util.")
        self.json_mode = json_mode
        self.tz_aware = tz_aware

    def with_options(self, **kwargs):
        return JSONOptions(**{"json_mode": self.json_mode, "tz_aware": self.tz_aware, **kwargs})


RELAXED_JSON_OPTIONS = JSONOptions(json_mode=JSONMode.RELAXED)
CANONICAL_JSON_OPTIONS = JSONOptions(json_mode=JSONMode.CANONICAL)
DEFAULT_JSON_OPTIONS = RELAXED_JSON_OPTIONS


def dumps(obj, *args, json_options=DEFAULT_JSON_OPTIONS, **kwargs) -> str:
    """A document, a list of them or a cursor as text; other arguments are those of `json.dumps`."""
    return json.dumps(default_tree(obj, json_options), *args, **kwargs)


def loads(s, *args, json_options=DEFAULT_JSON_OPTIONS, **kwargs):
    return decode(json.loads(s, *args, **kwargs), json_options.tz_aware)


def default_tree(obj, json_options=DEFAULT_JSON_OPTIONS):
    canonical = json_options.json_mode == JSONMode.CANONICAL
    if isinstance(obj, collections.abc.Iterator):
        return [encode(item, canonical) for item in obj]
    return encode(obj, canonical)


def default(obj, json_options=DEFAULT_JSON_OPTIONS):
    """For `json.dumps(…, default=json_util.default)`."""
    return default_tree(obj, json_options)


def object_hook(dct, json_options=DEFAULT_JSON_OPTIONS):
    """For `json.loads(…, object_hook=json_util.object_hook)`: what is inside has been decoded already."""
    return decode(dct, json_options.tz_aware)
