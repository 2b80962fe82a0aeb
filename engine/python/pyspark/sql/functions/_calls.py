"""How a function of this package becomes an expression."""
import inspect
import itertools

from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.sql._expressions import column_expression, function, literal, value_expression
from pyspark.sql.column import Column
from pyspark.sql.utils import to_str

_lambda_ids = itertools.count()


def require_session():
    """PySpark's functions need a running session, and say so with a bare assertion."""
    from pyspark.context import SparkContext

    assert SparkContext._active_spark_context is not None


def over(name, *columns):
    """A function of columns, each given as a Column or by name."""
    expressions = [column_expression(column) for column in columns]
    require_session()
    return Column(function(name, *expressions))


def call(name, *arguments, **marks):
    """A function whose arguments are Columns, or Python values that become literals."""
    require_session()
    return Column(function(name, *map(value_expression, arguments), **marks))


def column_of(column):
    return Column(column_expression(column))


def number(value):
    """A column or its name; a number stands for itself."""
    return column_of(value) if isinstance(value, (Column, str)) else Column(literal(value))


def integer(value):
    """An int stands for itself, a text is a column's name."""
    return Column(literal(value)) if isinstance(value, int) else column_of(value)


def text(value):
    """A text stands for itself."""
    return Column(literal(value)) if isinstance(value, str) else column_of(value)


def given(*columns):
    """The arguments up to the last one that is not None."""
    return [column for column in columns if column is not None]


def or_literal(value, default):
    return Column(literal(default)) if value is None else value


def unpacked(columns):
    """The arguments of a function that takes columns one by one or in one list."""
    return columns[0] if len(columns) == 1 and isinstance(columns[0], (list, set)) else columns


def options_map(options):
    """Options of `from_json` and its kin as a map of texts; nothing when there are none."""
    if not options:
        return []
    pairs = [literal(part) for key, value in options.items() for part in (key, to_str(value))]
    return [Column(function("map", *pairs))]


def wrong_type(error_class, name, value):
    return PySparkTypeError(
        error_class=error_class, message_parameters={"arg_name": name, "arg_type": type(value).__name__}
    )


def column_or_text(value, name):
    """A Column as it is, a text as a literal; anything else is refused."""
    if not isinstance(value, (str, Column)):
        raise wrong_type("NOT_COLUMN_OR_STR", name, value)
    return text(value)


def higher(name, columns, *functions):
    """A function of arrays or maps that takes Python lambdas, run once here to see what they build."""
    require_session()
    return Column(function(name, *map(column_expression, columns), *map(_lambda, functions)))


def _lambda(python_function):
    parameters = inspect.signature(python_function).parameters.values()
    if not 1 <= len(parameters) <= 3:
        raise PySparkValueError(
            error_class="WRONG_NUM_ARGS_FOR_HIGHER_ORDER_FUNCTION",
            message_parameters={"func_name": python_function.__name__, "num_args": str(len(parameters))},
        )
    positional = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)
    if not all(parameter.kind in positional for parameter in parameters):
        raise PySparkValueError(
            error_class="UNSUPPORTED_PARAM_TYPE_FOR_HIGHER_ORDER_FUNCTION",
            message_parameters={"func_name": python_function.__name__},
        )
    variables = [
        {"kind": "unresolved_named_lambda_variable", "name_parts": [f"{name}_{next(_lambda_ids)}"]}
        for name, _ in zip("xyz", parameters)
    ]
    result = python_function(*map(Column, variables))
    if not isinstance(result, Column):
        raise PySparkValueError(
            error_class="HIGHER_ORDER_FUNCTION_SHOULD_RETURN_COLUMN",
            message_parameters={"func_name": python_function.__name__, "return_type": type(result).__name__},
        )
    return {"kind": "lambda_function", "function": result._expr, "arguments": variables}
