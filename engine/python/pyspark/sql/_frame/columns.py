from typing import Any, Dict, List, Optional, Tuple, Union

from pyspark._engine import no_support, relation, run
from pyspark.errors.exceptions.captured import AnalysisException, captured, no_such_method
from pyspark.sql._expressions import alias, attribute, column_expression, column_expressions, sql_text
from pyspark.sql._frame.checks import wrong_type
from pyspark.sql.column import Column
from pyspark.sql.types import StructType


class DataFrame:
    """Columns: asking for them, adding, renaming and dropping them."""

    @property
    def schema(self) -> StructType:
        return self._schema

    @property
    def columns(self) -> List[str]:
        return [field.name for field in self._schema.fields]

    @property
    def dtypes(self) -> List[Tuple[str, str]]:
        return [(str(field.name), field.dataType.simpleString()) for field in self._schema.fields]

    def __getitem__(self, item: Union[int, str, Column, List, Tuple]) -> Column:
        if isinstance(item, str):
            return self._column(item)
        if isinstance(item, Column):
            return self.filter(item)
        if isinstance(item, (list, tuple)):
            return self.select(*item)
        if isinstance(item, int):
            return self._column(self.columns[item])
        raise wrong_type("NOT_COLUMN_OR_FLOAT_OR_INT_OR_LIST_OR_STR", "item", item)

    def __getattr__(self, name: str) -> Column:
        if name.startswith("_") and "_schema" not in self.__dict__ or name not in self.columns:
            raise AttributeError("'%s' object has no attribute '%s'" % (self.__class__.__name__, name))
        return self._column(name)

    def __dir__(self) -> List[str]:
        return sorted({*super().__dir__(), *(name for name in self.columns if name.isidentifier())})

    @classmethod
    def _attribute_type_(cls):
        return Column

    def _column(self, name: str) -> Column:
        """A column of exactly this frame. A name that is not plainly one of its columns is looked up at once, as Spark does."""
        expression = attribute(name, self._plan["plan_id"])
        same = [column for column in self.columns if column.lower() == name.lower()]
        if name != "*" and (len(same) != 1 or "." in name or "`" in name):
            self._check(expression)
        return Column(expression)

    def _check(self, expression: dict) -> None:
        plan = relation("project", input=self._plan, expressions=[expression])
        try:
            run(self.sparkSession, "analyze_plan", "apply", plan=plan)
        except AnalysisException as error:
            details = {**error._details, "message": error.desc.split(";\n")[0]}
            failure = type(error)(details["message"], "", details=details)
        else:
            return
        raise failure

    def colRegex(self, colName: str) -> Column:
        if not isinstance(colName, str):
            raise wrong_type("NOT_STR", "colName", colName)
        return Column({"kind": "unresolved_regex", "col_name": colName, "plan_id": self._plan["plan_id"]})

    def select(self, *cols: Union[Column, str]) -> "DataFrame":
        return self._then("project", "select", expressions=column_expressions(cols))

    def selectExpr(self, *expr: Union[str, List[str]]) -> "DataFrame":
        if len(expr) == 1 and isinstance(expr[0], list):
            expr = expr[0]
        for item in expr:
            if not isinstance(item, str):
                raise no_such_method("selectExpr", *expr)
        return self._then("project", "selectExpr", expressions=[sql_text(item) for item in expr])

    def withColumn(self, colName: str, col: Column) -> "DataFrame":
        if not isinstance(col, Column):
            raise wrong_type("NOT_COLUMN", "col", col)
        if not isinstance(colName, str):
            raise no_such_method("withColumn", colName, "")
        return self._with_columns([(colName, col._expr)], "withColumn")

    def withColumns(self, *colsMap: Dict[str, Column]) -> "DataFrame":
        assert len(colsMap) == 1
        (given,) = colsMap
        if not isinstance(given, dict):
            raise wrong_type("NOT_DICT", "colsMap", given)
        return self._with_columns([(name, column_expression(col)) for name, col in given.items()], "withColumns")

    def _with_columns(self, pairs, method: str) -> "DataFrame":
        aliases = [alias(expression, name) for name, expression in pairs]
        return self._then("with_columns", method, aliases=aliases)

    def withColumnRenamed(self, existing: str, new: str) -> "DataFrame":
        if not isinstance(existing, str) or not isinstance(new, str):
            raise no_such_method("withColumnRenamed", existing, new)
        return self._renamed({existing: new}, "withColumnRenamed")

    def withColumnsRenamed(self, colsMap: Dict[str, str]) -> "DataFrame":
        if not isinstance(colsMap, dict):
            raise wrong_type("NOT_DICT", "colsMap", colsMap)
        return self._renamed(colsMap, "withColumnsRenamed")

    def _renamed(self, names: Dict[str, str], method: str) -> "DataFrame":
        renames = [{"col_name": old, "new_col_name": new} for old, new in names.items()]
        return self._then("with_columns_renamed", method, renames=renames)

    def withMetadata(self, columnName: str, metadata: Dict[str, Any]) -> "DataFrame":
        if not isinstance(metadata, dict):
            raise wrong_type("NOT_DICT", "metadata", metadata)
        expression = alias(self._column(columnName)._expr, columnName, metadata=metadata)
        return self._then("with_columns", "withMetadata", aliases=[expression])

    def drop(self, *cols: Union[Column, str]) -> "DataFrame":
        for col in cols:
            if not isinstance(col, (str, Column)):
                raise wrong_type("NOT_COLUMN_OR_STR", "col", col)
        expressions = [col._expr for col in cols if isinstance(col, Column)]
        names = [col for col in cols if isinstance(col, str)]
        return self._then("drop", "drop", columns=expressions or None, column_names=names or None)

    def toDF(self, *cols: str) -> "DataFrame":
        for col in cols:
            if not isinstance(col, str):
                raise wrong_type("NOT_LIST_OF_STR", "cols", col)
        if len(cols) != len(self.columns):
            raise captured(
                "IllegalArgumentException",
                "requirement failed: The number of columns doesn't match.\n"
                f"Old column names ({len(self.columns)}): {', '.join(self.columns)}\n"
                f"New column names ({len(cols)}): {', '.join(cols)}",
            )
        return self._then("to_df", "toDF", column_names=list(cols))

    def to(self, schema: StructType) -> "DataFrame":
        raise no_support("DataFrame.to")

    def alias(self, alias: str) -> "DataFrame":
        assert isinstance(alias, str), "alias should be a string"
        return self._then("subquery_alias", "as", alias=alias)

    def unpivot(
        self, ids: Union[Column, str, List, Tuple], values: Optional[Union[Column, str, List, Tuple]],
        variableColumnName: str, valueColumnName: str,
    ) -> "DataFrame":
        assert ids is not None, "ids must not be None"
        return self._then(
            "unpivot",
            "unpivotWithSeq",
            ids=_columns(ids),
            values=None if values is None else _columns(values),
            variable_column_name=variableColumnName,
            value_column_name=valueColumnName,
        )

    def melt(
        self, ids: Union[Column, str, List, Tuple], values: Optional[Union[Column, str, List, Tuple]],
        variableColumnName: str, valueColumnName: str,
    ) -> "DataFrame":
        return self.unpivot(ids, values, variableColumnName, valueColumnName)


def _columns(given) -> list:
    return [column_expression(column) for column in (given if isinstance(given, (list, tuple)) else [given])]
