"""The worker and the clock: `celery -A config worker`, `celery -A config beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

from config.folder_broker import use_whole_files

# Servers start with production's settings unless told otherwise; manage.py sets its own before.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

use_whole_files()

app = Celery("joint-inspections")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_the_log(**kwargs: Any) -> None:
    """Django has set the log up, LOG_LEVEL in it. Celery's own levels would keep what is said at INFO, the anchor of the day
    among it, out of the worker's log."""
