"""The programme as a board by phase, as a page and as a table."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.web import page, paginate
from inspections import exports
from inspections import queries as inspections
from inspections.enums import InspectionState

SHOWN = 5  # inspections of a phase on the whole board; the rest stand on the phase's own page


@page("GET")
def board(request: HttpRequest) -> HttpResponse:
    """Every phase with its first inspections; or all those of one phase, a page at a time."""
    today = timezone.localdate()
    found = inspections.programme(request.user)
    context = {"title": "Programme by phase", "is_example": False}
    if (phase := request.GET.get("phase", "")) in inspections.BOARD_COLUMNS:
        shown = paginate(request, found.filter(state=phase).order_by("planned_for", "pk"))
        cards = inspections.cards_of(shown, today)
        column = inspections.Column(InspectionState(phase), shown.paginator.count, cards)
        context |= {"columns": [column], "of_phase": column, "pages": shown}
    else:
        context["columns"] = inspections.board(found, today, shown=SHOWN)
    context["is_example"] = any(
        card.inspection.area.is_invented for column in context["columns"] for card in column.cards
    )
    return render(request, "workspace/board.html", context)


@page("GET")
def board_csv(request: HttpRequest) -> HttpResponse:
    """The whole board as a table."""
    found = inspections.on_board(inspections.programme(request.user))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="programme-by-phase.csv"'
    cards = inspections.cards_of(found.order_by("planned_for", "pk"), timezone.localdate())
    csv.writer(response).writerows(exports.board_rows(cards))
    return response
