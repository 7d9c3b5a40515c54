"""A second inspection beside Glenmarrow's, of another area with other people, and words in it that stand nowhere else.

Staged by the same story. Afterwards a word that no page could hold by chance is written into every text of its rows, so
that whoever reads something of it reads that word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat

from accounts.actions.accounts import open_account
from accounts.models import Agency, User
from core.retention import Kept, Kind, answers
from inspections.models import Area, SchoolHolidayWeek
from tests.scenes import PLANNED_AT
from tests.unguarded import CONCERNS, unguarded
from workspace.example import cast
from workspace.example.story import tell
from workspace.example.world import World

PLACE = "Strathvennel"
SURNAME = "Quorilbrae"  # of everybody of its partnership
WORK = "zyxquoril"  # begins the word in every text; the model's name follows
WORK_HERE = "wemblaxor"  # likewise in Glenmarrow's own texts, once they are planted
INSIDE = ("concerns", "documents", "evaluations", "inspections", "meetings", "onsite", "reports")
# Texts that machines compare, that the database holds unique, or that name a file in the store.
NOT_WORDS = ("hash", "digest", "secret", "sha", "key", "path", "public_id", "reference", "token")

_first: dict[type[models.Model], int] = {}


def beside(world: World, *, notified_on: date) -> World:
    """The neighbour, told as far as the world's clock, with its words planted."""
    _first.clear()
    _first.update({model: _last_of(model) for model in inside()})
    area = Area.objects.create(
        code="S12999902",
        name=PLACE,
        nhs_board=PLACE,
        nhs_board_code="S08999902",
        police_division_letter="Y",
        police_division=PLACE,
        is_invented=True,
    )
    SchoolHolidayWeek.objects.bulk_create(
        SchoolHolidayWeek(area=area, monday=week.monday, name=week.name, source=week.source)
        for week in world.area.school_holiday_weeks.all()
    )
    neighbour = World(
        notified_on=notified_on, now=world.now, area=area, people=_people(world, area)
    )
    tell(neighbour)
    for model in inside():
        _plant(rows_of(model), word_of(model))
    return neighbour


def plant_here() -> None:
    """Words into Glenmarrow's own rows, for those of the neighbour not to find."""
    for model in inside():
        ours = model._default_manager.filter(pk__lte=_first[model])
        _plant(ours, f"{WORK_HERE}{model._meta.model_name}")


def rows_of(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """The neighbour's rows of this table: those that came after Glenmarrow's."""
    return model._default_manager.filter(pk__gt=_first[model])


def word_of(model: type[models.Model]) -> str:
    """What was planted in the texts of this table."""
    return f"{WORK}{model._meta.model_name}"


def inside() -> list[type[models.Model]]:
    """The tables in which its words are planted."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in INSIDE and isinstance(model._meta.pk, models.AutoField)
    ]


def _last_of(model: type[models.Model]) -> int:
    last = model._default_manager.order_by("pk").last()
    return last.pk if last else 0


def _people(world: World, area: Area) -> dict[str, User]:
    """The three offices are the same people; everybody else is the neighbour's own."""
    people = {person.key: world.people[person.key] for person in cast.OFFICES}
    for number, person in enumerate((*cast.TEAM, *cast.PARTNERSHIP)):
        is_team = person in cast.TEAM
        name, kind = cast.AGENCIES[person.agency]
        if not is_team:
            name = f"{PLACE} {kind.label}"
        agency, _ = Agency.objects.get_or_create(name=name, defaults={"kind": kind})
        if not is_team:
            area.agencies.add(agency)
        people[person.key] = open_account(
            email=f"{person.key.replace('_', '.')}@strathvennel.example",
            name=f"Inspector Beyond {number}" if is_team else f"Person{number} {SURNAME}",
            designation=person.designation,
            agency=agency,
            password=cast.PASSWORD,
            at=PLANNED_AT,
        )
        people[person.key].telephone = "01632 960 999"
        people[person.key].save()
    return people


def _texts(model: type[models.Model]) -> Iterator[str]:
    """The fields that hold words about people or work, as every app declares them; and the names of files."""
    for kept in answers([model]):
        if not isinstance(kept, Kept):
            continue
        field = model._meta.get_field(kept.field)
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        is_odd = any(part in kept.field for part in NOT_WORDS) or isinstance(
            field, models.EmailField | models.SlugField
        )
        is_long = isinstance(field, models.TextField)
        if is_text and not is_odd and (is_long or kept.kind is not Kind.ORDINARY or is_name(kept)):
            yield kept.field


def is_name(kept: Kept) -> bool:
    """Whether this is the name of a file, which people read."""
    return kept.model == "documents.Document" and kept.field in ("name", "title")


def _plant(rows: models.QuerySet[models.Model], word: str) -> None:
    """The word at the beginning of every text of these rows."""
    with unguarded(CONCERNS):
        for name in _texts(rows.model):
            planted = Concat(Value(f"{word} "), F(name), output_field=models.TextField())
            rows.exclude(**{name: ""}).update(**{name: planted})
