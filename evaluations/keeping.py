"""What this app keeps, and for how long.

Evidence and answers name no child and no parent, but they speak of the care and health of small groups of them, so their
words count as special. A level is what one person thought: personal until it is the team's.
"""

from django.db.models import Q

from core.disposal import About, Disposal, bring, bring_about, delete, goes_with, strike
from core.retention import Period, declare
from documents.models import Document
from evaluations.models import (
    Answer,
    Domain,
    Evaluation,
    EvaluationGroup,
    Evaluator,
    EvidenceItem,
    EvidenceLink,
    Framework,
    GivenPart,
    Indicator,
    IndicatorQuestion,
    PanelDecision,
    PublishedEvaluation,
    QualityArea,
    Question,
    ReceiptLine,
    ScaleLevel,
    SealedEvaluation,
    SelfEvaluation,
)

declare(Framework, Period.IN_USE, ordinary=["key", "title"])
declare(Question, Period.IN_USE, ordinary=["title", "text"])
declare(Domain, Period.IN_USE, ordinary=["name"])
declare(QualityArea, Period.IN_USE, ordinary=["text"])
declare(EvaluationGroup, Period.IN_USE, ordinary=["key", "title"])
declare(Indicator, Period.IN_USE, ordinary=["number", "title", "title_status", "focus"])
declare(IndicatorQuestion, Period.IN_USE)
declare(ScaleLevel, Period.IN_USE, ordinary=["name", "definition", "sense"])
declare(
    PublishedEvaluation, Period.PUBLISHED, ordinary=["programme", "published", "source", "note"]
)

declare(EvidenceItem, Period.OBTAINED, ordinary=["activity"], special=["text"])

declare(Evaluator, Period.RECORD, personal=["reason"])
declare(Evaluation, Period.RECORD, ordinary=["rationale"], personal=["dissent"])
declare(SealedEvaluation, Period.OBTAINED, personal=["level", "rationale"])
declare(PanelDecision, Period.RECORD, ordinary=["reason"])

declare(SelfEvaluation, Period.RECORD)
declare(GivenPart, Period.RECORD)
declare(Answer, Period.OBTAINED, special=["text"])
declare(EvidenceLink, Period.OBTAINED)
declare(ReceiptLine, Period.OBTAINED, ordinary=["sha256"], personal=["title"])

STRUCK = "A file"  # what a line of a receipt says once the title of its file is gone; its fingerprint stays

bring(
    Disposal(
        EvidenceItem,
        "piece of evidence,pieces of evidence",
        delete,
        title=lambda item: item.reference,
        inspection="inspection__reference",
    )
)
bring(
    Disposal(
        Answer,
        "answer of the self-evaluation,answers of the self-evaluation",
        delete,
        title=lambda answer: (
            f"Question {answer.question.number}, {answer.get_part_display().lower()}"
        ),
        inspection="self_evaluation__inspection__reference",
        joins=("question",),
    )
)
bring(
    Disposal(
        SealedEvaluation,
        "inspector's own evaluation,inspectors' own evaluations",
        delete,
        title=lambda sealed: f"Of {sealed.evaluation.group.spoken}",
        inspection="evaluation__inspection__reference",
        joins=("evaluation__group",),
    )
)
bring(
    Disposal(
        ReceiptLine,
        "title of a file on the receipt,titles of files on the receipt",
        strike(title=STRUCK),
        title=lambda line: f"Line {line.order}",
        inspection="self_evaluation__inspection__reference",
        done=Q(kind="answer") | Q(title=STRUCK),
    )
)
goes_with(EvidenceLink, Document)

bring_about(
    About(
        Evaluator,
        "Evaluating",
        lambda person: Q(person=person),
        ("inspection", "named_at", "excused_at", "reason"),
    )
)
# Whoever makes the pack must not see a level: that the person evaluated is said, what they thought is not.
bring_about(
    About(
        SealedEvaluation,
        "Own evaluations (the person reads them in the system)",
        lambda person: Q(inspector=person),
        ("evaluation", "saved_at", "sealed_at"),
    )
)
