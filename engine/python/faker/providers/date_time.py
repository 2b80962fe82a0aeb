"""Dates and times, all from the kernel's clock."""
import datetime
import re

from faker.exceptions import BaseFakerException
from faker.providers.base import BaseProvider

_PART = re.compile(r"([+-]?\d+)\s*(y|M|w|d|h|m|s|years|months|weeks|days|hours|minutes|seconds)")
_DAYS = {"y": 365.24, "years": 365.24, "M": 30.42, "months": 30.42, "w": 7, "weeks": 7, "d": 1, "days": 1}
_SECONDS = {"h": 3600, "hours": 3600, "m": 60, "minutes": 60, "s": 1, "seconds": 1}


class ParseError(BaseFakerException, ValueError):
    pass


class Provider(BaseProvider):
    def date_time_between(self, start_date="-30y", end_date="now", tzinfo=None) -> datetime.datetime:
        """`-30y`, `+2d`, `-1h30m`, `now`, `today`; a date, a datetime, a timedelta or days from now."""
        start, end = _moment(start_date), _moment(end_date)
        if end - start <= datetime.timedelta(seconds=1):
            moment = start + (end - start) * self.random.random()
        else:
            moment = start + datetime.timedelta(seconds=self.random.uniform(0, (end - start).total_seconds()))
        return moment if tzinfo is None else moment.replace(tzinfo=datetime.timezone.utc).astimezone(tzinfo)

    def date_time_between_dates(self, datetime_start=None, datetime_end=None, tzinfo=None) -> datetime.datetime:
        return self.date_time_between(datetime_start or "today", datetime_end or "now", tzinfo)

    def date_between(self, start_date="-30y", end_date="today") -> datetime.date:
        start, end = _moment(start_date).date(), _moment(end_date).date()
        return start + datetime.timedelta(days=self.random.randint(0, max(0, (end - start).days)))

    def date_between_dates(self, date_start=None, date_end=None) -> datetime.date:
        return self.date_between(date_start or "today", date_end or "today")

    def date_time(self, tzinfo=None, end_datetime=None) -> datetime.datetime:
        return self.date_time_between(datetime.datetime(1970, 1, 1), end_datetime or "now", tzinfo)

    def date_time_ad(self, tzinfo=None, end_datetime=None, start_datetime=None) -> datetime.datetime:
        return self.date_time_between(start_datetime or datetime.datetime.min, end_datetime or "now", tzinfo)

    def date_object(self, end_datetime=None) -> datetime.date:
        return self.date_time(end_datetime=end_datetime).date()

    def time_object(self, end_datetime=None) -> datetime.time:
        return self.date_time(end_datetime=end_datetime).time()

    def date(self, pattern="%Y-%m-%d", end_datetime=None) -> str:
        return self.date_time(end_datetime=end_datetime).strftime(pattern)

    def time(self, pattern="%H:%M:%S", end_datetime=None) -> str:
        return self.date_time(end_datetime=end_datetime).strftime(pattern)

    def iso8601(self, tzinfo=None, end_datetime=None, sep="T", timespec="auto") -> str:
        return self.date_time(tzinfo, end_datetime).isoformat(sep, timespec)

    def unix_time(self, end_datetime=None, start_datetime=None) -> float:
        return self.date_time_between(start_datetime or datetime.datetime(1970, 1, 1), end_datetime or "now").timestamp()

    def past_datetime(self, start_date="-30d", tzinfo=None) -> datetime.datetime:
        return self.date_time_between(start_date, "-1s", tzinfo)

    def future_datetime(self, end_date="+30d", tzinfo=None) -> datetime.datetime:
        return self.date_time_between("+1s", end_date, tzinfo)

    def past_date(self, start_date="-30d", tzinfo=None) -> datetime.date:
        return self.date_between(start_date, "-1d")

    def future_date(self, end_date="+30d", tzinfo=None) -> datetime.date:
        return self.date_between("+1d", end_date)

    def date_time_this_decade(self, before_now=True, after_now=False, tzinfo=None) -> datetime.datetime:
        year = datetime.datetime.now().year // 10 * 10
        return self._within(datetime.datetime(year, 1, 1), datetime.datetime(year + 10, 1, 1), before_now, after_now, tzinfo)

    def date_time_this_year(self, before_now=True, after_now=False, tzinfo=None) -> datetime.datetime:
        year = datetime.datetime.now().year
        return self._within(datetime.datetime(year, 1, 1), datetime.datetime(year + 1, 1, 1), before_now, after_now, tzinfo)

    def date_time_this_month(self, before_now=True, after_now=False, tzinfo=None) -> datetime.datetime:
        start = datetime.datetime.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        end = (start + datetime.timedelta(days=32)).replace(day=1)
        return self._within(start, end, before_now, after_now, tzinfo)

    def date_this_decade(self, before_today=True, after_today=False) -> datetime.date:
        return self.date_time_this_decade(before_today, after_today).date()

    def date_this_year(self, before_today=True, after_today=False) -> datetime.date:
        return self.date_time_this_year(before_today, after_today).date()

    def date_this_month(self, before_today=True, after_today=False) -> datetime.date:
        return self.date_time_this_month(before_today, after_today).date()

    def date_of_birth(self, tzinfo=None, minimum_age=0, maximum_age=115) -> datetime.date:
        if minimum_age > maximum_age:
            raise ValueError("minimum_age must be less than or equal to maximum_age")
        today = datetime.date.today()
        youngest = _years_before(today, minimum_age)
        oldest = _years_before(today, maximum_age + 1) + datetime.timedelta(days=1)
        return oldest + datetime.timedelta(days=self.random.randint(0, (youngest - oldest).days))

    def year(self) -> str:
        return self.date("%Y")

    def month(self) -> str:
        return self.date("%m")

    def month_name(self) -> str:
        return self._vocabulary.MONTHS[self.date_time().month - 1]

    def day_of_month(self) -> str:
        return self.date("%d")

    def day_of_week(self) -> str:
        return self._vocabulary.DAYS[self.date_time().weekday()]

    def am_pm(self) -> str:
        return self.date("%p")

    def century(self) -> str:
        return self.random.choice(("XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"))

    def timezone(self) -> str:
        return self._one_of("TIME_ZONES")

    def _within(self, start, end, before, after, tzinfo):
        now = datetime.datetime.now()
        if not before and not after:
            return now
        return self.date_time_between(start if before else now, end if after else now, tzinfo)


def _moment(value):
    now = datetime.datetime.now()
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)
    if isinstance(value, datetime.timedelta):
        return now + value
    if isinstance(value, int):
        return now + datetime.timedelta(days=value)
    if value in ("now", "today"):
        return now
    parts = _PART.findall(value) if isinstance(value, str) else []
    if not parts:
        raise ParseError(f"Can't parse date string `{value}`")
    sign = -1 if value.startswith("-") else 1
    moved = now
    for number, unit in parts:
        count = int(number) if number[0] in "+-" else sign * int(number)
        moved += datetime.timedelta(days=count * _DAYS.get(unit, 0), seconds=count * _SECONDS.get(unit, 0))
    return moved


def _years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
