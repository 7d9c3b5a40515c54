from inspections.models.addressee import Addressee, Notification, NotificationLetter
from inspections.models.area import Area, SchoolHolidayWeek
from inspections.models.calendar_feed import CalendarFeed
from inspections.models.correspondence import CorrespondenceEntry
from inspections.models.declaration import Declaration
from inspections.models.holiday import InspectionHolidayWeek
from inspections.models.inspection import Inspection
from inspections.models.invitation import Invitation
from inspections.models.joining_code import JoiningCode
from inspections.models.leave import Leave
from inspections.models.membership import Membership, opens_to
from inspections.models.method import Method, MethodPhase, MethodStep
from inspections.models.reminder import NoticeKind, StepNotice
from inspections.models.shared_inbox import SharedInbox
from inspections.models.stand_in import StandIn, is_named_to
from inspections.models.step import Step
from inspections.models.timetable_version import Closure, DateChange, TimetableVersion

__all__ = [
    "Addressee",
    "Area",
    "CalendarFeed",
    "Closure",
    "CorrespondenceEntry",
    "DateChange",
    "Declaration",
    "Inspection",
    "InspectionHolidayWeek",
    "Invitation",
    "JoiningCode",
    "Leave",
    "Membership",
    "Method",
    "MethodPhase",
    "MethodStep",
    "NoticeKind",
    "Notification",
    "NotificationLetter",
    "SchoolHolidayWeek",
    "SharedInbox",
    "StandIn",
    "Step",
    "StepNotice",
    "TimetableVersion",
    "is_named_to",
    "opens_to",
]
