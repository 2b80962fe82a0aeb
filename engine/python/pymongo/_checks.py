"""Arguments that pymongo refuses before it asks the server."""
import collections.abc


def check_mapping(option, value):
    if not isinstance(value, collections.abc.Mapping):
        raise TypeError(f"{option} must be an instance of dict, bson.son.SON, or any other type that inherits from collections.Mapping")


def check_document(option, value):
    if not isinstance(value, collections.abc.MutableMapping):
        raise TypeError(
            f"{option} must be an instance of dict, bson.son.SON, bson.raw_bson.RawBSONDocument, or a type that inherits from "
            "collections.MutableMapping"
        )


def check_update(update):
    """`{"$set": …}` or a pipeline."""
    if not isinstance(update, (list, collections.abc.Mapping)):
        raise TypeError(
            "update must either be a list or an instance of dict, bson.son.SON, or any other type that inherits from collections.Mapping"
        )
    if not update:
        raise ValueError("update cannot be empty")
    if not isinstance(update, list) and not next(iter(update)).startswith("$"):
        raise ValueError("update only works with $ operators")


def check_replacement(replacement):
    check_mapping("replacement", replacement)
    if replacement and next(iter(replacement)).startswith("$"):
        raise ValueError("replacement can not include $ operators")


def check_boolean(option, value):
    if not isinstance(value, bool):
        raise TypeError(f"{option} must be True or False, was: {option}={value}")


def check_pipeline(pipeline):
    if not isinstance(pipeline, list):
        raise TypeError("pipeline must be a list")


def index_document(keys) -> dict:
    """`"x"`, `[("x", 1), "y"]` or `{"x": 1}` as the server wants it."""
    if isinstance(keys, str):
        return {keys: 1}
    if isinstance(keys, collections.abc.Mapping):
        pairs = list(keys.items())
    elif isinstance(keys, (list, tuple)):
        pairs = [(key, 1) if isinstance(key, str) else key for key in keys]
    else:
        raise TypeError("if no direction is specified, key_or_list must be an instance of list")
    if not pairs:
        raise ValueError("key_or_list must not be empty")
    return dict(pairs)


def sort_document(key_or_list, direction=None) -> dict:
    if direction is None:
        return index_document(key_or_list)
    if not isinstance(key_or_list, str):
        raise TypeError(f"Expected a string, not {type(key_or_list)}")
    return {key_or_list: direction}


def projection_document(projection) -> dict:
    """A list of names is a projection too."""
    if isinstance(projection, collections.abc.Mapping):
        return projection
    if not isinstance(projection, (collections.abc.Sequence, collections.abc.Set)):
        raise TypeError("projection must be a mapping or list of key names")
    return {name: 1 for name in projection}
