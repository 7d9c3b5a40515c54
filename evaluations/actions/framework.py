"""Loading the quality framework and the published evaluations: safe to repeat, refused whole when a row is wrong."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.models import User
from audit.record import record
from core.tables import Row, check_once, read_csv
from evaluations import rules
from evaluations.actions.framework_files import REFERENCE, Content, read_framework
from evaluations.models import (
    Domain,
    EvaluationGroup,
    Framework,
    Indicator,
    IndicatorQuestion,
    PublishedEvaluation,
    QualityArea,
    Question,
    ScaleLevel,
)
from evaluations.queries import self_evaluation_terms
from inspections.models import Area

KEY = "2019"
PUBLISHED_COLUMNS = [
    "gss_code", "council_area", "programme", "published", "qi_1_1", "qi_2_1", "qi_2_2", "qi_9", "note", "source",
]  # fmt: skip
LEVEL_COLUMNS = {
    "qi_1_1": "level_1_1",
    "qi_2_1": "level_2_1",
    "qi_2_2": "level_2_2",
    "qi_9": "level_9",
}


@transaction.atomic
def load_framework_files(*, by: User, at: datetime, folder: Path = REFERENCE) -> Framework:
    """The framework and the published evaluations of ``folder`` are in the database, or nothing has changed.

    What pages read from the folder itself, the self-evaluation's figures and guidance, is checked with them.

    Raises ``core.tables.BadRow`` with file, row and reason, or ``core.verdicts.Refused`` when an inspection
    already uses another wording of this framework.
    """
    content = read_framework(KEY, folder=folder)
    self_evaluation_terms.read_limits(folder / f"self_evaluation_{KEY}.csv")
    self_evaluation_terms.read_guidance(
        folder / f"guidance_{KEY}.csv", [number for number, *_ in content.questions]
    )
    framework = load_framework(KEY, content, by=by, at=at)
    load_published_evaluations(folder / "published_evaluations.csv", by=by, at=at)
    return framework


@transaction.atomic
def load_framework(key: str, content: Content, *, by: User, at: datetime) -> Framework:
    """The framework says exactly what ``content`` says. One that an inspection uses is never changed (invariant 10)."""
    framework = Framework.objects.select_for_update().filter(key=key).first()
    if framework and content_of(framework) == content:
        return framework
    if framework:
        rules.may_change_framework(framework).enforce()
    framework = _write(framework or Framework(key=key), content)
    record(
        "evaluations.framework_loaded",
        by=by,
        at=at,
        subject=framework,
        title=framework.title,
        indicators=len(content.indicators),
        areas=len(content.areas),
    )
    return framework


def content_of(framework: Framework) -> Content:
    """What the database holds of this framework, as plain values."""
    indicators = framework.indicators.select_related("area", "group")
    links = IndicatorQuestion.objects.filter(indicator__framework=framework)
    return Content(
        title=framework.title,
        domains=tuple(framework.domains.values_list("name", flat=True)),
        areas=tuple(framework.areas.values_list("number", "text", "domain__name")),
        questions=tuple(framework.questions.values_list("number", "slug", "title", "text")),
        groups=tuple(framework.groups.values_list("key", "title")),
        levels=tuple(framework.levels.values_list("level", "name", "definition", "sense")),
        indicators=tuple(
            (
                i.number,
                i.slug,
                i.title,
                i.title_status,
                i.focus,
                i.area.number,
                i.group.key if i.group else "",
            )
            for i in indicators
        ),
        links=frozenset(links.values_list("indicator__number", "question__number", "is_primary")),
    )


def _write(framework: Framework, content: Content) -> Framework:
    framework.title = content.title
    framework.save()
    for gone in (Indicator, QualityArea, Domain, Question, EvaluationGroup, ScaleLevel):
        gone.objects.filter(framework=framework).delete()
    domains = {
        name: Domain.objects.create(framework=framework, order=order, name=name)
        for order, name in enumerate(content.domains, start=1)
    }
    areas = {
        number: QualityArea.objects.create(
            framework=framework, domain=domains[domain], number=number, text=text
        )
        for number, text, domain in content.areas
    }
    questions = {
        number: Question.objects.create(
            framework=framework, number=number, slug=slug, title=title, text=text
        )
        for number, slug, title, text in content.questions
    }
    groups = {
        key: EvaluationGroup.objects.create(framework=framework, order=order, key=key, title=title)
        for order, (key, title) in enumerate(content.groups, start=1)
    }
    ScaleLevel.objects.bulk_create(
        ScaleLevel(framework=framework, level=level, name=name, definition=definition, sense=sense)
        for level, name, definition, sense in content.levels
    )
    indicators = {
        number: Indicator.objects.create(
            framework=framework,
            area=areas[area],
            group=groups.get(group),
            order=order,
            number=number,
            slug=slug,
            title=title,
            title_status=status,
            focus=focus,
        )
        for order, (number, slug, title, status, focus, area, group) in enumerate(
            content.indicators, start=1
        )
    }
    IndicatorQuestion.objects.bulk_create(
        IndicatorQuestion(
            indicator=indicators[number], question=questions[question], is_primary=is_primary
        )
        for number, question, is_primary in sorted(content.links)
    )
    return framework


@transaction.atomic
def load_published_evaluations(path: Path, *, by: User, at: datetime) -> int:
    """Every row of the file stands in the database with its source; the number of rows that were new or changed."""
    areas = {area.code: area for area in Area.objects.filter(is_invented=False)}
    changed = 0
    rows = read_csv(
        path,
        PUBLISHED_COLUMNS,
        filled=["programme"],
        longest={"programme": 80, "note": 300, "source": 300},
    )
    read = [(row, *_published(row, areas)) for row in rows]
    check_once(rows, "gss_code", "programme")
    for row, area, wanted in read:
        known = PublishedEvaluation.objects.filter(area=area, programme=row["programme"])
        if known.filter(**wanted).exists():
            continue
        PublishedEvaluation.objects.update_or_create(
            area=area, programme=row["programme"], defaults=wanted
        )
        changed += 1
    if changed:
        subject = PublishedEvaluation.objects.latest("pk")
        record(
            "evaluations.published_evaluations_loaded", by=by, at=at, subject=subject, count=changed
        )
    return changed


def _published(row: Row, areas: dict[str, Area]) -> tuple[Area, dict[str, str | int | None]]:
    area = areas.get(row["gss_code"])
    if area is None:
        raise row.refuse(f"“{row['gss_code']}” is not the code of one of the {len(areas)} areas.")
    if area.name != row["council_area"]:
        raise row.refuse(f"{area.code} is {area.name}, not “{row['council_area']}”.")
    if not re.fullmatch(r"20\d{2}(-(0[1-9]|1[0-2]))?", row["published"], re.ASCII):
        raise row.refuse(
            f"“{row['published']}” is neither a year nor a year and a month, such as 2020-02."
        )
    if not row["source"]:
        raise row.refuse("a published evaluation needs its source.")
    levels = {field: _level(row, column) for column, field in LEVEL_COLUMNS.items()}
    return area, {
        "published": row["published"],
        "source": row["source"],
        "note": row["note"],
        **levels,
    }


def _level(row: Row, column: str) -> int | None:
    if not row[column]:
        return None
    if row[column] not in {"1", "2", "3", "4", "5", "6"}:
        raise row.refuse(f"“{row[column]}” under {column} is not a level from 1 to 6.")
    return int(row[column])
