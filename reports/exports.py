"""The report as data, and the data as a page: one source, two layouts, the same parts and the same words."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from core.pdf import render_pdf
from reports import queries
from reports.markup import blocks, is_heading, plain
from reports.models import Report
from reports.wording import inspectorates, section_specs, wording

FORMAT = 1
BEFORE_SUMMARY = (
    "key-facts",
    "our-remit",
    "our-framework",
    "our-teams",
    "how-we-conducted",
    "caveat",
)
BEFORE_QUESTIONS = ("geography", "economy", "partnership")
AFTER_QUESTIONS = ("conclusion", "what-happens-next")
SHEETS = ("css/tokens.css", "css/report.css")


def report_source(report: Report, *, dated: datetime | None = None) -> dict[str, Any]:
    """Everything that the report says, as plain sorted data: what an edition stores and every layout is made from.

    ``dated`` is the moment of publication; without one it is the scheduled moment, or else the last change. Never the
    clock, so that the same report gives the same data.
    """
    inspection = report.inspection
    moment = dated or report.published_at or report.publish_at or report.changed_at
    day = timezone.localtime(moment).date()
    words = wording(report.wording_key)
    texts = queries.texts_of(report)
    return {
        "format": FORMAT,
        "language": "en-GB",
        "reference": inspection.reference,
        "area": {
            "code": inspection.area.code,
            "name": inspection.area.name,
            "is_invented": inspection.area.is_invented,
        },
        "dated_at": timezone.localtime(moment).isoformat(timespec="seconds"),
        "dated_on": day.isoformat(),
        "programme_title": words["programme_title"],
        "inspectorates": inspectorates(day, report.wording_key),
        "labels": dict(words["labels"]),
        "invented": words["invented"].format(area=inspection.area.name),
        "sections": [
            {
                "key": spec.key,
                "group": spec.group.format(area=inspection.area.name),
                "title": spec.title,
                "text": texts.get(spec.key, ""),
            }
            for spec in section_specs(report.wording_key)
        ],
        "questions": queries.questions_as_data(report),
        "evaluations": queries.evaluations_as_data(inspection),
        "scale": queries.scale_as_data(inspection),
        "follow_up": queries.follow_up_as_data(report),
        "terms": list(words["terms"]),
    }


def dated(source: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The same source; if it is published on another day than was scheduled, dated with the moment it really was."""
    day = timezone.localtime(at).date()
    if day.isoformat() == source["dated_on"]:
        return source
    return source | {
        "dated_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "dated_on": day.isoformat(),
    }


def canonical(source: dict[str, Any]) -> str:
    """The source as the one text that its hash is taken of: sorted keys, no spaces, real letters."""
    return json.dumps(source, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(content: str | bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def as_printed(text: str) -> list[SafeString]:
    """A text on its own as the report prints it: clean pieces of HTML, one a paragraph, table or heading."""
    return [mark_safe(html) for html in blocks(text, heading=3)]  # cleaned by nh3 in reports.markup


def laid_out(source: dict[str, Any]) -> dict[str, Any]:
    """The source with its texts as numbered paragraphs, ready for the parts. The numbers are those of the draft."""
    count = 0

    def numbered(anchor: str, html: str) -> dict[str, Any]:
        nonlocal count
        heading = is_heading(html)
        count += 0 if heading else 1
        return {
            "anchor": anchor,
            "number": None if heading else count,
            "html": mark_safe(html),  # cleaned by nh3 in reports.markup
        }

    def prose(anchor: str, text: str, heading: int) -> list[dict[str, Any]]:
        return [
            numbered(f"{anchor}-{place}", html)
            for place, html in enumerate(blocks(text, heading=heading), 1)
        ]

    def points(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | numbered(f"point-{row['id']}", _inline(row["text"])) for row in rows]

    texts = {row["key"]: row for row in source["sections"]}

    def section(key: str) -> dict[str, Any]:
        row = texts[key]
        return row | {"blocks": prose(key, row["text"], 4 if row["group"] else 3)}

    def listed(kind: str) -> list[dict[str, Any]]:
        rows = [
            point | {"question": question["number"]}
            for question in source["questions"]
            for point in question["points"]
            if point["kind"] == kind
        ]
        return points(rows)

    # The order here is the order on paper, and so the order of the numbers.
    sections = {key: section(key) for key in BEFORE_SUMMARY}
    sections["summary"] = section("summary")
    strengths, areas = listed("strength"), listed("area_for_development")
    sections |= {key: section(key) for key in BEFORE_QUESTIONS}
    questions = [
        question
        | {
            "key_messages": points(
                [point for point in question["points"] if point["kind"] == "key_message"]
            ),
            "blocks": prose(f"question-{question['number']}", question["narrative"], 3),
            "drawn_from": sorted(
                {kind for point in question["points"] for kind in point["drawn_from"]}
            ),
        }
        for question in source["questions"]
    ]
    sections |= {key: section(key) for key in AFTER_QUESTIONS}
    sections = {key.replace("-", "_"): value for key, value in sections.items()}
    day = date.fromisoformat(source["dated_on"])
    *others, last = source["inspectorates"]
    return {
        "source": source,
        "area": source["area"],
        "title": f"{source['programme_title']} in {source['area']['name']}",
        "month": f"{day:%B %Y}",
        "day": day,
        "inspectorates": f"{', '.join(others)} and {last}",
        "sections": sections,
        "strengths": strengths,
        "areas_for_development": areas,
        "questions": questions,
        "evaluations": source["evaluations"],
        "has_levels": any(row["level"] for row in source["evaluations"]),
    }


def _inline(text: str) -> str:
    """A point is one paragraph: its words without the tags of a paragraph around them."""
    html = " ".join(blocks(text))
    single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return html[3:-4] if single else html


def paragraphs(source: dict[str, Any]) -> list[dict[str, Any]]:
    """Every numbered paragraph with its anchor and its words, in the order of the draft (R47)."""
    page = laid_out(source)
    found: list[dict[str, Any]] = []

    def take(rows: list[dict[str, Any]], place: str) -> None:
        found.extend(
            {
                "anchor": row["anchor"],
                "number": row["number"],
                "place": place,
                "text": plain(row["html"]),
            }
            for row in rows
            if row["number"]
        )

    for section in page["sections"].values():
        take(section["blocks"], section["title"])
    take(page["strengths"], source["labels"]["strength"])
    take(page["areas_for_development"], source["labels"]["area_for_development"])
    for question in page["questions"]:
        take(question["key_messages"], f"Question {question['number']}, key messages")
        take(question["blocks"], f"Question {question['number']}")
    return sorted(found, key=lambda row: row["number"])


def report_html(
    source: dict[str, Any], *, layout: str = "print", draft: bool = False, embargo: str = ""
) -> SafeString:
    """The report as HTML. ``print`` is a whole document with its style inside, ``web`` is the article for a page.

    ``draft`` numbers the paragraphs and marks every sheet "Draft for factual accuracy"; ``embargo`` is the sentence
    that marks every sheet of an embargoed copy (R48).
    """
    page = laid_out(source)
    mark = "Draft for factual accuracy" if draft else embargo
    page |= {"draft": draft, "numbered": draft, "mark": mark, "layout": layout, "css": ""}
    if layout == "web":
        return render_to_string("reports/parts/article.html", page)
    if layout != "print":
        raise ValueError(f"A report has two layouts, print and web; {layout!r} is neither.")
    page["css"] = mark_safe(_css(mark))  # our own style sheets, from disk
    return render_to_string("reports/print.html", page)


def _css(mark: str) -> str:
    """Our style sheets as one text, so that a stored document needs nothing beside it; with the mark of a draft."""
    base = Path(settings.BASE_DIR) / "static"
    sheets = [(base / name).read_text(encoding="utf-8") for name in SHEETS]
    if mark:
        words = mark.replace("\\", "").replace('"', "’")
        sheets.append(
            f'@page {{ @top-left {{ color: #5e5e5e; content: "{words}"; font: 500 8.5pt Roboto, sans-serif; }}'
            f' background: url("{_watermark(words)}") no-repeat center / 210mm 297mm; }}'
            " .app-report { background: none; } @page app-cover { @top-left { content: none; } background: none; }"
        )
    return "\n".join(sheets)


def _watermark(words: str) -> str:
    """Pale words across the sheet, as a picture behind the text: no part of what is read aloud."""
    size = min(64, int(1450 / max(len(words), 1)))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="794" height="1123" viewBox="0 0 794 1123">'
        f'<g transform="translate(397 561) rotate(-52)"><text x="0" y="0" text-anchor="middle" font-family="Roboto, sans-serif" '
        f'font-size="{size}" font-weight="700" fill="#e3e6e8">{words}</text></g></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"


def report_pdf(html: str) -> bytes:
    """The print document as tagged PDF: the same bytes for the same HTML."""
    return render_pdf(html, base_dir=Path(settings.BASE_DIR) / "static")
