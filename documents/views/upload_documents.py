"""Adding documents to whatever holds them: one page for every holder, with and without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from core.verdicts import Verdict, refuse
from core.web import page, paginate
from documents import permissions, queries
from documents.actions import documents as actions
from documents.actions.documents import Outcome
from documents.forms import UploadDocumentsForm
from documents.holders import Place
from documents.views.receiving import receive


@csrf_exempt  # checked in `_keep`: the check reads the body, and before that the upload handler must be in place
@page("GET", "POST", atomic=False)
def upload_documents(request: HttpRequest, holder_type: str, holder_id: str) -> HttpResponse:
    """Show the form, or take the files. Who may not add here is turned away before the body is
    read.
    """
    place = Place(holder_type, holder_id)
    if not place.may_see(request.user):
        raise Http404
    permissions.can_upload_documents(request.user, place).enforce()

    if request.method == "POST":
        return _receive(request, place)

    form = UploadDocumentsForm(initial={"next": request.GET.get("next", "")})
    return _show(request, place, form, next_url=_safe_next(request, place, request.GET.get("next")))


def _receive(request: HttpRequest, place: Place) -> HttpResponse:
    """Let the body come, to disk, and go on with what arrived whole."""
    arrived, status = receive(request, one_file=_wants_json(request))
    if not arrived:
        return _turn_down(request, place, arrived, status=status)
    return _keep(request, place)


@csrf_protect
def _keep(request: HttpRequest, place: Place) -> HttpResponse:
    form = UploadDocumentsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _turn_down(request, place, refuse("Choose at least one file."), status=400)

    outcome = actions.upload_documents(
        place,
        files=form.cleaned_data["files"],
        key=form.cleaned_data["key"],
        by=request.user,
        at=timezone.now(),
    )

    if _wants_json(request):
        return JsonResponse(_as_json(outcome))
    next_url = _safe_next(request, place, form.cleaned_data["next"])
    if outcome.documents:
        messages.success(request, _said(outcome))
    if outcome.refused:
        again = UploadDocumentsForm(initial={"next": form.cleaned_data["next"]})
        return _show(
            request, place, again, next_url=next_url, faults=[v for _, v in outcome.refused]
        )
    return redirect(next_url)


def _turn_down(
    request: HttpRequest, place: Place, verdict: Verdict, *, status: int
) -> HttpResponse:
    """A whole request refused: as JSON to our script, else the page again with the sentence."""
    if _wants_json(request):
        refused = [{"name": "", "sentence": verdict.sentence}]
        return JsonResponse({"kept": [], "refused": refused}, status=status)
    next_url = _safe_next(request, place, request.GET.get("next"))
    return _show(request, place, UploadDocumentsForm(), next_url=next_url, faults=[verdict])


def _show(
    request: HttpRequest,
    place: Place,
    form: UploadDocumentsForm,
    *,
    next_url: str,
    faults: list[Verdict] | None = None,
) -> HttpResponse:
    upload = queries.upload_part(request.user, place.holder_type, place.holder_id, next=next_url)
    there = queries.documents_of(place.holder_type, place.holder_id)
    context = {
        "title": f"Add documents to {place.title}",
        "place": place,
        "form": form,
        "upload": upload,
        "faults": [{"words": fault.sentence, "href": "#id_files"} for fault in faults or []],
        "back_url": next_url,
        "documents": paginate(request, place.which(request.user, there)),
    }
    return render(request, "documents/upload_documents.html", context)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    kept = [
        {
            "name": document.name,
            "url": reverse("documents:document", args=[document.public_id]),
            "words": _one(document),
        }
        for document in outcome.documents
    ]
    return {
        "kept": kept,
        "refused": [
            {"name": name, "sentence": verdict.sentence} for name, verdict in outcome.refused
        ],
    }


def _one(document: Any) -> str:
    """What became of one file, in a few words: "Added", or "Added as version 2", with its state
    when that is not plain.
    """
    words = "Added" if document.version == 1 else f"Added as version {document.version}"
    return words if document.is_available else f"{words}. {document.get_state_display()}"


def _said(outcome: Outcome) -> str:
    """One sentence about everything that is now there."""
    names = [f"“{document.name}”" for document in outcome.documents]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    newer = any(document.version > 1 for document in outcome.kept)
    return f"Added {shown}." + (
        " A file of the same name became its next version." if newer else ""
    )


def _safe_next(request: HttpRequest, place: Place, wanted: str | None) -> str:
    """Where to go afterwards: what was asked for, if it is on this site, else the holder's own
    page.
    """
    hosts = {request.get_host()}
    if wanted and url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return place.url


def _wants_json(request: HttpRequest) -> bool:
    """Whether our own script asks; it sends one file in each request."""
    return request.headers.get("Accept", "").startswith("application/json")
