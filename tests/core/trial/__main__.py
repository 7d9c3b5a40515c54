"""`python -m tests.core.trial KIND`: ask for ten jobs of that kind."""

import sys

import django

django.setup()

from core import jobs  # noqa: E402 - the models need the settings first

for number in range(1, 11):
    jobs.enqueue(f"trial.{sys.argv[1]}", key=str(number), number=number)
