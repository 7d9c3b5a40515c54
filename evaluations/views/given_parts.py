"""Giving out the questions of the joint self-evaluation inside the partnership."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from core.words import listed
from evaluations import permissions, queries
from evaluations.actions import given_parts as actions
from evaluations.forms.given_parts import GivePartsForm
from inspections.models import Inspection
from inspections.permissions import can_invite_person
from inspections.rooms import inspection_frame


@page("GET", "POST")
def give_parts(request: HttpRequest, reference: str) -> HttpResponse:
    """Say for each question which agencies write its answer."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )
    permissions.can_give_parts(request.user, inspection).enforce()

    form = GivePartsForm(
        posted(request),
        questions=list(queries.framework_of(inspection).questions.all()),
        agencies=queries.agencies_of_partnership(inspection),
        given=queries.given_parts(inspection),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.give_parts(
                inspection,
                parts=form.parts(),
                seen=form.seen(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, _said(changed))
            return redirect("evaluations:self-evaluation", reference)

    context = {
        **inspection_frame(
            request.user, inspection, room="self-evaluation", today=timezone.localdate()
        ),
        "title": "Give out the questions",
        "form": form,
        "writers": queries.writers_of(inspection),
        "invited": queries.invited_to_write(inspection, now=timezone.now()),
        "can_invite": can_invite_person(request.user, inspection, role=Role.CONTRIBUTOR),
        "back_url": reverse("evaluations:self-evaluation", args=[reference]),
    }
    return render(request, "evaluations/give_parts.html", context)


def _said(changed: list[str]) -> str:
    """What became true, and who knows."""
    if not changed:
        return "Nothing changed: the questions are given out like that already."
    words = listed(changed)
    return f"The questions are given out. Changed: {words}. Whoever has joined from these agencies as a contributor is told by e-mail."
