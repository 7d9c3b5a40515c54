"""What this app keeps, and for how long. Sign-in's own tables are answered for here too: no other app knows them."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from accounts.models import Agency, AgencySignIn, FormerAddress, Office, OfficeInvitation, User
from core.retention import Period, declare

declare(
    User,
    Period.ACCOUNT,
    personal=["email", "name", "designation", "telephone", "password", "last_login", "joined_at"],
)
declare(AgencySignIn, Period.IN_USE, ordinary=["key", "server_url", "client_id"])
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
declare(SocialToken, Period.SIGNED_IN, personal=["token", "token_secret", "expires_at"])
declare(FormerAddress, Period.ACCOUNT, personal=["email", "left_at"])
declare(Office, Period.ACCOUNT)
declare(
    OfficeInvitation, Period.INVITATION, personal=["email", "name", "designation", "secret_hash"]
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
