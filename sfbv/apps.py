"""The project as an app without models: the place where its system checks are found."""

from django.apps import AppConfig


class SfbvConfig(AppConfig):
    """Registers the checks of the project."""

    name = "sfbv"
    verbose_name = "Hur portalen körs"

    def ready(self) -> None:
        """Import the checks, which registers them."""
        from sfbv import checks  # noqa: F401
