"""How the regions, and kansliet, introduce what is decided, and what stands in the way (§5.7)."""

from collections.abc import Mapping

from delprojekt.actions.huvudmansbeslut import asked_of, decision_in_force
from delprojekt.actions.takt import IngetAndrat, Ogiltigt, Takt, change
from delprojekt.models import (
    Hinderlage,
    Hinderslag,
    Hindersteg,
    Inforandehinder,
    Inforandelage,
    Inforandestatus,
    Region,
)
from delprojekt.process.act import Act
from delprojekt.queries.formular import introduction


@change(Act.RAPPORTERA_INFORANDE)
def report_introduction(takt: Takt) -> None:
    """Store how far a region has come with each recommendation (M5.7-1); earlier words are kept."""
    region = Region.objects.get(slug=takt.underlag["region"])
    _report(takt, asked_of(decision_in_force(takt), region), region)
    takt.mening = f"{region} rapporterade hur införandet går."


@change(Act.RAPPORTERA_KANSLIETS_INFORANDE)
def report_own_introduction(takt: Takt) -> None:
    """Store how far kansliet has come with what is directed to the sjukvårdsregional level (M5.7-2)."""
    rows = decision_in_force(takt).rekommendationer.filter(sjukvardsregional=True)
    _report(takt, set(rows.values_list("pk", flat=True)), None)


def _report(takt: Takt, asked: set[int], region: Region | None) -> None:
    """In: ``lagen`` state and comment by recommendation; ``ansvariga`` and ``planerade`` likewise, where told.

    What is planned is the last day of the span, and its words (empty for a day). What was said already is not said
    again. Raises Ogiltigt, and IngetAndrat when nothing is new.
    """
    states = takt.underlag["lagen"]
    if not states or not set(states) <= asked:
        raise Ogiltigt("lagen", "Rapportera bara rekommendationer som riktas till er.")
    responsible: Mapping[int, str] = takt.underlag.get("ansvariga") or {}
    planned = takt.underlag.get("planerade") or {}
    last = introduction(takt.actor, takt.delprojekt, region.slug if region else None)
    rows = [
        Inforandestatus(
            rekommendation_id=rek,
            region=region,
            lage=Inforandelage(lage),
            kommentar=kommentar,
            ansvarig=responsible.get(rek, ""),
            planerat_date=(planned.get(rek) or (None, ""))[0],
            planerat_text=(planned.get(rek) or (None, ""))[1],
            rapporterat_at=takt.now,
            rapporterat_av_id=takt.actor.person,
        )
        for rek, (lage, kommentar) in states.items()
    ]
    news = [row for row in rows if _said(row) != _said(last.get(row.rekommendation_id))]
    if not news:
        raise IngetAndrat
    Inforandestatus.objects.bulk_create(news)


def _said(row: Inforandestatus | None) -> tuple[object, ...]:
    """Return what a report says."""
    return (row.lage, row.kommentar, row.ansvarig, row.planerat_date, row.planerat_text) if row else ()


@change(Act.ANMAL_HINDER)
def tell_of_hinder(takt: Takt) -> None:
    """Register what stands in the way of one recommendation in one region (M5.7-5).

    A dispute begins with the chefsamråd (P-22). Raises Ogiltigt when the recommendation is not directed to the region.
    """
    region = takt.region()
    if region is None:
        raise Ogiltigt("region", "Välj region.")
    rek = takt.underlag["rekommendation"]
    if rek not in asked_of(decision_in_force(takt), region):
        raise Ogiltigt("rekommendation", f"Rekommendationen riktas inte till {region}.")
    slag = Hinderslag(takt.underlag["slag"])
    lage = Hinderlage.CHEFSAMRAD if slag is Hinderslag.TVIST else Hinderlage.ANMALT
    hinder = Inforandehinder.objects.create(
        rekommendation_id=rek, region=region, slag=slag, text=takt.text("text"), lage=lage
    )
    _step(takt, hinder, lage, "")
    takt.mening = f"{hinder.get_slag_display()} anmält: {hinder}".rstrip(".") + "."


def _step(takt: Takt, hinder: Inforandehinder, lage: Hinderlage, text: str) -> None:
    Hindersteg.objects.create(hinder=hinder, lage=lage, date=takt.dag, text=text, av_id=takt.actor.person)


def _hinder(takt: Takt) -> Inforandehinder:
    rows = Inforandehinder.objects.filter(rekommendation__namndbeslut__delprojekt=takt.delprojekt)
    hinder = rows.select_related("region", "rekommendation").filter(pk=takt.underlag["objekt"]).first()
    if hinder is None or takt.underlag.get("region") != hinder.region.slug:
        raise Ogiltigt("region", "Hindret finns inte i den här regionen.")
    if not hinder.oppet:
        raise Ogiltigt("text", "Hindret är redan avslutat. Anmäl ett nytt om det har kommit tillbaka.")
    return hinder


def _move(takt: Takt, hinder: Inforandehinder, lage: Hinderlage) -> None:
    hinder.lage = lage
    hinder.save(update_fields=["lage"])
    _step(takt, hinder, lage, takt.text("text"))


def _lift(takt: Takt, lage: Hinderlage, to: str) -> None:
    """Lift a hinder upwards, past a body if need be, never down again. Raises Ogiltigt."""
    hinder, order = _hinder(takt), list(Hinderlage)
    if order.index(Hinderlage(hinder.lage)) >= order.index(lage):
        raise Ogiltigt("text", f"Hindret är redan lyft: {hinder.get_lage_display().lower()}.")
    _move(takt, hinder, lage)
    takt.mening = f"Ett hinder lyftes till {to}: {hinder}".rstrip(".") + "."


@change(Act.LYFT_HINDER_TILL_CHEFSAMRADET)
def lift_to_chefsamrad(takt: Takt) -> None:
    """Let the chefsamråd take the hinder up."""
    _lift(takt, Hinderlage.CHEFSAMRAD, "chefsamrådet")


@change(Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN)
def lift_to_samarbetsgrupp(takt: Takt) -> None:
    """Let samarbetsgruppen take the hinder up."""
    _lift(takt, Hinderlage.SAMARBETSGRUPP, "samarbetsgruppen")


@change(Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN)
def lift_to_ledningsgrupp(takt: Takt) -> None:
    """Let ledningsgruppen take the hinder up."""
    _lift(takt, Hinderlage.LEDNINGSGRUPP, "ledningsgruppen")


@change(Act.AVSLUTA_HINDER)
def end_hinder(takt: Takt) -> None:
    """Register that a hinder is solved, or that it remains and why."""
    hinder, lage = _hinder(takt), Hinderlage(takt.underlag["val"])
    if lage not in {Hinderlage.LOST, Hinderlage.KVARSTAR}:
        raise Ogiltigt("val", "Välj om hindret är löst eller kvarstår.")
    if not takt.text("text"):
        raise Ogiltigt("text", "Skriv hur hindret löstes, eller varför det kvarstår.")
    _move(takt, hinder, lage)
    takt.mening = f"Hindret {'löstes' if lage is Hinderlage.LOST else 'kvarstår'}: {hinder}".rstrip(".") + "."
