"""The components whose parameters are many, each drawn by one file of ``templates/components``.

``{% load components %}``. A state is always words; its tone only helps the eye. Lists take dictionaries or objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context

from core.pictures import month_calendar, tracker_words, units
from core.pictures import phase_tracker as tracker_picture
from core.pictures import spread as spread_picture
from core.pictures import timetable_chart as chart_picture
from core.pictures import week_strip as strip_picture
from core.pictures.calendar import Tracker
from core.pictures.scale import LEVELS, scale_bar
from core.pictures.spread import Spread
from core.pictures.timetable_chart import TimetableChart
from core.templatetags.desk import day_of_year, day_week, plural
from core.verdicts import Verdict
from core.workdays import is_working_day

register = template.Library()
Parts = dict[str, Any]

# What a tone looks like. The words carry the meaning; a tone is never shown without them.
TONES = {
    "": "",
    "plain": "",
    "late": "red",
    "attention": "orange",
    "done": "green",
    "quiet": "grey",
}


def _colour(tone: str) -> str:
    if tone not in TONES:
        raise ValueError(f"Unknown tone {tone!r}; one of {', '.join(filter(None, TONES))}.")
    return TONES[tone]


@register.filter
def colour(tone: str | None) -> str:
    """The design system's colour of a tone."""
    return _colour(tone or "")


# ---------- States ----------


@register.inclusion_tag("components/tag_state.html")
def tag_state(words: str, tone: str = "") -> Parts:
    """A state in words: ``{% tag_state "Pack not sent" "attention" %}``. Tones: plain, late, attention, done, quiet."""
    return {"words": words, "colour": _colour(tone)}


@register.inclusion_tag("components/evaluation.html")
def evaluation(level: int | None, note: str = "") -> Parts:
    """``4 Good``, with a note such as "provisional"; nothing yet reads "Not yet evaluated"."""
    return {"level": level, "words": LEVELS[level] if level is not None else "", "note": note}


@register.inclusion_tag("components/phase.html")
def phase(title: str, subtitle: str = "", state: str = "") -> Parts:
    """``Phase two: on site``, with its state in words ("now", "done", "to come")."""
    tones = {"now": "plain", "done": "done", "to come": "quiet"}
    return {
        "title": title,
        "subtitle": subtitle,
        "state": state,
        "colour": _colour(tones.get(state, "")),
    }


@register.inclusion_tag("components/due.html")
def due(
    on: date | None, week: int | None = None, today: date | None = None, done: bool = False
) -> Parts:
    """``due Friday 31 October 2025 (week 8)``, and the working days it is late; ``done`` things are never late."""
    if on is None:
        return {"words": "no date yet"}
    late = working_days_late(on, today) if today and not done else 0
    words = f"{'was due' if late or done else 'due'} {day_week(on, week)}"
    soon = bool(today) and not done and not late and on == today
    state = f"{plural(late, 'working day')} late" if late else "due today" if soon else ""
    return {"words": words, "state": state, "colour": "red" if late else "orange"}


def working_days_late(on: date, today: date) -> int:
    """How many working days have begun since the day on which something was due; at least one once the day is over."""
    if today <= on:
        return 0
    days = (on + timedelta(days=step) for step in range(1, (today - on).days + 1))
    return max(sum(is_working_day(one) for one in days), 1)


@register.inclusion_tag("components/verdict.html")
def verdict(
    answer: Verdict, words: str = "", url: str = "", about: str = "", secondary: bool = False
) -> Parts:
    """A deed that may be open or not: a link styled as a button, or the button disabled with the reason beside it.

    ``{% verdict may_notify "Notify" url about=inspection.reference %}``. Without words, only the reason. The number of
    its rule is for docs/rules.md and the code: nobody who reads the sentence has to look it up.
    """
    return {
        "verdict": answer,
        "words": words,
        "url": url,
        "about": about,
        "secondary": secondary,
        "id": _id(words, about),
    }


def _id(*words: str) -> str:
    letters = "-".join(words).lower()
    return "why-" + "".join(letter if letter.isalnum() else "-" for letter in letters).strip("-")


# ---------- Lists ----------


@register.inclusion_tag("components/work_list.html")
def work_list(items: Iterable[Any], ordered: bool = True, primary: bool = True) -> Parts:
    """What needs somebody, by consequence, each with one next step.

    Items: ``when`` (words of the tag), ``tone``, ``title``, ``detail``, ``action``, ``url``.
    The first action is the primary one.
    """
    return {"items": list(items), "list": "ol" if ordered else "ul", "primary": primary}


@register.inclusion_tag("components/gate_list.html")
def gate_list(conditions: Iterable[Any]) -> Parts:
    """What holds a gate. Conditions: ``met``, ``title``, ``url``, ``who`` (owner, age), ``state`` (words), ``tone``."""
    return {"conditions": list(conditions)}


@register.inclusion_tag("components/fact_list.html")
def fact_list(facts: Iterable[Any]) -> Parts:
    """Short facts for a side column. Facts: ``lead`` (bold first line), ``text``, ``url``, ``detail`` (second line)."""
    return {"facts": list(facts)}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> Parts:
    """Questions and answers. Rows: ``key``, ``value``, ``url`` and ``action`` ("Change") where it can be changed."""
    return {"rows": list(rows)}


@register.inclusion_tag("components/people_list.html")
def people_list(people: Iterable[Any]) -> Parts:
    """People by designation. Each: ``designation``, ``name``, ``agency``, ``detail``, ``url``."""
    return {"people": list(people)}


@register.inclusion_tag("components/meeting_list.html")
def meeting_list(tracker: Tracker) -> Parts:
    """The meetings under the tracker: code, name, date, state."""
    upcoming = tracker_words.next_meeting(tracker)
    ordered = sorted(tracker.meetings, key=lambda one: one.date)
    return {
        "meetings": [
            {"meeting": one, "held": one.is_held(tracker.today), "next": one is upcoming}
            for one in ordered
        ]
    }


@register.inclusion_tag("components/upload_list.html")
def upload_list(files: Iterable[Any]) -> Parts:
    """Files that came in. Each: ``name``, ``size`` in bytes, ``url``, ``state``, ``tone``, ``detail``."""
    return {"files": list(files)}


@register.inclusion_tag("components/empty.html")
def empty(words: str, action: str = "", url: str = "") -> Parts:
    """An empty list says so, and what to do next."""
    return {"words": words, "action": action, "url": url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "Pages") -> Parts:
    """Pages of a list, keeping the other words of the address; nothing when there is one page."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    steps = [
        {"number": one, "url": address(one), "current": one == page.number}
        if isinstance(one, int)
        else None
        for one in numbers
    ]
    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return {"page": page, "steps": steps, "before": before, "after": after, "name": name}


# ---------- Pictures ----------

MANY = 40  # above it units are drawn small


@register.inclusion_tag("components/count.html")
def count_units(what: str, groups: Sequence[units.UnitGroup], plain: bool = False) -> Parts:
    """A total as a sentence, its units drawn, and links by state: ``{% count_units "things asked" groups %}``.

    ``what`` follows the number and is written for many; write "thing asked,things asked" where it may be one.
    """
    number = units.total(groups)
    total = plural(number, what) if "," in what else f"{number} {what}"
    title = f"Of {total}: {units.said(groups)}"
    return {
        "total": total,
        "said": units.said(groups),
        "any": number > 0,
        "wide": units.unit_row(groups, title=title, unit=(32, 20) if number <= MANY else (14, 14))
        if number
        else "",
        "narrow": units.unit_row(
            groups, title=title, unit=(15, 20) if number <= MANY else (10, 12), room=276
        )
        if number
        else "",
        "keys": [
            {"swatch": units.key_swatch(one.look), "group": one} for one in groups if one.count
        ],
        "plain": plain,
    }


@register.inclusion_tag("components/phase_tracker.html")
def phase_tracker(tracker: Tracker) -> Parts:
    """Where one inspection is: picture in two forms, its key, its meetings, its table."""
    return {
        "tracker": tracker,
        "wide": tracker_picture.tracker_wide(tracker),
        "narrow": month_calendar.tracker_narrow(tracker),
        "keys": tracker_picture.tracker_key(tracker),
        "rows": tracker_words.tracker_rows(tracker),
        "title": tracker_words.tracker_title(tracker),
    }


@register.inclusion_tag("components/week_strip.html")
def week_strip(
    tracker: Tracker, reference: str = "", url: str = "", sentence: str = "", detail: str = ""
) -> Parts:
    """One inspection on one line of the home page: name, mini tracker, one sentence, a quieter second one."""
    return {
        "tracker": tracker,
        "reference": reference,
        "url": url,
        "sentence": sentence or tracker.where().capitalize() + ".",
        "detail": detail,
        "wide": strip_picture.week_strip(tracker),
        "narrow": strip_picture.week_strip(tracker, narrow=True),
    }


@register.inclusion_tag("components/timetable_chart.html")
def timetable_chart(chart: TimetableChart) -> Parts:
    """The timetable on a calendar; on a phone the calendar by month; its table in details."""
    return {
        "wide": chart_picture.timetable_chart(chart),
        "narrow": month_calendar.tracker_narrow(
            chart.tracker, title=chart_picture.chart_title(chart)
        ),
        "rows": list(chart.rows()),
        "title": chart_picture.chart_title(chart),
    }


@register.inclusion_tag("components/spread.html")
def spread(picture: Spread) -> Parts:
    """How far apart evaluations are, after the reveal, with its table."""
    return {
        "wide": spread_picture.spread_wide(picture),
        "narrow": spread_picture.spread_narrow(picture),
        "keys": spread_picture.spread_key(picture),
        "rows": spread_picture.spread_rows(picture),
        "title": spread_picture.spread_title(picture),
    }


@register.inclusion_tag("components/share_rows.html")
def share_rows(caption: str, rows: Iterable[Any], compact: bool = False) -> Parts:
    """Shares of many. Rows: ``title``, ``detail``, ``part``, ``whole``, ``words`` ("74 of about 86").

    ``compact`` is for a side column: a thin bar, no second line.
    """
    size = {"width": 180, "height": 10} if compact else {}
    drawn = []
    for row in rows:
        of = row if isinstance(row, dict) else vars(row)
        picture = units.share_bar(f"{of['title']}: {of['words']}", of["part"], of["whole"], **size)
        drawn.append({**of, "picture": picture})
    return {"caption": caption, "rows": drawn, "compact": compact}


@register.simple_tag
def scale_picture(level: int) -> str:
    """The six boxes of an evaluation in the report."""
    return scale_bar(level)


@register.simple_tag
def unit_squares(title: str, groups: Sequence[units.UnitGroup]) -> str:
    """Small squares in a table cell; ``title`` starts the name of the picture, the counts follow."""
    return units.squares(groups, title=f"{title}: {units.said(groups)}")


@register.simple_tag
def unit_swatch(look: str) -> str:
    """One look of a unit, for a key."""
    return units.key_swatch(look)


# ---------- What was saved, what was received ----------


@register.inclusion_tag("components/saved.html")
def saved(at: Any = None, version: int | None = None, failed: str = "") -> Parts:
    """What is saved where: ``Saved on the server at 14:03, version 12``; or what is not, in a sentence."""
    return {"at": at, "version": version, "failed": failed}


@register.inclusion_tag("components/receipt.html")
def receipt(proof: Any) -> Parts:
    """A receipt. ``number``, ``what``, ``by``, ``at``, ``files`` (name, size, digest), ``url`` of the copy to keep."""
    return {"proof": proof}


@register.inclusion_tag("components/comparison.html")
def comparison(parts: Any, older: Any, newer: Any) -> Parts:
    """Two versions of a text side by side (``core.earlier``): the left is older, the right newer, word by word."""
    return {"parts": parts, "older": older, "newer": newer}


@register.inclusion_tag("components/anchor.html")
def anchor(found: Any, what: str = "here") -> Parts:
    """The short form of one event of the record, as it is printed (``text``, ``at``); nothing where there is none."""
    return {"anchor": found, "what": what}


@register.inclusion_tag("components/button_row.html")
def button_row(
    words: str,
    cancel_url: str = "",
    secondary: str = "",
    secondary_name: str = "",
    cancel_words: str = "Cancel",
) -> Parts:
    """The buttons under a form that is not drawn by crispy."""
    return {
        "words": words,
        "cancel_url": cancel_url,
        "secondary": secondary,
        "secondary_name": secondary_name,
        "cancel_words": cancel_words,
    }


@register.simple_tag
def said_day(value: date) -> str:
    """``Monday 8 December``, where the page has said the year."""
    return day_of_year(value)
