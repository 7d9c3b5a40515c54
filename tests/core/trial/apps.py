"""The app of the trial."""

from django.apps import AppConfig


class TrialConfig(AppConfig):
    """Brings the slow jobs; installed by the trial's settings alone."""

    name = "tests.core.trial"
    label = "trial"
