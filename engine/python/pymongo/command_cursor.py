"""Where pymongo has CommandCursor."""
from pymongo.cursor import CommandCursor

__all__ = ["CommandCursor"]
