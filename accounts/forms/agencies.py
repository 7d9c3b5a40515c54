"""An agency's name and kind, and its own sign-in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django import forms

from accounts.agency_servers import PAGE
from accounts.enums import AgencyKind
from accounts.rules import KINDS_THAT_COME_WITH_THE_PRODUCT
from core.forms import DeskForm

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
KINDS = [
    (kind.value, f"{kind.label[:1].upper()}{kind.label[1:]}")
    for kind in AgencyKind
    if kind not in KINDS_THAT_COME_WITH_THE_PRODUCT
]


class _Named(DeskForm):
    """Both deeds write a name, without blanks at its ends or two in a row."""

    name = forms.CharField(
        max_length=120, help_text="As it should stand in letters. For example “NHS Tayside”."
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class AddAgencyForm(_Named):
    """A new agency of a partnership."""

    submit = "Add this agency"

    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)


class RenameAgencyForm(_Named):
    """Its new name."""

    submit = "Save this name"


class SetAgencySignInForm(DeskForm):
    """Where the people of an agency prove who they are. The secret is no part of it: only the environment holds that."""

    submit = "Save this sign-in"

    server_url = forms.URLField(
        label="Address of its sign-in",
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={
            "invalid": "Write the whole address, for example https://login.nhs.example/tenant."
        },
        help_text="The agency calls it the issuer. For example “https://login.nhs.example/tenant”.",
    )
    client_id = forms.CharField(
        label="Client ID",
        max_length=191,
        help_text="What the agency calls this service. Its secret is not written here.",
    )
    domains = forms.CharField(
        label="Domains of its e-mail addresses",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, what stands behind the @. Nobody with another address signs in there.",
    )
    key = forms.SlugField(
        label="Key",
        max_length=40,
        error_messages={
            "invalid": "Write the key in letters, digits and hyphens, without spaces: nhs-highland."
        },
        help_text="A short word that stands in addresses, and by which the secret is found. For example “nhs-highland”.",
    )

    def clean_server_url(self) -> str:
        """The issuer: without what stands behind it where people paste the page that describes it."""
        url: str = self.cleaned_data["server_url"].removesuffix(PAGE)
        parts = urlsplit(url)
        if parts.query or parts.fragment or parts.username:
            raise forms.ValidationError(
                "Write the address alone, without ?, # or a name before the @."
            )
        return url

    def clean_domains(self) -> list[str]:
        """Each domain once, in small letters, without the @ that people write before it."""
        words = self.cleaned_data["domains"].lower().replace(",", " ").replace(";", " ").split()
        found = list(dict.fromkeys(word.removeprefix("@") for word in words))
        wrong = [word for word in found if not DOMAIN.fullmatch(word)]
        if wrong:
            raise forms.ValidationError(
                f"{wrong[0]} is no domain. Write only what stands behind the @, for example nhs.example."
            )
        return found

    def clean_key(self) -> str:
        return str(self.cleaned_data["key"]).lower()
