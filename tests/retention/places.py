"""Getting to the year of disposal: everything planted with one word, and a walk that finds it wherever it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat

from core.disposal import disposals
from documents.models import Document
from meetings.enums import Audience
from meetings.models import AgendaItem, Attendance
from retention import queries
from retention.actions import disposal
from retention.enums import DisposalState
from retention.models import DisposalList
from tests.jobs import run_jobs
from tests.unguarded import CONCERNS, unguarded
from workspace.example.world import World

WORD = "Quillfeather"
# What leads to a row, may only be filled together with another field, or is another for each row.
NOT_WORDS = (
    "sha256", "inspection_reference", "subject_reference", "no_change_because", "withdrawal_reason", "cancellation_reason",
    "secret_hash", "holder_type", "holder_id", "arrival_key", "onsite.Room.name",
)  # fmt: skip


def due_day(world: World) -> datetime:
    """The day from which a list is proposed."""
    day = queries.closing_of(world.inspection).disposal_on
    assert day is not None
    return world.now.replace(year=day.year, month=day.month, day=day.day) - timedelta(days=28)


def proposed(world: World) -> DisposalList:
    """The list of the inspection, proposed by the clock."""
    disposal.look_for_due(at=due_day(world))
    return DisposalList.objects.get(inspection=world.inspection, state=DisposalState.PROPOSED)


def approve(found: DisposalList, world: World) -> DisposalList:
    """The service manager approves it as it stands."""
    return disposal.approve_disposal(
        found,
        seen=queries.digest_of(found),
        by=world.people["service_manager"],
        at=due_day(world),
    )


def destroyed(world: World) -> DisposalList:
    """From the proposal to the certificate."""
    found = approve(proposed(world), world)
    run_jobs(due_day(world))
    found.refresh_from_db()
    assert found.state == DisposalState.DISPOSED
    return found


# Texts that the database holds empty in some rows.
EMPTY: dict[tuple[type[models.Model], str], Q] = {
    (AgendaItem, "record"): Q(audience=Audience.INTERNAL),
    (Attendance, "designation"): Q(person__isnull=False),
}


def _texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and not field.unique
        and not field.is_relation
        and not isinstance(field, models.FileField)
        and (field.max_length or 99) >= len(WORD)
        and field.name not in NOT_WORDS
        and f"{model._meta.label}.{field.name}" not in NOT_WORDS
    ]


def plant(reference: str) -> int:
    """Put the word into every text and every file of what is to go, earlier versions included; how many rows have it now."""
    planted = 0
    for how in disposals():
        rows = how.of(reference)
        pks = list(rows.values_list("pk", flat=True))
        history = getattr(how.model, "history", None)
        for model in [how.model, *([history.model] if history else [])]:
            found = model._base_manager.filter(**{f"{how.model._meta.pk.attname}__in": pks})
            with unguarded(CONCERNS):
                found.update(
                    **{field.name: _word(how.model, field.name) for field in _texts(model)}
                )
            planted += found.count()
        if how.model is Document:
            _plant_in_files(rows)
    return planted


def _word(model: type[models.Model], field: str) -> Any:
    """The word; with a number where no two rows of one place may have the same name."""
    if (model, field) == (Document, "name"):
        return Concat(Value(f"{WORD} "), Cast("pk", models.CharField()))
    if empty := EMPTY.get((model, field)):
        return Case(
            When(empty, then=F(field)), default=Value(WORD), output_field=models.TextField()
        )
    return WORD


def _plant_in_files(rows: Any) -> None:
    for document in rows:
        with open(default_storage.path(document.file.name), "wb") as file:
            file.write(f"%PDF {WORD} {document.pk}".encode())


def found_in() -> Iterator[str]:
    """Every column of every table, and every stored file, that holds the word."""
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values(*names):
            for name, value in row.items():
                if WORD in str(value):
                    yield f"{model._meta.label}.{name}"
    yield from (f"file {path}" for path in files() if WORD.encode() in _bytes(path))


def files(folder: str = "") -> Iterator[str]:
    """Every stored file."""
    folders, here = default_storage.listdir(folder)
    yield from (f"{folder}/{name}".lstrip("/") for name in here)
    for one in folders:
        yield from files(f"{folder}/{one}".lstrip("/"))


def _bytes(path: str) -> bytes:
    with default_storage.open(path) as file:
        return file.read()
