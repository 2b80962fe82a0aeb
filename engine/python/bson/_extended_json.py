"""Python values to extended JSON and back, in the two modes MongoDB defines. Trees of plain JSON values, no text."""
import base64
import collections.abc
import datetime
import math
import re
import uuid

from bson.binary import UUID_SUBTYPE, Binary
from bson.code import Code
from bson.dbref import DBRef
from bson.decimal128 import Decimal128
from bson.errors import InvalidDocument
from bson.int64 import Int64
from bson.max_key import MaxKey
from bson.min_key import MinKey
from bson.objectid import ObjectId
from bson.regex import Regex, flags_of, options_of
from bson.timestamp import Timestamp
from bson.tz_util import utc

EPOCH = datetime.datetime(1970, 1, 1)
_YEAR_10000_MS = 253402300800000


def encode_document(document, canonical=True):
    encoded = {}
    for key, value in document.items():
        if not isinstance(key, str):
            raise InvalidDocument(f"documents must have only string keys, key was {key!r}")
        encoded[key] = encode(value, canonical)
    return encoded


def encode(value, canonical=True):
    """The value as extended JSON. Raises InvalidDocument for what MongoDB cannot store."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Code):
        scope = {} if value.scope is None else {"$scope": encode_document(value.scope, canonical)}
        return {"$code": str(value), **scope}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return _encode_int(value, canonical)
    if isinstance(value, float):
        return _encode_float(value, canonical)
    if isinstance(value, ObjectId):
        return {"$oid": str(value)}
    if isinstance(value, datetime.datetime):
        return _encode_datetime(value, canonical)
    if isinstance(value, DBRef):
        return encode_document(value.as_doc(), canonical)
    if isinstance(value, collections.abc.Mapping):
        return encode_document(value, canonical)
    if isinstance(value, (list, tuple)):
        return [encode(item, canonical) for item in value]
    return _encode_rare(value)


def _encode_rare(value):
    if isinstance(value, bytes):
        return _binary(value, value.subtype if isinstance(value, Binary) else 0)
    if isinstance(value, uuid.UUID):
        raise ValueError(
            "cannot encode native uuid.UUID with UuidRepresentation.UNSPECIFIED. UUIDs can be manually converted to bson.Binary "
            "instances using bson.Binary.from_uuid() or a different UuidRepresentation can be configured. See the documentation for "
            "UuidRepresentation for more information."
        )
    if isinstance(value, Decimal128):
        return {"$numberDecimal": str(value)}
    if isinstance(value, re.Pattern):
        value = Regex.from_native(value)
    if isinstance(value, Regex):
        pattern = value.pattern if isinstance(value.pattern, str) else value.pattern.decode()
        return {"$regularExpression": {"pattern": pattern, "options": options_of(value.flags)}}
    if isinstance(value, Timestamp):
        return {"$timestamp": {"t": value.time, "i": value.inc}}
    if isinstance(value, MinKey):
        return {"$minKey": 1}
    if isinstance(value, MaxKey):
        return {"$maxKey": 1}
    raise InvalidDocument(f"cannot encode object: {value!r}, of type: {type(value)!r}")


def _encode_int(value, canonical):
    if not -(2**63) <= value < 2**63:
        raise OverflowError("MongoDB can only handle up to 8-byte ints")
    if not canonical:
        return int(value)
    is_long = isinstance(value, Int64) or not -(2**31) <= value < 2**31
    return {"$numberLong" if is_long else "$numberInt": str(int(value))}


def _encode_float(value, canonical):
    if math.isfinite(value) and not canonical:
        return float(value)
    names = {math.inf: "Infinity", -math.inf: "-Infinity"}
    return {"$numberDouble": "NaN" if math.isnan(value) else names.get(value, repr(float(value)))}


def _encode_datetime(value, canonical):
    ms = milliseconds(value)
    if canonical or not 0 <= ms < _YEAR_10000_MS:
        return {"$date": {"$numberLong": str(ms)}}
    moment = EPOCH + datetime.timedelta(milliseconds=ms)
    fraction = f".{ms % 1000:03}" if ms % 1000 else ""
    return {"$date": f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"}


def milliseconds(value) -> int:
    """Since 1970; a datetime without zone is UTC, and microseconds are cut off."""
    offset = value.utcoffset()
    wall = value.replace(tzinfo=None) - (offset or datetime.timedelta())
    return (wall - EPOCH) // datetime.timedelta(milliseconds=1)


def _binary(data, subtype):
    return {"$binary": {"base64": base64.b64encode(data).decode(), "subType": f"{subtype:02x}"}}


def decode(value, tz_aware=False):
    """The Python value of a tree of extended JSON; dates are naive UTC, as pymongo gives them."""
    if isinstance(value, list):
        return [decode(item, tz_aware) for item in value]
    if not isinstance(value, dict):
        return value
    for marker in _DECODERS.keys() & value.keys():
        names, make = _DECODERS[marker]
        if value.keys() <= names:
            return make(value, tz_aware)
    decoded = {key: decode(item, tz_aware) for key, item in value.items()}
    if isinstance(decoded.get("$ref"), str) and "$id" in decoded:
        rest = {key: item for key, item in decoded.items() if key not in ("$ref", "$id", "$db")}
        return DBRef(decoded["$ref"], decoded["$id"], decoded.get("$db"), rest)
    return decoded


def _decode_date(value, tz_aware):
    date = value["$date"]
    if isinstance(date, str):
        moment = datetime.datetime.fromisoformat(date.replace("Z", "+00:00"))
        ms = milliseconds(moment)
    else:
        ms = int(date["$numberLong"]) if isinstance(date, dict) else int(date)
    moment = EPOCH + datetime.timedelta(milliseconds=ms)
    return moment.replace(tzinfo=utc) if tz_aware else moment


def _decode_binary(value, _tz_aware):
    binary = value["$binary"]
    text, subtype = (binary["base64"], binary["subType"]) if isinstance(binary, dict) else (binary, value.get("$type", "00"))
    data, number = base64.b64decode(text), int(subtype, 16)
    return data if number == 0 else Binary(data, number)


def _decode_regex(value, _tz_aware):
    regex = value["$regularExpression"]
    return Regex(regex["pattern"], flags_of(regex["options"]))


def _decode_code(value, tz_aware):
    return Code(value["$code"], decode(value["$scope"], tz_aware) if "$scope" in value else None)


# The key that tells a value from a document, with all the keys such a value may have, and what it becomes.
_DECODERS = {
    "$numberInt": ({"$numberInt"}, lambda value, _: int(value["$numberInt"])),
    "$numberLong": ({"$numberLong"}, lambda value, _: Int64(value["$numberLong"])),
    "$numberDouble": ({"$numberDouble"}, lambda value, _: float(value["$numberDouble"])),
    "$numberDecimal": ({"$numberDecimal"}, lambda value, _: Decimal128(value["$numberDecimal"])),
    "$oid": ({"$oid"}, lambda value, _: ObjectId(value["$oid"])),
    "$date": ({"$date"}, _decode_date),
    "$binary": ({"$binary", "$type"}, _decode_binary),
    "$uuid": ({"$uuid"}, lambda value, _: Binary(uuid.UUID(value["$uuid"]).bytes, UUID_SUBTYPE)),
    "$regularExpression": ({"$regularExpression"}, _decode_regex),
    "$timestamp": ({"$timestamp"}, lambda value, _: Timestamp(value["$timestamp"]["t"], value["$timestamp"]["i"])),
    "$code": ({"$code", "$scope"}, _decode_code),
    "$symbol": ({"$symbol"}, lambda value, _: value["$symbol"]),
    "$minKey": ({"$minKey"}, lambda _value, _: MinKey()),
    "$maxKey": ({"$maxKey"}, lambda _value, _: MaxKey()),
    "$undefined": ({"$undefined"}, lambda _value, _: None),
}
