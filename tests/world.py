"""The fixed cast, and how a test reaches a step: by walking there through the real actions."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import zip_longest
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.forslag import create_forslag
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import IngetAndrat
from delprojekt.demo.papper import make_paper
from delprojekt.models import (
    Atgardsforslag,
    Beslutshandling,
    Delprojekt,
    Granskningspunkt,
    Handelse,
    Innehav,
    Kompetenskrav,
    Konto,
    Person,
    Region,
    Rekommendation,
)
from delprojekt.process.act import Act
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.lage import build_lage
from tests import uppfoljt

PASSWORD = "demo"
DAG = date(2026, 3, 2)
SVAR_SENAST = date(2026, 3, 16)
REGIONER = ("blekinge", "halland", "kronoberg", "skane")
PDF = make_paper("utdrag.pdf", "Protokollsutdrag", ["Regionstyrelsen beslutar."]).read()

CAST: dict[str, tuple[str, str, Roll | None, str | None]] = {
    "kansli": ("Maja", "Ek", Roll.KANSLI, None),
    "kansli2": ("Nils", "Alm", Roll.KANSLI, None),
    "direktor": ("Ragnhild", "Sund", Roll.DIREKTOR, None),
    "kommunikator": ("Lisa", "Norr", Roll.KOMMUNIKATOR, None),
    "sekreterare": ("Tora", "Falk", Roll.SEKRETERARE, None),
    "styrgrupp": ("Gustav", "Hed", Roll.STYRGRUPP, None),
    "namndsekreterare": ("Ylva", "Strand", Roll.NAMNDSEKRETERARE, None),
    "chefsamrad": ("Bo", "Grahn", Roll.CHEFSAMRAD, "skane"),
    **{f"samarbetsgrupp.{r}": ("Sam", r.title(), Roll.SAMARBETSGRUPP, r) for r in REGIONER},
    **{f"ledningsgrupp.{r}": ("Led", r.title(), Roll.LEDNINGSGRUPP, r) for r in REGIONER},
    **{f"region.{r}": ("Reg", r.title(), Roll.REGIONKONTAKT, r) for r in REGIONER},
    "medarbetare": ("Disa", "Quist", None, "skane"),
    "ordforande": ("Karin", "Lind", None, "kronoberg"),
    "ledamot": ("Petra", "Wikström", None, "skane"),
    "utomstaende": ("Ulf", "Utter", None, "halland"),
}


def person(name: str) -> Person:
    """Return one of the cast, made when first asked for, with an account."""
    first, last, roll, region = CAST[name]
    email = f"{name}@exempel.se"
    if found := Person.objects.filter(epost=email).first():
        return found
    home = Region.objects.get(slug=region) if region else None
    new = Person.objects.create(fornamn=first, efternamn=last, epost=email, region=home, profession="läkare")
    Konto.objects.create_user(email, PASSWORD, person=new)
    if roll:
        Innehav.objects.create(person=new, roll=roll, region=home, fran_date=date(2020, 1, 1))
    return new


def actor(name: str) -> Actor:
    """Return one of the cast as the one who asks, with today's mandates."""
    return actor_for_person(person(name))


def everybody() -> None:
    """Make the whole cast."""
    for name in CAST:
        person(name)


def do(who: str, act: Act, delprojekt: Delprojekt, **underlag: Any) -> Handelse:
    """Do one act as somebody of the cast; advice that is not followed gets a motivering."""
    return perform(actor(who), act, delprojekt.pk, underlag, motivering="Enligt överenskommelse.")


def new_forslag(who: str = "medarbetare", **changes: Any) -> Delprojekt:
    """Return a förslag with everything filled in."""
    fields: dict[str, Any] = {
        "benamning": "Kliniska distansmöten",
        "ursprung": "medarbetare",
        "problem": "Råd ges per telefon och dokumenteras inte alltid.",
        "syfte": "Ett gemensamt arbetssätt.",
        "mal": "Råd inom fem arbetsdagar.",
        "forvantat_utfall": "Färre resor.",
        "effekter": "Specialister som är få räcker till fler.",
        "malsattningar": ["tillganglighet"],
        "kriterier": ["tillganglighet"],
    }
    return create_forslag(actor(who), {**fields, **changes})


Stage = Callable[[Delprojekt], None]


def submit(d: Delprojekt) -> None:
    """S01 -> S02, with a contact person, and into beredning."""
    do("medarbetare", Act.SKICKA_IN_FORSLAG, d)
    do("direktor", Act.UTSE_KONTAKTPERSON, d, person=person("kansli").pk)
    do("kansli", Act.BORJA_BEREDNING, d)


def prepare(d: Delprojekt) -> None:
    """Everything ledningsgruppen wants before it decides on start."""
    need = {"angelaget": True, "sagt_av": "Chefläkaren", "dag": DAG}
    for region in REGIONER:
        with suppress(IngetAndrat):  # what a region said before the förslag rested still stands
            do(f"samarbetsgrupp.{region}", Act.REGISTRERA_BEHOV, d, region=region, **need)
    do("kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, d, instans_organ="rsg-medicinteknik", fraga="Räcker utrustningen?")
    do("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, d, organ="samarbetsgrupp", dag=DAG, text="Tillstyrker.")
    do("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, d, organ="ledningsgrupp", dag=DAG, punkt="4")


def start(d: Delprojekt) -> None:
    """From beredning to uppdrag."""
    prepare(d)
    do("sekreterare", Act.BESLUTA_START, d, organ="ledningsgrupp", dag=DAG, punkt="4")


def write(who: str, d: Delprojekt, *keys: str) -> None:
    """Write a few words in sections."""
    for key in keys:
        save_section(actor(who), Delprojekt.objects.get(pk=d.pk), key, f"<p>Text i {key}.</p>", 0)


def write_uppdrag(d: Delprojekt) -> None:
    """Write the six parts of the uppdrag."""
    write("kansli", d, "bakgrund", "syfte", "avgransningar")
    do(
        "kansli",
        Act.REDIGERA_UPPDRAG,
        d,
        punkter=["Beskriv nuläget i varje region", "Föreslå gemensam mötesform"],
        kompetens_ska=["Internmedicin"],
        kompetens_bor=["Ekonomi"],
        milstolpar=[("Slutrapport", "våren 2027")],
    )


def ask_for_nominations(d: Delprojekt) -> None:
    """Ask ledningsgruppen and samarbetsgruppen for nominations."""
    do("kansli", Act.BE_OM_NOMINERINGAR, d, dag=DAG, till=SVAR_SENAST, text="Gärna någon från primärvården.")


def nominate(d: Delprojekt, who: str, roll: Roll, region: str | None, **extra: Any) -> None:
    """Nominate one of the cast, who has said yes."""
    them = person(who)
    fields = {"fornamn": them.fornamn, "efternamn": them.efternamn, "epost": them.epost, "roll": roll, "dag": DAG}
    said = {"status": "tackat_ja", "chef_ja": True, "avsatt_tid": "10 %", **extra}
    do("kansli", Act.NOMINERA, d, **fields, region=region, **said)


def nominate_group(d: Delprojekt) -> None:
    """Nominate chair and members from every region, all required competences covered."""
    ask_for_nominations(d)
    competence = list(Kompetenskrav.objects.filter(omgang__delprojekt=d, styrka="ska").values_list("pk", flat=True))
    nominate(d, "ordforande", Roll.ORDFORANDE, "kronoberg", kompetenser=competence)
    nominate(d, "ledamot", Roll.LEDAMOT, "skane")
    for region in build_lage(fresh(d)).deltar & {"blekinge", "halland"}:
        nominate(d, f"region.{region}", Roll.LEDAMOT, region)


def form_group(d: Delprojekt) -> None:
    """Fastställ, nominate, appoint."""
    write_uppdrag(d)
    do("sekreterare", Act.FASTSTALL_UPPDRAG, d, organ="ledningsgrupp", dag=DAG, punkt="3")
    nominate_group(d)
    do("sekreterare", Act.UTSE_ORDFORANDE, d, organ="ledningsgrupp", dag=DAG, punkt="3")
    do("sekreterare", Act.UTSE_ARBETSGRUPP, d, organ="ledningsgrupp", dag=DAG, punkt="3")


def begin_nulage(d: Delprojekt) -> None:
    """From uppdrag to nuläge."""
    form_group(d)
    do("kansli", Act.OVERLAMNA_UPPDRAG, d, dag=DAG)
    do("ordforande", Act.KVITTERA_UPPDRAG, d)
    do("ordforande", Act.REGISTRERA_STARTMOTE, d, dag=DAG, text="Antal distansmöten per månad.")
    do("ordforande", Act.BORJA_NULAGE, d)


def begin_analys(d: Delprojekt) -> None:
    """From nuläge to analys, with a row of each kind that the group gathers."""
    write("ordforande", d, "nulage_kompetens", "nulage_perspektiv")
    fact = {"avsnitt": "nulage_kompetens", "pastaende": "Specialister", "kalla": "pas", "region": "skane"}
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **fact)
    notes = {"narvarande": "Alla", "text": "Vi fördelade arbetet.", "att_gora": [("Hämta statistik", None, None)]}
    do("ordforande", Act.ANTECKNA_GRUPPMOTE, d, date=DAG, **notes)
    do("ordforande", Act.ANTECKNA_VAGVAL, d, slag="vagval", date=DAG, text="Vi följer vuxna.", varfor="Barn är få.")
    data = {"omrade": "data", "vad": "Antal möten", "mottagare": "DARC", "begard_date": DAG}
    do("ordforande", Act.BEGAR_STOD, d, **data)
    do("ordforande", Act.REGISTRERA_LINJEKONTAKT, d, dag=DAG, val="chefsamrad", part="Internmedicin", text="Avstämt.")
    do("ordforande", Act.BORJA_ANALYS, d)


def begin_forslag(d: Delprojekt) -> None:
    """From analys to åtgärdsförslag."""
    write("ordforande", d, "analys_kompetens", "analys_perspektiv")
    do("ordforande", Act.SKRIV_SLUTSATS, d, avsnitt="analys_kompetens", text="Specialisterna räcker inte till.")
    do("ordforande", Act.BORJA_ATGARDSFORSLAG, d)


def hand_in(d: Delprojekt) -> None:
    """Write proposals, plan and summary, and hand in the slutrapport."""
    for title in ("Gemensamma fasta tider", "Gemensam journalmall"):
        do(
            "ordforande",
            Act.SKRIV_ATGARDSFORSLAG,
            d,
            rubrik=title,
            rimlighet="God",
            genomforbarhet="God",
            undantrangning="lag",
            diskuterat_date=DAG,
            diskuterat_med="Chefsamråd Internmedicin",
        )
    do(
        "ordforande",
        Act.SKRIV_UPPFOLJNINGSPLAN,
        d,
        hur="Enkät och statistik",
        nar="2027",
        vem="Ordföranden",
    )
    do("ordforande", Act.LAGG_TILL_PARAMETER, d, namn="Antal möten")
    write("ordforande", d, "sammanfattning")
    do("kommunikator", Act.KORREKTURLAS, d, dag=DAG)
    do("ordforande", Act.LAMNA_SLUTRAPPORT, d)


def to_ledningsgrupp(d: Delprojekt) -> None:
    """From åtgärdsförslag to ledningsgrupp."""
    hand_in(d)
    treat_in_samarbetsgrupp(d)


def treat_in_samarbetsgrupp(d: Delprojekt) -> None:
    """Samarbetsgruppen treats the slutrapport and it goes on."""
    for region in REGIONER:
        do(f"samarbetsgrupp.{region}", Act.LAMNA_REGIONSYNPUNKT, d, region=region, dag=DAG, val="inget")
    do("kansli", Act.BEHANDLA_I_SAMARBETSGRUPPEN, d, organ="samarbetsgrupp", dag=DAG)
    do("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, d)


def propose(d: Delprojekt, *texts: str, mottagare: tuple[str, ...] = REGIONER) -> int:
    """Write a version of the beslutsförslag: each clause from a proposal, those left over struck. Out: its number."""
    texts = texts or ("införa fasta tider", "använda gemensam mall")
    proposals = Atgardsforslag.objects.filter(omgang__delprojekt=d, struken_at=None).order_by("-omgang", "nummer")
    sources = list(proposals.filter(omgang=proposals[0].omgang).values_list("pk", flat=True)) if proposals else []
    clauses = [
        {"text": t, "mottagare": list(mottagare), "atgardsforslag": pk}
        for t, pk in zip_longest(texts, sources[: len(texts)])
    ]
    struck = dict.fromkeys(sources[len(texts) :], "Ryms i den andra att-satsen.")
    do("sekreterare", Act.SKRIV_BESLUTSFORSLAG, d, attsatser=clauses, strukna=struck)
    return version(d)


def version(d: Delprojekt) -> int:
    """Return the number of the latest beslutsförslag."""
    return build_lage(fresh(d)).beslut.version or 0


def agree(d: Delprojekt, *regions: str) -> None:
    """Let regions agree on the latest version."""
    for region in regions or REGIONER:
        do(f"ledningsgrupp.{region}", Act.LAMNA_STALLNING, d, region=region, val="enig", version=version(d))


def to_namnd(d: Delprojekt) -> None:
    """From ledningsgrupp to nämnd: presented, proposed, agreed."""
    do(
        "sekreterare",
        Act.PRESENTERA_FOR_LEDNINGSGRUPPEN,
        d,
        organ="ledningsgrupp",
        dag=DAG,
        punkt="2",
        part="Karin Lind",
    )
    propose(d)
    agree(d)
    do("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, organ="ledningsgrupp", dag=DAG, punkt="2")


def recommend(d: Delprojekt) -> None:
    """From nämnd to huvudmansbeslut."""
    do("namndsekreterare", Act.BERED_POLITISKT, d, organ="styrgrupp", dag=DAG, text="Styrgruppen ställer sig bakom.")
    formula = "Södra regionvårdsnämnden rekommenderar regionerna att"
    said = f"Södra regionvårdsnämnden godkänner slutrapporten. {formula} 1 införa fasta tider, 2 använda gemensam mall."
    do(
        "namndsekreterare",
        Act.REKOMMENDERA,
        d,
        organ="namnd",
        dag=DAG,
        punkt="27",
        foredragande="Karin Lind",
        lydelse=said,
    )


def decide_in(d: Delprojekt, region: str, utfall: str = "bifall", *, file: bool = True) -> Beslutshandling:
    """Let a region decide on everything it is asked. Out: its document."""
    rows = Rekommendation.objects.filter(
        namndbeslut__delprojekt=d, namndbeslut__aterkallat_at=None, mottagare__slug=region
    )
    do(
        f"region.{region}",
        Act.REGISTRERA_HUVUDMANSBESLUT,
        d,
        region=region,
        niva="politisk",
        organ_namn="Regionstyrelsen",
        dag=DAG,
        paragraf="214",
        utfall={rek.pk: (utfall, "" if utfall == "bifall" else "Av ekonomiska skäl.") for rek in rows},
        fil=SimpleUploadedFile("utdrag.pdf", PDF) if file else None,
    )
    return Beslutshandling.objects.filter(namndbeslut__delprojekt=d, region__slug=region).latest("pk")


def verify(d: Delprojekt, paper: Beslutshandling) -> None:
    """Let kansliet verify a document."""
    do("kansli", Act.GRANSKA_HANDLING, d, objekt=paper.pk, granskning="godkand", stammer=Granskningspunkt.values)


def introduce(d: Delprojekt) -> None:
    """From huvudmansbeslut to införande."""
    do("namndsekreterare", Act.EXPEDIERA, d, dag=DAG)
    verify(d, decide_in(d, "halland"))
    do("kansli", Act.BORJA_INFORANDE, d)


def follow_up(d: Delprojekt) -> None:
    """From införande to uppföljning."""
    uppfoljt.hinder(d, "halland")
    uppfoljt.say_yes(d)
    do("kansli", Act.BORJA_UPPFOLJNING, d)


def report_follow_up(d: Delprojekt) -> None:
    """Write and hand in the follow-up report and tell the three bodies."""
    write("ordforande", d, "uppfoljningsrapport_slutsats")
    uppfoljt.measure(d)
    do("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, d, dag=DAG)
    for body in ("samarbetsgrupp", "ledningsgrupp", "namnd"):
        do("kansli", Act.REDOVISA_UPPFOLJNING, d, organ=body, dag=DAG, val="skriftlig")


def finish(d: Delprojekt) -> None:
    """From uppföljning to the end."""
    report_follow_up(d)
    do("kansli", Act.AVSLUTA, d, organ="ledningsgrupp", dag=DAG, text="Målen är nådda.")


STAGES: tuple[tuple[Steg, Stage], ...] = (
    (Steg.BEREDNING, submit),
    (Steg.UPPDRAG, start),
    (Steg.NULAGE, begin_nulage),
    (Steg.ANALYS, begin_analys),
    (Steg.ATGARDSFORSLAG, begin_forslag),
    (Steg.LEDNINGSGRUPP, to_ledningsgrupp),
    (Steg.NAMND, to_namnd),
    (Steg.HUVUDMANSBESLUT, recommend),
    (Steg.INFORANDE, introduce),
    (Steg.UPPFOLJNING, follow_up),
    (Steg.AVSLUTAT, finish),
)


def fresh(d: Delprojekt) -> Delprojekt:
    """Return the row as it is stored now."""
    return Delprojekt.objects.select_related("sjukvardsregion", "forslag").get(pk=d.pk)


def delprojekt_in(steg: Steg, **changes: Any) -> Delprojekt:
    """Return a delprojekt that has walked to a step of the main line (or to Avslutat) through the real actions."""
    d = new_forslag(**changes)
    order = (*HUVUDLINJE, Steg.AVSLUTAT)
    for reached, stage in STAGES:
        if order.index(reached) > order.index(steg):
            break
        stage(d)
    return fresh(d)
