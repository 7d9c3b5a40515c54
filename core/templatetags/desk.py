"""Words that every page uses: dates as people say them, sizes, plurals, and what a block holds.

``{% load desk %}``. A date is written in full, "Monday 8 December 2025", with its counted week where one is known; the
short form stands only under pictures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """``Monday 8 December 2025``; an empty string for no date."""
    if not value:
        return ""
    value = _local(value)
    return f"{value:%A} {value.day} {value:%B} {value.year}"


@register.filter
def days_to(first: date, last: date) -> str:
    """From one day to another, as short as it stays clear: ``Monday 24 to Wednesday 26 November 2025``. One day is that day."""
    if first == last:
        return day(first)
    begin = f"{first:%A} {first.day}"
    if first.year != last.year:
        begin = day(first)
    elif first.month != last.month:
        begin += f" {first:%B}"
    return f"{begin} to {day(last)}"


@register.filter
def day_short(value: date | datetime | None) -> str:
    """``Mon 8 Dec 2025``, only where space is scarce (under a picture, in a table)."""
    if not value:
        return ""
    value = _local(value)
    return f"{value:%a} {value.day} {value:%b} {value.year}"


@register.filter
def day_of_year(value: date | datetime | None) -> str:
    """``Monday 8 December``, once the page has said the year."""
    if not value:
        return ""
    value = _local(value)
    return f"{value:%A} {value.day} {value:%B}"


@register.filter
def day_week(value: date | datetime | None, week: int | None = None) -> str:
    """``Monday 8 December 2025 (week 14)``; without a counted week, the date alone."""
    if not value:
        return ""
    return f"{day(value)} (week {week})" if week is not None and week != "" else day(value)


@register.filter
def clock(value: datetime | time | None) -> str:
    """``14:03``, in the time of Scotland."""
    if not value:
        return ""
    moment = _local(value) if isinstance(value, datetime) else value
    return f"{moment:%H:%M}"


@register.filter
def at_clock(value: datetime | None) -> str:
    """``at 14:03``; of another day than today ``on Monday 8 December 2025 at 14:03``."""
    if not value:
        return ""
    words = f"at {clock(value)}"
    return words if _as_date(value) == timezone.localdate() else f"on {day(value)} {words}"


@register.filter
def ago(value: date | datetime | None, now: date | datetime | None = None) -> str:
    """How long since, in the largest unit that says enough: ``just now``, ``12 minutes``, ``3 hours``, ``19 days``.

    ``now`` defaults to this moment. A date without a time counts in whole days.
    """
    if not value:
        return ""
    if not isinstance(value, datetime):
        today = _as_date(now) if now else timezone.localdate()
        return _days((today - value).days)
    moment = now if isinstance(now, datetime) else timezone.now()
    seconds = (moment - value).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return plural(int(seconds // 60), "minute,minutes")
    if seconds < 86400:
        return plural(int(seconds // 3600), "hour,hours")
    return _days((_as_date(moment) - _as_date(value)).days)


def _as_date(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def _days(days: int) -> str:
    return "today" if days <= 0 else plural(days, "day,days")


@register.filter
def plural(number: int | None, words: str) -> str:
    """``3|plural:"record,records"`` is ``3 records``; one word gets an s. No number reads as none: ``no records``."""
    one, _, many = words.partition(",")
    many = many or f"{one}s"
    if number is None or number == 0:
        return f"no {many}"
    return f"{number:,} {one if number == 1 else many}"


@register.filter
def filesize(size: int | None) -> str:
    """``512 bytes``, ``14 kB``, ``2.4 MB``: powers of a thousand, as the operating system of most readers counts."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    amount = float(size)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.5:
            return (
                f"{amount:.1f} {unit}" if amount < 9.95 and unit != "kB" else f"{amount:.0f} {unit}"
            )
    return f"{amount:.0f} GB"


@register.filter
def entry(mapping: Mapping[Any, Any] | None, key: object) -> Any:
    """The entry of a mapping under a key that is itself a variable; an empty string when there is none."""
    return mapping.get(key, "") if mapping else ""


@register.simple_block_tag
def captured(content: str) -> SafeString:
    """``{% captured as side %}{% block side %}{% endblock %}{% endcaptured %}``: was the block filled?"""
    return mark_safe(content.strip())  # already rendered and escaped by the template


@register.filter
def code_free(title: str) -> str:
    """``M2 Emerging themes: records and surveys`` as ``Emerging themes``: what people say aloud."""
    short = str(title).partition(":")[0]
    first, _, rest = short.partition(" ")
    return rest if rest and len(first) == 2 and first[1].isdigit() else short


@register.filter
def as_json(value: Any) -> str:
    """Plain values as JSON, for an attribute that a script reads; escaped there as every text is."""
    return json.dumps(value, cls=DjangoJSONEncoder)
