"""The partnership's joint self-evaluation: its room, one question, its evidence, sending it in, and the receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.views.fresh import fresh_sign_in
from core.verdicts import ALLOWED, Verdict
from core.versions import Newer
from core.web import answer_to_autosave, find_or_404, is_autosave, page, posted
from documents.queries import upload_part
from evaluations import exports, permissions, queries, rules
from evaluations.actions import readings
from evaluations.actions import self_evaluation as actions
from evaluations.forms.self_evaluation import (
    AnswerQuestionForm,
    LinkEvidenceForm,
    SubmitSelfEvaluationForm,
    version_of,
)
from evaluations.models import EvidenceLink, Question
from inspections.models import Inspection
from inspections.rooms import inspection_frame


def _frame(request: HttpRequest, inspection: Inspection, title: str) -> dict[str, Any]:
    today: date = timezone.localdate()
    return {
        **inspection_frame(request.user, inspection, room="self-evaluation", today=today),
        "title": title,
    }


def _find(request: HttpRequest, reference: str) -> Inspection:
    return find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )


def _question(inspection: Inspection, number: int) -> Question:
    return find_or_404(
        queries.framework_of(inspection).questions.select_related("framework"), number=number
    )


def _stands(request: HttpRequest, inspection: Inspection) -> queries.SelfEvaluationStands:
    """As this person sees it: the whole, or the part of their agency."""
    stands = queries.self_evaluation_stands(inspection)
    if permissions.can_read_whole_self_evaluation(request.user, inspection):
        return stands
    files = queries.documents_of_self_evaluation(inspection)
    return stands.only(
        queries.numbers_given_to(request.user, inspection),
        permissions.readable_files(request.user, inspection.reference, files),
    )


@page("GET")
def self_evaluation(request: HttpRequest, reference: str) -> HttpResponse:
    """The room: five questions, what is missing, by when, and whose move it is.

    The team sees words once they are in.
    """
    inspection = _find(request, reference)
    permissions.can_see_self_evaluation(request.user, inspection).enforce()
    may_read = permissions.can_read_self_evaluation(request.user, inspection)

    context = {
        **_frame(request, inspection, "Joint self-evaluation"),
        "may_read": may_read,
        "kept": queries.self_evaluation_of(inspection) if may_read else None,
        "stands": _stands(request, inspection) if may_read else None,
        "reads_whole": may_read
        and permissions.can_read_whole_self_evaluation(request.user, inspection),
        "given": queries.given_parts(inspection) if may_read else {},
        "nothing_given": rules.nothing_given(request.user, inspection),
        "can_give_parts": permissions.can_give_parts(request.user, inspection),
        "step": queries.self_evaluation_step(inspection),
        "can_answer": permissions.can_answer_question(request.user, inspection),
        "can_submit": permissions.can_submit_self_evaluation(request.user, inspection),
        "submit_url": reverse("evaluations:submit-self-evaluation", args=[reference]),
    }
    return render(request, "evaluations/self_evaluation.html", context)


@page("GET", "POST", records_reading=True)
def answer_question(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One question: three boxes, guidance, evidence. The autosave sends the same form and asks for JSON."""
    inspection = _find(request, reference)
    permissions.can_read_self_evaluation(request.user, inspection).enforce()
    question = _question(inspection, number)
    permissions.can_read_answer(request.user, inspection, question).enforce()
    verdict = permissions.can_answer_question(request.user, inspection, question)

    saved = actions.Saved()
    hints = queries.question_guidance(question)
    form = AnswerQuestionForm(posted(request), hints=hints)
    if request.method == "POST":
        verdict.enforce()
        if form.is_valid():
            saved = _save(request, inspection, question, form)
        if is_autosave(request):
            versions = {version_of(answer.part): answer.version for answer in saved.answers}
            return answer_to_autosave(form, versions, besides=_saved_words(saved))
        if form.newer and saved.written:
            messages.success(request, _saved_words(saved))
        if form.is_valid():
            messages.success(request, f"Your answer to question {number} is saved on the server.")
            return redirect(_after_saving(request, inspection, question))

    readings.read_self_evaluation(
        inspection,
        part=f"the answer to question {number} of the joint self-evaluation",
        by=request.user,
        at=timezone.now(),
    )
    stands = _stands(request, inspection)
    here = next(one for one in stands.questions if one.question.number == number)
    of = question.framework.questions.count()
    context = {
        **_frame(request, inspection, f"Question {number} of {of}"),
        "question": question,
        "stands": stands,
        "is_part": len(stands.questions) < of,
        "here": here,
        "guidance": hints["question"],
        "indicators": queries.indicators_for(question),
        "form": form if form.is_bound else _form_of(here, hints),
        "boxes": _boxes(form, here, hints),
        "verdict": verdict,
        "kept": queries.self_evaluation_of(inspection),
        "link_url": reverse("evaluations:link-evidence", args=[reference, number]),
    }
    return render(
        request, "evaluations/answer_question.html", context, status=409 if form.newer else 200
    )


def _save(
    request: HttpRequest, inspection: Inspection, question: Question, form: AnswerQuestionForm
) -> actions.Saved:
    """Save what was typed; the form meets whatever somebody else has saved meanwhile, and takes it where nothing was typed.

    The autosave is not told the versions of the latter, for its page still shows the older texts: those stay based on theirs.
    """
    texts = {part: actions.Typed(*typed) for part, typed in form.typed().items()}
    saved = actions.answer_question(
        inspection, question=question, texts=texts, by=request.user, at=timezone.now()
    )
    for answer in saved.conflicts:
        newer = Newer(answer, request.user)
        form.meet(newer, {answer.part: answer.text}, version=version_of(answer.part))
    for answer in saved.untouched:
        stands = {answer.part: answer.text}
        form.take(stands, version=version_of(answer.part), newest=answer.version)
    return saved


def _saved_words(saved: actions.Saved) -> str:
    """``“How do we know?” and “What do we plan to do next?” are saved.``; nothing where nothing was."""
    names = [answer.saved_what for answer in saved.written]
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} saved." if names else ""


def _form_of(here: queries.QuestionStands, hints: dict[str, str]) -> AnswerQuestionForm:
    """The form as the server has it: texts, and the versions that a save will be based on."""
    initial: dict[str, Any] = {part.part.value: part.text for part in here.parts}
    initial |= {version_of(part.part): part.version for part in here.parts}
    return AnswerQuestionForm(initial=initial, hints=hints)


def _boxes(
    form: AnswerQuestionForm, here: queries.QuestionStands, hints: dict[str, str]
) -> list[dict[str, Any]]:
    """The three boxes as the page draws them, each with the version that the next save will be based on.

    Where a text met another, that is today's, so that saving again is knowing.
    """
    shown = form if form.is_bound else _form_of(here, hints)
    is_faulty = form.errors and not form.newer
    return [
        {
            "field": shown[part.part.value],
            "version_name": version_of(part.part),
            "version": (shown[version_of(part.part)].value() or 0) if is_faulty else part.version,
            "stands": part,
            "is_saved": part.answer
            and "".join(str(shown[part.part.value].value()).split()) == "".join(part.text.split()),
        }
        for part in here.parts
    ]


def _after_saving(request: HttpRequest, inspection: Inspection, question: Question) -> str:
    if "stay" in request.POST:
        return reverse("evaluations:answer-question", args=[inspection.reference, question.number])
    following = question.number + 1
    next_one = question.framework.questions.filter(number=following).first()
    if next_one and permissions.can_answer_question(request.user, inspection, next_one):
        return reverse("evaluations:answer-question", args=[inspection.reference, following])
    return reverse("evaluations:self-evaluation", args=[inspection.reference])


@page("GET", "POST")
def link_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Add files to the joint self-evaluation, and tick those that support this answer."""
    inspection = _find(request, reference)
    question = _question(inspection, number)
    permissions.can_link_evidence(request.user, inspection, question).enforce()

    stands = _stands(request, inspection)
    here = next(one for one in stands.questions if one.question.number == number)
    linked = {link.document.series for link in here.links}
    files = [file for file in stands.files if file.series not in linked]
    loose = [file.pk for file in stands.unlinked_files]
    data = posted(request)
    form = LinkEvidenceForm(data, files=files, initial={"documents": loose})
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["documents"])
        actions.link_evidence(
            inspection, question=question, documents=chosen, by=request.user, at=timezone.now()
        )
        messages.success(
            request, f"{len(chosen)} {'file is' if len(chosen) == 1 else 'files are'} linked."
        )
        return redirect("evaluations:answer-question", reference, number)

    own_url = reverse("evaluations:link-evidence", args=[reference, number])
    context = {
        **_frame(request, inspection, f"Evidence for question {number}"),
        "question": question,
        "here": here,
        "files": files,
        "form": form,
        "upload": upload_part(
            request.user, queries.FILES_OF_SELF_EVALUATION, reference, next=own_url
        ),
        "back_url": reverse("evaluations:answer-question", args=[reference, number]),
    }
    return render(request, "evaluations/link_evidence.html", context)


@page("POST")
def unlink_evidence(request: HttpRequest, reference: str, number: int, link: int) -> HttpResponse:
    """Take a file off an answer. One that is off already is fine."""
    inspection = _find(request, reference)
    permissions.can_link_evidence(request.user, inspection).enforce()
    found = (
        EvidenceLink.objects.filter(
            self_evaluation__inspection=inspection, question__number=number, pk=link
        )
        .select_related("self_evaluation__inspection__area", "document", "question")
        .first()
    )

    if found:
        permissions.can_unlink_evidence(request.user, found).enforce()
        actions.unlink_evidence(found, by=request.user, at=timezone.now())
        messages.success(
            request,
            f"“{found.document.name}” is no longer linked to question {number}. The file is kept.",
        )
    else:
        messages.info(request, "This file was not linked any more.")
    return redirect("evaluations:answer-question", reference, number)


@fresh_sign_in
@page("GET", "POST", records_reading=True)
def submit_self_evaluation(request: HttpRequest, reference: str) -> HttpResponse:
    """Read the whole of it once more, see what is thin, send it in."""
    inspection = _find(request, reference)
    permissions.can_see_self_evaluation(request.user, inspection).enforce()
    if queries.is_received(inspection):
        messages.info(
            request, "The joint self-evaluation has been sent in already. This is its receipt."
        )
        return redirect("evaluations:receipt", reference)
    verdict = permissions.can_submit_self_evaluation(request.user, inspection)
    if request.method == "POST":
        verdict.enforce()
    permissions.can_read_whole_self_evaluation(request.user, inspection).enforce()

    stands = queries.self_evaluation_stands(inspection)
    fresh = SubmitSelfEvaluationForm(initial={"digest": stands.digest})
    form = SubmitSelfEvaluationForm(request.POST) if request.method == "POST" else fresh
    as_read: Verdict = ALLOWED
    if form.is_bound and form.is_valid():
        as_read = rules.is_as_read(stands, digest=form.cleaned_data["digest"])
        if as_read:
            actions.submit_self_evaluation(
                inspection, digest=stands.digest, by=request.user, at=timezone.now()
            )
            messages.success(
                request, "The joint self-evaluation is received. This is your receipt."
            )
            return redirect("evaluations:receipt", reference)
        form = fresh

    readings.read_self_evaluation(
        inspection,
        part="the whole joint self-evaluation",
        by=request.user,
        at=timezone.now(),
    )
    context = {
        **_frame(request, inspection, "Send in the joint self-evaluation"),
        "stands": stands,
        "warnings": rules.self_evaluation_warnings(stands),
        "as_read": as_read,
        "verdict": verdict,
        "form": form,
        "step": queries.self_evaluation_step(inspection),
    }
    return render(
        request, "evaluations/submit_self_evaluation.html", context, status=200 if as_read else 409
    )


@page("GET")
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What was received: every answer and file with its fingerprint, by whom, when, and the copy to keep."""
    inspection = _find(request, reference)
    permissions.can_read_self_evaluation(request.user, inspection).enforce()
    kept = queries.self_evaluation_of(inspection)
    if kept is None or not kept.is_received:
        return redirect("evaluations:self-evaluation", reference)

    lines = [
        {"name": line.title, "size": line.size, "digest": line.sha256}
        for line in kept.receipt_lines.all()
    ]
    context = {
        **_frame(request, inspection, "Receipt of the joint self-evaluation"),
        "kept": kept,
        "proof": {
            "number": kept.receipt_number,
            "what": "Joint self-evaluation",
            "by": kept.received_by,
            "at": kept.received_at,
            "files": lines,
            "url": exports.receipt_url(kept),
        },
        "receipt_anchor": exports.receipt_anchor(kept),
    }
    return render(request, "evaluations/receipt.html", context)
