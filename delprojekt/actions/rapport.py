"""The group's proposals with their costs, who writes, and handing in (§5.4, §5.4.1)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Max, QuerySet, When

from delprojekt.actions.dokument import fix_document
from delprojekt.actions.fakta import latest_fact
from delprojekt.actions.forslag import hold
from delprojekt.actions.rader import get_row, set_values, strike
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.documents.tree import Chapter, Facts
from delprojekt.models import Atgardsforslag, Dokumentslag, Innehav, Kalkylrad, Kostnadsslag, Person, Region, Skribent
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag, Synpunktslag
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.tal import skriv_tal

INNEHALL = (
    *("rubrik", "text", "vem", "nar", "rimlighet", "genomforbarhet", "narliggande", "undantrangning"),
    *("undantrangning_text", "kraver_medel"),
)
"""What the group stands behind: a change of it asks the group again (M5.4-1)."""
DISKUTERAT = ("diskuterat_date", "diskuterat_med")
KALKYL = ("kostnadsbas", "ekonom", "kalkyl_text")
INSTANSER = "Samarbetsgruppen, som är första instans, och därefter ledningsgruppen för kännedom"
_APART = 1000


def _living(takt: Takt) -> QuerySet[Atgardsforslag]:
    return Atgardsforslag.objects.filter(omgang=takt.need_omgang(), struken_at=None)


def _given(takt: Takt, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: takt.underlag[name] for name in names if name in takt.underlag}


def _link(takt: Takt, row: Atgardsforslag) -> None:
    """Tie the proposal to the conclusions it builds on (M5.3-2) and to the points of the uppdrag it answers."""
    omgang = takt.need_omgang()
    if "slutsatser" in takt.underlag:
        row.slutsatser.set(omgang.slutsatser.filter(pk__in=takt.underlag["slutsatser"], struken_at=None))
    if "punkter" in takt.underlag:
        row.punkter.set(omgang.punkter.filter(pk__in=takt.underlag["punkter"], struken_at=None))


@change(Act.SKRIV_ATGARDSFORSLAG)
def add_proposal(takt: Takt) -> None:
    """Add a proposal; its number is the next one."""
    number = (_living(takt).aggregate(highest=Max("nummer"))["highest"] or 0) + 1
    values = _given(takt, (*INNEHALL, *DISKUTERAT))
    row = Atgardsforslag.objects.create(omgang=takt.need_omgang(), nummer=number, **values)
    _link(takt, row)
    takt.mening = f"Åtgärdsförslag {row.nummer} lades till: {row.rubrik}."


@change(Act.ANDRA_ATGARDSFORSLAG)
def change_proposal(takt: Takt) -> None:
    """Change a proposal, move it among the others, or strike it. A change of what it says asks the group again."""
    row = get_row(takt, _living(takt))
    if strike(takt, row):
        takt.mening = f"Åtgärdsförslag {row.nummer} ströks: {row.rubrik}."
        _number(takt, list(_living(takt).order_by("nummer")))
        return
    values = _given(takt, (*INNEHALL, *DISKUTERAT))
    if any(getattr(row, name) != values[name] for name in INNEHALL if name in values):
        values |= {"bakom_date": None, "avvikande": ""}
    set_values(row, values)
    _link(takt, row)
    takt.mening = f"Åtgärdsförslag {row.nummer} ändrades: {row.rubrik}."
    _move(takt, row)


def _move(takt: Takt, row: Atgardsforslag) -> None:
    place = takt.underlag.get("plats")
    if not place or place == row.nummer:
        return
    others = list(_living(takt).exclude(pk=row.pk).order_by("nummer"))
    _number(takt, [*others[: place - 1], row, *others[place - 1 :]])
    takt.mening = f"Åtgärdsförslaget {row.rubrik} flyttades till plats {place}."


def _number(takt: Takt, rows: list[Atgardsforslag]) -> None:
    """Number the rows from one. First out of the way: two rows never have one number, not for a moment."""
    if [row.nummer for row in rows] == list(range(1, len(rows) + 1)):
        return
    _living(takt).update(nummer=F("nummer") + _APART)
    places = Case(*(When(pk=row.pk, then=n) for n, row in enumerate(rows, 1)))
    _living(takt).update(nummer=places)


@change(Act.SKRIV_KALKYL)
def write_costs(takt: Takt) -> None:
    """Write the rough costing of a proposal (M5.4-5).

    In: the cost basis and the economist, and ``rader``: region (slug, or empty for shared), kind, tkr, assumption.
    Rows that are no longer there are struck.
    """
    row = get_row(takt, _living(takt))
    regions = {region.slug: region for region in Region.objects.all()}
    wanted = [(regions.get(slug), slag, tkr, why) for slug, slag, tkr, why in takt.underlag["rader"]]
    before, struck = list(wanted), []
    for line in row.kalkylrader.filter(struken_at=None).select_related("region"):
        same = (line.region, line.slag, line.belopp_tkr, line.antagande)
        if same in wanted:
            wanted.remove(same)
        else:
            struck.append(line)
    values = _given(takt, KALKYL)
    if wanted or struck or any(getattr(row, name) != value for name, value in values.items()):
        values |= {"bakom_date": None, "avvikande": ""}
    for line in struck:
        set_values(line, {"struken_at": takt.now})
    for region, slag, tkr, why in wanted:
        Kalkylrad.objects.create(forslag=row, region=region, slag=slag, belopp_tkr=tkr, antagande=why)
    set_values(row, {**values, "kraver_medel": row.kraver_medel or bool(before)})
    takt.mening = f"Den grova kalkylen för åtgärdsförslag {row.nummer} skrevs{_sums(before)}."


def _sums(rows: Iterable[tuple[Region | None, str, Decimal | int, str]]) -> str:
    """Return what comes every year and what comes once, each for itself: ``: 760 tkr varje år, 100 tkr en gång``."""
    sums = {slag: sum(tkr for _, kind, tkr, _ in rows if kind == slag) for slag in Kostnadsslag}
    told = [f"{skriv_tal(total, 'tkr')} {slag.label.lower()}" for slag, total in sums.items() if total]
    return f": {', '.join(told)}" if told else ""


@change(Act.STALL_SIG_BAKOM)
def endorse(takt: Takt) -> None:
    """Note for each proposal that the group stands behind it, and what somebody disagrees with (M5.4-1).

    In: ``bakom``, keys of proposals (all if not given), and ``avvikande``, dissent by the proposal's key.
    """
    dissent: Mapping[int, str] = takt.underlag.get("avvikande") or {}
    rows = list(_living(takt))
    behind = set(takt.underlag.get("bakom", [row.pk for row in rows]))
    for row in rows:
        date = takt.dag if row.pk in behind else None
        set_values(row, {"bakom_date": date, "avvikande": dissent.get(row.pk, "")})
    left = [str(row.nummer) for row in rows if row.pk not in behind]
    if left:
        takt.mening = f"Arbetsgruppen ställde sig bakom förslagen, men inte bakom förslag {', '.join(left)}."


@change(Act.KORREKTURLAS)
def sign_korrektur(takt: Takt) -> None:
    """Let the mail say what the communicator went through, and what the group should look over (M5.4.1-7)."""
    takt.tillagg = "\n".join(one for one in (takt.text("part"), takt.text("text")) if one)


@change(Act.UTSE_SKRIBENTER)
def share_out(takt: Takt) -> None:
    """Say who writes each chapter and who answers for the whole (M5.4.1-3, M5.4.1-4).

    In: ``skribenter``, persons by chapter, and ``helhetsansvarig``, a person or None (then the chair hands in).
    Raises Ogiltigt when somebody is not in the working group.
    """
    in_group = set(
        takt.delprojekt.innehav.filter(roll__in=ARBETSGRUPP, till_date=None).values_list("person", flat=True)
    )
    wanted: dict[str, int] = {key: pk for key, pk in takt.underlag["skribenter"].items() if pk}
    responsible: int | None = takt.underlag.get("helhetsansvarig") or None
    if not ({*wanted.values(), *([responsible] if responsible else [])} <= in_group):
        raise Ogiltigt("helhetsansvarig", "Skribenterna ska ingå i arbetsgruppen.")
    for row in Skribent.objects.filter(omgang=takt.need_omgang(), struken_at=None):
        if wanted.get(row.nyckel) == row.person_id:
            del wanted[row.nyckel]
        else:
            set_values(row, {"struken_at": takt.now})
    Skribent.objects.bulk_create(
        Skribent(omgang=takt.need_omgang(), nyckel=key, person_id=pk) for key, pk in wanted.items()
    )
    _answer_for_the_whole(takt, responsible)


def _answer_for_the_whole(takt: Takt, person: int | None) -> None:
    held = Innehav.objects.filter(delprojekt=takt.delprojekt, roll=Roll.HELHETSANSVARIG, till_date=None)
    for row in held.exclude(person=person) if person else held:
        set_values(row, {"till_date": takt.now.date()})
    if person:
        hold(person, Roll.HELHETSANSVARIG, takt.delprojekt, omgang=takt.omgang)
        takt.mening = f"Skrivandet fördelades. {Person.objects.get(pk=person)} har helhetsansvar för slutrapporten."


@change(Act.LAMNA_DELRAPPORT)
def hand_in_interim(takt: Takt) -> None:
    """Freeze a delrapport of the chosen sections: 0.1, 0.2, … (M5-12, M5.4.2-1). In: ``avsnitt``, keys."""
    about = Chapter(
        "om_delrapporten",
        "",
        "Om delrapporten",
        (Facts((("Gäller", takt.text("part")), ("Lämnad av", "Arbetsgruppen"), ("Lämnad till", INSTANSER))),),
    )
    fix_document(takt, Dokumentslag.DELRAPPORT, only=frozenset(takt.underlag["avsnitt"]), first=about)
    takt.mening = f"En delrapport lämnades till samarbetsgruppen: {takt.text('part')}."


@change(Act.DELGE_DELRAPPORT)
def pass_on(takt: Takt) -> None:
    """Say which delrapport ledningsgruppen is given, for kännedom: the latest that was handed in (M5-12)."""
    latest = latest_fact(takt, Faktumslag.DELRAPPORT_LAMNAD)
    what = f": {latest.part}" if latest else ""
    takt.mening = f"Delrapporten lämnades till ledningsgruppen för kännedom{what}."
    takt.tillagg = "Den finns på sidan Ledningsgruppen i portalen. " + takt.text("text")


@change(Act.LAMNA_SLUTRAPPORT)
def hand_in(takt: Takt) -> None:
    """Freeze the slutrapport as it was handed in: 0.1, 0.2, … (architecture.md §6)."""
    fix_document(takt, Dokumentslag.SLUTRAPPORT)


@change(Act.LAMNA_REGIONSYNPUNKT)
def say_of_report(takt: Takt) -> None:
    """Say in the log which region answered, and what (M5.4.2-2)."""
    said = latest_fact(takt, Faktumslag.REGIONSYNPUNKT)
    if said and said.region:
        takt.mening = f"{said.region} svarade på slutrapporten: {Synpunktslag(said.val).label.lower()}."
