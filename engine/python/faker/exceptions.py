"""The exceptions of faker."""


class BaseFakerException(Exception):
    pass


class UniquenessException(BaseFakerException):
    pass
