"""What a password may be, said in the portal's own Swedish. The rules are Django's."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)


class InteLiktDig(UserAttributeSimilarityValidator):
    """Not like one's own name or address."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return "Lösenordet är för likt din e-postadress. Välj ett annat."

    def get_help_text(self) -> str:
        """Return the rule, as it stands beside the field."""
        return "Det får inte likna din e-postadress."


class TillrackligtLangt(MinimumLengthValidator):
    """Long enough."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return f"Lösenordet är för kort. Det ska ha minst {self.min_length} tecken."

    def get_help_text(self) -> str:
        """Return the rule, as it stands beside the field."""
        return f"Lösenordet ska ha minst {self.min_length} tecken."


class InteVanligt(CommonPasswordValidator):
    """None of those that everybody tries."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return "Lösenordet är ett av de vanligaste och lätt att gissa. Välj ett annat."

    def get_help_text(self) -> str:
        """Return the rule, as it stands beside the field."""
        return "Välj inte ett lösenord som många använder."
