"""The secrets of agencies' own sign-ins, each bound to the server that gave it."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

VARIABLE = "AGENCY_SIGN_IN_SECRETS"


def bound_secrets(said: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Issuer and secret by key. Where an entry does not name its issuer the service does not start.

    A secret that went to whichever server somebody types into a page could be had by setting up a server.
    """
    found = {}
    for key, words in said.items():
        issuer, bar, secret = (part.strip() for part in words.partition("|"))
        if not bar or not secret or not issuer.startswith(("https://", "http://")):
            raise ImproperlyConfigured(
                f"{VARIABLE}: write {key}=https://the.issuer|the secret, so that the secret goes to that server alone."
            )
        found[key] = (issuer.rstrip("/"), secret)
    return found
