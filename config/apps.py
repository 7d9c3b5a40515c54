"""Start-up of the wiring."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Brings the deployment checks."""

    name = "config"

    def ready(self) -> None:
        """Register the checks."""
        from config import checks  # noqa: F401  # it registers the checks
