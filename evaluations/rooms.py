"""The rooms that this app brings to the left-hand map of an inspection."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from evaluations import permissions, queries
from inspections import rooms
from inspections.models import Inspection
from inspections.rooms import Room


def _self_evaluation(inspection: Inspection) -> str:
    return reverse("evaluations:self-evaluation", args=[inspection.reference])


def _sees_self_evaluation(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_see_self_evaluation(person, inspection))


def _is_received(inspection: Inspection) -> bool:
    return queries.is_received(inspection)


def _evidence(inspection: Inspection) -> str:
    return reverse("evaluations:evidence", args=[inspection.reference])


def _sees_evidence(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_see_evidence(person, inspection))


def _evaluations(inspection: Inspection) -> str:
    return reverse("evaluations:evaluations", args=[inspection.reference])


def _sees_evaluations(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_see_evaluations(person, inspection))


def _is_confirmed(inspection: Inspection) -> bool:
    return bool(queries.final_evaluations(inspection))


ROOMS = [
    Room(
        "self-evaluation",
        "Self-evaluation",
        60,
        _self_evaluation,
        _sees_self_evaluation,
        done=_is_received,
    ),
    Room("evidence", "Evidence", 100, _evidence, _sees_evidence),
    Room("evaluations", "Evaluations", 110, _evaluations, _sees_evaluations, done=_is_confirmed),
]


def bring() -> None:
    """Bring them all."""
    for room in ROOMS:
        rooms.bring(room)
