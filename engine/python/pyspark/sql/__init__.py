"""Spark SQL: sessions, frames, columns, rows and windows."""
from pyspark._engine import no_support as _no_support
from pyspark.sql.types import Row  # isort: skip
from pyspark.sql.catalog import Catalog
from pyspark.sql.column import Column
from pyspark.sql.session import SparkSession  # isort: skip
from pyspark.sql.dataframe import DataFrame, DataFrameNaFunctions, DataFrameStatFunctions
from pyspark.sql.group import GroupedData
from pyspark.sql.observation import Observation
from pyspark.sql.readwriter import DataFrameReader, DataFrameWriter, DataFrameWriterV2
from pyspark.sql.udf import UDFRegistration
from pyspark.sql.window import Window, WindowSpec

__all__ = [
    "SparkSession", "UDFRegistration", "DataFrame", "Column", "Catalog", "Observation", "Row", "DataFrameNaFunctions",
    "DataFrameStatFunctions", "Window", "WindowSpec", "DataFrameReader", "DataFrameWriter", "DataFrameWriterV2", "GroupedData",
]

_ABSENT = ("SQLContext", "HiveContext", "UDTFRegistration", "PandasCogroupedOps")


def __getattr__(name):
    if name in _ABSENT:
        raise _no_support(f"pyspark.sql.{name}")
    raise AttributeError(f"module 'pyspark.sql' has no attribute '{name}'")
