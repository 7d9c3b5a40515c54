from reports.models.accuracy import FactComment
from reports.models.edition import Edition, YoungPeoplesVersion
from reports.models.report import FollowUpDecision, Report
from reports.models.text import Point, QuestionNarrative, Section, Text

__all__ = [
    "Edition",
    "FactComment",
    "FollowUpDecision",
    "Point",
    "QuestionNarrative",
    "Report",
    "Section",
    "Text",
    "YoungPeoplesVersion",
]
