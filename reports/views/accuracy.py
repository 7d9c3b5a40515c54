"""The draft as the partnership reads it, and the comments on its facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.web import find_or_404, page, posted
from reports import exports, permissions, queries
from reports.actions import accuracy as actions
from reports.actions.readings import COMMENTS, DRAFT, read_report
from reports.enums import EditionKind
from reports.forms.decisions import AnswerCommentForm, CommentOnDraftForm
from reports.models import Edition, FactComment, Report
from reports.steps import text_url
from reports.views.moves import frame
from reports.views.room import find_report


def _draft(report: Report) -> Edition:
    """The draft as it was issued, whatever has changed since. 404 before it was issued."""
    edition = queries.current_edition(report, EditionKind.DRAFT)
    if edition is None:
        raise Http404
    return edition


@page("GET", records_reading=True)
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """The issued draft with numbered paragraphs, each with its way to comment."""
    report = find_report(request, reference)
    permissions.can_see_draft(request.user, report.inspection).enforce()
    edition = _draft(report)

    read_report(report, part=DRAFT, by=request.user, at=timezone.now())

    context = frame(
        request,
        report,
        title="Draft report",
        edition=edition,
        article=exports.report_html(edition.source, layout="web", draft=True),
        paragraphs=exports.paragraphs(edition.source),
        can_comment_on_draft=permissions.can_comment_on_draft(request.user, report),
        comment_count=report.comments.count(),
    )
    return render(request, "reports/draft.html", context)


@page("GET", records_reading=True)
def comments(request: HttpRequest, reference: str) -> HttpResponse:
    """Every comment on a fact, with its answer."""
    report = find_report(request, reference)
    permissions.can_see_draft(request.user, report.inspection).enforce()

    read_report(report, part=COMMENTS, by=request.user, at=timezone.now())

    can_write = permissions.can_write_report(request.user, report)
    can_comment = permissions.can_comment_on_draft(request.user, report)
    context = frame(
        request,
        report,
        title="Comments on facts",
        comments=_with_corrections(
            report, writes=bool(can_write), writer=request.user if can_comment else None
        ),
        unanswered=queries.unanswered_comments(report),
        can_comment_on_draft=can_comment,
        can_return_comments=permissions.can_return_comments(
            request.user, report, at=timezone.now()
        ),
        answers=permissions.answers_comments(request.user, report),
    )
    return render(request, "reports/comments.html", context)


def _with_corrections(report: Report, *, writes: bool, writer: User | None) -> list[dict[str, Any]]:
    """Every comment, and whether it is the reader's to correct; beside one that was accepted, whether the report's words
    are corrected, and where that is done. ``writer``: who may comment now.
    """
    left = {comment.pk for comment in queries.corrections_to_make(report)}
    return [
        {
            "comment": comment,
            "is_open": writer is not None and comment.made_by_id == writer.pk,
            "to_correct": comment.pk in left,
            "text_url": text_url(comment) if writes and comment.is_accepted else "",
        }
        for comment in report.comments.select_related("made_by", "decided_by", "report__inspection")
    ]


@page("GET", "POST", records_reading=True)
def comment_on_draft(request: HttpRequest, reference: str, paragraph: int) -> HttpResponse:
    """A comment on one numbered paragraph."""
    report = find_report(request, reference)
    permissions.can_comment_on_draft(request.user, report).enforce()
    row: dict[str, Any] | None = next(
        (row for row in exports.paragraphs(_draft(report).source) if row["number"] == paragraph),
        None,
    )
    if row is None:
        raise Http404

    form = CommentOnDraftForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = actions.comment_on_draft(
            report, anchor=row["anchor"], **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(
            request,
            f"Your comment on paragraph {paragraph} is added. Return the comments when all are in.",
        )
        return redirect(f"{reverse('reports:comments', args=[reference])}?saved={made.pk}")

    read_report(report, part=DRAFT, by=request.user, at=timezone.now())
    back_url = reverse("reports:draft", args=[reference])
    context = frame(
        request,
        report,
        title=f"Comment on paragraph {paragraph}",
        paragraph=row,
        form=form,
        back_url=f"{back_url}#{row['anchor']}",
        back_words="Draft report",
    )
    return render(request, "reports/comment_on_draft.html", context)


@page("GET", "POST", records_reading=True)
def answer_comment(request: HttpRequest, reference: str, comment: int) -> HttpResponse:
    """The lead's answer to one comment."""
    report = find_report(request, reference)
    found = find_or_404(
        FactComment.objects.filter(report=report).select_related("report__inspection__area"),
        pk=comment,
    )
    permissions.can_answer_comment(request.user, found).enforce()

    kept = {name: getattr(found, name) for name in ("decision", "reason", "no_change_because")}
    form = AnswerCommentForm(posted(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.answer_comment(found, **form.cleaned_data, by=request.user, at=timezone.now())
        done = f"The comment on paragraph {found.paragraph} is answered."
        left = {comment.pk for comment in queries.corrections_to_make(report)}
        messages.success(
            request, f"{done} Correct the paragraph next." if found.pk in left else done
        )
        return redirect(f"{reverse('reports:comments', args=[reference])}?saved={found.pk}")

    read_report(report, part=COMMENTS, by=request.user, at=timezone.now())
    context = frame(
        request,
        report,
        title=f"Answer the comment on paragraph {found.paragraph}",
        comment=found,
        text_url=text_url(found) if permissions.can_write_report(request.user, report) else "",
        form=form,
        back_url=reverse("reports:comments", args=[reference]),
        back_words="Comments on facts",
    )
    return render(request, "reports/answer_comment.html", context)
