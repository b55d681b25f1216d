"""Who can log in to the demo. Plain data: the login page, ``make run`` and the tests read the same list."""

from dataclasses import dataclass
from typing import NamedTuple

from delprojekt.process.roller import Roll

LOSENORD = "demo"
DOMAN = "exempel.se"


@dataclass(frozen=True)
class Rollfigur:
    """Somebody invented: the word before the @, a name, what the login page calls them, and what they hold."""

    nyckel: str
    fornamn: str
    efternamn: str
    etikett: str = ""
    roller: tuple[Roll, ...] = ()
    region: str | None = None
    befattning: str = ""
    profession: str = ""

    @property
    def epost(self) -> str:
        """Return the address."""
        return f"{self.nyckel}@{DOMAN}"


class Demokonto(NamedTuple):
    """One line of the list of accounts."""

    epost: str
    namn: str
    roll: str


_F = Rollfigur
_LAKARE = "läkare"

FIGURER: tuple[Rollfigur, ...] = (
    _F("kansli", "Maja", "Ek", "Kansliet", (Roll.KANSLI,), befattning="Utvecklare"),
    _F("administrator", "Nils", "Alm", "Administratör", (Roll.KANSLI, Roll.ADMINISTRATOR), befattning="Administratör"),
    _F("kommunikator", "Lisa", "Norr", "Kommunikatör", (Roll.KOMMUNIKATOR,), befattning="Kommunikationsstrateg"),
    _F("direktor", "Ragnhild", "Sund", "Direktör", (Roll.DIREKTOR,), befattning="Direktör"),
    _F("samarbetsgrupp.skane", "Hanna", "Borg", "Samarbetsgruppen, Skåne", (Roll.SAMARBETSGRUPP,), "skane"),
    _F("ledningsgrupp.blekinge", "Anders", "Blom", "Ledningsgruppen, Blekinge", (Roll.LEDNINGSGRUPP,), "blekinge"),
    _F("ledningsgrupp.halland", "Birgitta", "Holm", "Ledningsgruppen, Halland", (Roll.LEDNINGSGRUPP,), "halland"),
    _F("ledningsgrupp.kronoberg", "Claes", "Kvist", "Ledningsgruppen, Kronoberg", (Roll.LEDNINGSGRUPP,), "kronoberg"),
    _F("ledningsgrupp.skane", "Doris", "Sköld", "Ledningsgruppen, Skåne", (Roll.LEDNINGSGRUPP,), "skane"),
    _F("sekreterare", "Tora", "Falk", "Ledningsgruppens sekreterare", (Roll.SEKRETERARE,)),
    _F("styrgrupp", "Gustav", "Hed", "Politiska styrgruppen", (Roll.STYRGRUPP,)),
    _F("namndsekreterare", "Ylva", "Strand", "Nämndsekreterare", (Roll.NAMNDSEKRETERARE,)),
    _F("ordforande", "Karin", "Lind", "Ordförande", (), "kronoberg", "Överläkare", _LAKARE),
    _F("ledamot", "Petra", "Wikström", "Ledamot", (), "skane", "Överläkare", _LAKARE),
    _F("processledare", "Ingrid", "Dahl", "Processledare", (), "blekinge", "Verksamhetsutvecklare", "sjuksköterska"),
    _F("patientforetradare", "PNF", "1", "Patientföreträdare"),
    _F("chefsamrad", "Bo", "Grahn", "Chefsamråd Internmedicin", (Roll.CHEFSAMRAD,), None, "Verksamhetschef"),
    _F("region.blekinge", "Frida", "Lund", "Region Blekinge", (Roll.REGIONKONTAKT,), "blekinge", "Registrator"),
    _F("region.halland", "Gunnar", "Åberg", "Region Halland", (Roll.REGIONKONTAKT,), "halland", "Registrator"),
    _F("region.kronoberg", "Helena", "Sjö", "Region Kronoberg", (Roll.REGIONKONTAKT,), "kronoberg", "Registrator"),
    _F("region.skane", "Ivar", "Möller", "Region Skåne", (Roll.REGIONKONTAKT,), "skane", "Registrator"),
)
"""Those who can log in, in the order the login page shows them."""

UTAN_KONTO: tuple[Rollfigur, ...] = (
    _F("samarbetsgrupp.blekinge", "Elsa", "Vik", "", (Roll.SAMARBETSGRUPP,), "blekinge"),
    _F("samarbetsgrupp.halland", "Filip", "Strömberg", "", (Roll.SAMARBETSGRUPP,), "halland"),
    _F("samarbetsgrupp.kronoberg", "Greta", "Ljung", "", (Roll.SAMARBETSGRUPP,), "kronoberg"),
)
"""Those who act in the story but have no account (a person needs none)."""

KONTON: tuple[Demokonto, ...] = tuple(Demokonto(f.epost, f"{f.fornamn} {f.efternamn}", f.etikett) for f in FIGURER)
