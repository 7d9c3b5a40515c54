"""What is kept, of what kind it is, and for how long.

This module owns the question; every app brings the answer for its own models in its ``keeping.py``, which Django imports
when it starts. A house test fails while one field has no answer. What a field's type settles is settled here, by table;
a text can hold anything, so each text is named by the app that keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models


class Kind(StrEnum):
    """How a field is to be treated. The value is what the page of kept data says."""

    ORDINARY = "ordinary"
    PERSONAL = "personal"
    SPECIAL = "special"


class Period(StrEnum):
    """For how long, as a sentence (`docs/keeping.md`). R52 is the law's own limit for what was obtained for an inspection."""

    IN_USE = "While the installation uses it."
    RECORD = "With the record of the inspection, for good."
    OBTAINED = "Until one year after submission to Ministers, publication, or connected proceedings, whichever is last."
    PUBLISHED = "For good, because it is published."
    ACCOUNT = (
        "While the person has an account, and after that as long as a deed of theirs is on record."
    )
    INVITATION = "Until 28 days after it ran out; one that was accepted, with what was obtained for the inspection."
    OFFICE_INVITATION = "Until 28 days after its last day, whether it was used or not."
    LEAVE = "Until ninety days after the last day of it, then it goes by itself."
    SIGNED_IN = "Until the session ends, at most twelve hours."
    NINETY_DAYS = "Ninety days after the work was done."
    LAST_DAY = "Until the last day that it names."


class LetGo(StrEnum):
    """What ends a period. The value is what the page of kept data says."""

    NEVER = "It stays."
    BY_LIST = "A person approves the list first, and a certificate follows."
    BY_ITSELF = "It goes by itself."


LETS_GO: dict[Period, LetGo] = {
    Period.IN_USE: LetGo.NEVER,
    Period.RECORD: LetGo.NEVER,
    Period.PUBLISHED: LetGo.NEVER,
    Period.OBTAINED: LetGo.BY_LIST,
    Period.INVITATION: LetGo.BY_LIST,
    Period.OFFICE_INVITATION: LetGo.BY_LIST,
    Period.ACCOUNT: LetGo.BY_LIST,
    Period.SIGNED_IN: LetGo.BY_ITSELF,
    Period.NINETY_DAYS: LetGo.BY_ITSELF,
    Period.LAST_DAY: LetGo.BY_ITSELF,
    Period.LEAVE: LetGo.BY_ITSELF,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer for one field."""

    model: str
    field: str
    kind: Kind
    period: Period


@dataclass(frozen=True, slots=True)
class _Declaration:
    period: Period
    kinds: dict[str, Kind]


# Types that hold no words: their kind follows from the type. Everything else is named in a `keeping.py`.
WORDLESS: tuple[type[models.Field[Any, Any]], ...] = (
    models.AutoField,
    models.BooleanField,
    models.DateField,
    models.DurationField,
    models.IntegerField,
    models.SlugField,
    models.UUIDField,
)
# What simple-history adds to each version it keeps.
HISTORY = {
    "history_id": Kind.ORDINARY,
    "history_date": Kind.ORDINARY,
    "history_change_reason": Kind.ORDINARY,
    "history_type": Kind.ORDINARY,
    "history_user": Kind.PERSONAL,
}

_DECLARED: dict[type[models.Model], _Declaration] = {}


def declare(
    model: type[models.Model],
    period: Period,
    *,
    ordinary: Iterable[str] = (),
    personal: Iterable[str] = (),
    special: Iterable[str] = (),
) -> None:
    """Say how long rows of this model are kept and of what kind its fields are.

    Name every text; a field of another type only where it is not what its type says. An earlier version kept by
    simple-history, and the table between two models, follow the model they belong to. Raises ValueError for a field
    that does not exist, or stands twice.
    """
    kinds: dict[str, Kind] = {}
    known = {field.name for field in model._meta.get_fields()}
    for kind, names in (
        (Kind.ORDINARY, ordinary),
        (Kind.PERSONAL, personal),
        (Kind.SPECIAL, special),
    ):
        for name in names:
            if name not in known or name in kinds:
                raise ValueError(f"{model._meta.label}.{name} is no field, or is declared twice.")
            kinds[name] = kind
    _DECLARED[model] = _Declaration(period, kinds)


def declared() -> dict[type[models.Model], Period]:
    """For how long each model that an app declared is kept."""
    return {model: one.period for model, one in _DECLARED.items()}


def answers(every_model: Iterable[type[models.Model]]) -> Iterator[Kept | str]:
    """The answer for every field of these models, or a sentence where there is none."""
    for model in every_model:
        source = _source(model)
        declared = _DECLARED.get(source)
        if declared is None:
            yield f"{model._meta.label} is not declared in {source._meta.app_label}/keeping.py."
            continue
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            kind = _kind(field, declared)
            if kind is None:
                yield f"{model._meta.label}.{field.name} holds text: name it in keeping.py."
            else:
                yield Kept(model._meta.label, field.name, kind, declared.period)


def _source(model: type[models.Model]) -> type[models.Model]:
    """The model whose declaration counts: the original of a history, the owner of a table in between."""
    original: type[models.Model] = getattr(model, "instance_type", model)
    between = original._meta.auto_created
    if between and not isinstance(between, bool):
        return _source(between)
    owner = original._meta.fields[-1].remote_field
    if original not in _DECLARED and hasattr(original, "m2m_history_id") and owner is not None:
        return _source(owner.model)
    return original


def _kind(field: models.Field[Any, Any], declared: _Declaration) -> Kind | None:
    if field.name in declared.kinds:
        return declared.kinds[field.name]
    if field.name in HISTORY:
        return HISTORY[field.name]
    if field.is_relation:
        people = (
            field.related_model is not None
            and field.related_model._meta.label == settings.AUTH_USER_MODEL
        )
        return Kind.PERSONAL if people else Kind.ORDINARY
    if isinstance(field, WORDLESS) or field.choices:
        return Kind.ORDINARY
    return None
