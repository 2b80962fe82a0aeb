"""Structured Streaming: readers, writers, queries and their listeners."""
from pyspark.errors import StreamingQueryException  # noqa: F401
from pyspark.sql.streaming.listener import StreamingQueryListener  # noqa: F401
from pyspark.sql.streaming.query import StreamingQuery, StreamingQueryManager  # noqa: F401
from pyspark.sql.streaming.readwriter import DataStreamReader, DataStreamWriter  # noqa: F401
