"""The settings of the tests with a queue of the trial's own and a real broker, for a real worker."""

import os
from pathlib import Path

from config.settings.broker import broker_options
from config.settings.environment import env
from config.settings.test import *  # noqa: F403
from config.settings.test import DATABASES, INSTALLED_APPS, STORAGES

TRIAL_FOLDER = Path(os.environ["TRIAL_FOLDER"])
VAR_DIR = TRIAL_FOLDER
DATABASES["default"]["NAME"] = os.environ["TRIAL_DATABASE"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.trial"]

# What is sent lies in a folder, where another process can count it.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(TRIAL_FOLDER / "post")

CELERY_TASK_DEFAULT_QUEUE = os.environ["TRIAL_QUEUE"]
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(CELERY_BROKER_URL, TRIAL_FOLDER)
CELERY_BEAT_SCHEDULE_FILENAME = str(TRIAL_FOLDER / "beat")

# A trial of something else brings its own files, and a clock that is set and goes on from there.
if "TRIAL_MEDIA" in os.environ:
    MEDIA_ROOT = os.environ["TRIAL_MEDIA"]
    STORAGES["default"] = {"BACKEND": "tests.core.trial.storage.WaitingStorage"}
if "TRIAL_NOW" in os.environ:
    import time_machine

    time_machine.travel(os.environ["TRIAL_NOW"], tick=True).start()
