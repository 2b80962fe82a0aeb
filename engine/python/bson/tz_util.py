"""Time zones of a fixed offset."""
import datetime


class FixedOffset(datetime.tzinfo):
    """`offset`: minutes, or a timedelta."""

    def __init__(self, offset, name):
        self._offset = offset if isinstance(offset, datetime.timedelta) else datetime.timedelta(minutes=offset)
        self._name = name

    def __getinitargs__(self):
        return self._offset, self._name

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        return self._name

    def dst(self, dt):
        return datetime.timedelta(0)

    def __repr__(self):
        return f"FixedOffset({self._offset!r}, {self._name!r})"


utc = FixedOffset(0, "UTC")
