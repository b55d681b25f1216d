"""The regions' own decisions and how they introduce them (§5.6, §5.7)."""

from django.core.files.uploadedfile import UploadedFile

from delprojekt.actions.filer import store_upload
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import (
    Beslutshandling,
    Beslutsniva,
    Granskning,
    Huvudmansbeslut,
    Inforandestatus,
    Namndbeslut,
    Region,
    Utfall,
)
from delprojekt.process.act import Act


def _decision(takt: Takt) -> Namndbeslut:
    row = (
        Namndbeslut.objects.select_related("arende__mote")
        .filter(delprojekt=takt.delprojekt, aterkallat_at=None)
        .first()
    )
    if row is None:
        raise Ogiltigt("region", "Det finns ingen gällande rekommendation att besluta om.")
    return row


def _asked(decision: Namndbeslut, region: Region) -> set[int]:
    return set(decision.rekommendationer.filter(mottagare=region).values_list("pk", flat=True))


@change(Act.REGISTRERA_HUVUDMANSBESLUT)
def register_decision(takt: Takt) -> None:
    """Store a region's decision with its document; the file is kept whatever the review says (E7)."""
    decision = _decision(takt)
    region = Region.objects.get(slug=takt.underlag["region"])
    cells = takt.underlag["utfall"]
    if not decision.arende.mote.date <= takt.dag <= takt.now.date():
        raise Ogiltigt("dag", "Beslutsdatumet ska ligga efter nämndens beslut och får inte vara i framtiden.")
    if not cells or not set(cells) <= _asked(decision, region):
        raise Ogiltigt("utfall", "Ange utfall för de rekommendationer som riktas till regionen.")
    paper = Beslutshandling(
        namndbeslut=decision,
        region=region,
        niva=takt.underlag["niva"],
        organ=takt.text("organ_namn"),
        grund=takt.text("grund"),
        date=takt.dag,
        paragraf=takt.text("paragraf"),
        dnr=takt.text("dnr"),
        inkommen_at=takt.now,
        inlamnad_av_id=takt.actor.person,
    )
    _attach(paper, takt.underlag.get("fil"))
    paper.save()
    Huvudmansbeslut.objects.bulk_create(
        Huvudmansbeslut(handling=paper, rekommendation_id=rek, utfall=Utfall(utfall), villkor=villkor)
        for rek, (utfall, villkor) in cells.items()
    )
    kind = "Protokollsutdrag" if paper.niva == Beslutsniva.POLITISK else "Tjänstemannabeslut"
    words = f"{kind} om nämndens rekommendation" if paper.fil else "Uppgift om regionens beslut, utan handling"
    takt.handling = {
        "beskrivning": words,
        "beslutshandling": paper,
        "filnamn": paper.filnamn,
        "sha256": paper.sha256,
        "dnr": paper.dnr,
    }
    takt.mening = f"{region} beslutade {paper.date:%Y-%m-%d}{f' § {paper.paragraf}' if paper.paragraf else ''}."
    takt.mening += "" if paper.fil else " Handlingen har inte kommit in än."


def _attach(paper: Beslutshandling, upload: "UploadedFile[bytes] | None") -> None:
    if upload is None:
        return
    stored = store_upload(upload, f"beslut/{paper.inkommen_at:%Y}")
    paper.filnamn, paper.storlek, paper.sha256 = stored.filnamn, stored.storlek, stored.sha256
    paper.fil.name = stored.namn


@change(Act.GRANSKA_HANDLING)
def review(takt: Takt) -> None:
    """Verify a document, or send it back with the reason; a wrong one stays registered as received."""
    rows = Beslutshandling.objects.filter(namndbeslut__delprojekt=takt.delprojekt).select_related("region")
    paper = rows.filter(pk=takt.underlag["objekt"]).first()
    if paper is None:
        raise Ogiltigt("granskning", "Handlingen finns inte i det här delprojektet.")
    verdict = Granskning(takt.underlag["granskning"])
    if verdict is Granskning.GODKAND and not paper.fil:
        raise Ogiltigt(
            "granskning", "Ett beslut kan inte verifieras utan handling (protokollsutdrag eller undertecknat beslut)."
        )
    if verdict is Granskning.FEL and not takt.text("text"):
        raise Ogiltigt("text", "Skriv vad som är fel, så att regionen kan rätta det.")
    paper.granskning, paper.granskning_text, paper.granskad_at = verdict, takt.text("text"), takt.now
    paper.save(update_fields=["granskning", "granskning_text", "granskad_at"])
    word = "verifierades" if verdict is Granskning.GODKAND else f"underkändes: {paper.granskning_text}"
    takt.mening = f"Handlingen från {paper.region} {word}".rstrip(".") + "."


@change(Act.RAPPORTERA_INFORANDE)
def report_introduction(takt: Takt) -> None:
    """Store how far a region has come with each recommendation, and what hinders (M5.7-1, M5.7-5)."""
    decision = _decision(takt)
    region = Region.objects.get(slug=takt.underlag["region"])
    states = takt.underlag["lagen"]
    if not set(states) <= _asked(decision, region):
        raise Ogiltigt("lagen", "Rapportera bara rekommendationer som riktas till regionen.")
    for rek, (lage, hinder) in states.items():
        Inforandestatus.objects.update_or_create(
            rekommendation_id=rek,
            region=region,
            defaults={"lage": lage, "hinder": hinder, "rapporterat_at": takt.now},
        )
    takt.mening = f"{region} rapporterade hur införandet går."
