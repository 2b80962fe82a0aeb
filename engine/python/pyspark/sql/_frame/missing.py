import warnings
from typing import Any, Dict, List, Optional, Tuple, Union

from pyspark._globals import _NoValue
from pyspark.errors import PySparkTypeError, PySparkValueError
from pyspark.sql._expressions import literal
from pyspark.sql._frame.checks import column_list, wrong_type


class DataFrame:
    """Missing values: dropping rows, filling, replacing."""

    def dropna(
        self, how: str = "any", thresh: Optional[int] = None, subset: Optional[Union[str, Tuple[str, ...], List[str]]] = None
    ) -> "DataFrame":
        if how is not None and how not in ["any", "all"]:
            raise PySparkValueError(
                error_class="VALUE_NOT_ANY_OR_ALL", message_parameters={"arg_name": "how", "arg_type": how}
            )
        names = self.columns if subset is None else column_list(subset, "subset")
        if thresh is None:
            thresh = len(names) if how == "any" else 1
        return self._then("drop_na", "drop", cols=names, min_non_nulls=thresh)

    def fillna(
        self, value: Any, subset: Optional[Union[str, Tuple[str, ...], List[str]]] = None
    ) -> "DataFrame":
        if not isinstance(value, (float, int, str, bool, dict)):
            raise wrong_type("NOT_BOOL_OR_DICT_OR_FLOAT_OR_INT_OR_STR", "value", value)
        if isinstance(value, dict):
            return self._then("fill_na", "fill", cols=list(value), values=[literal(item) for item in value.values()])
        if isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if isinstance(subset, str):
            subset = [subset]
        elif subset is not None and not isinstance(subset, (list, tuple)):
            raise wrong_type("NOT_LIST_OR_TUPLE", "subset", subset)
        return self._then("fill_na", "fill", cols=list(subset or []), values=[literal(value)])

    def replace(self, to_replace: Any, value: Any = _NoValue, subset: Optional[List[str]] = None) -> "DataFrame":
        if value is _NoValue:
            if not isinstance(to_replace, dict):
                raise PySparkTypeError(
                    error_class="ARGUMENT_REQUIRED",
                    message_parameters={"arg_name": "value", "condition": "`to_replace` is dict"},
                )
            value = None
        _check_replacement(to_replace, value, subset)
        pairs = _replacements(to_replace, value)
        if isinstance(subset, str):
            subset = [subset]
        return self._then(
            "replace",
            "replace",
            cols=list(subset or []),
            replacements=[{"old_value": literal(old), "new_value": literal(new)} for old, new in pairs.items()],
        )


def _check_replacement(to_replace: Any, value: Any, subset: Any) -> None:
    simple = (bool, float, int, str, list, tuple)
    if not isinstance(to_replace, (*simple, dict)):
        raise wrong_type("NOT_BOOL_OR_DICT_OR_FLOAT_OR_INT_OR_LIST_OR_STR_OR_TUPLE", "to_replace", to_replace)
    if not isinstance(value, simple) and value is not None and not isinstance(to_replace, dict):
        raise wrong_type("NOT_BOOL_OR_FLOAT_OR_INT_OR_LIST_OR_NONE_OR_STR_OR_TUPLE", "value", value)
    both = isinstance(to_replace, (list, tuple)) and isinstance(value, (list, tuple))
    if both and len(to_replace) != len(value):
        raise PySparkValueError(
            error_class="LENGTH_SHOULD_BE_THE_SAME",
            message_parameters={
                "arg1": "to_replace", "arg2": "value", "arg1_length": str(len(to_replace)), "arg2_length": str(len(value)),
            },
        )
    if not (subset is None or isinstance(subset, (list, tuple, str))):
        raise wrong_type("NOT_LIST_OR_STR_OR_TUPLE", "subset", subset)


def _replacements(to_replace: Any, value: Any) -> Dict[Any, Any]:
    if isinstance(to_replace, dict):
        if value is not None:
            warnings.warn("to_replace is a dict and value is not None. value will be ignored.")
        pairs = to_replace
    else:
        if isinstance(to_replace, (float, int, str)):
            to_replace = [to_replace]
        if isinstance(value, (float, int, str)) or value is None:
            value = [value] * len(to_replace)
        pairs = dict(zip(to_replace, value))
    new = [item for item in pairs.values() if item is not None]
    for kinds in (bool, str, (float, int)):
        if all(isinstance(item, kinds) for item in (*pairs, *new)):
            return pairs
    raise PySparkValueError(error_class="MIXED_TYPE_REPLACEMENT", message_parameters={})


class DataFrameNaFunctions:
    """`df.na`."""

    def __init__(self, df: "DataFrame"):
        self.df = df

    def drop(
        self, how: str = "any", thresh: Optional[int] = None, subset: Optional[Union[str, Tuple[str, ...], List[str]]] = None
    ) -> "DataFrame":
        return self.df.dropna(how=how, thresh=thresh, subset=subset)

    def fill(self, value: Any, subset: Optional[List[str]] = None) -> "DataFrame":
        return self.df.fillna(value=value, subset=subset)

    def replace(self, to_replace: Any, value: Any = _NoValue, subset: Optional[List[str]] = None) -> "DataFrame":
        return self.df.replace(to_replace, value, subset)
