"""What this app keeps, and for how long."""

from core.retention import Period, declare
from inspections.models import (
    Addressee,
    Area,
    Inspection,
    InspectionHolidayWeek,
    Invitation,
    JoiningCode,
    Leave,
    Membership,
    Method,
    MethodPhase,
    MethodStep,
    Notification,
    NotificationLetter,
    SchoolHolidayWeek,
    SharedInbox,
    StandIn,
    Step,
    StepNotice,
)

_AREA = [
    "code",
    "former_code",
    "name",
    "nhs_board",
    "nhs_board_code",
    "police_division_letter",
    "police_division",
]
_METHOD_STEP = [
    "key",
    "phase",
    "kind",
    "weekday",
    "until_weekday",
    "after",
    "title",
    "owner",
    "with_whom",
    "basis",
]

declare(Area, Period.IN_USE, ordinary=_AREA)
declare(SchoolHolidayWeek, Period.IN_USE, ordinary=["name", "source"])
declare(Method, Period.IN_USE, ordinary=["key", "title", "framework_key"])
declare(MethodPhase, Period.IN_USE)
declare(MethodStep, Period.IN_USE, ordinary=_METHOD_STEP)

declare(Inspection, Period.RECORD, ordinary=["reference", "framework_key", "withdrawal_reason"])
declare(InspectionHolidayWeek, Period.RECORD, ordinary=["name"])
declare(
    Step, Period.RECORD, ordinary=["key", "title", "phase", "days", "owner", "with_whom", "note"]
)
declare(StepNotice, Period.RECORD)
declare(Membership, Period.RECORD)
declare(StandIn, Period.RECORD)
declare(Leave, Period.LEAVE, personal=["starts_on", "ends_on", "words"])
declare(Notification, Period.RECORD)
declare(SharedInbox, Period.RECORD, personal=["email"])
declare(Addressee, Period.OBTAINED, personal=["name", "email", "postal_address"])
declare(NotificationLetter, Period.OBTAINED, personal=["name", "email", "postal_address", "html"])
declare(
    Invitation,
    Period.INVITATION,
    ordinary=["withdrawal_reason"],
    personal=["email", "name", "designation", "secret_hash"],
)
declare(JoiningCode, Period.INVITATION, personal=["code_hash", "link_hash"])
