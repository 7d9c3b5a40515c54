"""One source, two layouts: the same words, the same bytes, and a PDF that can be read aloud."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import page
import pdfua
import pikepdf
import pytest

from core.pdf import pdf_available
from reports import exports
from reports.markup import blocks, plain
from reports.wording import inspectorates
from tests.reports.sample import plain_source

needs_pdf = pytest.mark.skipif(
    not pdf_available(), reason=pdf_available().sentence or "PDF is there"
)


def _words(html: str) -> list[str]:
    body = re.sub(r"<(style|title|head|nav)\b.*?</\1>", " ", html, flags=re.S)
    return re.findall(r"\w+", plain(body))


def test_both_layouts_say_the_same_words() -> None:
    source = plain_source()
    web, paper = (
        _words(exports.report_html(source, layout="web")),
        _words(exports.report_html(source)),
    )

    assert not set(web) - set(paper)
    for word in ("Strengths", "Thursday", "Adequate", "confident", "assure"):
        assert word in web and word in paper


def test_report_html_labels_areas_for_development_as_reports_print_them() -> None:
    html = exports.report_html(plain_source(), layout="web")

    assert "Priority areas for improvement" in html
    assert "Areas for development" not in html
    assert 'aria-label="3 on a scale from 1 to 6"' in html
    assert "Adequate (3)" in html


def test_report_html_says_on_every_sheet_that_the_area_is_invented() -> None:
    invented = plain_source()
    real = invented | {"area": invented["area"] | {"is_invented": False}}

    assert "Glenmarrow (invented area), JI-2026-001" in exports.report_html(invented)
    assert "This is an example." in exports.report_html(invented)
    assert "invented" not in re.sub(
        r"<style>.*?</style>", "", exports.report_html(real), flags=re.S
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![p](https://x.example/p.png)", "<p></p>"),
        ("# Help\n\n## To recover", "<h3>Help</h3>"),
        ("**bold**", "<p><strong>bold</strong></p>"),
    ],
)
def test_markup_keeps_what_is_safe(typed: str, expected: str) -> None:
    assert expected in "".join(blocks(typed))


def test_markup_never_skips_a_heading_level() -> None:
    assert [piece[:4] for piece in blocks("#### Deep\n\n# High", heading=4)] == ["<h5>", "<h4>"]


def test_inspectorates_are_called_as_on_that_day() -> None:
    from datetime import date

    assert inspectorates(date(2020, 2, 26))[-1].startswith("Her Majesty")
    assert inspectorates(date(2026, 6, 9))[-1].startswith("His Majesty")


def test_paragraphs_are_numbered_without_gaps_in_the_order_of_the_draft() -> None:
    rows = exports.paragraphs(plain_source())
    html = exports.report_html(plain_source(), draft=True)
    printed = [int(number) for number in re.findall(r'app-report__number">(\d+)<', html)]

    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert printed == list(range(1, len(rows) + 1))
    assert len({row["anchor"] for row in rows}) == len(rows)


def test_source_has_one_text_and_one_hash() -> None:
    source = plain_source()
    shuffled = dict(reversed(list(source.items())))

    assert exports.canonical(source) == exports.canonical(shuffled)
    assert exports.dated(source, _moment("2026-06-09")) is source
    assert exports.dated(source, _moment("2026-06-11"))["dated_on"] == "2026-06-11"


def _moment(day: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(f"{day}T10:00:00+00:00")


@needs_pdf
def test_report_pdf_is_the_same_bytes_and_passes_two_checkers(tmp_path: Path) -> None:
    html = exports.report_html(plain_source())
    pdf = exports.report_pdf(html)

    assert exports.report_pdf(html) == pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert str(root.Lang) == "en-GB"
        assert root.MarkInfo.Marked
        assert "Glenmarrow" in str(document.docinfo["/Title"])
        assert b'pdfuaid:part="1"' in root.Metadata.read_bytes()
        with document.open_outline() as outline:
            top = outline.root[0]
            titles = [child.title for child in top.children]
        kinds = _kinds(document)
    assert any(title.startswith("Question 5") for title in titles), titles
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/L", "/Link", "/Figure"} <= kinds
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    assert [finding.message for finding in pdfua.validate(str(path)).findings] == []
    assert _rules_failed(pdf) == []


@needs_pdf
@pytest.mark.parametrize("marks", [{}, {"draft": True}])
def test_the_title_is_the_first_thing_that_is_read(marks: dict[str, Any]) -> None:
    """The running foot of the later pages is no text of the cover, and is not read aloud."""
    html = exports.report_html(plain_source(), **marks)
    assert 'data-running="Glenmarrow (invented area), JI-2026-001"' in html
    assert _words(html)[:5] == ["Report", "of", "a", "joint", "inspection"]
    with pikepdf.open(io.BytesIO(exports.report_pdf(html))) as document:
        tags = [tag for tag in _tags(document.Root.StructTreeRoot) if re.fullmatch(r"/P|/H\d", tag)]
    assert tags[0] == "/H1"


def _tags(node: Any) -> list[str]:
    """The tags below a node, in the order in which they are read."""
    if isinstance(node, pikepdf.Array):
        return [tag for one in node for tag in _tags(one)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    below = _tags(node.K) if "/K" in node else []
    return [str(node.S), *below] if "/S" in node else below


@needs_pdf
@pytest.mark.parametrize(
    "marks", [{"draft": True}, {"embargo": "Under embargo until 09:30 on Tuesday 9 June 2026"}]
)
def test_marked_copies_pass_too(marks: dict[str, Any]) -> None:
    assert _rules_failed(exports.report_pdf(exports.report_html(plain_source(), **marks))) == []


def _rules_failed(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf)
    assert report.rules.total == 104
    return [failure.message for failure in report.failures]


def _kinds(document: pikepdf.Pdf) -> set[str]:
    found: set[str] = set()
    waiting: list[Any] = [document.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.add(str(node.S))
            if "/K" in node:
                waiting.append(node.K)
    return found


@needs_pdf
@pytest.mark.parametrize(
    "typed", ["- a\n\n- b", "- a\n\n  more\n- b", "1. a\n   - b", "> said\n> - a"]
)
def test_lists_that_people_type_keep_the_tags_whole(typed: str) -> None:
    source = plain_source()
    source["sections"][0]["text"] = typed

    assert _rules_failed(exports.report_pdf(exports.report_html(source))) == []


@needs_pdf
@pytest.mark.parametrize("draft", [False, True])
def test_short_questions_share_a_page_and_the_summary_has_one_of_its_own(draft: bool) -> None:
    """Nothing of the summary spills over its page, and a report of few words has no half-empty pages."""
    pdf = exports.report_pdf(exports.report_html(plain_source(), draft=draft))
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        places = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        waiting, on = list(outline.root), {}
        while waiting:
            item = waiting.pop(0)
            on[item.title] = places[item.destination[0].objgen]
            waiting += item.children
        pages = len(document.pages)
    summary = next(number for title, number in on.items() if title.startswith("Summary"))
    context = next(number for title, number in on.items() if title.endswith("in context"))
    assert on["Our evaluations"] == summary
    assert context == summary + 1
    questions = {number for title, number in on.items() if title.startswith("Question ")}
    assert len(questions) < 5
    assert pages <= 10
