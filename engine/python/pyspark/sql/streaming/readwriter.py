from typing import Any, List, Optional, Union

from marea_kernel import bridge
from pyspark._engine import origin, relation, run
from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.errors.exceptions.captured import captured, no_such_method
from pyspark.sql._options import OptionHolder, schema_json
from pyspark.sql.streaming.callbacks import foreach_batch_callback, foreach_callback
from pyspark.sql.streaming.query import StreamingQuery

__all__ = ["DataStreamReader", "DataStreamWriter"]


class DataStreamReader(OptionHolder):
    """`spark.readStream`."""

    def __init__(self, spark: "SparkSession") -> None:  # noqa: F821
        super().__init__()
        self._spark = spark
        self._schema: Any = None

    def _frame(self, plan: dict, method: str) -> "DataFrame":  # noqa: F821
        from pyspark.sql.dataframe import DataFrame

        return DataFrame(plan, self._spark, method)

    def _read(self, path: Optional[str], method: str) -> "DataFrame":  # noqa: F821
        source = {"format": self._format, "schema": self._schema, "options": dict(self._options)}
        if path is not None:
            source["paths"] = [path]
        source = {key: value for key, value in source.items() if value is not None}
        return self._frame(relation("read", is_streaming=True, data_source=source), method)

    def schema(self, schema: Any) -> "DataStreamReader":
        self._schema = schema_json(schema, self._spark)
        if self._schema is None:
            raise _wrong_type("NOT_STR_OR_STRUCT", "schema", schema)
        return self

    def load(
        self, path: Optional[str] = None, format: Optional[str] = None, schema: Any = None, **options: Any
    ) -> "DataFrame":  # noqa: F821
        if format is not None:
            self.format(format)
        if schema is not None:
            self.schema(schema)
        self.options(**options)
        if path is not None and (type(path) is not str or not path.strip()):
            raise _empty_text("path", path)
        return self._read(path, "load")

    def _files(self, kind: str, given: dict) -> "DataFrame":  # noqa: F821
        """A shortcut such as `json`: every named argument but the path and the schema is an option."""
        given.pop("self")
        path, schema = given.pop("path"), given.pop("schema", None)
        if schema is not None:
            self.schema(schema)
        self._set_given(given)
        if not isinstance(path, str):
            raise _wrong_type("NOT_STR", "path", path)
        self._format = kind
        return self._read(path, kind)

    def json(
        self, path, schema=None, primitivesAsString=None, prefersDecimal=None, allowComments=None,
        allowUnquotedFieldNames=None, allowSingleQuotes=None, allowNumericLeadingZero=None,
        allowBackslashEscapingAnyCharacter=None, mode=None, columnNameOfCorruptRecord=None, dateFormat=None,
        timestampFormat=None, multiLine=None, allowUnquotedControlChars=None, lineSep=None, locale=None,
        dropFieldIfAllNull=None, encoding=None, pathGlobFilter=None, recursiveFileLookup=None,
        allowNonNumericNumbers=None
    ) -> "DataFrame":  # noqa: F821
        return self._files("json", locals())

    def orc(self, path, mergeSchema=None, pathGlobFilter=None, recursiveFileLookup=None) -> "DataFrame":  # noqa: F821
        return self._files("orc", locals())

    def parquet(
        self, path, mergeSchema=None, pathGlobFilter=None, recursiveFileLookup=None, datetimeRebaseMode=None,
        int96RebaseMode=None
    ) -> "DataFrame":  # noqa: F821
        return self._files("parquet", locals())

    def text(self, path, wholetext=False, lineSep=None, pathGlobFilter=None, recursiveFileLookup=None) -> "DataFrame":  # noqa: F821
        return self._files("text", locals())

    def csv(
        self, path, schema=None, sep=None, encoding=None, quote=None, escape=None, comment=None, header=None,
        inferSchema=None, ignoreLeadingWhiteSpace=None, ignoreTrailingWhiteSpace=None, nullValue=None, nanValue=None,
        positiveInf=None, negativeInf=None, dateFormat=None, timestampFormat=None, maxColumns=None,
        maxCharsPerColumn=None, maxMalformedLogPerPartition=None, mode=None, columnNameOfCorruptRecord=None,
        multiLine=None, charToEscapeQuoteEscaping=None, enforceSchema=None, emptyValue=None, locale=None, lineSep=None,
        pathGlobFilter=None, recursiveFileLookup=None, unescapedQuoteHandling=None
    ) -> "DataFrame":  # noqa: F821
        return self._files("csv", locals())

    def table(self, tableName: str) -> "DataFrame":  # noqa: F821
        if not isinstance(tableName, str):
            raise _wrong_type("NOT_STR", "tableName", tableName)
        named = {"unparsed_identifier": tableName, "options": dict(self._options)}
        return self._frame(relation("read", is_streaming=True, named_table=named), "table")


class DataStreamWriter(OptionHolder):
    """`df.writeStream`."""

    def __init__(self, df: "DataFrame") -> None:  # noqa: F821
        super().__init__()
        self._df = df
        self._spark = df.sparkSession
        self._fields = {}
        self._functions: List[str] = []

    def outputMode(self, outputMode: str) -> "DataStreamWriter":
        if not outputMode or type(outputMode) is not str or not outputMode.strip():
            raise _empty_text("outputMode", outputMode)
        if outputMode.lower() not in ("append", "complete", "update"):
            raise captured(
                "IllegalArgumentException",
                f"Unknown output mode {outputMode}. Accepted output modes are 'append', 'complete', 'update'",
            )
        self._fields["output_mode"] = outputMode
        return self

    def partitionBy(self, *cols: str) -> "DataStreamWriter":
        if len(cols) == 1 and isinstance(cols[0], (list, tuple)):
            cols = cols[0]
        self._fields["partitioning_column_names"] = list(cols)
        return self

    def queryName(self, queryName: str) -> "DataStreamWriter":
        if not queryName or type(queryName) is not str or not queryName.strip():
            raise _empty_text("queryName", queryName)
        self._fields["query_name"] = queryName
        return self

    def trigger(
        self, *, processingTime: Optional[str] = None, once: Optional[bool] = None, continuous: Optional[str] = None,
        availableNow: Optional[bool] = None,
    ) -> "DataStreamWriter":
        if [processingTime, once, continuous, availableNow].count(None) != 3:
            raise PySparkValueError(error_class="ONLY_ALLOW_SINGLE_TRIGGER", message_parameters={})
        for name, value, kind in (
            ("processingTime", processingTime, "processing_time"), ("continuous", continuous, "continuous"),
        ):
            if value is not None:
                if type(value) is not str or not value.strip():
                    raise _empty_text(name, value)
                trigger = {"kind": kind, "interval": value.strip()}
                run(self._spark, "check_trigger", kind.title().replace("_", ""), trigger=trigger)
                self._fields["trigger"] = trigger
        for name, value, kind in (("once", once, "once"), ("availableNow", availableNow, "available_now")):
            if value is not None:
                if value is not True:
                    raise PySparkValueError(
                        error_class="VALUE_NOT_TRUE", message_parameters={"arg_name": name, "arg_value": str(value)}
                    )
                self._fields["trigger"] = {"kind": kind}
        return self

    def foreach(self, f: Any) -> "DataStreamWriter":
        self._format = "foreach"
        self._function("foreach_writer", foreach_callback(f, self._df.schema))
        return self

    def foreachBatch(self, func: Any) -> "DataStreamWriter":
        self._format = "foreachBatch"
        self._function("foreach_batch", foreach_batch_callback(func, self._spark))
        return self

    def _function(self, field: str, callback: Any) -> None:
        key = bridge.register(callback)
        if hasattr(callback, "set_key"):
            callback.set_key(key)
        self._functions.append(key)
        self._fields[field] = {"command": key}

    def start(
        self, path: Optional[str] = None, format: Optional[str] = None, outputMode: Optional[str] = None,
        partitionBy: Optional[Union[str, List[str]]] = None, queryName: Optional[str] = None, **options: Any,
    ) -> StreamingQuery:
        self._prepare(format, outputMode, partitionBy, queryName, options)
        if path is not None and not isinstance(path, str):
            raise no_such_method("start", path)
        return self._start("start", path=path)

    def toTable(
        self, tableName: str, format: Optional[str] = None, outputMode: Optional[str] = None,
        partitionBy: Optional[Union[str, List[str]]] = None, queryName: Optional[str] = None, **options: Any,
    ) -> StreamingQuery:
        self._prepare(format, outputMode, partitionBy, queryName, options)
        return self._start("toTable", table_name=tableName)

    def _prepare(self, format, outputMode, partitionBy, queryName, options) -> None:
        self.options(**options)
        if outputMode is not None:
            self.outputMode(outputMode)
        if partitionBy is not None:
            self.partitionBy(partitionBy)
        if format is not None:
            self.format(format)
        if queryName is not None:
            self.queryName(queryName)

    def _start(self, method: str, **target: Any) -> StreamingQuery:
        for key in self._functions:  # what they print belongs to the cell that starts the query
            bridge.adopt_cell(key)
        # The format that was set last wins: another one leaves the function unused.
        unused = {"foreach": "foreach_batch", "foreachBatch": "foreach_writer"}.get(self._format)
        dropped = ("foreach_batch", "foreach_writer") if unused is None else (unused,)
        fields = {name: value for name, value in self._fields.items() if name not in dropped}
        started = run(
            self._spark,
            "write_stream_operation_start",
            method,
            input=self._df._plan,
            format=self._format,
            options=dict(self._options),
            origin=origin(),
            **{**fields, **target},
        )
        return StreamingQuery(self._spark, started)


def _wrong_type(error_class: str, name: str, value: Any) -> PySparkTypeError:
    return PySparkTypeError(
        error_class=error_class, message_parameters={"arg_name": name, "arg_type": type(value).__name__}
    )


def _empty_text(name: str, value: Any) -> PySparkValueError:
    return PySparkValueError(
        error_class="VALUE_NOT_NON_EMPTY_STR", message_parameters={"arg_name": name, "arg_value": str(value)}
    )
