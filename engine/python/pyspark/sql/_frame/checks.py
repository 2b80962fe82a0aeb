"""Refusals that several methods share."""
from typing import Any

from pyspark.errors import PySparkTypeError


def wrong_type(error_class: str, name: str, value: Any) -> PySparkTypeError:
    return PySparkTypeError(
        error_class=error_class, message_parameters={"arg_name": name, "arg_type": type(value).__name__}
    )


def column_list(value, name: str) -> list:
    """One column's name, or several in a list or tuple."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (list, tuple)):
        raise wrong_type("NOT_LIST_OR_STR_OR_TUPLE", name, value)
    return list(value)
