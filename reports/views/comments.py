"""A comment on a fact, put right or taken off by its writer before the comments are returned."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.versions import SavedMeanwhile
from core.web import find_or_404, page, posted
from reports import permissions
from reports.actions import accuracy as actions
from reports.actions.readings import COMMENTS, read_report
from reports.forms.decisions import CorrectCommentForm
from reports.models import FactComment, Report
from reports.views.moves import frame
from reports.views.room import find_report


def _of(report: Report) -> QuerySet[FactComment]:
    return FactComment.objects.filter(report=report).select_related(
        "report__inspection__area", "made_by"
    )


@page("GET", "POST", records_reading=True)
def correct_comment(request: HttpRequest, reference: str, comment: int) -> HttpResponse:
    """The words of one's own comment. What was saved in another window meanwhile is shown above what was typed."""
    report = find_report(request, reference, to_change=request.method == "POST")
    found = find_or_404(_of(report), pk=comment)
    permissions.can_correct_comment(request.user, found).enforce()

    initial = CorrectCommentForm.stands(found) | {"based_on": found.version}
    form = CorrectCommentForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_comment(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, form.stands(found))
        else:
            messages.success(request, f"Your comment on paragraph {found.paragraph} is saved.")
            return redirect(f"{reverse('reports:comments', args=[reference])}?saved={found.pk}")

    read_report(report, part=COMMENTS, by=request.user, at=timezone.now())
    context = frame(
        request,
        report,
        title=f"Correct your comment on paragraph {found.paragraph}",
        comment=found,
        form=form,
        back_url=reverse("reports:comments", args=[reference]),
        back_words="Comments on facts",
    )
    return render(
        request, "reports/correct_comment.html", context, status=409 if form.newer else 200
    )


@page("GET", "POST", records_reading=True)
def remove_comment(request: HttpRequest, reference: str, comment: int) -> HttpResponse:
    """Take one's own comment off, after a question. A second click, at once or later, finds it gone and says so."""
    report = find_report(request, reference, to_change=request.method == "POST")
    found = _of(report).filter(pk=comment).first()
    if found is None and request.method == "POST":
        permissions.can_comment_on_draft(request.user, report).enforce()
        messages.info(request, "That comment was taken off already.")
        return redirect("reports:comments", reference)
    found = find_or_404(_of(report), pk=comment)
    permissions.can_remove_comment(request.user, found).enforce()

    if request.method == "POST":
        actions.remove_comment(found, by=request.user, at=timezone.now())
        messages.success(request, f"Your comment on paragraph {found.paragraph} is taken off.")
        return redirect("reports:comments", reference)

    read_report(report, part=COMMENTS, by=request.user, at=timezone.now())
    context = frame(
        request,
        report,
        title=f"Take your comment on paragraph {found.paragraph} off?",
        comment=found,
        submit="Take it off",
        back_url=reverse("reports:comments", args=[reference]),
        back_words="Comments on facts",
    )
    return render(request, "reports/remove_comment.html", context)
