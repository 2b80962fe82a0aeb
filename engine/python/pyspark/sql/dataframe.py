import warnings
from typing import Any, Dict, List, Optional, Union

from pyspark._engine import no_support, relation, run
from pyspark.errors.exceptions.captured import captured
from pyspark.sql._expressions import column_expressions
from pyspark.sql._frame import actions, columns, missing, rows
from pyspark.sql._frame.actions import DataFrameStatFunctions
from pyspark.sql._frame.missing import DataFrameNaFunctions
from pyspark.sql.column import Column
from pyspark.sql.group import GroupedData
from pyspark.sql.readwriter import DataFrameWriter, DataFrameWriterV2
from pyspark.sql.streaming.readwriter import DataStreamWriter
from pyspark.sql.types.parse import parse_datatype_json_value
from pyspark.storagelevel import StorageLevel

__all__ = ["DataFrame", "DataFrameNaFunctions", "DataFrameStatFunctions"]

DataFrameNaFunctions.__module__ = DataFrameStatFunctions.__module__ = __name__


class DataFrame(columns.DataFrame, rows.DataFrame, missing.DataFrame, actions.DataFrame):
    """A table that is not computed yet: a plan, and what its analysis says of it."""

    def __init__(self, plan: dict, session: "SparkSession", method: str = "ofRows"):  # noqa: F821
        self._plan = plan
        self._session = session
        self.is_cached = False
        self._storage_level = StorageLevel.NONE
        answer = run(session, "analyze_plan", method, plan=plan)
        self._schema = parse_datatype_json_value(answer["schema"])
        self._is_streaming = answer["is_streaming"]

    def _frame(self, plan: dict, method: str) -> "DataFrame":
        return DataFrame(plan, self._session, method)

    def _then(self, kind: str, method: str, **fields) -> "DataFrame":
        """The frame that one more step gives; `method` is the Java method that Spark would call."""
        return DataFrame(relation(kind, input=self._plan, **fields), self._session, method)

    @property
    def sparkSession(self) -> "SparkSession":  # noqa: F821
        return self._session

    @property
    def sql_ctx(self):
        warnings.warn(
            "DataFrame.sql_ctx is an internal property, and will be removed in future releases. "
            "Use DataFrame.sparkSession instead."
        )
        raise no_support("SQLContext")

    @property
    def isStreaming(self) -> bool:
        return self._is_streaming

    @property
    def na(self) -> DataFrameNaFunctions:
        return DataFrameNaFunctions(self)

    @property
    def stat(self) -> DataFrameStatFunctions:
        return DataFrameStatFunctions(self)

    # ---------------------------------------------------------------- groups

    def groupBy(self, *cols: Union[Column, str]) -> GroupedData:
        return GroupedData(self, "groupby", column_expressions(cols))

    groupby = groupBy

    def rollup(self, *cols: Union[Column, str]) -> GroupedData:
        return GroupedData(self, "rollup", column_expressions(cols))

    def cube(self, *cols: Union[Column, str]) -> GroupedData:
        return GroupedData(self, "cube", column_expressions(cols))

    def agg(self, *exprs: Union[Column, Dict[str, str]]) -> "DataFrame":
        return self.groupBy().agg(*exprs)

    # ---------------------------------------------------------------- writing

    @property
    def write(self) -> DataFrameWriter:
        self._refuse_on_stream("write")
        return DataFrameWriter(self)

    @property
    def writeStream(self) -> DataStreamWriter:
        if not self.isStreaming:
            raise captured(
                "AnalysisException",
                "[WRITE_STREAM_NOT_ALLOWED] `writeStream` can be called only on streaming Dataset/DataFrame.",
                "WRITE_STREAM_NOT_ALLOWED",
            )
        return DataStreamWriter(self)

    def writeTo(self, table: str) -> DataFrameWriterV2:
        self._refuse_on_stream("writeTo")
        return DataFrameWriterV2(self, table)

    def _refuse_on_stream(self, method: str) -> None:
        if self.isStreaming:
            raise captured(
                "AnalysisException",
                f"[CALL_ON_STREAMING_DATASET_UNSUPPORTED] The method `{method}` can not be called on "
                "streaming Dataset/DataFrame.",
                "CALL_ON_STREAMING_DATASET_UNSUPPORTED",
                {"methodName": f"`{method}`"},
            )

    # ---------------------------------------------------------------- views

    def _create_view(self, name: str, method: str, replace: bool, is_global: bool = False) -> None:
        run(
            self._session, "create_dataframe_view", method,
            input=self._plan, name=name, replace=replace, is_global=is_global,
        )

    def createTempView(self, name: str) -> None:
        self._create_view(name, "createTempView", False)

    def createOrReplaceTempView(self, name: str) -> None:
        self._create_view(name, "createOrReplaceTempView", True)

    def createGlobalTempView(self, name: str) -> None:
        self._create_view(name, "createGlobalTempView", False, True)

    def createOrReplaceGlobalTempView(self, name: str) -> None:
        self._create_view(name, "createOrReplaceGlobalTempView", True, True)

    def registerTempTable(self, name: str) -> None:
        warnings.warn("Deprecated in 2.0, use createOrReplaceTempView instead.", FutureWarning)
        self.createOrReplaceTempView(name)

    # ---------------------------------------------------------------- what Marea lacks

    def isLocal(self) -> bool:
        return self._plan["kind"] == "local_relation"

    def inputFiles(self) -> List[str]:
        raise no_support("DataFrame.inputFiles")

    def sameSemantics(self, other: "DataFrame") -> bool:
        raise no_support("DataFrame.sameSemantics")

    def semanticHash(self) -> int:
        raise no_support("DataFrame.semanticHash")

    def mapInPandas(self, func: Any, schema: Any, barrier: bool = False) -> "DataFrame":
        raise no_support("mapInPandas (necesita pandas)")

    def mapInArrow(self, func: Any, schema: Any, barrier: bool = False) -> "DataFrame":
        raise no_support("mapInArrow (necesita pyarrow)")

    def pandas_api(self, index_col: Optional[Union[str, List[str]]] = None):
        raise no_support("pandas_api (necesita pandas)")

    def to_pandas_on_spark(self, index_col: Optional[Union[str, List[str]]] = None):
        raise no_support("to_pandas_on_spark (necesita pandas)")

    def to_koalas(self, index_col: Optional[Union[str, List[str]]] = None):
        raise no_support("to_koalas (necesita pandas)")
