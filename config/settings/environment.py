"""The environment, with `.env` beside the project where there is one. What is set outside wins.

Tests read no `.env`: they are the same on every machine, unless a variable is set on purpose.
"""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

if not os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".test"):
    env.read_env(os.environ.get("ENV_FILE") or BASE_DIR / ".env")

# Everything local lives here: database, files, the broker's folders, letters, logs.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
