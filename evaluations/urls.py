"""The addresses of this app, all below one inspection."""

from __future__ import annotations

from django.urls import path

from evaluations.views import evaluation, evidence, given_parts, proposal, sealing, self_evaluation
from evaluations.views import evaluation, evidence, proposal, sealing, self_evaluation, versions

app_name = "evaluations"

urlpatterns = [
    path(
        "inspections/<str:reference>/self-evaluation/",
        self_evaluation.self_evaluation,
        name="self-evaluation",
    ),
    path(
        "inspections/<str:reference>/self-evaluation/<int:number>/",
        self_evaluation.answer_question,
        name="answer-question",
    ),
    path(
        "inspections/<str:reference>/self-evaluation/<int:number>/<slug:part>/versions/",
        versions.answer_versions,
        name="answer-versions",
    ),
    path(
        "inspections/<str:reference>/evidence/<int:number>/versions/",
        versions.evidence_versions,
        name="evidence-versions",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/versions/",
        versions.evaluation_versions,
        name="evaluation-versions",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/mine/versions/",
        versions.own_evaluation_versions,
        name="own-evaluation-versions",
    ),
    path(
        "inspections/<str:reference>/self-evaluation/<int:number>/link-evidence/",
        self_evaluation.link_evidence,
        name="link-evidence",
    ),
    path(
        "inspections/<str:reference>/self-evaluation/<int:number>/unlink-evidence/<int:link>/",
        self_evaluation.unlink_evidence,
        name="unlink-evidence",
    ),
    path(
        "inspections/<str:reference>/self-evaluation/give/",
        given_parts.give_parts,
        name="give-parts",
    ),
    path(
        "inspections/<str:reference>/self-evaluation/submit/",
        self_evaluation.submit_self_evaluation,
        name="submit-self-evaluation",
    ),
    path(
        "inspections/<str:reference>/self-evaluation/receipt/",
        self_evaluation.receipt,
        name="receipt",
    ),
    path("inspections/<str:reference>/evidence/", evidence.evidence, name="evidence"),
    path(
        "inspections/<str:reference>/evidence/coverage/",
        evidence.evidence_coverage,
        name="evidence-coverage",
    ),
    path(
        "inspections/<str:reference>/evidence/record/",
        evidence.record_evidence,
        name="record-evidence",
    ),
    path(
        "inspections/<str:reference>/evidence/export/<str:kind>/",
        evidence.export_evidence,
        name="export-evidence",
    ),
    path(
        "inspections/<str:reference>/evidence/<int:number>/",
        evidence.evidence_item,
        name="evidence-item",
    ),
    path(
        "inspections/<str:reference>/evidence/<int:number>/revise/",
        evidence.revise_evidence,
        name="revise-evidence",
    ),
    path("inspections/<str:reference>/evaluations/", evaluation.evaluations, name="evaluations"),
    path(
        "inspections/<str:reference>/evaluations/open/",
        sealing.open_evaluating,
        name="open-evaluating",
    ),
    path(
        "inspections/<str:reference>/evaluations/share/",
        proposal.share_evaluations,
        name="share-evaluations",
    ),
    path(
        "inspections/<str:reference>/evaluations/evaluators/<int:evaluator>/excuse/",
        sealing.excuse_evaluator,
        name="excuse-evaluator",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/",
        evaluation.evaluation,
        name="evaluation",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/write/",
        sealing.write_evaluation,
        name="write-evaluation",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/seal/",
        sealing.seal_evaluation,
        name="seal-evaluation",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/unseal/",
        sealing.unseal_evaluation,
        name="unseal-evaluation",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/propose/",
        proposal.propose_evaluation,
        name="propose-evaluation",
    ),
    path(
        "inspections/<str:reference>/evaluations/<str:group>/confirm/",
        proposal.confirm_evaluation,
        name="confirm-evaluation",
    ),
]
