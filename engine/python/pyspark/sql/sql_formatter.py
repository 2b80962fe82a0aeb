import string
import uuid
from typing import Any, List, Tuple


class SQLStringFormatter(string.Formatter):
    """`spark.sql("… {df} …", df=df)`: frames become temporary views while the query is read."""

    def __init__(self, session: "SparkSession") -> None:  # noqa: F821
        self._session = session
        self._temp_views: List[Tuple[Any, str]] = []

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        value, first = super().get_field(field_name, args, kwargs)
        return self._text(value, field_name), first

    def _text(self, value: Any, field_name: str) -> Any:
        from pyspark.sql.column import Column
        from pyspark.sql.dataframe import DataFrame

        if isinstance(value, Column):
            if value._expr["kind"] != "unresolved_attribute":
                raise ValueError(
                    "%s in %s should be a plain column reference such as `df.col` or `col('column')`" % (value, field_name)
                )
            return value._expr["unparsed_identifier"]
        if isinstance(value, DataFrame):
            return self._view(value)
        if isinstance(value, str):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return value

    def _view(self, frame: Any) -> str:
        for known, name in self._temp_views:
            if known is frame:
                return name
        name = f"_pyspark_{uuid.uuid4().hex}"
        self._temp_views.append((frame, name))
        frame.createOrReplaceTempView(name)
        return name

    def clear(self) -> None:
        for _, name in self._temp_views:
            self._session.catalog.dropTempView(name)
        self._temp_views = []
