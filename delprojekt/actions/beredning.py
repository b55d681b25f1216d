"""Beredning: contacts, linked bodies, the underlag for start, the queue (§5.1, §5.1.2)."""

from collections.abc import Iterable

from delprojekt.actions.dokument import fix_document
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import Beredningskontakt, Dokumentslag, Organ, Organkoppling
from delprojekt.process.act import Act
from delprojekt.process.fakta import Organslag

UNDERLAGSFALT = ("storre", "paverkar_priser", "resursbehov", "forslag_till_beslut")


@change(Act.REGISTRERA_BEREDNINGSKONTAKT)
def register_contact(takt: Takt) -> None:
    """Note that a body was asked, with its answer if it has come (M5.1.2-1)."""
    organ = Organ.objects.filter(slug=takt.text("instans_organ")).first()
    if organ is None and not takt.text("instans"):
        raise Ogiltigt("instans", "Välj en instans i listan, eller skriv vilken.")
    row = Beredningskontakt(
        delprojekt=takt.delprojekt,
        organ=organ,
        instans="" if organ else takt.text("instans"),
        fraga=takt.text("fraga"),
        fragad_date=takt.dag,
    )
    _answer(row, takt)
    takt.mening = f"{row.namn} {'svarade på' if row.svar else 'fick'} en fråga i beredningen."


@change(Act.BESVARA_BEREDNINGSKONTAKT)
def answer_contact(takt: Takt) -> None:
    """Note what a body answered; a corrected answer replaces the earlier one, which the row history keeps."""
    rows = Beredningskontakt.objects.filter(delprojekt=takt.delprojekt).select_related("organ")
    row = rows.filter(pk=takt.underlag["objekt"]).first()
    if row is None:
        raise Ogiltigt("svar", "Kontakten finns inte.")
    _answer(row, takt)
    takt.mening = f"{row.namn} svarade på en fråga i beredningen."


def _answer(row: Beredningskontakt, takt: Takt) -> None:
    if takt.text("svar"):
        row.svar, row.besvarad_date = takt.text("svar"), takt.underlag.get("besvarad") or takt.now.date()
    if row.besvarad_date and row.besvarad_date < row.fragad_date:
        raise Ogiltigt("besvarad", "Svaret kan inte ha kommit före frågan.")
    row.save()


@change(Act.BERED_UNDERLAG)
def prepare_underlag(takt: Takt) -> None:
    """Store what kansliet adds to the förslag, and which RPO and RSG it touches."""
    forslag = takt.delprojekt.forslag
    fields = [name for name in UNDERLAGSFALT if name in takt.underlag]
    for name in fields:
        setattr(forslag, name, takt.underlag[name])
    forslag.save(update_fields=fields)
    if "organ_berorda" in takt.underlag:
        _link(takt, takt.underlag["organ_berorda"], Organslag.RPO, Organslag.RSG)


@change(Act.KOPPLA_CHEFSAMRAD)
def link_chefsamrad(takt: Takt) -> None:
    """Link the chefsamråd that the delprojekt touches, or note who has said that there is none (M5-7)."""
    chosen, missing = list(takt.underlag.get("chefsamrad") or []), bool(takt.underlag.get("saknas"))
    if bool(chosen) == missing:
        raise Ogiltigt("chefsamrad", "Välj minst ett chefsamråd, eller kryssa i att det saknas. Inte båda.")
    if missing and not takt.text("sagt_av"):
        raise Ogiltigt("sagt_av", "Skriv vem som har sagt att chefsamråd saknas.")
    _link(takt, chosen, Organslag.CHEFSAMRAD)
    without = Organkoppling.objects.filter(delprojekt=takt.delprojekt, organ=None, struken_at=None)
    if not missing:
        without.update(struken_at=takt.now)
        names = ", ".join(Organ.objects.filter(slug__in=chosen).order_by("namn").values_list("namn", flat=True))
        takt.mening = f"Chefsamråd som berörs: {names}."
    else:
        if not without.filter(sagt_av=takt.text("sagt_av")).exists():
            without.update(struken_at=takt.now)
            Organkoppling.objects.create(delprojekt=takt.delprojekt, sagt_av=takt.text("sagt_av"), sagt_date=takt.dag)
        takt.mening = f"Chefsamråd saknas för området, enligt {takt.text('sagt_av')}."


def _link(takt: Takt, chosen: Iterable[str], *slag: Organslag) -> None:
    """Make the living links to bodies of some kinds equal to what was chosen; others are struck, none is deleted."""
    wanted = {organ.pk: organ for organ in Organ.objects.filter(slug__in=list(chosen), slag__in=slag)}
    rows = Organkoppling.objects.filter(delprojekt=takt.delprojekt, organ__slag__in=slag, struken_at=None)
    rows.exclude(organ__in=wanted).update(struken_at=takt.now)
    for pk in wanted.keys() - set(rows.filter(organ__in=wanted).values_list("organ", flat=True)):
        Organkoppling.objects.create(
            delprojekt=takt.delprojekt, organ=wanted[pk], sagt_av=takt.text("sagt_av"), sagt_date=takt.dag
        )


@change(Act.ANMAL_TILL_LEDNINGSGRUPPEN)
def hand_in_underlag(takt: Takt) -> None:
    """Freeze the underlag that ledningsgruppen decides on (M5.1.2-2)."""
    fix_document(takt, Dokumentslag.UNDERLAG)


@change(Act.BESLUTA_AVVAKTA)
def queue(takt: Takt) -> None:
    """Give the förslag its place among those that wait, if one was given (M5.1-4)."""
    _set_place(takt)


@change(Act.PRIORITERA_FORSLAG)
def prioritise(takt: Takt) -> None:
    """Change the place; two förslag may share one."""
    _set_place(takt)
    place = takt.delprojekt.forslag.ko_plats
    takt.mening = f"Förslaget fick plats {place} i kön." if place else "Förslaget har inte längre någon plats i kön."


def _set_place(takt: Takt) -> None:
    forslag = takt.delprojekt.forslag
    forslag.ko_plats = takt.underlag.get("ko_plats")
    forslag.save(update_fields=["ko_plats"])
