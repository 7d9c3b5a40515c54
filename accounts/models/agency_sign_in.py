"""An agency's own sign-in, by OpenID Connect."""

from __future__ import annotations

from django.db import models

from accounts.models.agency import Agency


class AgencySignIn(models.Model):
    """Where the people of one agency prove who they are. The client's secret stands in the environment, by ``key``."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="sign_in")
    key = models.SlugField(max_length=40, unique=True)
    server_url = models.URLField()
    client_id = models.CharField(max_length=191)

    class Meta:
        ordering = ["agency__name"]

    def __str__(self) -> str:
        return f"{self.agency}: {self.server_url}"
