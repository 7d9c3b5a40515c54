"""One list of what is due to go: looked at, something taken off, approved; and the certificate that it is gone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.web import find_or_404, page, paginate, posted
from retention import exports, permissions, queries
from retention.actions import disposal
from retention.enums import DisposalState
from retention.forms.disposal import ApproveDisposalForm, SpareItemForm
from retention.models import DisposalItem, DisposalList

FILES_SHOWN = 100  # fingerprints on the page; the certificate has them all


def _list(number: str) -> DisposalList:
    found = DisposalList.objects.select_related("inspection__area", "approved_by", "document")
    return find_or_404(found, reference=number)


@page("GET")
def disposal_list(request: HttpRequest, number: str) -> HttpResponse:
    """What is on the list by kind, and one kind item by item; once it is carried out, the certificate."""
    permissions.can_see_keeping(request.user).enforce()
    found = _list(number)

    today = timezone.localdate()
    lines = queries.lines_of(found)
    shown = next((one for one in lines if one.kind == request.GET.get("kind")), None)
    items = found.items.going().filter(kind=shown.kind if shown else "")
    context = {
        "title": f"List {found.reference}",
        "disposal_list": found,
        "lines": lines,
        "total": queries.going_words(found),
        "shown": shown,
        "items": paginate(request, items, size=50),
        "spared": found.items.spared().select_related("spared_by"),
        "files": queries.files_of(found)[:FILES_SHOWN] if found.is_disposed else (),
        "files_shown": FILES_SHOWN,
        "words_of": queries.words_of,
        "can_approve": permissions.can_approve_disposal(request.user, found, on=today),
        "can_spare": permissions.can_decide_on_list(request.user, found),
        "certificate_url": exports.document_url(found.document),
        "is_example": bool(found.inspection and found.inspection.area.is_invented),
    }
    return render(request, "retention/disposal_list.html", context)


@page("GET", "POST")
def spare_item(request: HttpRequest, number: str, item: int) -> HttpResponse:
    """Take one thing off the list until a day, with the reason. A second click finds it taken off and says so."""
    permissions.can_see_keeping(request.user).enforce()
    found = _list(number)
    row = find_or_404(DisposalItem.objects.select_related("disposal_list"), pk=item, disposal_list=found)  # fmt: skip
    if row.look_again_on is not None:
        messages.info(request, "This was taken off the list already.")
        return redirect(found)
    permissions.can_spare_item(request.user, row).enforce()

    form = SpareItemForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            disposal.spare_item(row, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, "It is off the list, and is proposed again after that day.")
            return redirect(found)

    context = {
        "title": "Take it off the list",
        "form": form,
        "item": row,
        "what": queries.words_of(row.kind).partition(",")[0],
        "back_url": found.get_absolute_url(),
    }
    return render(request, "retention/spare_item.html", context)


@fresh_sign_in
@page("GET", "POST")
def approve_disposal(request: HttpRequest, number: str) -> HttpResponse:
    """Approve the list as it was seen. A second click finds it approved and says so."""
    permissions.can_see_keeping(request.user).enforce()
    found = _list(number)
    if found.state in (DisposalState.APPROVED, DisposalState.DISPOSED):
        messages.info(request, f"The list {found.reference} is approved already.")
        return redirect(found)
    permissions.can_approve_disposal(request.user, found, on=timezone.localdate()).enforce()

    seen = queries.digest_of(found)
    form = ApproveDisposalForm(posted(request), initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            disposal.approve_disposal(
                found, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
            form.data = form.data.copy()
            form.data["seen"] = seen
        else:
            messages.success(request, "Approved. It is being destroyed; the certificate follows.")
            return redirect(found)

    context = {
        "title": f"Approve list {found.reference}",
        "disposal_list": found,
        "lines": queries.lines_of(found),
        "total": queries.going_words(found),
        "form": form,
        "is_example": bool(found.inspection and found.inspection.area.is_invented),
        "back_url": found.get_absolute_url(),
    }
    return render(request, "retention/approve_disposal.html", context)
