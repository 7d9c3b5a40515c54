"""The version for young people comes in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.web import page
from documents.actions.documents import upload_documents
from documents.arrivals import Arrival
from documents.holders import Place
from reports import permissions
from reports.actions.publication import attach_young_peoples_version as attach
from reports.forms.decisions import AttachYoungPeoplesVersionForm
from reports.views.moves import frame
from reports.views.room import find_report


@page("GET", "POST", atomic=False)
def attach_young_peoples_version(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the file in, then say that it is the version for young people (R49)."""
    report = find_report(request, reference)
    permissions.can_attach_young_peoples_version(request.user, report).enforce()

    form = AttachYoungPeoplesVersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        at = timezone.now()
        with Arrival.from_bytes(file.read(), name=file.name) as arrival:
            outcome = upload_documents(
                Place("reports.report", str(report.pk)), files=[arrival], by=request.user, at=at
            )
        for name, verdict in outcome.refused:
            form.add_error("file", verdict.sentence or f"“{name}” was not kept.")
        if outcome.documents:
            attach(
                report,
                document=outcome.documents[0],
                title=form.cleaned_data["title"],
                by=request.user,
                at=at,
            )
            messages.success(
                request,
                "The version for young people is attached. It is published with the report.",
            )
            return redirect("reports:report", reference)

    context = frame(request, report, title="Attach the version for young people", form=form)
    return render(request, "reports/attach_young_peoples_version.html", context)
