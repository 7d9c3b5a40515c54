"""What this app keeps, and for how long.

Evidence and answers name no child and no parent, but they speak of the care and health of small groups of them, so their
words count as special. A level is what one person thought: personal until it is the team's.
"""

from core.retention import Period, declare
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
declare(SealedEvaluation, Period.RECORD, personal=["level", "rationale"])
declare(PanelDecision, Period.RECORD, ordinary=["reason"])

declare(SelfEvaluation, Period.RECORD)
declare(GivenPart, Period.RECORD)
declare(Answer, Period.OBTAINED, special=["text"])
declare(EvidenceLink, Period.OBTAINED)
declare(ReceiptLine, Period.RECORD, ordinary=["sha256"], personal=["title"])
