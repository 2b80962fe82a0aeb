"""Aggregate and window functions: one row each. A text argument is a column's name unless PySpark says otherwise."""
from pyspark.sql._expressions import function, literal
from pyspark.sql.column import Column
from pyspark.sql.functions._calls import call, column_of, given, integer, over

def mode(col) -> Column: return over("mode", col)
def max(col) -> Column: return over("max", col)
def min(col) -> Column: return over("min", col)
def max_by(col, ord) -> Column: return over("max_by", col, ord)
def min_by(col, ord) -> Column: return over("min_by", col, ord)
def count(col) -> Column: return over("count", col)
def sum(col) -> Column: return over("sum", col)
def avg(col) -> Column: return over("avg", col)
def mean(col) -> Column: return over("avg", col)
def median(col) -> Column: return over("median", col)
def product(col) -> Column: return over("product", col)
def stddev(col) -> Column: return over("stddev", col)
def std(col) -> Column: return over("std", col)
def stddev_samp(col) -> Column: return over("stddev_samp", col)
def stddev_pop(col) -> Column: return over("stddev_pop", col)
def variance(col) -> Column: return over("var_samp", col)
def var_samp(col) -> Column: return over("var_samp", col)
def var_pop(col) -> Column: return over("var_pop", col)
def regr_avgx(y, x) -> Column: return over("regr_avgx", y, x)
def regr_avgy(y, x) -> Column: return over("regr_avgy", y, x)
def regr_count(y, x) -> Column: return over("regr_count", y, x)
def regr_intercept(y, x) -> Column: return over("regr_intercept", y, x)
def regr_r2(y, x) -> Column: return over("regr_r2", y, x)
def regr_slope(y, x) -> Column: return over("regr_slope", y, x)
def regr_sxx(y, x) -> Column: return over("regr_sxx", y, x)
def regr_sxy(y, x) -> Column: return over("regr_sxy", y, x)
def regr_syy(y, x) -> Column: return over("regr_syy", y, x)
def every(col) -> Column: return over("every", col)
def bool_and(col) -> Column: return over("bool_and", col)
def some(col) -> Column: return over("some", col)
def bool_or(col) -> Column: return over("bool_or", col)
def bit_and(col) -> Column: return over("bit_and", col)
def bit_or(col) -> Column: return over("bit_or", col)
def bit_xor(col) -> Column: return over("bit_xor", col)
def skewness(col) -> Column: return over("skewness", col)
def kurtosis(col) -> Column: return over("kurtosis", col)
def collect_list(col) -> Column: return over("collect_list", col)
def array_agg(col) -> Column: return over("array_agg", col)
def collect_set(col) -> Column: return over("collect_set", col)
def corr(col1, col2) -> Column: return over("corr", col1, col2)
def covar_pop(col1, col2) -> Column: return over("covar_pop", col1, col2)
def covar_samp(col1, col2) -> Column: return over("covar_samp", col1, col2)
def grouping(col) -> Column: return over("grouping", col)
def grouping_id(*cols) -> Column: return over("grouping_id", *cols)
def count_min_sketch(col, eps, confidence, seed) -> Column: return over("count_min_sketch", col, eps, confidence, seed)
def count_if(col) -> Column: return over("count_if", col)
def histogram_numeric(col, nBins) -> Column: return over("histogram_numeric", col, nBins)
def try_avg(col) -> Column: return over("try_avg", col)
def try_sum(col) -> Column: return over("try_sum", col)
def bitmap_construct_agg(col) -> Column: return over("bitmap_construct_agg", col)
def bitmap_or_agg(col) -> Column: return over("bitmap_or_agg", col)
def row_number() -> Column: return call("row_number")
def dense_rank() -> Column: return call("dense_rank")
def rank() -> Column: return call("rank")
def cume_dist() -> Column: return call("cume_dist")
def percent_rank() -> Column: return call("percent_rank")
def approx_count_distinct(col, rsd=None) -> Column: return over("approx_count_distinct", col) if rsd is None else call("approx_count_distinct", column_of(col), rsd)
def count_distinct(col, *cols) -> Column: return Column({**over("count", col, *cols)._expr, "is_distinct": True})
def countDistinct(col, *cols) -> Column: return count_distinct(col, *cols)
def sum_distinct(col) -> Column: return Column({**over("sum", col)._expr, "is_distinct": True})
def first(col, ignorenulls=False) -> Column: return _ignoring("first", col, ignorenulls)
def last(col, ignorenulls=False) -> Column: return _ignoring("last", col, ignorenulls)
def any_value(col, ignoreNulls=None) -> Column: return over("any_value", *_with_switch(col, ignoreNulls))
def first_value(col, ignoreNulls=None) -> Column: return over("first_value", *_with_switch(col, ignoreNulls))
def last_value(col, ignoreNulls=None) -> Column: return over("last_value", *_with_switch(col, ignoreNulls))
def percentile(col, percentage, frequency=1) -> Column: return call("percentile", column_of(col), _percentages(percentage), frequency)
def percentile_approx(col, percentage, accuracy=10000) -> Column: return call("percentile_approx", column_of(col), _percentages(percentage), accuracy)
def approx_percentile(col, percentage, accuracy=10000) -> Column: return call("approx_percentile", column_of(col), _percentages(percentage), accuracy)
def hll_sketch_agg(col, lgConfigK=None) -> Column: return over("hll_sketch_agg", col, *given(None if lgConfigK is None else integer(lgConfigK)))
def hll_union_agg(col, allowDifferentLgConfigK=None) -> Column: return over("hll_union_agg", *_with_switch(col, allowDifferentLgConfigK))
def hll_union(col1, col2, allowDifferentLgConfigK=None) -> Column: return call("hll_union", column_of(col1), column_of(col2), *given(allowDifferentLgConfigK))
def lag(col, offset=1, default=None) -> Column: return call("lag", column_of(col), offset, default)
def lead(col, offset=1, default=None) -> Column: return call("lead", column_of(col), offset, default)
def nth_value(col, offset, ignoreNulls=False) -> Column: return _ignoring("nth_value", col, ignoreNulls, offset)
def ntile(n) -> Column: return call("ntile", int(n))


def _ignoring(name, col, ignore_nulls, *more):
    return call(name, column_of(col), *more, **({"ignore_nulls": True} if ignore_nulls else {}))


def _with_switch(col, switch):
    """A second argument that is a bool, or a column."""
    if switch is None:
        return [col]
    return [col, Column(literal(switch)) if isinstance(switch, bool) else switch]


def _percentages(percentage):
    if isinstance(percentage, (list, tuple)):
        return Column(function("array", *map(literal, percentage)))
    return percentage
