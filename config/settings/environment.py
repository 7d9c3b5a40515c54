"""The environment, with `.env` beside the project where there is one. What is set outside wins.

A blank variable is one that is not set: ``DATABASE_URL=`` means the default. What is set outside wins also when blank.
Tests read no `.env`: they are the same on every machine, unless a variable is set on purpose.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class Environment(environ.Env):
    """django-environ's, to which a blank variable is as good as none."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        """The value, or the default where the variable is blank."""
        if not self.ENVIRON.get(var, "unset").strip():
            del self.ENVIRON[var]
        return super().get_value(var, *args, **kwargs)

    def bool(self, var: str, *args: Any, **kwargs: Any) -> bool:
        """On or off. Raises ImproperlyConfigured, in a sentence, for a word that is neither."""
        words = str(self.ENVIRON.get(var, "")).strip().lower()
        if words and words not in (*ON, *OFF):
            raise ImproperlyConfigured(f"{var} is “{words}”, which is neither on (1) nor off (0).")
        return bool(super().bool(var, *args, **kwargs))

    def count(self, var: str, *, default: int, at_least: int = 1) -> int:
        """A whole number. Raises ImproperlyConfigured, in a sentence, for anything else and for one that is too small."""
        text = str(self.get_value(var, default=str(default))).strip()
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < at_least:
            raise ImproperlyConfigured(
                f"{var} is “{text}”; it is a whole number, {at_least} or more."
            )
        return int(text)


ON, OFF = ("1", "true", "on", "ok", "y", "yes"), ("0", "false", "off", "n", "no")

env = Environment()

if not os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".test"):
    env.read_env(os.environ.get("ENV_FILE") or BASE_DIR / ".env")

# Everything local lives here: database, files, the broker's folders, letters, logs.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()


def read_url(how: Callable[..., dict[str, Any]], name: str, *, needs: str, **more: str) -> Any:
    """The settings that a URL stands for. Raises ImproperlyConfigured, in a sentence, for one that stands for none."""
    try:
        found = how(name, **more)
        found[needs]
    except (KeyError, ValueError, ImproperlyConfigured) as problem:
        if not os.environ.get(name):
            raise
        raise ImproperlyConfigured(
            f"{name} is set to something that cannot be read; .env.example shows its forms."
        ) from problem
    return found
