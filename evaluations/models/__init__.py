from evaluations.models.evaluation import Evaluation, Evaluator, PanelDecision, SealedEvaluation
from evaluations.models.evidence import EvidenceItem
from evaluations.models.framework import (
    Domain,
    EvaluationGroup,
    Framework,
    Indicator,
    IndicatorQuestion,
    PublishedEvaluation,
    QualityArea,
    Question,
    ScaleLevel,
)
from evaluations.models.given_part import GivenPart
from evaluations.models.self_evaluation import Answer, EvidenceLink, ReceiptLine, SelfEvaluation

__all__ = [
    "Answer",
    "Domain",
    "Evaluation",
    "EvaluationGroup",
    "Evaluator",
    "EvidenceItem",
    "EvidenceLink",
    "Framework",
    "GivenPart",
    "Indicator",
    "IndicatorQuestion",
    "PanelDecision",
    "PublishedEvaluation",
    "QualityArea",
    "Question",
    "ReceiptLine",
    "ScaleLevel",
    "SealedEvaluation",
    "SelfEvaluation",
]
