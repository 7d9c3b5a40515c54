"""The version for young people comes in."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from core.verdicts import Refused, Verdict
from core.web import page
from documents.actions.documents import upload_documents
from documents.holders import Place
from documents.models import Document
from documents.views.receiving import receive
from reports import permissions
from reports.actions.publication import attach_young_peoples_version as attach
from reports.forms.decisions import AttachYoungPeoplesVersionForm
from reports.models import Report
from reports.views.moves import frame
from reports.views.room import find_report


@csrf_exempt  # checked in `_keep`: the check reads the body, and before that the upload handler must be in place
@page("GET", "POST", atomic=False)
def attach_young_peoples_version(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the file in, to disk as it comes, then say that it is the version for young people (R49)."""
    report = find_report(request, reference)
    permissions.can_attach_young_peoples_version(request.user, report).enforce()

    if request.method == "POST":
        arrived, status = receive(request, one_file=False)
        return _keep(request, report) if arrived else _turn_down(request, report, arrived, status)

    return _show(request, report, AttachYoungPeoplesVersionForm(initial={"key": uuid4().hex}))


@csrf_protect
def _keep(request: HttpRequest, report: Report) -> HttpResponse:
    form = AttachYoungPeoplesVersionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, report, form)

    document = _document(request, report, form)
    if document is None:
        return _show(request, report, form)
    try:
        attach(
            report,
            document=document,
            title=form.cleaned_data["title"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error("file", refusal.verdict.sentence)
        return _show(request, report, form)
    messages.success(
        request, "The version for young people is attached. It is published with the report."
    )
    return redirect("reports:report", report.inspection.reference)


def _document(
    request: HttpRequest, report: Report, form: AttachYoungPeoplesVersionForm
) -> Document | None:
    """The file, kept; None, with the reason in the form, when it was not."""
    outcome = upload_documents(
        Place("reports.report", str(report.pk)),
        files=[form.cleaned_data["file"]],
        key=form.cleaned_data["key"],
        by=request.user,
        at=timezone.now(),
    )
    for name, verdict in outcome.refused:
        form.add_error("file", verdict.sentence or f"“{name}” was not kept.")
    return outcome.documents[0] if outcome.documents else None


def _turn_down(request: HttpRequest, report: Report, verdict: Verdict, status: int) -> HttpResponse:
    """What did not arrive whole: the page again, with the sentence."""
    form = AttachYoungPeoplesVersionForm({"key": uuid4().hex}, {})
    form.errors.clear()  # its fields are empty because nothing of the request was read
    form.add_error("file", verdict.sentence)
    return _show(request, report, form, status=status)


def _show(
    request: HttpRequest, report: Report, form: AttachYoungPeoplesVersionForm, *, status: int = 200
) -> HttpResponse:
    context = frame(request, report, title="Attach the version for young people", form=form)
    return render(request, "reports/attach_young_peoples_version.html", context, status=status)
