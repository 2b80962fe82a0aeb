from typing import Any, List, Optional

from pyspark._engine import no_support, relation
from pyspark.errors import PySparkTypeError
from pyspark.errors.exceptions.captured import captured
from pyspark.sql._options import OptionHolder, check_properties, schema_json
from pyspark.sql.utils import get_active_spark_context

__all__ = ["DataFrameReader"]


class DataFrameReader(OptionHolder):
    """`spark.read`."""

    def __init__(self, spark: "SparkSession"):  # noqa: F821
        super().__init__()
        self._spark = spark
        self._schema: Any = None

    def _frame(self, plan: dict, method: str) -> "DataFrame":  # noqa: F821
        from pyspark.sql.dataframe import DataFrame

        return DataFrame(plan, self._spark, method)

    def _read(
        self, paths: Optional[List[str]], method: str, predicates: Optional[List[str]] = None
    ) -> "DataFrame":  # noqa: F821
        source = {
            "format": self._format, "schema": self._schema, "options": dict(self._options), "paths": paths,
            "predicates": predicates,
        }
        plan = relation("read", data_source={key: value for key, value in source.items() if value is not None})
        return self._frame(plan, method)

    def schema(self, schema: Any) -> "DataFrameReader":
        get_active_spark_context()
        self._schema = schema_json(schema, self._spark)
        if self._schema is None:
            raise PySparkTypeError(
                error_class="NOT_STR_OR_STRUCT",
                message_parameters={"arg_name": "schema", "arg_type": type(schema).__name__},
            )
        return self

    def load(self, path: Any = None, format: Optional[str] = None, schema: Any = None, **options: Any) -> "DataFrame":  # noqa: F821
        if format is not None:
            self.format(format)
        if schema is not None:
            self.schema(schema)
        self.options(**options)
        if path is None:
            return self._read(None, "load")
        return self._read([path] if isinstance(path, str) else list(path), "load")

    def _files(self, kind: str, given: dict, name: str = "path") -> "DataFrame":  # noqa: F821
        """A shortcut such as `json`: every named argument but the path and the schema is an option."""
        given.pop("self")
        paths, schema = given.pop(name), given.pop("schema", None)
        if schema is not None:
            self.schema(schema)
        self._set_given(given)
        if isinstance(paths, str):
            paths = [paths]
        if not isinstance(paths, (list, tuple)):
            raise PySparkTypeError(
                error_class="NOT_STR_OR_LIST_OF_RDD",
                message_parameters={"arg_name": name, "arg_type": type(paths).__name__},
            )
        self._format = kind
        return self._read(list(paths), kind)

    def json(
        self, path, schema=None, primitivesAsString=None, prefersDecimal=None, allowComments=None,
        allowUnquotedFieldNames=None, allowSingleQuotes=None, allowNumericLeadingZero=None,
        allowBackslashEscapingAnyCharacter=None, mode=None, columnNameOfCorruptRecord=None, dateFormat=None,
        timestampFormat=None, multiLine=None, allowUnquotedControlChars=None, lineSep=None, samplingRatio=None,
        dropFieldIfAllNull=None, encoding=None, locale=None, pathGlobFilter=None, recursiveFileLookup=None,
        modifiedBefore=None, modifiedAfter=None, allowNonNumericNumbers=None
    ) -> "DataFrame":  # noqa: F821
        if type(path).__name__ == "RDD":
            raise no_support("read.json(rdd)")
        return self._files("json", locals())

    def csv(
        self, path, schema=None, sep=None, encoding=None, quote=None, escape=None, comment=None, header=None,
        inferSchema=None, ignoreLeadingWhiteSpace=None, ignoreTrailingWhiteSpace=None, nullValue=None, nanValue=None,
        positiveInf=None, negativeInf=None, dateFormat=None, timestampFormat=None, maxColumns=None,
        maxCharsPerColumn=None, maxMalformedLogPerPartition=None, mode=None, columnNameOfCorruptRecord=None,
        multiLine=None, charToEscapeQuoteEscaping=None, samplingRatio=None, enforceSchema=None, emptyValue=None,
        locale=None, lineSep=None, pathGlobFilter=None, recursiveFileLookup=None, modifiedBefore=None,
        modifiedAfter=None, unescapedQuoteHandling=None
    ) -> "DataFrame":  # noqa: F821
        if type(path).__name__ == "RDD":
            raise no_support("read.csv(rdd)")
        return self._files("csv", locals())

    def parquet(self, *paths, **options) -> "DataFrame":  # noqa: F821
        return self._files("parquet", {"self": self, "paths": paths, **options}, "paths")

    def text(
        self, paths, wholetext=False, lineSep=None, pathGlobFilter=None, recursiveFileLookup=None, modifiedBefore=None,
        modifiedAfter=None
    ) -> "DataFrame":  # noqa: F821
        return self._files("text", locals(), "paths")

    def orc(
        self, path, mergeSchema=None, pathGlobFilter=None, recursiveFileLookup=None, modifiedBefore=None,
        modifiedAfter=None
    ) -> "DataFrame":  # noqa: F821
        return self._files("orc", locals())

    def table(self, tableName: str) -> "DataFrame":  # noqa: F821
        plan = relation("read", named_table={"unparsed_identifier": tableName, "options": dict(self._options)})
        return self._frame(plan, "table")

    def jdbc(
        self, url, table, column=None, lowerBound=None, upperBound=None, numPartitions=None, predicates=None,
        properties=None
    ) -> "DataFrame":  # noqa: F821
        check_properties(properties)
        if column is not None:
            assert lowerBound is not None, "lowerBound can not be None when ``column`` is specified"
            assert upperBound is not None, "upperBound can not be None when ``column`` is specified"
            assert numPartitions is not None, "numPartitions can not be None when ``column`` is specified"
            bounds = {"lowerBound": int(lowerBound), "upperBound": int(upperBound), "numPartitions": int(numPartitions)}
            self.options(partitionColumn=column, **bounds)
        self.options(**(properties or {})).options(url=url, dbtable=table)
        self._format = "jdbc"
        if self._schema is not None:
            raise captured("AnalysisException", "User specified schema not supported with `jdbc`.")
        return self._read(None, "jdbc", None if column is not None else predicates)
