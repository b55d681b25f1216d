"""Deadlines of the acts, counted from the facts (process.md §2.4). None blocks; they are shown and reminded of."""

from datetime import date

from delprojekt.process.fakta import Faktumslag
from delprojekt.process.granser import UPPFOLJNING_MANADER, plus_dagar, plus_manader
from delprojekt.process.lage import Lage


def synpunktsfrist(lage: Lage, region: str | None = None) -> date | None:
    """Return the last day for a region's synpunkt (M5.4.2-2): 21 days, what ledningsgruppen set, or longer if granted.

    In: the situation and the region; without a region the day that is the same for all. Out: None if nothing is asked.
    """
    return _synpunkter(lage, region)[0]


def synpunkter_fran(lage: Lage, region: str | None = None) -> date | None:
    """Return the day from which a region's time for its synpunkt is counted: when it was asked, or got longer."""
    return _synpunkter(lage, region)[1]


def _synpunkter(lage: Lage, region: str | None) -> tuple[date | None, date | None]:
    asked = [(f.dag, f.till) for f in lage.alla(Faktumslag.SYNPUNKTER_BEGARDA)]
    asked = asked or [(f.dag, None) for f in lage.alla(Faktumslag.SLUTRAPPORT_INLAMNAD)]
    if not asked:
        return None, None
    asked_on, set_to = max(asked, key=lambda pair: pair[0])
    longer = [(f.till, f.dag) for f in lage.alla(Faktumslag.SYNPUNKTSFRIST) if f.till and f.region in {None, region}]
    return max([(set_to or plus_dagar(asked_on, lage.svarstid_synpunkter_dagar), asked_on), *longer])


def tas_upp_igen(lage: Lage) -> date | None:
    """Return the meeting that nämnden put the matter off to, when it was bordlagt (T30)."""
    return max((f.till for f in lage.alla(Faktumslag.BORDLAGT) if f.till), default=None)


def svarsfrist(lage: Lage) -> date | None:
    """Return the day from which a region that has not decided is reminded: 90 days after expediering (M5.6-2)."""
    sent = lage.dag(Faktumslag.EXPEDIERAT) or lage.beslut.namndbeslut_date
    return sent and plus_dagar(sent, lage.svarstid_beslut_dagar)


def handlingsfrist(lage: Lage, region: str) -> date | None:
    """Return the day when the paper of a region's decision is due: 21 days after it was told, or after a wrong one."""
    return lage.beslut.handling_saknas.get(region)


def handlingen_fran(lage: Lage, region: str) -> date | None:
    """Return the day from which a region's paper is waited for."""
    return lage.beslut.utan_handling.get(region)


def forsta_handlingsfrist(lage: Lage) -> date | None:
    """Return the first of the days when a paper is due."""
    return min(lage.beslut.handling_saknas.values(), default=None)


def uppfoljningsfrist(lage: Lage) -> date | None:
    """Return when the follow-up is due: the round's own day, else 12 months after nämndens approval (M5.8-3)."""
    approved = lage.beslut.namndbeslut_date
    return lage.uppfoljning.frist or (approved and plus_manader(approved, UPPFOLJNING_MANADER))


def uppfoljning_fran(lage: Lage) -> date | None:
    """Return the day from which the time for the follow-up is counted."""
    return lage.uppfoljning.raknas_fran or lage.beslut.namndbeslut_date


def rapportfrist(lage: Lage) -> date | None:
    """Return when the follow-up is due as long as its report is not handed in: until then the round waits for it."""
    return None if lage.har(Faktumslag.UPPFOLJNINGSRAPPORT_KLAR) else uppfoljningsfrist(lage)
