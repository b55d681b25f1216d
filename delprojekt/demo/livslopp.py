"""What most delprojekt have in common: the stages of a life, each one call with its days and its content."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from delprojekt.demo.konton import DOMAN
from delprojekt.demo.vandring import REGIONER, Kalender, Vandring, person
from delprojekt.models import Organ
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll

_ASCII = str.maketrans("åäöé", "aaoe")


@dataclass(frozen=True)
class Ide:
    """The förslag, with what beredningen makes clear."""

    benamning: str
    ursprung: str
    problem: str
    syfte: str = ""
    mal: str = ""
    forvantat_utfall: str = ""
    effekter: str = ""
    kriterier: tuple[str, ...] = ()
    beror_barn: bool = False

    def fields(self) -> dict[str, object]:
        """Return the fields of the form."""
        goals = list(dict.fromkeys(_MAL[k] for k in self.kriterier))
        chosen = {"kriterier": list(self.kriterier), "malsattningar": goals}
        return {**vars(self), **chosen}


REGEL = {
    "definition": "Räknas lika i alla regioner, en gång per patient.",
    "kalla": "Regionernas patientadministrativa system",
    "utgangsvarde_text": "mäts före införandet",
    "malvarde_text": "högre än före införandet",
    "riktning": "hogre",
    "frekvens": "ar",
    "geografi": "region",
}
"""What is said of a parameter where nothing else is."""
UTAN_PATIENT = "Patientorganisationen har inte hittat någon än. Gruppen frågar en patientpanel i stället."
_MAL = {
    "jamlikhet": "jamlik_vard",
    "tillganglighet": "tillganglighet",
    "kompetensforsorjning": "kompetensforsorjning",
    "ekonomi": "helhetslosning",
    "helhetslosningar": "helhetslosning",
}


@dataclass(frozen=True)
class Medlem:
    """Somebody for the group. ``nyckel`` only where the word before the @ is not first name and surname."""

    fornamn: str
    efternamn: str
    region: str | None
    tacker: tuple[str, ...] = ()
    roll: Roll = Roll.LEDAMOT
    profession: str = "läkare"
    befattning: str = ""
    egen_nyckel: str = ""
    status: str = "tackat_ja"

    @property
    def nyckel(self) -> str:
        """Return the word before the @."""
        return self.egen_nyckel or f"{self.fornamn}.{self.efternamn}".lower().translate(_ASCII)


@dataclass(frozen=True)
class Uppdrag:
    """What the uppdrag says, and who is in the group; the chair first."""

    bakgrund: str
    fraga: str
    avgransning: str
    punkter: tuple[str, ...]
    ska: tuple[str, ...]
    bor: tuple[str, ...]
    milstolpar: tuple[tuple[str, str], ...]
    grupp: tuple[Medlem, ...]


def submit(kalender: Kalender, nar: date, who: str, ide: Ide) -> Vandring:
    """Let somebody write a förslag and send it in."""
    v = Vandring(kalender, nar, who, **ide.fields())
    v.do(nar, who, Act.SKICKA_IN_FORSLAG)
    return v


def prepare(v: Vandring, nar: date, behov: date, regions: Sequence[str] = REGIONER, kontakt: str = "kansli") -> None:
    """Appoint the contact person, begin beredningen, and let regions say that the area matters to them."""
    v.do(nar, "direktor", Act.UTSE_KONTAKTPERSON, person=person(kontakt).pk)
    v.do(nar, kontakt, Act.BORJA_BEREDNING)
    for region in regions:
        said = {"region": region, "angelaget": True, "sagt_av": "Regionens ledamot"}
        v.do(behov, f"samarbetsgrupp.{region}", Act.REGISTRERA_BEHOV, **said)


def announce(v: Vandring, sg: date, said: str, lg: date, punkt: str, why: str = "", kontakt: str = "kansli") -> None:
    """Ask samarbetsgruppen, and announce the förslag to a meeting of ledningsgruppen."""
    v.do(sg, kontakt, Act.STAM_AV_MED_SAMARBETSGRUPPEN, text=said)
    v.do(sg, kontakt, Act.ANMAL_TILL_LEDNINGSGRUPPEN, why, dag=lg, punkt=punkt)


def start(v: Vandring, lg: date, punkt: str, nummer: int) -> None:
    """Let ledningsgruppen decide on start."""
    v.do(lg, "sekreterare", Act.BESLUTA_START, punkt=punkt, nummer=nummer)


def write_uppdrag(v: Vandring, nar: date, ide: Ide, uppdrag: Uppdrag, lg: date, punkt: str) -> None:
    """Write the uppdrag and let ledningsgruppen fix it."""
    aim = f"<p><strong>Syfte:</strong> {ide.syfte}</p><p><strong>Mål:</strong> {ide.mal}</p>"
    texts = {
        "bakgrund": f"<p>{uppdrag.bakgrund}</p>",
        "syfte": f"{aim}<p><strong>Frågeställning:</strong> {uppdrag.fraga}</p>",
        "avgransningar": f"<p>{uppdrag.avgransning}</p>",
    }
    v.write(nar, "kansli", texts)
    rows = {"punkter": list(uppdrag.punkter), "milstolpar": list(uppdrag.milstolpar)}
    wanted = {"kompetens_ska": list(uppdrag.ska), "kompetens_bor": list(uppdrag.bor)}
    v.do(nar, "kansli", Act.REDIGERA_UPPDRAG, **rows, **wanted)
    v.do(lg, "sekreterare", Act.FASTSTALL_UPPDRAG, punkt=punkt)


def ask(v: Vandring, nar: date, till: date, ordforande_utsedd: bool = False) -> None:
    """Ask ledningsgruppen and samarbetsgruppen for nominations."""
    why = "" if ordforande_utsedd else "Regionerna nominerar ordförande och ledamöter i samma omgång."
    v.do(nar, "kansli", Act.BE_OM_NOMINERINGAR, why, till=till)


_LEDER: dict[str, object] = {
    "avsatt_tid": "10 %",
    "legitimitet": "Överläkare och ordförande i specialitetens chefsamråd.",
    "ledarerfarenhet": "Har lett ett regiongemensamt projekt.",
    "ar_chef": True,
}


def nominate(v: Vandring, nar: date, members: Sequence[Medlem]) -> None:
    """Nominate people for the group: their region does it, or kansliet for those who speak for no region."""
    for one in members:
        by = f"samarbetsgrupp.{one.region}" if one.region else "kansli"
        extra: dict[str, object] = _LEDER if one.roll is Roll.ORDFORANDE else {}
        v.do(
            nar,
            by,
            Act.NOMINERA,
            fornamn=one.fornamn,
            efternamn=one.efternamn,
            epost=f"{one.nyckel}@{DOMAN}",
            profession=one.profession,
            befattning=one.befattning,
            roll=one.roll,
            region=one.region,
            kompetenser=v.competences(*one.tacker),
            chef_ja=one.roll is not Roll.PATIENTFORETRADARE,
            status=one.status,
            **extra,
        )


def form_group(v: Vandring, nar: date, uppdrag: Uppdrag, lg: date) -> None:
    """Nominate the whole group and let ledningsgruppen appoint it."""
    ask(v, nar, lg)
    nominate(v, nar, uppdrag.grupp)
    v.do(lg, "sekreterare", Act.UTSE_ORDFORANDE)
    complete = any(one.roll is Roll.PATIENTFORETRADARE for one in uppdrag.grupp)
    v.do(lg, "sekreterare", Act.UTSE_ARBETSGRUPP, "" if complete else UTAN_PATIENT)


def begin(v: Vandring, handed_over: date, meeting: date, said: str, chair: str, council: str) -> None:
    """Hand the uppdrag over, hold the first meeting, and begin with nuläget."""
    v.do(handed_over, "kansli", Act.OVERLAMNA_UPPDRAG)
    v.do(handed_over, chair, Act.KVITTERA_UPPDRAG)
    v.do(meeting, chair, Act.REGISTRERA_STARTMOTE, text=said)
    v.do(meeting, chair, Act.REGISTRERA_LINJEKONTAKT, val="chefsamrad", part=council, text="Informerat om uppdraget.")
    v.do(meeting, "kansli", Act.KOPPLA_CHEFSAMRAD, chefsamrad=_council(council))
    v.do(meeting, "kansli", Act.KOPPLA_IN_KOMMUNIKATOR, text="Lisa Norr läser texterna.")
    v.plan(meeting, {"malgrupp": "Personal i regionerna", "kanal": "Webben", "nar": "när gruppen har börjat"})
    v.do(meeting, chair, Act.BORJA_NULAGE)


def _council(name: str) -> Callable[[], list[str]]:
    """Return how to find a chefsamråd by its name."""
    return lambda: [Organ.objects.get(slag="chefsamrad", namn=name.removeprefix("Chefsamråd ")).slug]


def meet(v: Vandring, nar: date, chair: str, council: str) -> None:
    """Tell the chefsamråd how far the group has come (M5-6)."""
    said = "Chefsamrådet har fått veta hur långt gruppen har kommit."
    v.do(nar, chair, Act.REGISTRERA_LINJEKONTAKT, val="chefsamrad", part=council, text=said)


@dataclass(frozen=True)
class Slutrapport:
    """What the group proposes, and how it is to be followed up."""

    sammanfattning: str = ""
    atgarder: tuple[dict[str, object], ...] = ()
    parametrar: tuple[str, ...] = ()
    motivering: str = "Gruppen har inte bedömt närliggande områden för alla förslag. De berör bara den egna vården."


def leave_nulage(v: Vandring, nar: date, chair: str, sections: Sequence[str]) -> None:
    """Say that every region is in every section, leave out the standard sections that are not written, and go on."""
    v.do(nar, chair, Act.ANGE_TACKNING, tackning={key: list(REGIONER) for key in sections})
    for key in ("nulage_patientgrupp", "nulage_kompetens"):
        if key not in sections:
            why = "Uppgiften påverkar inte gruppens analys."
            v.do(nar, chair, Act.UTELAMNA_AVSNITT, avsnitt=key, text=why)
    v.do(nar, chair, Act.BORJA_ANALYS)


def conclude(v: Vandring, nar: date, chair: str, texts: Mapping[str, str]) -> None:
    """Add conclusions, each to its section of the analysis."""
    for key, text in texts.items():
        v.do(nar, chair, Act.SKRIV_SLUTSATS, avsnitt=key, text=text)


def hand_in(v: Vandring, nar: date, report: Slutrapport, chair: str, council: str) -> None:
    """Write proposals, plan and summary, let the communicator read, and hand in the slutrapport."""
    for fields in report.atgarder:
        discussed = {"diskuterat_date": nar, "diskuterat_med": council}
        v.do(nar, chair, Act.SKRIV_ATGARDSFORSLAG, **{**discussed, "slutsatser": v.conclusions(1), **fields})
    plan = {"hur": "Statistik och kontakt med verksamheterna", "nar": "inom tolv månader", "vem": "Ordföranden"}
    v.do(nar, chair, Act.SKRIV_UPPFOLJNINGSPLAN, **plan)
    for name in report.parametrar:
        v.do(nar, chair, Act.LAGG_TILL_PARAMETER, namn=name, **REGEL)
    v.do(nar, chair, Act.STALL_SIG_BAKOM)
    meet(v, nar, chair, council)
    v.write(nar, chair, {"sammanfattning": f"<p>{report.sammanfattning}</p>"})
    v.do(nar, "kommunikator", Act.KORREKTURLAS)
    v.do(nar, chair, Act.LAMNA_SLUTRAPPORT, report.motivering)


def treat(v: Vandring, sg: date) -> None:
    """Let every region and samarbetsgruppen say what they think, and give the slutrapport to ledningsgruppen."""
    for region in REGIONER:
        v.do(sg, f"samarbetsgrupp.{region}", Act.LAMNA_REGIONSYNPUNKT, region=region, val="inget")
    v.do(sg, "kansli", Act.BEHANDLA_I_SAMARBETSGRUPPEN)
    v.do(sg, "kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN)


def present(v: Vandring, written: date, lg: date, who: str, *clauses: str) -> None:
    """Write a beslutsförslag and let the chair present the slutrapport to ledningsgruppen."""
    v.do(written, "sekreterare", Act.SKRIV_BESLUTSFORSLAG, attsatser=v.clauses(*clauses))
    v.do(lg, "sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, part=who)
