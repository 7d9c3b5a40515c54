"""Let the people of one agency sign in with the agency's own account (OpenID Connect)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions.agencies import set_agency_sign_in
from accounts.models import Agency, User


class Command(BaseCommand):
    help = "Let the people of an agency sign in with the agency's own account. The secret stands in AGENCY_SIGN_IN_SECRETS, by the key."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("agency", help="its name, as the product has it")
        parser.add_argument("--key", required=True, help="a short word for addresses: nhs-highland")
        parser.add_argument("--server-url", required=True, help="https://login.example.org/tenant")
        parser.add_argument("--client-id", required=True)
        parser.add_argument("--by", required=True, help="your own e-mail address, for the record")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the agency and who does it, and say what to register with the agency."""
        agency = Agency.objects.filter(name=options["agency"]).first()
        by = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if agency is None or by is None:
            wrong = options["agency"] if agency is None else options["by"]
            raise CommandError(f"Nothing here has the name or address {wrong}.")
        names = ("key", "server_url", "client_id")
        try:
            set_agency_sign_in(
                agency, **{name: options[name] for name in names}, by=by, at=timezone.now()
            )
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        self.stdout.write(
            f"Done. Register with the agency: /account/oidc/{options['key']}/login/callback/"
        )
