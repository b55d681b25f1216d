"""Words in addresses that must be known: an unknown one is 404 before any view runs."""

from delprojekt.models import Dokumentslag, Format
from delprojekt.process.act import Act
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.policy import POLICY


class _Word:
    choices: type[Act | Adminact | Dokumentslag | Format]
    regex = "[a-z_-]+"

    def to_python(self, value: str) -> Act | Adminact | Dokumentslag | Format:
        """Return the member; ValueError makes the address unknown."""
        return self.choices(value)

    def to_url(self, value: str) -> str:
        """Return the word."""
        return str(self.choices(value).value)


class ActConverter(_Word):
    """The word of an act that is done at the address of acts: not making a förslag, not writing
    a section, not turning a file away."""

    choices = Act

    def to_python(self, value: str) -> Act:
        """Return the act; ValueError makes the address unknown."""
        act = Act(value)
        if not POLICY[act].where or POLICY[act].objekt in {"avsnitt", "fil"}:
            raise ValueError(value)
        return act


class SlagConverter(_Word):
    """The word of a kind of document."""

    choices = Dokumentslag


class FormatConverter(_Word):
    """The word of a file format."""

    choices = Format


class AdminactConverter(_Word):
    """The word of an act that is done to somebody in the register of people."""

    choices = Adminact
    elsewhere = frozenset(
        {
            Adminact.REGISTRERA_PERSON,
            Adminact.ANDRA_INSTALLNINGAR,
            Adminact.ANDRA_HANTERINGSPLAN,
            Adminact.ANDRA_MALL,
            Adminact.ANDRA_EGNA_UPPGIFTER,
            Adminact.ANDRA_REDOGORELSE,
        }
    )

    def to_python(self, value: str) -> Adminact:
        """Return the act; ValueError makes the address unknown."""
        act = Adminact(value)
        if act in self.elsewhere:
            raise ValueError(value)
        return act
