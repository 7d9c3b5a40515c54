"""What this app keeps, and for how long. Sign-in's own tables are answered for here too: no other app knows them."""

import json
from collections.abc import Iterator
from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from accounts.models import Agency, AgencySignIn, FormerAddress, Office, OfficeInvitation, User
from accounts.models.user import CLOCK_EMAIL
from accounts.signed_in import sign_out_everywhere
from audit.models import Event
from core.disposal import (
    About,
    Address,
    Disposal,
    Rows,
    bring,
    bring_about,
    bring_addresses,
    delete,
    goes_by_itself,
    goes_with,
    sent_to,
)
from core.retention import Period, declare

declare(
    User,
    Period.ACCOUNT,
    personal=["email", "name", "designation", "telephone", "password", "last_login", "joined_at"],
)
declare(AgencySignIn, Period.IN_USE, ordinary=["key", "server_url", "client_id", "domains"])
declare(
    SocialAccount,
    Period.ACCOUNT,
    ordinary=["provider"],
    personal=["uid", "extra_data", "last_login", "date_joined"],
)
# The product keeps neither of these two: agencies stand in a table of ours, and no token is stored.
declare(
    SocialApp,
    Period.IN_USE,
    ordinary=["provider", "provider_id", "name", "client_id", "secret", "key", "settings"],
)
declare(SocialToken, Period.ACCOUNT, personal=["token", "token_secret", "expires_at"])
declare(FormerAddress, Period.ACCOUNT, personal=["email", "left_at"])
declare(Office, Period.ACCOUNT)
declare(
    OfficeInvitation,
    Period.OFFICE_INVITATION,
    personal=["email", "name", "designation", "secret_hash"],
)
declare(Agency, Period.IN_USE, ordinary=["name", "came_as"])

declare(EmailAddress, Period.ACCOUNT, personal=["email"])
declare(EmailConfirmation, Period.ACCOUNT, personal=["key"])
declare(Authenticator, Period.ACCOUNT, personal=["data", "last_used_at"])
declare(Session, Period.SIGNED_IN, personal=["session_key", "session_data"])
declare(
    UserSession,
    Period.SIGNED_IN,
    personal=["ip", "session_key", "user_agent", "data", "created_at", "last_seen_at"],
)
declare(Group, Period.IN_USE, ordinary=["name"])
declare(Permission, Period.IN_USE, ordinary=["name", "codename"])
declare(ContentType, Period.IN_USE, ordinary=["app_label", "model"])

CLOSED = "closed.invalid"
NOBODY = "Somebody who left"
UNUSED_FOR = timedelta(days=365)


def close_accounts(disposal: Disposal, rows: Rows) -> None:
    """Nobody signs in there any more, and how to reach the person is gone. The name stays where a deed of theirs is on record."""
    for person in rows.all():
        sign_out_everywhere(person)
        EmailAddress.objects.filter(user=person).delete()
        FormerAddress.objects.filter(person=person).delete()
        Authenticator.objects.filter(user=person).delete()
        SocialAccount.objects.filter(user=person).delete()
        person.email, person.telephone = f"closed-{person.pk}@{CLOSED}", ""
        person.is_active, person.last_login = False, None
        person.set_unusable_password()
        if not Event.objects.filter(by_id=person.pk).exclude(name="accounts.account_opened").exists():  # fmt: skip
            person.name, person.designation = NOBODY, ""
        person.save()


# An account without an office or a part on any inspection, in which nobody has signed in for a year.
bring(
    Disposal(
        User,
        "account that nobody uses any more,accounts that nobody uses any more",
        close_accounts,
        title=lambda person: f"{person.name}, {person.designation}".rstrip(", "),
        due=lambda now: (
            Q(joined_at__lte=now - UNUSED_FOR, offices__isnull=True)
            & (Q(last_login__isnull=True) | Q(last_login__lte=now - UNUSED_FOR))
        ),
        done=Q(email=CLOCK_EMAIL) | Q(email__endswith=f"@{CLOSED}"),
        order=90,
    )
)
for follows in (Office, EmailAddress, FormerAddress, Authenticator, SocialAccount):
    goes_with(follows, User)
goes_with(EmailConfirmation, EmailAddress)
goes_with(SocialToken, SocialAccount)
for ends in (Session, UserSession):
    goes_by_itself(ends, "accounts.forget_sessions")

# No inspection takes it along, so it is due four weeks after its last day; the record says who took the office.
bring(
    Disposal(
        OfficeInvitation,
        "invitation to an office,invitations to an office",
        delete,
        title=lambda invitation: str(invitation.get_role_display()),
        due=lambda now: Q(expires_at__lte=now - timedelta(days=28)),
    )
)


def _addresses(person: User) -> Iterator[Address]:
    """The present one and every former one, each but for the time in which it was somebody else's. Two queries."""
    own = [(one.email, one.left_at) for one in person.former_addresses.order_by("left_at")]
    emails = {person.email.lower(), *(email for email, _ in own)}
    others = FormerAddress.objects.filter(email__in=emails).exclude(person=person)
    left = list(others.values_list("email", "left_at"))
    for email, until in [*own, (person.email.lower(), None)]:
        before = [day for other, day in left if other == email and (until is None or day < until)]
        yield Address(email, since=max(before, default=None), until=until)


bring_addresses(_addresses)


def _agency_said(account: SocialAccount) -> str:
    return json.dumps(account.extra_data, sort_keys=True, ensure_ascii=False)


bring_about(
    About(
        User,
        "The account",
        lambda person: Q(pk=person.pk),
        ("name", "email", "designation", "telephone", "agency", "joined_at", "last_login"),
    )
)
bring_about(
    About(
        EmailAddress,
        "Addresses",
        lambda person: Q(user=person),
        ("email", "verified", "primary"),
    )
)
bring_about(
    About(Authenticator, "Ways to sign in", lambda person: Q(user=person), ("type", "created_at"))
)
bring_about(About(Office, "Offices", lambda person: Q(person=person), ("role",)))
bring_about(
    About(
        OfficeInvitation,
        "Invitations to an office",
        lambda person: sent_to(person, address="email", at="invited_at") | Q(accepted_by=person),
        (
            "email",
            "name",
            "designation",
            "role",
            "agency",
            "invited_at",
            "accepted_at",
            "withdrawn_at",
        ),
    )
)
bring_about(
    About(FormerAddress, "Former addresses", lambda person: Q(person=person), ("email", "left_at"))
)
bring_about(
    About(
        SocialAccount,
        "Signing in through an agency",
        lambda person: Q(user=person),
        ("provider", "uid", "last_login", "date_joined", ("What the agency said", _agency_said)),
    )
)
# The key of a session opens it, so it stands in no pack.
bring_about(
    About(
        UserSession,
        "Where the person is signed in",
        lambda person: Q(user=person),
        ("ip", "user_agent", "created_at", "last_seen_at"),
    )
)
