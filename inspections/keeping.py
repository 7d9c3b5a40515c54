"""What this app keeps, and for how long."""

from datetime import timedelta

from django.db.models import Q

from accounts.models import User
from core.disposal import (
    About,
    Disposal,
    bring,
    bring_about,
    delete,
    goes_by_itself,
    goes_with,
    sent_to,
    spare,
    strike,
)
from core.retention import Period, declare
from inspections.models import (
    Addressee,
    Area,
    CalendarFeed,
    Closure,
    CorrespondenceEntry,
    DateChange,
    Declaration,
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
    TimetableVersion,
    is_named_to,
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

declare(
    Inspection,
    Period.RECORD,
    ordinary=["reference", "framework_key", "withdrawal_reason", "chosen_words"],
)
declare(InspectionHolidayWeek, Period.RECORD, ordinary=["name"])
declare(
    Step, Period.RECORD, ordinary=["key", "title", "phase", "days", "owner", "with_whom", "note"]
)
declare(StepNotice, Period.RECORD)
declare(TimetableVersion, Period.RECORD, ordinary=["title", "reason"])
declare(DateChange, Period.RECORD, ordinary=["stood_days", "days"])
declare(Closure, Period.RECORD, ordinary=["reason"])
declare(Membership, Period.RECORD)
declare(StandIn, Period.RECORD)
declare(Declaration, Period.RECORD, personal=["words", "terms"])
declare(Leave, Period.LEAVE, personal=["starts_on", "ends_on", "words"])
declare(Notification, Period.RECORD)
declare(SharedInbox, Period.OBTAINED, personal=["email"])
declare(
    CorrespondenceEntry,
    Period.OBTAINED,
    personal=["with_whom", "about", "words", "reason"],
)
declare(Addressee, Period.OBTAINED, personal=["name", "email", "postal_address"])
declare(NotificationLetter, Period.OBTAINED, personal=["name", "email", "postal_address", "html"])
declare(
    Invitation,
    Period.INVITATION,
    ordinary=["withdrawal_reason"],
    personal=["email", "name", "designation", "secret_hash"],
)
declare(CalendarFeed, Period.IN_USE, personal=["secret_hash"])
declare(JoiningCode, Period.INVITATION, personal=["code_hash", "link_hash"])

bring(
    Disposal(
        NotificationLetter,
        "notification letter,notification letters",
        delete,
        title=lambda letter: f"To the {letter.get_office_display()}",
        inspection="notification__inspection__reference",
        order=10,
    )
)
_BLANK = {"name": "", "email": "", "postal_address": ""}
bring(
    Disposal(
        Addressee,
        "addressee's name and address,addressees' names and addresses",
        strike(**_BLANK),
        title=lambda addressee: addressee.get_office_display(),
        inspection="inspection__reference",
        done=Q(**_BLANK),
    )
)
# One that ran out and was never accepted is due four weeks later, whatever becomes of its inspection.
bring(
    Disposal(
        Invitation,
        "invitation,invitations",
        delete,
        title=lambda invitation: f"{invitation.get_role_display()}, {invitation.agency}",
        inspection="inspection__reference",
        due=lambda now: Q(accepted_at__isnull=True, expires_at__lte=now - timedelta(days=28)),
        joins=("agency",),
    )
)
goes_with(JoiningCode, Invitation)
goes_by_itself(Leave, "inspections.let_leave_go")
bring(
    Disposal(
        SharedInbox,
        "shared inbox,shared inboxes",
        delete,
        title=lambda inbox: f"Of {inbox.agency}",
        inspection="inspection__reference",
        joins=("agency",),
    )
)
bring(
    Disposal(
        CorrespondenceEntry,
        "thing outside put on record,things outside put on record",
        delete,
        title=str,
        inspection="inspection__reference",
    )
)
spare(User, lambda: is_named_to(Membership.objects.current()))


def _office_of(stand_in: StandIn) -> str:
    """Which office, without whose it is."""
    part = stand_in.membership
    return f"{part.get_role_display()}, {part.inspection.reference}"


def _addressed(person: User) -> Q:
    """Before the letters are sent, by the present address; afterwards by whose it was on that day."""
    told = Q(inspection__notification__isnull=False)
    sent = sent_to(person, address="email", at="inspection__notification__sent_at")
    return (told & sent) | (~told & Q(email__iexact=person.email))


bring_about(
    About(
        Membership,
        "Parts on inspections",
        lambda person: Q(person=person),
        ("inspection", "role", "named_at", "until", "ended_at"),
    )
)
bring_about(
    About(
        StandIn,
        "Parts as a stand-in",
        lambda person: Q(person=person),
        (("For", _office_of), "starts_on", "until", "named_at", "ended_at"),
    )
)
bring_about(
    About(
        CalendarFeed,
        "Calendars that the person subscribed to (the address itself is not kept)",
        lambda person: Q(person=person),
        (("Of", str), "made_at"),
    )
)
# Whoever makes the pack has not seen the person's own words beside the days, and does not see them here.
bring_about(
    About(
        Leave,
        "Days away (the person reads their own words in the system)",
        lambda person: Q(person=person),
        ("starts_on", "ends_on", "recorded_at", "changed_at"),
    )
)
bring_about(
    About(
        SharedInbox,
        "Shared inbox with this address",
        lambda person: sent_to(person, address="email", at="added_at"),
        ("inspection", "agency", "email", "added_at", "removed_at"),
    )
)
bring_about(
    About(
        Declaration,
        "Declarations of interests",
        lambda person: Q(person=person),
        ("inspection", "declared_at", "answer", "words", "decision", "terms", "decided_at"),
    )
)
bring_about(
    About(
        Invitation,
        "Invitations",
        lambda person: sent_to(person, address="email", at="invited_at") | Q(accepted_by=person),
        (
            "inspection",
            "email",
            "name",
            "designation",
            "role",
            "agency",
            "invited_at",
            "accepted_at",
        ),
    )
)
bring_about(
    About(
        Addressee,
        "Addressee of a notification letter",
        _addressed,
        ("inspection", "office", "name", "email", "postal_address"),
    )
)
bring_about(
    About(
        NotificationLetter,
        "Notification letters",
        lambda person: sent_to(person, address="email", at="notification__sent_at"),
        ("notification", "office", "name", "email", "postal_address"),
    )
)
