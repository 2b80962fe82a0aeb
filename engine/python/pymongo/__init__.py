"""pymongo for Marea: the same calls, each one a command that the host runs on MongoDB's driver."""
from pymongo.collection import Collection, ReturnDocument
from pymongo.cursor import CursorType
from pymongo.mongo_client import MongoClient
from pymongo.operations import DeleteMany, DeleteOne, IndexModel, InsertOne, ReplaceOne, UpdateMany, UpdateOne

ASCENDING = 1
DESCENDING = -1
GEO2D = "2d"
GEOSPHERE = "2dsphere"
HASHED = "hashed"
TEXT = "text"

version = "4.10.1"
version_tuple = (4, 10, 1)
__version__ = version


def get_version_string() -> str:
    return version


def has_c() -> bool:
    return False


__all__ = [
    "ASCENDING",
    "DESCENDING",
    "GEO2D",
    "GEOSPHERE",
    "HASHED",
    "TEXT",
    "Collection",
    "CursorType",
    "DeleteMany",
    "DeleteOne",
    "IndexModel",
    "InsertOne",
    "MongoClient",
    "ReplaceOne",
    "ReturnDocument",
    "UpdateMany",
    "UpdateOne",
    "get_version_string",
    "has_c",
    "version",
    "version_tuple",
]
