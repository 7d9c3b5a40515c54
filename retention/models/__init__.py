from retention.models.disposal import DisposalItem, DisposalList
from retention.models.hold import LegalHold
from retention.models.pack import SubjectAccessPack
from retention.models.proceedings import Proceedings, Submission

__all__ = [
    "DisposalItem",
    "DisposalList",
    "LegalHold",
    "Proceedings",
    "SubjectAccessPack",
    "Submission",
]
