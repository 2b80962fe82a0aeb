"""What the bson package raises."""


class BSONError(Exception):
    """Base of all the others."""


class InvalidBSON(BSONError):
    """Data that is no BSON."""


class InvalidStringData(BSONError):
    """Text that is no UTF-8."""


class InvalidDocument(BSONError):
    """A Python value that has no place in a document."""


class InvalidId(BSONError):
    """Text that is no ObjectId."""
