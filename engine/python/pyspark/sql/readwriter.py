from typing import Any, List, Optional, Union

from pyspark._engine import no_support, run
from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.errors.exceptions.captured import captured
from pyspark.sql._options import OptionHolder, check_properties
from pyspark.sql._reader import DataFrameReader

__all__ = ["DataFrameReader", "DataFrameWriter", "DataFrameWriterV2"]

DataFrameReader.__module__ = __name__

_SAVE_MODES = ("overwrite", "append", "ignore", "error", "errorifexists", "default")


class DataFrameWriter(OptionHolder):
    """`df.write`."""

    def __init__(self, df: "DataFrame"):  # noqa: F821
        super().__init__()
        self._df = df
        self._spark = df.sparkSession
        self._mode: Optional[str] = None
        self._partitioning: Optional[List[str]] = None
        self._sorting: Optional[List[str]] = None

    def _write(self, method: str, path: Optional[str] = None, **fields: Any) -> None:
        run(
            self._spark,
            "write_operation",
            method,
            input=self._df._plan,
            source=self._format,
            mode=self._mode,
            path=path,
            partitioning_columns=self._partitioning,
            sort_columns=self._sorting,
            options=dict(self._options),
            **fields,
        )

    def mode(self, saveMode: Optional[str]) -> "DataFrameWriter":
        if saveMode is not None:
            if saveMode.lower() not in _SAVE_MODES:
                known = ", ".join(f"'{name}'" for name in _SAVE_MODES)
                raise captured(
                    "IllegalArgumentException", f"Unknown save mode: {saveMode}. Accepted save modes are {known}."
                )
            self._mode = saveMode
        return self

    def partitionBy(self, *cols: Union[str, List[str]]) -> "DataFrameWriter":
        if len(cols) == 1 and isinstance(cols[0], (list, tuple)):
            cols = cols[0]
        self._partitioning = list(cols)
        return self

    def bucketBy(self, numBuckets: int, col: Any, *cols: Optional[str]) -> "DataFrameWriter":
        if not isinstance(numBuckets, int):
            raise PySparkTypeError(
                error_class="NOT_INT",
                message_parameters={"arg_name": "numBuckets", "arg_type": type(numBuckets).__name__},
            )
        raise no_support("DataFrameWriter.bucketBy")

    def sortBy(self, col: Any, *cols: Optional[str]) -> "DataFrameWriter":
        if isinstance(col, (list, tuple)):
            if cols:
                raise PySparkValueError(
                    error_class="CANNOT_SET_TOGETHER",
                    message_parameters={"arg_list": f"`col` of type {type(col).__name__} and `cols`"},
                )
            col, cols = col[0], col[1:]
        for name, value in (*(("cols", item) for item in cols), ("col", col)):
            if not isinstance(value, str):
                raise PySparkTypeError(
                    error_class="NOT_LIST_OF_STR",
                    message_parameters={"arg_name": name, "arg_type": type(value).__name__},
                )
        self._sorting = [col, *cols]
        return self

    def _prepare(self, format: Optional[str], mode: Optional[str], partitionBy: Any, options: dict) -> None:
        self.mode(mode).options(**options)
        if partitionBy is not None:
            self.partitionBy(partitionBy)
        if format is not None:
            self.format(format)

    def save(
        self, path: Optional[str] = None, format: Optional[str] = None, mode: Optional[str] = None,
        partitionBy: Optional[Union[str, List[str]]] = None, **options: Any,
    ) -> None:
        self._prepare(format, mode, partitionBy, options)
        self._write("save", path)

    def insertInto(self, tableName: str, overwrite: Optional[bool] = None) -> None:
        if overwrite is not None:
            self.mode("overwrite" if overwrite else "append")
        self._write("insertInto", table={"table_name": tableName, "save_method": "insert_into"})

    def saveAsTable(
        self, name: str, format: Optional[str] = None, mode: Optional[str] = None,
        partitionBy: Optional[Union[str, List[str]]] = None, **options: Any,
    ) -> None:
        self._prepare(format, mode, partitionBy, options)
        self._write("saveAsTable", table={"table_name": name, "save_method": "save_as_table"})

    def _files(self, kind: str, given: dict) -> None:
        """A shortcut such as `json`: every named argument but the path, the mode and the partitioning is an option."""
        given.pop("self")
        path, mode, partitioning = given.pop("path"), given.pop("mode", None), given.pop("partitionBy", None)
        self.mode(mode)
        if partitioning is not None:
            self.partitionBy(partitioning)
        self._set_given(given)
        self._format = kind
        self._write(kind, path)

    def json(
        self, path, mode=None, compression=None, dateFormat=None, timestampFormat=None, lineSep=None, encoding=None,
        ignoreNullFields=None
    ) -> None:
        self._files("json", locals())

    def parquet(self, path, mode=None, partitionBy=None, compression=None) -> None:
        self._files("parquet", locals())

    def text(self, path, compression=None, lineSep=None) -> None:
        self._files("text", locals())

    def csv(
        self, path, mode=None, compression=None, sep=None, quote=None, escape=None, header=None, nullValue=None,
        escapeQuotes=None, quoteAll=None, dateFormat=None, timestampFormat=None, ignoreLeadingWhiteSpace=None,
        ignoreTrailingWhiteSpace=None, charToEscapeQuoteEscaping=None, encoding=None, emptyValue=None, lineSep=None
    ) -> None:
        self._files("csv", locals())

    def orc(self, path, mode=None, partitionBy=None, compression=None) -> None:
        self._files("orc", locals())

    def jdbc(self, url, table, mode=None, properties=None) -> None:
        check_properties(properties)
        self.mode(mode).options(**(properties or {})).options(url=url, dbtable=table)
        self._format = "jdbc"
        if self._partitioning:
            raise captured("AnalysisException", "'jdbc' does not support partitioning.")
        self._write("jdbc")


class DataFrameWriterV2:
    """`df.writeTo`: only what says that Marea lacks it."""

    def __init__(self, df: "DataFrame", table: str):  # noqa: F821
        self._df = df
        self._table = table

    def using(self, provider):
        raise no_support("DataFrameWriterV2.using; usa df.write")

    def option(self, key, value):
        raise no_support("DataFrameWriterV2.option; usa df.write")

    def options(self, **options):
        raise no_support("DataFrameWriterV2.options; usa df.write")

    def tableProperty(self, property, value):
        raise no_support("DataFrameWriterV2.tableProperty; usa df.write")

    def partitionedBy(self, col, *cols):
        raise no_support("DataFrameWriterV2.partitionedBy; usa df.write")

    def create(self):
        raise no_support("DataFrameWriterV2.create; usa df.write")

    def replace(self):
        raise no_support("DataFrameWriterV2.replace; usa df.write")

    def createOrReplace(self):
        raise no_support("DataFrameWriterV2.createOrReplace; usa df.write")

    def append(self):
        raise no_support("DataFrameWriterV2.append; usa df.write")

    def overwrite(self, condition):
        raise no_support("DataFrameWriterV2.overwrite; usa df.write")

    def overwritePartitions(self):
        raise no_support("DataFrameWriterV2.overwritePartitions; usa df.write")
