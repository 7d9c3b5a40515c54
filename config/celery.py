"""The worker and the clock: `celery -A config worker`, `celery -A config beat`."""

import os

from celery import Celery

from config.folder_broker import use_whole_files

# Servers start with production's settings unless told otherwise; manage.py sets its own before.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

use_whole_files()

app = Celery("joint-inspections")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
