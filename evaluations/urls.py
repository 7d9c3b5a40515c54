"""The addresses of this app, all below one inspection."""

from __future__ import annotations

from django.urls import path

from evaluations.views import self_evaluation

app_name = "evaluations"

urlpatterns = [
    path("inspections/<str:reference>/self-evaluation/", self_evaluation.self_evaluation, name="self-evaluation"),
    path(
        "inspections/<str:reference>/self-evaluation/<int:number>/",
        self_evaluation.answer_question,
        name="answer-question",
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
        "inspections/<str:reference>/self-evaluation/submit/",
        self_evaluation.submit_self_evaluation,
        name="submit-self-evaluation",
    ),
    path("inspections/<str:reference>/self-evaluation/receipt/", self_evaluation.receipt, name="receipt"),
]
