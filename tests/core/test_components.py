"""Components say their state in words, and the gallery shows all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.templatetags import desk
from core.templatetags.components import working_days_late
from core.verdicts import ALLOWED, refuse
from workspace.views.gallery import gallery

TEMPLATES = (
    Path(settings.BASE_DIR if hasattr(settings, "BASE_DIR") else Path(__file__).parents[2])
    / "templates"
)


def draw(source, **context):
    html = Template("{% load desk components %}" + source).render(Context(context))
    return " ".join(html.split())


@pytest.fixture
def gallery_page():
    return gallery(RequestFactory().get("/gallery/")).content.decode()


def test_gallery_shows_every_component(gallery_page):
    source = (TEMPLATES / "workspace/gallery.html").read_text()
    page_of_tracker = (TEMPLATES / "components/phase_tracker.html").read_text()
    tags = {"count": "count_units", "week_strip": "week_strip"}
    for path in (TEMPLATES / "components").glob("[!_]*.html"):
        tag = tags.get(path.stem, path.stem)
        assert f"% {tag} " in source + page_of_tracker, f"{path.stem} is not in the gallery"


def test_gallery_has_one_title_and_nothing_inline(gallery_page):
    assert gallery_page.count("<h1") == 1
    for forbidden in (" style=", "onclick=", "<style", "javascript:", "{{", "{%"):
        assert forbidden not in gallery_page
    assert gallery_page.count("<script") == gallery_page.count('<script src="')


def test_gallery_names_no_id_twice(gallery_page):
    import re

    ids = re.findall(r'\sid="([^"]+)"', gallery_page)
    assert sorted(ids) == sorted(set(ids))


def test_every_page_says_its_language_title_and_way_to_the_content(gallery_page):
    assert '<html lang="en-GB">' in gallery_page
    assert "<title>Gallery of components - Run a joint inspection</title>" in gallery_page
    assert 'href="#main-content"' in gallery_page
    assert 'id="main-content"' in gallery_page
    assert "Glenmarrow is an invented area" in gallery_page


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_a_page_of_an_error_needs_no_context(name):
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert "Run a joint inspection</title>" in html


def test_refusal_page_says_the_sentence():
    html = render_to_string(
        "403.html", {"verdict": refuse("The letter lacks one address.", source="R13")}
    )
    assert "The letter lacks one address." in html


# ---------- Verdicts, states, dates ----------


def test_an_open_deed_is_a_link_that_says_its_object():
    html = draw('{% verdict v "Notify" "/n/" about="JI-2026-001" %}', v=ALLOWED)
    assert (
        html
        == '<a class="ds_button" href="/n/">Notify<span class="visually-hidden">: JI-2026-001</span></a>'
    )


def test_a_closed_deed_is_disabled_and_described_by_the_reason():
    html = draw(
        '{% verdict v "Notify" "/n/" about="Glenmarrow" %}',
        v=refuse("One address is missing.", source="R13"),
    )
    assert "disabled" in html
    assert "/n/" not in html
    assert 'aria-describedby="why-notify-glenmarrow"' in html
    assert 'id="why-notify-glenmarrow"' in html
    assert "One address is missing." in html
    assert "R13" not in html


@pytest.mark.parametrize(
    ("on", "today", "days"),
    [
        (date(2025, 12, 5), date(2025, 12, 5), 0),
        (date(2025, 12, 5), date(2025, 12, 6), 1),
        (date(2025, 12, 5), date(2025, 12, 8), 1),
        (date(2025, 12, 5), date(2025, 12, 12), 5),
        (date(2025, 12, 24), date(2025, 12, 29), 1),
    ],
)
def test_working_days_late_leave_out_weekends_and_holidays(on, today, days):
    assert working_days_late(on, today) == days


def test_due_says_date_week_and_how_late():
    when = {"on": date(2025, 10, 31), "today": date(2025, 11, 3)}
    assert "Was due Friday 31 October 2025 (week 8)" in draw("{% due on 8 today %}", **when)
    assert "1 working day late" in draw("{% due on 8 today %}", **when)
    assert "late" not in draw("{% due on 8 today True %}", **when)
    assert "Due today" in draw("{% due on 8 on %}", **when)
    assert "No date yet" in draw("{% due None %}")


def test_evaluation_is_number_and_word():
    assert "<b>4</b> Good" in draw("{% evaluation 4 %}")
    assert "Not yet evaluated" in draw("{% evaluation None %}")
    with pytest.raises(KeyError):
        draw("{% evaluation 7 %}")


def test_an_unknown_tone_is_refused():
    with pytest.raises(ValueError, match="Unknown tone"):
        draw('{% tag_state "Late" "crimson" %}')


def test_words_of_people_are_escaped():
    html = draw(
        "{% work_list items %}{% fact_list facts %}",
        items=[{"title": "<b>x"}],
        facts=[{"text": "<i>y"}],
    )
    assert "<b>x" not in html
    assert "&lt;b&gt;x" in html
    assert "<i>y" not in html


def test_first_action_of_a_work_list_is_the_primary_one():
    items = [{"title": "One", "url": "/1/"}, {"title": "Two", "url": "/2/"}]
    html = draw("{% work_list items %}", items=items)
    assert html.count("ds_button--secondary") == 1
    assert html.index("/1/") < html.index("ds_button--secondary") < html.index("/2/")


def test_pagination_keeps_the_filter_and_is_silent_on_one_page():
    request = RequestFactory().get("/?state=late&page=2")
    html = draw("{% pagination page %}", page=Paginator(range(100), 10).page(2), request=request)
    assert 'href="?state=late&amp;page=3"' in html
    assert 'aria-current="page"' in html
    assert draw("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


# ---------- Filters ----------


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (desk.day(date(2025, 12, 8)), "Monday 8 December 2025"),
        (desk.day(None), ""),
        (desk.day(datetime(2026, 6, 8, 23, 30, tzinfo=UTC)), "Tuesday 9 June 2026"),
        (desk.day_short(date(2025, 12, 10)), "Wed 10 Dec 2025"),
        (desk.day_week(date(2025, 12, 8), 14), "Monday 8 December 2025 (week 14)"),
        (desk.day_week(date(2025, 12, 8)), "Monday 8 December 2025"),
        (desk.clock(datetime(2026, 6, 8, 13, 3, tzinfo=UTC)), "14:03"),
        (desk.at_clock(datetime(2020, 6, 8, 13, 3, tzinfo=UTC)), "on Monday 8 June 2020 at 14:03"),
        (desk.at_clock(None), ""),
        (desk.filesize(0), "0 bytes"),
        (desk.filesize(1), "1 byte"),
        (desk.filesize(999), "999 bytes"),
        (desk.filesize(48_200), "48 kB"),
        (desk.filesize(999_600), "1.0 MB"),
        (desk.filesize(2_413_000), "2.4 MB"),
        (desk.filesize(524_288_000), "524 MB"),
        (desk.plural(1, "record"), "1 record"),
        (desk.plural(2, "entry,entries"), "2 entries"),
        (desk.plural(0, "record"), "no records"),
        (desk.plural(1200, "record"), "1,200 records"),
    ],
)
def test_filters(got, wanted):
    assert got == wanted


@pytest.mark.parametrize(
    ("then", "wanted"),
    [
        (datetime(2025, 12, 8, 11, 59, 30, tzinfo=UTC), "just now"),
        (datetime(2025, 12, 8, 11, 48, tzinfo=UTC), "12 minutes"),
        (datetime(2025, 12, 8, 11, 0, tzinfo=UTC), "1 hour"),
        (datetime(2025, 11, 19, 12, 0, tzinfo=UTC), "19 days"),
    ],
)
def test_ago_uses_the_largest_unit(then, wanted):
    assert desk.ago(then, datetime(2025, 12, 8, 12, 0, tzinfo=UTC)) == wanted


def test_a_filled_block_is_known_from_an_empty_one():
    source = "{% captured as x %} {% block b %}{% endblock %} {% endcaptured %}"
    source += "[{% if x %}full{% else %}empty{% endif %}]"
    assert draw(source) == "[empty]"
    assert (
        draw(source.replace("{% endblock %}", "<b>hi</b>{% endblock %}") + "{{ x }}")
        == "[full]<b>hi</b>"
    )
