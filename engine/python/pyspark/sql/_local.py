"""`createDataFrame`: Python values checked, typed and made ready to travel."""
from functools import reduce
from typing import Any, List, Optional, Tuple, Union

from pyspark._engine import relation
from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.sql.types import DataType, StructType
from pyspark.sql.types.infer import create_converter, has_null_type, infer_schema, merge_type
from pyspark.sql.types.verify import make_type_verifier
from pyspark.sql.types.wire import encoder


def local_plan(data: List[Any], schema: Any, verify: bool, sizes: List[int]) -> dict:
    """A `local_relation`. `schema`: None, a list of names, or a type. `sizes`: rows in each partition."""
    struct, rows = _typed(data, schema, verify)
    encode = encoder(struct)
    encoded = [encode(struct.toInternal(row)) for row in rows]
    return relation("local_relation", schema=struct.jsonValue(), rows=encoded, partition_sizes=sizes)


def _typed(data: List[Any], schema: Any, verify: bool) -> Tuple[StructType, List[Any]]:
    if isinstance(schema, StructType):
        if verify:
            check = make_type_verifier(schema)
            for row in data:
                check(row)
        return schema, data
    if isinstance(schema, DataType):
        if verify:
            check = make_type_verifier(schema, name="field value")
            for value in data:
                check(value)
        return StructType().add("value", schema), [(value,) for value in data]
    if schema is None or isinstance(schema, (list, tuple)):
        return _inferred(data, schema)
    raise PySparkTypeError(
        error_class="NOT_LIST_OR_NONE_OR_STRUCT",
        message_parameters={"arg_name": "schema", "arg_type": type(schema).__name__},
    )


def _inferred(data: List[Any], names: Optional[Union[list, tuple]]) -> Tuple[StructType, List[Any]]:
    if not data:
        raise PySparkValueError(error_class="CANNOT_INFER_EMPTY_SCHEMA", message_parameters={})
    struct = reduce(merge_type, (infer_schema(row, names) for row in data))
    if has_null_type(struct):
        raise PySparkValueError(error_class="CANNOT_DETERMINE_TYPE", message_parameters={})
    rows = list(map(create_converter(struct), data))
    for index, name in enumerate(names or ()):
        struct.fields[index].name = name
        struct.names[index] = name
    return struct, rows
