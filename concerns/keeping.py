"""What this app keeps, and for how long: the most sensitive words of the product, and they go with what was obtained.

The partnership's own case is its own; the Care Inspectorate's record of a concern goes in the year of R52.
"""

from concerns.models import Concern, ConcernDecision, ConcernNote
from core.disposal import Disposal, bring, delete, goes_with
from core.retention import Period, declare

declare(Concern, Period.OBTAINED, special=["words", "who", "place", "case_reference"])
declare(ConcernNote, Period.OBTAINED, special=["words"])
declare(ConcernDecision, Period.OBTAINED, special=["reason"])

bring(
    Disposal(
        Concern,
        "matter of concern,matters of concern",
        delete,
        title=lambda concern: concern.reference,
        inspection="inspection__reference",
    )
)
goes_with(ConcernNote, Concern)
goes_with(ConcernDecision, Concern)
