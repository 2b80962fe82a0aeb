"""`findspark.init()` does nothing here: Spark is already found."""

__all__ = ["find", "init"]


def init(spark_home=None, python_path=None, edit_rc=False, edit_profile=False):
    """Nothing to set up."""


def find():
    """Where Spark would be."""
    return "/marea"
