"""Facts with their source, what each section covers, what is left out, and conclusions (§5.2–5.3, §5.1.3)."""

from collections.abc import Mapping

from django.db.models import Max

from delprojekt.actions.rader import change_or_strike, filled_in, get_row
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import Avsnittsuppgift, Faktauppgift, Mallavsnitt, Region, Slutsats, Uppdragspunkt
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX, UPPDRAGETS_DELAR
from delprojekt.process.policy.avgor import sections_for, sentence

FAKTAFALT = (
    *("avsnitt", "pastaende", "varde", "enhet", "region", "avser", "kalla", "kalla_text", "period", "uttag_date"),
)
SLUTSATSFALT = ("avsnitt", "text")


def section(takt: Takt, nyckel: str, prefix: str = "") -> Mallavsnitt:
    """Return a section of the omgång's template. Raises Ogiltigt when there is none with the key and prefix."""
    rows = takt.need_omgang().mallversion.avsnitt.filter(nyckel=nyckel, nyckel__startswith=prefix)
    found: Mallavsnitt | None = rows.first()
    if found is None:
        raise Ogiltigt("avsnitt", "Välj ett avsnitt i mallen.")
    return found


def _own(takt: Takt, nyckel: str) -> None:
    """Raise Ogiltigt when somebody writes rows of a chapter that others have been asked to write (M5.4.1-3)."""
    mine = sections_for(takt.actor, takt.act, takt.lage)
    if mine is not None and nyckel not in mine:
        raise Ogiltigt("avsnitt", "Det kapitlet skriver någon annan. Be den som skriver det, eller ordföranden.")


@change(Act.BORJA_ANALYS)
def go_on_to_analys(takt: Takt) -> None:
    """Let the next instance read in the log when the nuläge was passed with nothing written in it (M5.2-1)."""
    if not Krav.NULAGE_SKRIVET.ar_uppfyllt(takt.lage, takt.underlag):
        takt.mening = f"{takt.rule.event} Gruppen gick vidare utan att {sentence(Krav.NULAGE_SKRIVET, takt.lage)}."


@change(Act.REGISTRERA_FAKTAUPPGIFT)
def add_fact(takt: Takt) -> None:
    """Add a claim to a nuläge section (M5.2-3). One without a source is stored, and listed until it has one."""
    where = section(takt, takt.text("avsnitt"), NULAGE_PREFIX)
    row = Faktauppgift.objects.create(omgang=takt.need_omgang(), **filled_in(takt, FAKTAFALT))
    takt.mening = f"En faktauppgift lades till i {where}: {row.pastaende}."


@change(Act.ANDRA_FAKTAUPPGIFT)
def change_fact(takt: Takt) -> None:
    """Change a claim, or strike it."""
    rows = Faktauppgift.objects.filter(omgang=takt.need_omgang())
    _own(takt, get_row(takt, rows).avsnitt)
    row, done = change_or_strike(takt, rows, FAKTAFALT)
    takt.mening = f"En faktauppgift {done}: {row.pastaende}."


@change(Act.ANGE_TACKNING)
def set_coverage(takt: Takt) -> None:
    """Store which regions each nuläge section covers (M5.2-2). In: ``tackning``, slugs of regions by section."""
    tackning: Mapping[str, list[str]] = takt.underlag["tackning"]
    regions = {region.slug: region for region in Region.objects.all()}
    for nyckel, slugs in tackning.items():
        section(takt, nyckel, NULAGE_PREFIX)
        _own(takt, nyckel)
        if row := _about(takt, nyckel, make=bool(slugs)):
            row.regioner.set([regions[slug] for slug in slugs])


def _about(takt: Takt, nyckel: str, *, make: bool) -> Avsnittsuppgift | None:
    """Return what is said of a section; made if there is something to say, else None when nothing is said of it."""
    omgang = takt.need_omgang()
    found = Avsnittsuppgift.objects.filter(omgang=omgang, nyckel=nyckel).first()
    return found or (Avsnittsuppgift.objects.create(omgang=omgang, nyckel=nyckel) if make else None)


@change(Act.UTELAMNA_AVSNITT)
def leave_out(takt: Takt) -> None:
    """Leave a nuläge section and its analysis out of the report, or take it in again (M5.2-4, M5.2-5, M5.2-6).

    In: ``avsnitt`` and ``text``, the reason; an empty reason takes the section in again. The text is kept.
    """
    _leave_out(takt, section(takt, takt.text("avsnitt"), NULAGE_PREFIX), "utelämnas ur rapporten")


@change(Act.ANGE_EJ_TILLAMPLIGT)
def mark_not_applicable(takt: Takt) -> None:
    """Say of one of the uppdrag's six parts that it does not apply, with the reason (M5.1.3-3); empty takes it back."""
    if takt.text("avsnitt") not in UPPDRAGETS_DELAR:
        raise Ogiltigt("avsnitt", "Välj en av uppdragets sex delar.")
    _leave_out(takt, section(takt, takt.text("avsnitt")), "är inte tillämplig")


def _leave_out(takt: Takt, where: Mallavsnitt, said: str) -> None:
    why = takt.text("text")
    if row := _about(takt, where.nyckel, make=bool(why)):
        row.utelamnat = why
        row.save(update_fields=["utelamnat"])
    takt.mening = f"{where} {said}: {why}" if why else f"{where} tas med."


@change(Act.SKRIV_SLUTSATS)
def add_conclusion(takt: Takt) -> None:
    """Add a conclusion to an analys section (M5.3-2); its number is the next one and is never used again."""
    section(takt, takt.text("avsnitt"), ANALYS_PREFIX)
    highest = Slutsats.objects.filter(omgang=takt.need_omgang()).aggregate(n=Max("nummer"))["n"] or 0
    row = Slutsats.objects.create(omgang=takt.need_omgang(), nummer=highest + 1, **filled_in(takt, SLUTSATSFALT))
    takt.mening = f"Slutsats {row.nummer} lades till."


@change(Act.ANDRA_SLUTSATS)
def change_conclusion(takt: Takt) -> None:
    """Change a conclusion, or strike it."""
    rows = Slutsats.objects.filter(omgang=takt.need_omgang())
    _own(takt, get_row(takt, rows).avsnitt)
    row, done = change_or_strike(takt, rows, SLUTSATSFALT)
    takt.mening = f"Slutsats {row.nummer} {done}."


@change(Act.PLACERA_SLUTSATSER)
def place_conclusions(takt: Takt) -> None:
    """Choose where the analysis (M5.3-3) and the conclusions (M5.3-6) stand.

    In: ``samlade``, the conclusions at the end, and ``efter_avsnitt``, each analysis right after its nuläge.
    """
    omgang = takt.need_omgang()
    omgang.slutsatser_samlade = bool(takt.underlag["samlade"])
    omgang.analys_efter_avsnitt = bool(takt.underlag.get("efter_avsnitt", omgang.analys_efter_avsnitt))
    omgang.save(update_fields=["slutsatser_samlade", "analys_efter_avsnitt"])
    takt.mening = omgang.disposition


@change(Act.BESVARA_UPPDRAGSPUNKTER)
def answer_points(takt: Takt) -> None:
    """Store in which sections each point of the uppdrag is answered.

    In: ``besvarad_i``, keys by the point's key; or ``avsnitt`` and ``punkter``, the points that one section answers.
    """
    known = set(takt.need_omgang().mallversion.avsnitt.values_list("nyckel", flat=True))
    for row in Uppdragspunkt.objects.filter(omgang=takt.need_omgang(), struken_at=None):
        given = _answered_by(takt, row) if "avsnitt" in takt.underlag else takt.underlag["besvarad_i"].get(row.pk)
        if given is not None and given != row.besvarad_i:
            row.besvarad_i = [key for key in given if key in known]
            row.save(update_fields=["besvarad_i"])
    if "avsnitt" in takt.underlag:
        takt.mening = _said_of(takt)


def _answered_by(takt: Takt, row: Uppdragspunkt) -> list[str]:
    """Return where a point is answered, now that one section says which points it answers."""
    here = takt.text("avsnitt")
    others = [key for key in row.besvarad_i if key != here]
    if row.pk not in takt.underlag["punkter"]:
        return others
    return row.besvarad_i if here in row.besvarad_i else [*others, here]


def _said_of(takt: Takt) -> str:
    where = section(takt, takt.text("avsnitt"))
    rows = Uppdragspunkt.objects.filter(omgang=takt.need_omgang(), struken_at=None, besvarad_i__contains=[where.nyckel])
    numbers = [str(number) for number in rows.order_by("nummer").values_list("nummer", flat=True)]
    word = "uppdragspunkt" if len(numbers) == 1 else "uppdragspunkterna"
    return (
        f"{where} svarar på {word} {', '.join(numbers)}." if numbers else f"{where} svarar inte på någon uppdragspunkt."
    )
