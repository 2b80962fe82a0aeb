"""Functions of anything: one row each. A text argument is a column's name unless PySpark says otherwise."""
from pyspark._engine import no_support
from pyspark.errors import PySparkValueError
from pyspark.errors.exceptions.captured import no_such_method
from pyspark.sql._expressions import attribute, literal, sql_text
from pyspark.sql.column import Column
from pyspark.sql.functions._calls import call, column_of, column_or_text, over, require_session, wrong_type

def coalesce(*cols) -> Column: return over("coalesce", *cols)
def input_file_name() -> Column: return call("input_file_name")
def isnan(col) -> Column: return over("isnan", col)
def isnull(col) -> Column: return over("isnull", col)
def monotonically_increasing_id() -> Column: return call("monotonically_increasing_id")
def nanvl(col1, col2) -> Column: return over("nanvl", col1, col2)
def spark_partition_id() -> Column: return call("spark_partition_id")
def current_catalog() -> Column: return call("current_catalog")
def current_database() -> Column: return call("current_database")
def current_schema() -> Column: return call("current_schema")
def current_user() -> Column: return call("current_user")
def user() -> Column: return call("user")
def ifnull(col1, col2) -> Column: return over("ifnull", col1, col2)
def isnotnull(col) -> Column: return over("isnotnull", col)
def equal_null(col1, col2) -> Column: return over("equal_null", col1, col2)
def nullif(col1, col2) -> Column: return over("nullif", col1, col2)
def nvl(col1, col2) -> Column: return over("nvl", col1, col2)
def nvl2(col1, col2, col3) -> Column: return over("nvl2", col1, col2, col3)
def input_file_block_length() -> Column: return over("input_file_block_length")
def input_file_block_start() -> Column: return over("input_file_block_start")
def reflect(*cols) -> Column: return over("reflect", *cols)
def java_method(*cols) -> Column: return over("java_method", *cols)
def version() -> Column: return over("version")
def typeof(col) -> Column: return over("typeof", col)
def col(col) -> Column:
    """A column by name."""
    require_session()
    if not isinstance(col, str):
        raise no_such_method("z:org.apache.spark.sql.functions.col", col)
    return Column(attribute(col))


column = col


def lit(col) -> Column:
    """A Python value as a column that is the same in every row."""
    if isinstance(col, Column):
        return col
    if isinstance(col, list):
        if any(isinstance(item, Column) for item in col):
            raise PySparkValueError(error_class="COLUMN_IN_LIST", message_parameters={"func_name": "lit"})
        return call("array", *[lit(item) for item in col])
    require_session()
    return Column(literal(col))


def expr(str) -> Column:
    """A column as SQL text."""
    require_session()
    return Column(sql_text(str))


def when(condition, value) -> Column:
    """The start of a list of conditions; see `Column.when` and `Column.otherwise`."""
    if not isinstance(condition, Column):
        raise wrong_type("NOT_COLUMN", "condition", condition)
    return call("when", condition, value)


def greatest(*cols) -> Column: return over("greatest", *_at_least_two("greatest", cols))
def least(*cols) -> Column: return over("least", *_at_least_two("least", cols))


def _at_least_two(name, cols):
    if len(cols) < 2:
        raise PySparkValueError(
            error_class="WRONG_NUM_COLUMNS", message_parameters={"func_name": name, "num_cols": "2"}
        )
    return cols


def asc(col) -> Column: return column_of(col).asc()
def asc_nulls_first(col) -> Column: return column_of(col).asc_nulls_first()
def asc_nulls_last(col) -> Column: return column_of(col).asc_nulls_last()
def desc(col) -> Column: return column_of(col).desc()
def desc_nulls_first(col) -> Column: return column_of(col).desc_nulls_first()
def desc_nulls_last(col) -> Column: return column_of(col).desc_nulls_last()
def call_udf(udfName, *cols) -> Column: return over(udfName, *cols)
def call_function(funcName, *cols) -> Column: return over(funcName, *cols)


def broadcast(df):
    """Marks a frame as small enough to be sent everywhere."""
    return df.hint("broadcast")


def assert_true(col, errMsg=None) -> Column:
    message = [] if errMsg is None else [column_or_text(errMsg, "errMsg")]
    return call("assert_true", column_of(col), *message)


def raise_error(errMsg) -> Column: return call("raise_error", column_or_text(errMsg, "errMsg"))
def unwrap_udt(col) -> Column: raise no_support("unwrap_udt")
