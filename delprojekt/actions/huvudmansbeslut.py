"""The regions' own decisions and their documents (§5.6)."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from delprojekt.actions.filer import checksum, store_upload
from delprojekt.actions.takt import IngetAndrat, Ogiltigt, Takt, change
from delprojekt.models import (
    KRAVER_TEXT,
    Beslutsgrund,
    Beslutshandling,
    Beslutsniva,
    Granskning,
    Granskningspunkt,
    Huvudmansbeslut,
    Namndbeslut,
    Overklagan,
    Region,
    Utfall,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.policy import Scope


def decision_in_force(takt: Takt) -> Namndbeslut:
    """Return the nämndbeslut whose recommendations count now. Raises Ogiltigt when there is none."""
    row = (
        Namndbeslut.objects.select_related("arende__mote")
        .filter(delprojekt=takt.delprojekt, aterkallat_at=None)
        .first()
    )
    if row is None:
        raise Ogiltigt("region", "Det finns ingen gällande rekommendation att besluta om.")
    return row


def asked_of(decision: Namndbeslut, region: Region) -> set[int]:
    """Return the keys of the recommendations that are directed to a region."""
    return set(decision.rekommendationer.filter(mottagare=region).values_list("pk", flat=True))


@change(Act.REGISTRERA_HUVUDMANSBESLUT)
def register_decision(takt: Takt) -> None:
    """Store a region's decision with its document; the file is kept whatever the review says (E7).

    Raises Ogiltigt, and IngetAndrat when the same decision with the same file stands there already.
    """
    decision = decision_in_force(takt)
    region = Region.objects.get(slug=takt.underlag["region"])
    cells = takt.underlag["utfall"]
    if not (decision.dag or takt.dag) <= takt.dag <= takt.now.date():
        raise Ogiltigt("dag", "Beslutsdatumet ska ligga efter nämndens beslut och får inte vara i framtiden.")
    if not cells or not set(cells) <= asked_of(decision, region):
        raise Ogiltigt("utfall", "Ange utfall för de rekommendationer som riktas till regionen.")
    for rek, (outcome, said) in cells.items():
        if outcome in KRAVER_TEXT and not said.strip():
            raise Ogiltigt(f"villkor_{rek}", WANTED[Utfall(outcome)])
    paper = Beslutshandling(
        namndbeslut=decision, region=region, date=takt.dag, inkommen_at=takt.now, inlamnad_av_id=takt.actor.person
    )
    _describe(paper, takt)
    if _registered_already(paper, cells, takt.underlag.get("fil")):
        raise IngetAndrat("Det här beslutet är redan registrerat. Inget gjordes två gånger.")
    _attach(paper, takt.underlag.get("fil"))
    paper.save()
    Huvudmansbeslut.objects.bulk_create(
        Huvudmansbeslut(handling=paper, rekommendation_id=rek, utfall=Utfall(utfall), villkor=villkor)
        for rek, (utfall, villkor) in cells.items()
    )
    takt.handling = _registered(paper)
    takt.mening = f"{region} beslutade {paper.nar}{f' § {paper.paragraf}' if paper.paragraf else ''}."
    takt.mening += "" if paper.fil else " Handlingen har inte kommit in än."


def _registered_already(
    paper: Beslutshandling, cells: Mapping[int, tuple[str, str]], upload: "UploadedFile[bytes] | None"
) -> bool:
    """Tell whether the region has told the same before: body, day, §, outcomes, and the same file or none."""
    same = Beslutshandling.objects.filter(
        namndbeslut=paper.namndbeslut,
        region=paper.region,
        date=paper.date,
        organ__iexact=paper.organ,
        paragraf__iexact=paper.paragraf,
    ).exclude(granskning=Granskning.FEL)  # what kansliet has sent back may come again
    if upload:
        same = same.filter(sha256=checksum(upload))
    said = {rek: (str(outcome), text.strip()) for rek, (outcome, text) in cells.items()}
    told = (row.beslut.values_list("rekommendation", "utfall", "villkor") for row in same)
    return any({rek: (outcome, text) for rek, outcome, text in rows} == said for rows in told)


def _registered(paper: Beslutshandling) -> dict[str, Any]:
    """Return what the register of allmänna handlingar is told of a region's decision and its file."""
    kind = "Protokollsutdrag" if paper.niva == Beslutsniva.POLITISK else "Tjänstemannabeslut"
    words = f"{kind} om nämndens rekommendation" if paper.fil else "Uppgift om regionens beslut, utan handling"
    return {
        "beskrivning": words,
        "beslutshandling": paper,
        "filnamn": paper.filnamn,
        "sha256": paper.sha256,
        "dnr": paper.dnr,
    }


WANTED = {
    Utfall.VILLKOR: "Skriv vilket villkor regionen ställer.",
    Utfall.DELVIS: "Skriv vad regionen bifaller och vad den inte bifaller.",
    Utfall.AVSLAG: "Skriv varför regionen avslår.",
    Utfall.ATERREMITTERAT: "Skriv vad som ska kompletteras.",
}


def _describe(paper: Beslutshandling, takt: Takt) -> None:
    """Fill in who decided and by what right, and the words and days of the decision (M5.6-1). Raises Ogiltigt."""
    paper.niva = Beslutsniva(takt.underlag["niva"])
    paper.organ, paper.grund = takt.text("organ_namn"), takt.text("grund")
    if paper.niva == Beslutsniva.TJANSTEPERSON:
        paper.grundslag = Beslutsgrund(takt.underlag.get("grundslag") or Beslutsgrund.DELEGATION)
    check_ground(paper)
    paper.paragraf, paper.dnr, paper.lydelse = takt.text("paragraf"), takt.text("dnr"), takt.text("lydelse")
    paper.justerat_date, paper.anslaget_date = takt.underlag.get("justerat"), takt.underlag.get("anslaget")
    paper.aterrapport_date = takt.underlag.get("aterrapport")
    check_paper_days(paper)


def check_ground(paper: Beslutshandling) -> None:
    """Refuse a decision by an official that says by no right (conventions.md §6.3). Raises Ogiltigt."""
    if paper.niva == Beslutsniva.TJANSTEPERSON and not paper.grund:
        raise Ogiltigt(
            "grund", "Skriv vilken delegation beslutet bygger på, eller datum och § för beslutet som verkställs."
        )


def check_paper_days(paper: Beslutshandling) -> None:
    """Refuse days that cannot follow each other: decision, justerat, anslaget. Raises Ogiltigt."""
    before = paper.dag
    for name, day in (("justerat", paper.justerat_date), ("anslaget", paper.anslaget_date)):
        if day and before and day < before:
            raise Ogiltigt(name, f"Datumet kan inte vara före {skriv(before)}.")
        before = day or before


def _paper(takt: Takt) -> Beslutshandling:
    """Return the decision that the act is about, of the region it is done for. Raises Ogiltigt."""
    rows = Beslutshandling.objects.filter(namndbeslut__delprojekt=takt.delprojekt).select_related("region")
    paper = rows.filter(pk=takt.underlag["objekt"]).first()
    if paper is None:
        raise Ogiltigt("", "Beslutet finns inte i det här delprojektet.")
    if takt.rule.scope is Scope.EGEN_REGION and takt.underlag.get("region") != paper.region.slug:
        raise Ogiltigt("region", f"Beslutet gäller {paper.region}.")
    return paper


@change(Act.SKICKA_HANDLING)
def send_paper(takt: Takt) -> None:
    """Take in the paper of a decision that was told before; a wrong one is kept, and the right one comes beside it.

    The decision's own row gets its first file. After a wrong one a new row is made with the same decision and outcomes.
    """
    paper = _paper(takt)
    upload = takt.underlag.get("fil")
    if upload is None:
        raise Ogiltigt("fil", "Välj filen med protokollsutdraget eller beslutet.")
    if paper.fil and paper.granskning != Granskning.FEL:
        raise Ogiltigt("fil", "Handlingen har redan kommit in. Kontakta kansliet om den är fel.")
    if paper.ersatt_av.exists():
        raise Ogiltigt("fil", "Rätt handling har redan kommit in.")
    if paper.fil:
        paper = _again(paper, takt)
    _attach(paper, upload)
    paper.save()
    takt.handling = _registered(paper)
    takt.mening = f"Handlingen till beslutet från {paper.region} {paper.nar} kom in."


def _again(wrong: Beslutshandling, takt: Takt) -> Beslutshandling:
    cells = list(wrong.beslut.order_by("pk"))
    paper = Beslutshandling.objects.get(pk=wrong.pk)
    paper.pk, paper._state.adding = None, True
    paper.granskning, paper.granskning_text, paper.granskad_at, paper.stammer = Granskning.VANTAR, "", None, []
    paper.fil, paper.inkommen_at, paper.inlamnad_av_id = None, takt.now, takt.actor.person
    paper.ersatter = wrong
    paper.save()
    Huvudmansbeslut.objects.bulk_create(
        Huvudmansbeslut(handling=paper, rekommendation_id=c.rekommendation_id, utfall=c.utfall, villkor=c.villkor)
        for c in cells
    )
    return paper


def _attach(paper: Beslutshandling, upload: "UploadedFile[bytes] | None") -> None:
    if upload is None:
        return
    stored = store_upload(upload, f"beslut/{paper.inkommen_at:%Y}")
    paper.filnamn, paper.storlek, paper.sha256 = stored.filnamn, stored.storlek, stored.sha256
    paper.fil.name = stored.namn


@change(Act.GRANSKA_HANDLING)
def review(takt: Takt) -> None:
    """Verify a document, or send it back with the reason; a wrong one stays registered as received."""
    paper = _paper(takt)
    verdict = Granskning(takt.underlag["granskning"])
    if verdict is Granskning.GODKAND and not paper.fil:
        raise Ogiltigt(
            "granskning", "Ett beslut kan inte verifieras utan handling (protokollsutdrag eller undertecknat beslut)."
        )
    if verdict is Granskning.FEL and not takt.text("text"):
        raise Ogiltigt("text", "Skriv vad som är fel, så att regionen kan rätta det.")
    stammer = [Granskningspunkt(one).value for one in takt.underlag.get("stammer") or []]
    if verdict is Granskning.GODKAND and set(stammer) != set(Granskningspunkt.values):
        raise Ogiltigt("stammer", "Kryssa i att varje punkt stämmer. Stämmer någon inte är det fel handling.")
    paper.granskning, paper.granskning_text, paper.granskad_at = verdict, takt.text("text"), takt.now
    paper.stammer = stammer
    paper.save(update_fields=["granskning", "granskning_text", "granskad_at", "stammer"])
    word = "verifierades" if verdict is Granskning.GODKAND else f"underkändes: {paper.granskning_text}"
    takt.mening = f"Handlingen från {paper.region} {word}".rstrip(".") + "."


@change(Act.ANTECKNA_NAMNDANMALAN)
def register_report_to_namnd(takt: Takt) -> None:
    """Register that a decision by an official has been reported to the region's nämnd (conventions.md §6.3)."""
    paper = _paper(takt)
    if paper.niva != Beslutsniva.TJANSTEPERSON:
        raise Ogiltigt("dag", "Bara ett beslut på tjänstemannanivå anmäls till nämnd.")
    if paper.dag and takt.dag < paper.dag:
        raise Ogiltigt("dag", f"Beslutet är från {paper.nar} och kan inte vara anmält före det.")
    paper.namndanmalt_date, paper.namndanmalt_till = takt.dag, takt.text("organ_namn")
    paper.namndanmalt_paragraf = takt.text("paragraf")
    paper.save(update_fields=["namndanmalt_date", "namndanmalt_till", "namndanmalt_paragraf"])
    point = f" § {paper.namndanmalt_paragraf}" if paper.namndanmalt_paragraf else ""
    takt.mening = f"Beslutet från {paper.region} anmäldes till {paper.namndanmalt_till} {skriv(takt.dag)}{point}."


@change(Act.ANTECKNA_OVERKLAGANDE)
def register_appeal(takt: Takt) -> None:
    """Register that a decision is appealed, or what the court said; one that is set aside counts no more."""
    paper = _paper(takt)
    val = Overklagan(takt.underlag["val"])
    if paper.dag and takt.dag < paper.dag:
        raise Ogiltigt("dag", f"Beslutet är från {paper.nar} och kan inte vara överklagat före det.")
    if val is not Overklagan.PROVAS and not paper.overklagan:
        raise Ogiltigt("val", "Anteckna först att beslutet är överklagat.")
    paper.overklagan, paper.overklagan_date, paper.overklagan_text = val, takt.dag, takt.text("text")
    paper.save(update_fields=["overklagan", "overklagan_date", "overklagan_text"])
    word = {Overklagan.PROVAS: "överklagades", Overklagan.STAR_FAST: "står fast", Overklagan.UPPHAVT: "upphävdes"}[val]
    takt.mening = f"Beslutet från {paper.region} {paper.nar} {word}."
