"""Spans of time in words: 30 minuter, 1 timme, 14 dagar."""

from zope.i18nmessageid import Message

from sp.personcert import _

MINUTE, HOUR, DAY = 60, 3600, 86400


def in_words(seconds: int) -> Message:
    """A span in the largest unit that fits without a rest; less than a minute counts as one."""
    if seconds >= DAY and seconds % DAY == 0:
        return _days(seconds // DAY)
    if seconds >= HOUR and seconds % HOUR == 0:
        return _hours(seconds // HOUR)
    return _minutes(max(seconds // MINUTE, 1))


def _days(count: int) -> Message:
    if count == 1:
        return _("span_day", default="1 dygn")
    return _("span_days", default="${count} dagar", mapping={"count": count})


def _hours(count: int) -> Message:
    if count == 1:
        return _("span_hour", default="1 timme")
    return _("span_hours", default="${count} timmar", mapping={"count": count})


def _minutes(count: int) -> Message:
    if count == 1:
        return _("span_minute", default="1 minut")
    return _("span_minutes", default="${count} minuter", mapping={"count": count})
