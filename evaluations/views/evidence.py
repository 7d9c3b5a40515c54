"""The room of evidence: the list, the coverage table, recording and revising."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import find_or_404, page, paginate, posted
from core.words import listed
from documents.enums import DocumentState
from documents.models import Document
from documents.queries import documents_of
from evaluations import exports, permissions, queries, rules
from evaluations.actions import evidence as actions
from evaluations.actions import readings
from evaluations.enums import SourceType
from evaluations.forms.evidence import EvidenceFilterForm, EvidenceForm
from evaluations.models import EvidenceItem
from inspections.models import Inspection
from inspections.rooms import inspection_frame

FILES = {
    "csv": (exports.evidence_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        exports.evidence_excel,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}

OR_ANOTHER = (
    "What is saved stands above what you typed: bring the two together and save again, "
    "or record what you typed as another passage."
)

KINDS = {"csv": "CSV", "xlsx": "Excel"}


def _admitted(request: HttpRequest, reference: str) -> Inspection:
    """The inspection, for somebody who may see its evidence."""
    visible = Inspection.objects.visible_to(request.user).select_related("area", "method")
    inspection = find_or_404(visible, reference=reference)
    permissions.can_see_evidence(request.user, inspection).enforce()
    return inspection


def _filter(request: HttpRequest, inspection: Inspection) -> EvidenceFilterForm:
    framework = queries.framework_of(inspection)
    return EvidenceFilterForm(
        request.GET,
        indicators=list(framework.indicators.all()),
        questions=list(framework.questions.all()),
    )


@page("GET", records_reading=True)
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Every passage, filtered and sorted as asked, 50 a page."""
    inspection = _admitted(request, reference)

    readings.read_evidence(
        inspection, part="the list of evidence", by=request.user, at=timezone.now()
    )

    form = _filter(request, inspection)
    chosen = form.chosen()
    items = paginate(request, queries.evidence_list(inspection, **chosen))
    context = {
        **inspection_frame(request.user, inspection, room="evidence", today=timezone.localdate()),
        "title": "Evidence",
        "form": form,
        "is_filtered": bool(set(chosen) - {"order"}),
        "items": items,
        "query": request.GET.urlencode(),
        "may_record": permissions.can_record_evidence(request.user, inspection),
    }
    return render(request, "evaluations/evidence.html", context)


@page("GET", records_reading=True)
def export_evidence(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The list as it is filtered, as CSV or Excel."""
    inspection = _admitted(request, reference)
    if kind not in FILES:
        raise Http404

    make, content_type = FILES[kind]
    items = list(queries.evidence_list(inspection, **_filter(request, inspection).chosen()))
    if request.method == "GET":
        readings.take_evidence(
            inspection,
            kind=KINDS[kind],
            count=len(items),
            by=request.user,
            at=timezone.now(),
        )

    name = f"{inspection.reference}-evidence.{kind}"
    return HttpResponse(
        make(items),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page("GET")
def evidence_coverage(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the evidence is thin: each indicator by kind of source, every number a way to its passages."""
    inspection = _admitted(request, reference)

    evaluated_only = request.GET.get("show") == "evaluated"
    context = {
        **inspection_frame(request.user, inspection, room="evidence", today=timezone.localdate()),
        "title": "Where the evidence is thin",
        "coverage": queries.coverage(inspection, evaluated_only=evaluated_only),
        "evaluated_only": evaluated_only,
        "sources": SourceType.choices,
        "columns": len(SourceType) + 2,
    }
    return render(request, "evaluations/evidence_coverage.html", context)


@page("GET", records_reading=True)
def evidence_item(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One passage, with the versions before it."""
    inspection = _admitted(request, reference)
    item = find_or_404(EvidenceItem.objects.of(inspection).with_links(), number=number)

    _on_record(request, item)

    context = {
        **inspection_frame(request.user, inspection, room="evidence", today=timezone.localdate()),
        "title": f"Evidence {item.reference}",
        "item": item,
        "documents": item.documents.all(),
        "earlier": item.history.filter(version__lt=item.version)
        .select_related("history_user")
        .order_by("-version"),
        "may_revise": permissions.can_revise_evidence(request.user, item),
    }
    return render(request, "evaluations/evidence_item.html", context)


def _on_record(request: HttpRequest, item: EvidenceItem) -> None:
    readings.read_evidence(
        item.inspection,
        part=f"evidence {item.reference}",
        by=request.user,
        at=timezone.now(),
    )


def _form(
    request: HttpRequest, inspection: Inspection, item: EvidenceItem | None = None, **kwargs: object
) -> EvidenceForm:
    framework = queries.framework_of(inspection)
    return EvidenceForm(
        posted(request),
        indicators=framework.indicators.all(),
        questions=framework.questions.all(),
        documents=_documents(inspection),
        item=item,
        **kwargs,
    )


def _documents(inspection: Inspection) -> QuerySet[Document]:
    """What the partnership sent with its self-evaluation, once it is in: before that not even its titles are shown."""
    if not rules.may_show_to_team(inspection):
        return Document.objects.none()
    sent = documents_of(queries.FILES_OF_SELF_EVALUATION, inspection.reference)
    return sent.filter(state=DocumentState.AVAILABLE).order_by("title", "name")


@page("GET", "POST")
def record_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Record one passage while it is fresh."""
    inspection = _admitted(request, reference)
    permissions.can_record_evidence(request.user, inspection).enforce()

    asked = {"indicators": [], "source_type": request.GET.get("source", "")}
    form = _form(
        request, inspection, initial={name: value for name, value in asked.items() if value}
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            item = actions.record_evidence(inspection, **form.passage(), by=request.user, at=now)
        except SavedMeanwhile as meanwhile:
            return _sent_otherwise(request, inspection, form, meanwhile)
        words = "is saved" if item.recorded_at == now else "is saved already"
        messages.success(request, f"{item.reference} {words}. You can record the next one.")
        return redirect(
            f"{reverse('evaluations:evidence', args=[reference])}?saved={item.reference}"
        )

    context = {
        **inspection_frame(request.user, inspection, room="evidence", today=timezone.localdate()),
        "title": "Record evidence",
        "form": form,
        "back_url": reverse("evaluations:evidence", args=[inspection.reference]),
    }
    return render(request, "evaluations/record_evidence.html", context)


def _sent_otherwise(
    request: HttpRequest, inspection: Inspection, form: EvidenceForm, meanwhile: SavedMeanwhile
) -> HttpResponse:
    """What came once more from a page, with other words: revising what is there, or recording another passage."""
    item = meanwhile.newer.kept
    form.meet(meanwhile.newer, form.stands(item), then=OR_ANOTHER)
    context = {
        **inspection_frame(request.user, inspection, room="evidence", today=timezone.localdate()),
        "title": f"Revise {item.reference}",
        "item": item,
        "form": form,
        "differs": listed([f"“{form[name].label}”" for name in form.theirs]),
        "another": uuid4(),
        "back_url": reverse("evaluations:evidence-item", args=[inspection.reference, item.number]),
    }
    return render(request, "evaluations/revise_evidence.html", context, status=409)


@page("GET", "POST", records_reading=True)
def revise_evidence(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Correct a passage. Where somebody saved another meanwhile, both are shown."""
    inspection = _admitted(request, reference)
    items = EvidenceItem.objects.of(inspection).with_links()
    item = find_or_404(
        items.select_for_update(of=("self",)) if request.method == "POST" else items, number=number
    )
    permissions.can_revise_evidence(request.user, item).enforce()

    form = _form(request, inspection, item)
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.revise_evidence(
                item, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, form.stands(meanwhile.newer.kept))
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
        else:
            messages.success(request, f"{item.reference} is saved as version {item.version}.")
            return redirect("evaluations:evidence-item", inspection.reference, item.number)

    _on_record(request, item)
    context = {
        **inspection_frame(request.user, inspection, room="evidence", today=timezone.localdate()),
        "title": f"Revise {item.reference}",
        "item": item,
        "form": form,
        "back_url": reverse("evaluations:evidence-item", args=[inspection.reference, item.number]),
    }
    return render(
        request, "evaluations/revise_evidence.html", context, status=409 if form.newer else 200
    )
