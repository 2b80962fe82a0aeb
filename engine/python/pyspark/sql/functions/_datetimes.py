"""Functions of dates and times: one row each. A text argument is a column's name unless PySpark says otherwise."""
import decimal

from pyspark.sql.column import Column
from pyspark.sql.functions._calls import call, column_of, given, integer, or_literal, over, wrong_type

def curdate() -> Column: return call("curdate")
def current_date() -> Column: return call("current_date")
def current_timezone() -> Column: return call("current_timezone")
def current_timestamp() -> Column: return call("current_timestamp")
def now() -> Column: return call("current_timestamp")
def localtimestamp() -> Column: return call("localtimestamp")
def date_format(date, format) -> Column: return call("date_format", column_of(date), format)
def year(col) -> Column: return over("year", col)
def quarter(col) -> Column: return over("quarter", col)
def month(col) -> Column: return over("month", col)
def dayofweek(col) -> Column: return over("dayofweek", col)
def dayofmonth(col) -> Column: return over("dayofmonth", col)
def day(col) -> Column: return over("day", col)
def dayofyear(col) -> Column: return over("dayofyear", col)
def hour(col) -> Column: return over("hour", col)
def minute(col) -> Column: return over("minute", col)
def second(col) -> Column: return over("second", col)
def weekofyear(col) -> Column: return over("weekofyear", col)
def weekday(col) -> Column: return over("weekday", col)
def extract(field, source) -> Column: return over("extract", field, source)
def date_part(field, source) -> Column: return over("date_part", field, source)
def datepart(field, source) -> Column: return over("datepart", field, source)
def make_date(year, month, day) -> Column: return over("make_date", year, month, day)
def datediff(end, start) -> Column: return over("datediff", end, start)
def date_diff(end, start) -> Column: return over("date_diff", end, start)
def date_from_unix_date(days) -> Column: return over("date_from_unix_date", days)
def months_between(date1, date2, roundOff=True) -> Column: return call("months_between", column_of(date1), column_of(date2), roundOff)
def unix_date(col) -> Column: return over("unix_date", col)
def unix_micros(col) -> Column: return over("unix_micros", col)
def unix_millis(col) -> Column: return over("unix_millis", col)
def unix_seconds(col) -> Column: return over("unix_seconds", col)
def trunc(date, format) -> Column: return call("trunc", column_of(date), format)
def date_trunc(format, timestamp) -> Column: return call("date_trunc", format, column_of(timestamp))
def next_day(date, dayOfWeek) -> Column: return call("next_day", column_of(date), dayOfWeek)
def last_day(date) -> Column: return call("last_day", column_of(date))
def from_unixtime(timestamp, format="yyyy-MM-dd HH:mm:ss") -> Column: return call("from_unixtime", column_of(timestamp), format)
def timestamp_seconds(col) -> Column: return over("timestamp_seconds", col)
def timestamp_millis(col) -> Column: return over("timestamp_millis", col)
def timestamp_micros(col) -> Column: return over("timestamp_micros", col)
def make_timestamp_ntz(years, months, days, hours, mins, secs) -> Column: return over("make_timestamp_ntz", years, months, days, hours, mins, secs)
def years(col) -> Column: return over("years", col)
def months(col) -> Column: return over("months", col)
def days(col) -> Column: return over("days", col)
def hours(col) -> Column: return over("hours", col)
def date_add(start, days) -> Column: return over("date_add", start, integer(days))
def dateadd(start, days) -> Column: return over("dateadd", start, integer(days))
def date_sub(start, days) -> Column: return over("date_sub", start, integer(days))
def add_months(start, months) -> Column: return over("add_months", start, integer(months))
def to_date(col, format=None) -> Column: return call("to_date", column_of(col), *given(format))
def to_timestamp(col, format=None) -> Column: return call("to_timestamp", column_of(col), *given(format))
def try_to_timestamp(col, format=None) -> Column: return over("try_to_timestamp", *given(col, format))
def to_unix_timestamp(timestamp, format=None) -> Column: return over("to_unix_timestamp", *given(timestamp, format))
def to_timestamp_ltz(timestamp, format=None) -> Column: return over("to_timestamp_ltz", *given(timestamp, format))
def to_timestamp_ntz(timestamp, format=None) -> Column: return over("to_timestamp_ntz", *given(timestamp, format))
def unix_timestamp(timestamp=None, format="yyyy-MM-dd HH:mm:ss") -> Column: return call("unix_timestamp", current_timestamp() if timestamp is None else column_of(timestamp), format)
def from_utc_timestamp(timestamp, tz) -> Column: return call("from_utc_timestamp", column_of(timestamp), tz)
def to_utc_timestamp(timestamp, tz) -> Column: return call("to_utc_timestamp", column_of(timestamp), tz)
def window_time(windowColumn) -> Column: return over("window_time", windowColumn)
def convert_timezone(sourceTz, targetTz, sourceTs) -> Column: return over("convert_timezone", *given(sourceTz), targetTz, sourceTs)
def make_dt_interval(days=None, hours=None, mins=None, secs=None) -> Column: return over("make_dt_interval", *_zeros(days, hours, mins), or_literal(secs, _ZERO_SECONDS))
def make_interval(years=None, months=None, weeks=None, days=None, hours=None, mins=None, secs=None) -> Column: return over("make_interval", *_zeros(years, months, weeks, days, hours, mins), or_literal(secs, _ZERO_SECONDS))
def make_timestamp(years, months, days, hours, mins, secs, timezone=None) -> Column: return over("make_timestamp", years, months, days, hours, mins, secs, *given(timezone))
def make_timestamp_ltz(years, months, days, hours, mins, secs, timezone=None) -> Column: return over("make_timestamp_ltz", years, months, days, hours, mins, secs, *given(timezone))
def make_ym_interval(years=None, months=None) -> Column: return over("make_ym_interval", *_zeros(years, months))


_ZERO_SECONDS = decimal.Decimal(0)


def _zeros(*columns):
    return [or_literal(column, 0) for column in columns]


def window(timeColumn, windowDuration, slideDuration=None, startTime=None) -> Column:
    """Tumbling windows of `windowDuration`, or sliding ones when `slideDuration` is given."""
    time = column_of(timeColumn)
    _check_text(windowDuration, "windowDuration")
    if slideDuration:
        _check_text(slideDuration, "slideDuration")
    if startTime:
        _check_text(startTime, "startTime")
        return call("window", time, windowDuration, slideDuration or windowDuration, startTime)
    return call("window", time, windowDuration, *([slideDuration] if slideDuration else []))


def _check_text(value, name):
    if not value or type(value) is not str:
        raise wrong_type("NOT_STR", name, value)


def session_window(timeColumn, gapDuration) -> Column:
    """Sessions that end after `gapDuration` without a row."""
    time = column_of(timeColumn)
    if gapDuration is None or not isinstance(gapDuration, (str, Column)):
        raise wrong_type("NOT_COLUMN_OR_STR", "gapDuration", gapDuration)
    return call("session_window", time, gapDuration)


def bucket(numBuckets, col) -> Column:
    if not isinstance(numBuckets, (int, Column)):
        raise wrong_type("NOT_COLUMN_OR_INT", "numBuckets", numBuckets)
    return call("bucket", numBuckets, column_of(col))
