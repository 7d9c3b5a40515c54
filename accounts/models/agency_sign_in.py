"""An agency's own sign-in, by OpenID Connect."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models.agency import Agency


def issuer_and_secret(key: str) -> tuple[str, str]:
    """What the environment says under this key, or two empty words."""
    return settings.AGENCY_SIGN_IN_SECRETS.get(key, ("", ""))


class AgencySignIn(models.Model):
    """Where the people of one agency prove who they are. The client's secret stands in the environment, by ``key``
    and with the server that it is for.

    ``domains`` are those of the e-mail addresses that the agency answers for, one a line; where there are none, it answers for nobody.
    """

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="sign_in")
    key = models.SlugField(max_length=40, unique=True)
    server_url = models.URLField()
    client_id = models.CharField(max_length=191)
    domains = models.TextField()

    class Meta:
        ordering = ["agency__name"]

    def __str__(self) -> str:
        return f"{self.agency}: {self.server_url}"

    @property
    def secret(self) -> str:
        """What the environment holds under this key for just this server; for any other server there is none."""
        issuer, secret = issuer_and_secret(self.key)
        return secret if issuer == self.server_url.rstrip("/") else ""

    @property
    def has_secret(self) -> bool:
        """Whether the environment holds the secret: without it nobody is offered this way in."""
        return bool(self.secret)

    @property
    def domains_in_words(self) -> str:
        """``@nhs.example, @board.example``."""
        return ", ".join(f"@{one}" for one in self.domains.split())

    @property
    def callback_url(self) -> str:
        """Where the agency's server sends people back to; the agency registers it."""
        return f"{settings.SITE_URL}{reverse('openid_connect_callback', args=[self.key])}"

    def answers_for(self, email: str) -> bool:
        """Whether the agency vouches for this address: just the domains that were named, none below them; of none, nobody."""
        return email.rpartition("@")[2].lower() in self.domains.split()
