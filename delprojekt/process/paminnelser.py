"""Reminders (process.md §2.4): one table of what is reminded of, when, and of whom. Pure functions of the Lage.

A new reminder is a new row of ``REGLER``. What is done or rests is in no occasion, so it is not reminded of.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from delprojekt.process.fakta import Faktumslag, Linjeniva
from delprojekt.process.frist import flytta, vardag
from delprojekt.process.granser import REGIONSVAR_DAGAR, SYNPUNKT_DAGAR, UPPFOLJNING_MANADER, plus_dagar, plus_manader
from delprojekt.process.lage import Lage
from delprojekt.process.policy.forslag import omprovas
from delprojekt.process.roller import Roll
from delprojekt.process.steg import EFTER_NAMNDEN, SKRIVER, Steg


class Paminnelseslag(TextChoices):
    """What somebody is reminded of."""

    AVVAKTAN = "avvaktan", "Ta upp det som väntar"
    CHEFS_GODKANNANDE = "chefs_godkannande", "Avstämning med närmsta chef"
    CHEFSAMRAD = "chefsamrad", "Kontakt med chefsamrådet"
    LINJEN = "linjen", "Avstämning med linjen i steget"
    REGIONSYNPUNKT = "regionsynpunkt", "Regionens synpunkt"
    HUVUDMANSBESLUT = "huvudmansbeslut", "Regionens beslut"
    PROTOKOLLSUTDRAG = "protokollsutdrag", "Protokollsutdrag"
    UPPFOLJNING = "uppfoljning", "Uppföljning"


@dataclass(frozen=True)
class Tillfalle:
    """One thing to be reminded of: which, the day that the reminders are placed around, and what region it is about.

    ``sedan`` is the day from which a pause moves it; without it the day itself.
    """

    objekt: str
    dag: date
    region: str | None = None
    sedan: date | None = None


@dataclass(frozen=True)
class Paminnelseregel:
    """One row: ``dagar`` before (−) or after the day, then every ``sedan`` days, or every month.

    ``efter`` is how many reminders there are before ``ocksa`` gets them too. In the texts stand {delprojekt}, {region}
    and {dag}.
    """

    slag: Paminnelseslag
    tillfallen: Callable[[Lage], Iterable[Tillfalle]]
    dagar: tuple[int, ...]
    till: frozenset[Roll]
    text: str
    section: str
    sedan: int = 0
    varje_manad: bool = False
    efter: int = 0
    ocksa: frozenset[Roll] = frozenset()

    def dag(self, tillfalle: Tillfalle, nummer: int) -> date | None:
        """Return the day of the reminder with a number (the first is 0), without pauses; None after the last."""
        if nummer < len(self.dagar):
            return plus_dagar(tillfalle.dag, self.dagar[nummer])
        more = nummer - len(self.dagar) + 1
        if self.varje_manad:
            return plus_manader(plus_dagar(tillfalle.dag, self.dagar[-1]), more)
        return plus_dagar(tillfalle.dag, self.dagar[-1] + more * self.sedan) if self.sedan else None

    def mottagare(self, nummer: int) -> frozenset[Roll]:
        """Return who gets the reminder with a number."""
        return self.till | self.ocksa if self.efter and nummer >= self.efter else self.till


@dataclass(frozen=True)
class Paminnelse:
    """A reminder that is due: its row, what it is about, its day in the plan, and which in order it is."""

    regel: Paminnelseregel
    tillfalle: Tillfalle
    dag: date
    nummer: int

    @property
    def roller(self) -> frozenset[Roll]:
        """Return who is reminded."""
        return self.regel.mottagare(self.nummer)


def forfallna(lage: Lage, idag: date, *, bara_vardagar: bool = False) -> Iterator[Paminnelse]:
    """Yield the latest reminder that is due of each thing; earlier ones are not sent afterwards.

    In: the situation, today, and whether a reminder that falls on a weekend or holiday waits for the next working day.
    Nothing is due while the delprojekt rests (V-1).
    """
    if lage.pausat:
        return
    for regel in REGLER:
        for tillfalle in regel.tillfallen(lage):
            if found := _senaste(regel, tillfalle, lage, idag, bara_vardagar=bara_vardagar):
                yield found


def _senaste(
    regel: Paminnelseregel, tillfalle: Tillfalle, lage: Lage, idag: date, *, bara_vardagar: bool
) -> Paminnelse | None:
    found, number = None, 0
    while (planned := regel.dag(tillfalle, number)) is not None:
        day = flytta(planned, tillfalle.sedan or tillfalle.dag, lage.pauser, idag)
        if (vardag(day) if bara_vardagar else day) > idag:
            break
        found, number = Paminnelse(regel, tillfalle, day, number), number + 1
    return found


# What waits, and since when -------------------------------------------------------------------------------------------


def _avvaktan(lage: Lage) -> Iterator[Tillfalle]:
    day = omprovas(lage)
    if lage.steg is Steg.AVVAKTAR and day:
        yield Tillfalle("", day)


def _chef(lage: Lage) -> Iterator[Tillfalle]:
    if lage.steg is Steg.UPPDRAG:
        yield from (Tillfalle(str(pk), since) for pk, since in lage.grupp.vantar_pa_chef)


def _moten(lage: Lage) -> list[Steg | None]:
    return [f.steg for f in lage.alla(Faktumslag.LINJEKONTAKT) if f.val == Linjeniva.CHEFSAMRAD]


def _chefsamrad(lage: Lage) -> Iterator[Tillfalle]:
    since = lage.steg_fran.get(Steg.NULAGE)
    if lage.steg in SKRIVER and since and not _moten(lage) and not lage.forslag.chefsamrad_saknas:
        yield Tillfalle("forsta", since)


def _linjen(lage: Lage) -> Iterator[Tillfalle]:
    here = any(f.steg is lage.steg for f in lage.alla(Faktumslag.LINJEKONTAKT))
    begun = bool(_moten(lage)) or lage.forslag.chefsamrad_saknas
    if lage.steg in SKRIVER and begun and not here and lage.stegat:
        yield Tillfalle(lage.steg.value, lage.stegat)


def _synpunkter(lage: Lage) -> Iterator[Tillfalle]:
    handed_in = lage.dag(Faktumslag.SLUTRAPPORT_INLAMNAD)
    if lage.steg is not Steg.ATGARDSFORSLAG or handed_in is None:
        return
    answered = {f.region for f in lage.alla(Faktumslag.REGIONSYNPUNKT)}
    for region in sorted(lage.deltar - answered):
        yield Tillfalle(region, plus_dagar(handed_in, SYNPUNKT_DAGAR), region, handed_in)


def _regionbeslut(lage: Lage) -> Iterator[Tillfalle]:
    sent = lage.dag(Faktumslag.EXPEDIERAT)
    if lage.steg in EFTER_NAMNDEN and sent:
        told = lage.beslut.har_svarat | lage.beslut.utan_handling.keys()
        yield from (Tillfalle(region, sent, region) for region in sorted(lage.beslut.mottagare - told))


def _utdrag(lage: Lage) -> Iterator[Tillfalle]:
    if lage.steg in EFTER_NAMNDEN:
        yield from (Tillfalle(region, since, region) for region, since in sorted(lage.beslut.utan_handling.items()))


def _uppfoljning(lage: Lage) -> Iterator[Tillfalle]:
    approved = lage.beslut.namndbeslut_date
    first = not lage.har(Faktumslag.YTTERLIGARE_UPPFOLJNING)
    if lage.steg in EFTER_NAMNDEN and approved and first and not lage.har(Faktumslag.UPPFOLJNINGSRAPPORT_KLAR):
        yield Tillfalle("", plus_manader(approved, UPPFOLJNING_MANADER), sedan=approved)


def _roll(*roll: Roll) -> frozenset[Roll]:
    return frozenset(roll)


_S = Paminnelseslag
REGLER: tuple[Paminnelseregel, ...] = (
    Paminnelseregel(
        _S.AVVAKTAN,
        _avvaktan,
        (0,),
        _roll(Roll.SEKRETERARE, Roll.KONTAKTPERSON),
        "Förslaget har väntat till {dag}. Nu är det dags att ta upp det igen eller bestämma hur länge det ska vänta.",
        "5.1",
        varje_manad=True,
    ),
    Paminnelseregel(
        _S.CHEFS_GODKANNANDE,
        _chef,
        (7, 14),
        _roll(Roll.KONTAKTPERSON),
        "Någon som är nominerad till arbetsgruppen har inte stämt av med sin närmsta chef. Fråga hur det går.",
        "4.3",
    ),
    Paminnelseregel(
        _S.CHEFSAMRAD,
        _chefsamrad,
        (14,),
        _roll(Roll.KONTAKTPERSON),
        "Arbetsgruppen har inte haft kontakt med något chefsamråd än. Påminn gruppen, eller se till att kontakten "
        "blir av. Saknas chefsamråd för området, anteckna det i portalen.",
        "5",
        sedan=7,
        efter=3,
        ocksa=_roll(Roll.DIREKTOR),
    ),
    Paminnelseregel(
        _S.LINJEN,
        _linjen,
        (14,),
        _roll(Roll.KONTAKTPERSON),
        "Arbetsgruppen har inte stämt av med linjen i det här steget. Påminn gruppen.",
        "5",
    ),
    Paminnelseregel(
        _S.REGIONSYNPUNKT,
        _synpunkter,
        (-7, 0),
        _roll(Roll.SAMARBETSGRUPP),
        "{region} har inte lämnat sin synpunkt på slutrapporten. Lämna den senast {dag}.",
        "5.4.2",
    ),
    Paminnelseregel(
        _S.HUVUDMANSBESLUT,
        _regionbeslut,
        (60, REGIONSVAR_DAGAR),
        _roll(Roll.REGIONKONTAKT),
        "{region} har inte lämnat sitt beslut om nämndens rekommendation, som skickades ut {dag}. Är ärendet på väg, "
        "svara kontaktpersonen på kansliet när beslutet väntas.",
        "5.6",
        sedan=30,
    ),
    Paminnelseregel(
        _S.PROTOKOLLSUTDRAG,
        _utdrag,
        (14, 21),
        _roll(Roll.REGIONKONTAKT),
        "{region} har beslutat, men rätt protokollsutdrag har inte kommit in sedan {dag}. Skicka in det i portalen.",
        "5.6",
    ),
    Paminnelseregel(
        _S.UPPFOLJNING,
        _uppfoljning,
        (-120, -60, -30, 0),
        _roll(Roll.UPPFOLJNINGSANSVARIG, Roll.KONTAKTPERSON),
        "Uppföljningen bör vara klar senast {dag}, ett år efter nämndens beslut.",
        "5.8",
        varje_manad=True,
    ),
)
"""Every reminder, in the order of the method."""
