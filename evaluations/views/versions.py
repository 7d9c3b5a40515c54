"""Earlier versions of answers, evidence and evaluations, two side by side. Whoever may read a text may read them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.earlier import earlier_versions
from core.web import find_or_404, page
from evaluations import permissions, queries
from evaluations.actions import readings
from evaluations.enums import AnswerPart
from evaluations.models import EvidenceItem
from evaluations.views.evaluation import admitted, back_to, found_evaluation
from inspections.models import Inspection
from inspections.rooms import inspection_frame


def _inspection(request: HttpRequest, reference: str) -> Inspection:
    visible = Inspection.objects.visible_to(request.user).select_related("area", "method")
    return find_or_404(visible, reference=reference)


def _show(
    request: HttpRequest,
    inspection: Inspection,
    *,
    room: str,
    title: str,
    back: tuple[str, str],
    **more: Any,
) -> HttpResponse:
    frame = inspection_frame(request.user, inspection, room=room, today=timezone.localdate())
    url, words = back
    context = {**frame, "title": title, "back_url": url, "back_words": words, **more}
    return render(request, "inspections/earlier_versions.html", context)


@page("GET", records_reading=True)
def answer_versions(request: HttpRequest, reference: str, number: int, part: str) -> HttpResponse:
    """One part of the answer to one question: the partnership's alone, since the team is shown only what was sent in."""
    inspection = _inspection(request, reference)
    question = find_or_404(queries.framework_of(inspection).questions.all(), number=number)
    permissions.can_read_earlier_answers(request.user, inspection, question).enforce()
    if part not in AnswerPart.values:
        raise Http404

    found = AnswerPart(part)
    readings.read_self_evaluation(
        inspection,
        part=f"the earlier versions of the answer to question {number} of the joint self-evaluation",
        by=request.user,
        at=timezone.now(),
    )

    return _show(
        request,
        inspection,
        room="self-evaluation",
        title=f"Earlier versions: question {number}, {found.label.lower().rstrip('?')}",
        back=(
            reverse("evaluations:answer-question", args=[reference, number]),
            f"Back to question {number}",
        ),
        **earlier_versions(request.GET, queries.answer_versions(inspection, question, found)),
    )


@page("GET", records_reading=True)
def evidence_versions(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One item of evidence."""
    inspection = _inspection(request, reference)
    permissions.can_see_evidence(request.user, inspection).enforce()
    item = find_or_404(EvidenceItem.objects.of(inspection), number=number)

    readings.read_evidence(
        inspection,
        part=f"the earlier versions of evidence {item.reference}",
        by=request.user,
        at=timezone.now(),
    )

    return _show(
        request,
        inspection,
        room="evidence",
        title=f"Earlier versions of {item.reference}",
        back=(
            reverse("evaluations:evidence-item", args=[reference, number]),
            f"Back to {item.reference}",
        ),
        **earlier_versions(request.GET, queries.evidence_versions(item)),
    )


@page("GET", records_reading=True)
def evaluation_versions(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """What the team proposed for one group, each time, and what the panel decided."""
    inspection = admitted(request, reference)
    found = found_evaluation(inspection, group)

    readings.read_evaluations(
        inspection,
        part=f"the earlier versions of the evaluation of {found.group.spoken}",
        by=request.user,
        at=timezone.now(),
    )

    return _show(
        request,
        inspection,
        room="evaluations",
        title=f"What was proposed and decided on {found.group.spoken}",
        back=(back_to(found), "Back to the evaluation"),
        **earlier_versions(request.GET, queries.evaluation_versions(found)),
    )


@page("GET")
def own_evaluation_versions(request: HttpRequest, reference: str, group: str) -> HttpResponse:
    """The reader's own evaluation of one group. Nobody opens a colleague's, at any time."""
    inspection = admitted(request, reference)
    found = found_evaluation(inspection, group)

    return _show(
        request,
        inspection,
        room="evaluations",
        title=f"Earlier versions of your evaluation of {found.group.spoken}",
        back=(back_to(found), "Back to the evaluation"),
        **earlier_versions(request.GET, queries.own_evaluation_versions(found, request.user)),
    )
