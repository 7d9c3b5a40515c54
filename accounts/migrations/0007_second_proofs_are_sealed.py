"""Secrets of code apps and seeds of recovery codes are sealed with a key made from ``SECRET_KEY``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from django.db import migrations


def _each(apps: Any, change: Callable[[str], str]) -> None:
    for one in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        data = dict(one.data)
        for name in ("secret", "seed"):
            if name in data:
                data[name] = change(data[name])
        if "migrated_codes" in data:
            data["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
        one.data = data
        one.save(update_fields=["data"])


def seal(apps: Any, schema_editor: Any) -> None:
    """What is open is sealed; what is sealed stays as it is."""
    adapter = get_adapter()
    _each(apps, lambda text: adapter.encrypt(adapter.decrypt(text)))


def open_again(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    _each(apps, get_adapter().decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_a_sign_in_answers_for_named_domains"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, open_again, elidable=False)]
