"""Let the people of one agency sign in with the agency's own account (OpenID Connect)."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import agency_servers, permissions
from accounts.actions.agencies import set_agency_sign_in
from accounts.forms.agencies import SetAgencySignInForm
from accounts.models import Agency, User
from core.verdicts import Refused

VARIABLE = "AGENCY_SIGN_IN_SECRETS"


class Command(BaseCommand):
    help = "Let the people of an agency sign in with the agency's own account. The secret stands in AGENCY_SIGN_IN_SECRETS, by the key."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("agency", help="its name, as the product has it")
        parser.add_argument("--key", required=True, help="a short word for addresses: nhs-highland")
        parser.add_argument("--server-url", required=True, help="https://login.example.org/tenant")
        parser.add_argument("--client-id", required=True)
        parser.add_argument(
            "--domain", required=True, nargs="+", help="of its e-mail addresses: nhs.example"
        )
        parser.add_argument(
            "--by",
            required=True,
            help="your own e-mail address: you are programme manager, and the record names you",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the agency and who does it, and say what to register with the agency."""
        agency = Agency.objects.filter(name=options["agency"]).first()
        by = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if agency is None or by is None:
            wrong = options["agency"] if agency is None else options["by"]
            raise CommandError(f"Nothing here has the name or address {wrong}.")
        form = SetAgencySignInForm({**options, "domains": " ".join(options["domain"])})
        if not form.is_valid():
            raise CommandError(" ".join(str(one) for one in chain(*form.errors.values())))
        try:
            permissions.can_set_agency_sign_in(by, agency, at_terminal=True).enforce()
            agency_servers.is_sign_in(form.cleaned_data["server_url"]).enforce()
            done = set_agency_sign_in(
                agency, **form.cleaned_data, by=by, at=timezone.now(), at_terminal=True
            )
        except Refused as refusal:
            raise CommandError(refusal.verdict.sentence) from refusal
        there = (
            "is there"
            if done.has_secret
            else f"has to be in {VARIABLE} as {done.key}={done.server_url}|..."
        )
        self.stdout.write(
            f"Done. Register with the agency: {done.callback_url}. The secret {there}."
        )
