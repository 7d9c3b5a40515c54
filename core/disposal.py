"""How what was kept is let go when its time has come, and what is held about one person.

As in ``core.retention`` this module owns the question and every app brings the answers for its own models in its
``keeping.py``: which rows belong to an inspection, what a list calls them without showing what is in them, and how they
go. Whether the time has come, who approves it and who is certified is settled by the app ``retention``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.dates import day_in_words

Rows = QuerySet[Any]
How = Callable[["Disposal", Rows], None]


def _no_fingerprint(row: Any) -> tuple[int | None, str]:
    return None, ""


def _named_by_kind(row: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Disposal:
    """How the rows of one model go.

    ``words`` is ``one,many``; ``title`` says which row it is, never what it holds. ``inspection`` is the lookup that leads
    from a row to the reference of its inspection; ``due`` says which rows are due by themselves, whatever becomes of an
    inspection. ``done`` are rows that have been struck already. ``fingerprint`` gives bytes and SHA-256 of a file. Lower
    ``order`` goes first.
    """

    model: type[models.Model]
    words: str
    how: How
    title: Callable[[Any], str] = _named_by_kind
    inspection: str = ""
    due: Callable[[datetime], Q] | None = None
    done: Q | None = None
    fingerprint: Callable[[Any], tuple[int | None, str]] = _no_fingerprint
    joins: tuple[str, ...] = ()
    order: int = 50

    @property
    def kind(self) -> str:
        """The name by which a list keeps it: ``evaluations.answer``."""
        return self.model._meta.label_lower

    def of(self, reference: str) -> Rows:
        """What is there of one inspection, but for what is spared for good."""
        if not self.inspection or not reference:
            return self.model._base_manager.none()
        return self._left().filter(**{self.inspection: reference})

    def due_by(self, now: datetime) -> Rows:
        """What is due by itself at that moment."""
        return self._left().filter(self.due(now)) if self.due else self.model._base_manager.none()

    def _left(self) -> Rows:
        rows = self.model._base_manager.select_related(*self.joins).order_by("pk")
        for spared in _SPARED.get(self.model, ()):
            rows = rows.exclude(spared())
        return rows.exclude(self.done) if self.done is not None else rows


_DISPOSALS: dict[str, Disposal] = {}
_SPARED: dict[type[models.Model], list[Callable[[], Q]]] = {}
_GOES_WITH: dict[type[models.Model], type[models.Model]] = {}
_BY_ITSELF: dict[type[models.Model], str] = {}


def bring(disposal: Disposal) -> None:
    """Say how rows of a model go. A second answer for one model is an error of ours."""
    if disposal.kind in _DISPOSALS:
        raise ValueError(f"Two apps say how {disposal.kind} goes.")
    _DISPOSALS[disposal.kind] = disposal


def spare(model: type[models.Model], which: Callable[[], Q]) -> None:
    """Rows that are kept for good although others of their model go: what was published, certificates."""
    _SPARED.setdefault(model, []).append(which)


def goes_with(model: type[models.Model], other: type[models.Model]) -> None:
    """Rows of the first model say nothing by themselves and go with the row of the second that they belong to."""
    _GOES_WITH[model] = other


def goes_by_itself(model: type[models.Model], job: str) -> None:
    """Rows go when their time has come, without a list; the recurring job of that name lets them go."""
    _BY_ITSELF[model] = job


def followers(model: type[models.Model]) -> list[type[models.Model]]:
    """The models whose rows go with a row of this one."""
    return [one for one, other in _GOES_WITH.items() if other is model]


def job_of(model: type[models.Model]) -> str:
    """The recurring job that lets rows of this model go; empty where there is none."""
    return _BY_ITSELF.get(model, "")


def disposals() -> list[Disposal]:
    """Every answer, in the order in which things go."""
    return sorted(_DISPOSALS.values(), key=lambda one: (one.order, one.kind))


def disposal_of(kind: str) -> Disposal:
    """The answer for that kind. KeyError for a kind that nobody answers for any more."""
    return _DISPOSALS[kind]


def answered(model: type[models.Model]) -> bool:
    """Whether somebody says how rows of this model go."""
    return model._meta.label_lower in _DISPOSALS or model in _GOES_WITH


# ---------- The ways to go ----------


def delete(disposal: Disposal, rows: Rows) -> None:
    """The rows go, with every earlier version of them; what points at them and is kept points at nothing."""
    pks = list(rows.values_list("pk", flat=True))
    _let_go_of(disposal.model, pks)
    disposal.model._base_manager.filter(pk__in=pks).delete()
    forget_versions(disposal.model, Q(**{f"{disposal.model._meta.pk.attname}__in": pks}))


def strike(**blank: Any) -> How:
    """The rows stay, as the frame that the record needs, and these fields say what is given here, in earlier versions too."""

    def how(disposal: Disposal, rows: Rows) -> None:
        pks = list(rows.values_list("pk", flat=True))
        disposal.model._base_manager.filter(pk__in=pks).update(**blank)
        versions = _versions(disposal.model)
        if versions is not None:
            name = disposal.model._meta.pk.attname
            versions._base_manager.filter(**{f"{name}__in": pks}).update(**blank)

    return how


def forget_versions(model: type[models.Model], which: Q) -> int:
    """Delete earlier versions, kept by simple-history, of these rows, and what hangs on them; the number deleted."""
    versions = _versions(model)
    if versions is None:
        return 0
    old = versions._base_manager.filter(which)
    for between in _between(versions):
        between._base_manager.filter(history__in=old).delete()
    return old.delete()[0]


def forget_orphans(disposal: Disposal, reference: str) -> int:
    """Earlier versions of rows of this inspection that were deleted long before; the number deleted."""
    if disposal.how is not delete or not disposal.inspection or _versions(disposal.model) is None:
        return 0
    name = disposal.model._meta.pk.attname
    left = disposal.model._base_manager.filter(**{disposal.inspection: reference}).values("pk")
    return forget_versions(
        disposal.model, Q(**{disposal.inspection: reference}) & ~Q(**{f"{name}__in": left})
    )


def _versions(model: type[models.Model]) -> Any:
    history = getattr(model, "history", None)
    return None if history is None else history.model


def _between(versions: Any) -> Iterator[Any]:
    """The tables in which simple-history keeps the many-to-many links of earlier versions."""
    for other in apps.get_models(include_auto_created=True):
        if hasattr(other, "m2m_history_id") and other._meta.get_field("history").related_model is versions:  # fmt: skip
            yield other


def _let_go_of(model: type[models.Model], pks: list[Any]) -> None:
    """Rows that stay and would protect these by pointing at them point at nothing from now on."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        if relation.on_delete is models.PROTECT and relation.field.null:
            name = relation.field.name
            pointing = relation.related_model._base_manager.filter(**{f"{name}__in": pks})
            pointing.update(**{name: None})


# ---------- What is held about one person ----------


@dataclass(frozen=True, slots=True)
class About:
    """What one model holds about a person: which rows, and which of their fields speak of the person and nobody else."""

    model: type[models.Model]
    title: str
    which: Callable[[Any], Q]
    fields: tuple[str | tuple[str, Callable[[Any], str]], ...]

    def rows(self, person: Any) -> Iterator[dict[str, str]]:
        """Each row as names of fields and words, as the pages would say them."""
        for row in self.model._base_manager.filter(self.which(person)).order_by("pk"):
            yield dict(self._field(row, one) for one in self.fields)

    def _field(self, row: Any, field: str | tuple[str, Callable[[Any], str]]) -> tuple[str, str]:
        if not isinstance(field, str):
            return field[0], field[1](row)
        name = str(getattr(self.model._meta.get_field(field), "verbose_name", field))
        return name[:1].upper() + name[1:], _said(row, field)


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address that was one person's after ``since`` and until ``until``; without either it has no such end."""

    email: str
    since: datetime | None = None
    until: datetime | None = None


_ADDRESSES: list[Callable[[Any], Iterable[Address]]] = []


def bring_addresses(source: Callable[[Any], Iterable[Address]]) -> None:
    """Say which addresses are and were a person's."""
    _ADDRESSES.append(source)


def sent_to(person: Any, *, address: str, at: str) -> Q:
    """Rows with an address in the first field that was this person's at the moment in the second, however it is spelt.

    An address can be somebody else's before and after: what was sent to it then is about them.
    """
    found = Q(pk__in=[])
    for one in (one for source in _ADDRESSES for one in source(person)):
        theirs = Q(**{f"{address}__iexact": one.email})
        if one.since:
            theirs &= Q(**{f"{at}__gt": one.since})
        if one.until:
            theirs &= Q(**{f"{at}__lte": one.until})
        found |= theirs
    return found


_ABOUT: list[About] = []


def bring_about(about: About) -> None:
    """Say what a model holds about a person."""
    _ABOUT.append(about)


def known_about() -> list[About]:
    """Every answer, in the order in which the apps were started."""
    return list(_ABOUT)


def named_in(person: Any) -> Iterator[tuple[str, str, int]]:
    """Every other place where a row points at this person: what it is, as what they stand there, and how many rows.

    Found by walking all models, so that nobody can forget one. Earlier versions are not counted: they follow their rows.
    """
    for model in apps.get_models():
        if hasattr(model, "history_id"):
            continue
        for field in model._meta.local_fields:
            target = field.related_model if field.is_relation else None
            if target is None or target._meta.label != settings.AUTH_USER_MODEL:
                continue
            count = model._base_manager.filter(**{field.name: person}).count()
            if count:
                yield str(model._meta.verbose_name), str(field.verbose_name), count


def _said(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    return "" if value is None else str(value)
