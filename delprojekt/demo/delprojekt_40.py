"""Delprojekt 40, Kliniska distansmöten: the main narrative of the acceptance scenario, row by row, to 2026-11-22."""

from datetime import date

from delprojekt.demo import texter_40 as texter
from delprojekt.demo.papper import make_paper
from delprojekt.demo.vandring import REGIONER, Kalender, Vandring, person
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll

FORMEL = "Södra regionvårdsnämnden rekommenderar regionerna att"
_START, _MARS_20, _APRIL_24 = date(2025, 2, 27), date(2025, 3, 20), date(2025, 4, 24)
_NAMND = date(2026, 6, 4)


def tell(kalender: Kalender) -> None:
    """Note down everything that happens to delprojekt 40 until the demo's day."""
    v = Vandring(kalender, date(2025, 1, 15), "chefsamrad", **texter.FORSLAG)
    for stage in (_prepare, _start, _uppdrag, _group, _nulage, _analys, _proposals, _hand_in, _samarbetsgrupp):
        stage(v)
    for stage in (_first_attempt, _second_attempt, _namnd, _halland, _blekinge, _kronoberg, _inforande):
        stage(v)


def _prepare(v: Vandring) -> None:
    """Rows 1-4: the förslag comes in, is prepared, and samarbetsgruppen is asked."""
    v.do(date(2025, 1, 15), "chefsamrad", Act.SKICKA_IN_FORSLAG)
    v.do(date(2025, 1, 20), "direktor", Act.UTSE_KONTAKTPERSON, person=person("kansli").pk)
    v.do(date(2025, 1, 20), "kansli", Act.BORJA_BEREDNING)
    v.do(date(2025, 1, 20), "kansli", Act.REDIGERA_FORSLAG, **texter.BEREDD)
    for nar, instans, fraga, svar in texter.KONTAKTER:
        said = {"instans_organ": instans, "fraga": fraga, "svar": svar}
        v.do(nar, "kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, **said, besvarad=nar)
    v.do(date(2025, 2, 5), "kansli", Act.KOPPLA_CHEFSAMRAD, chefsamrad=["chefsamrad-internmedicin"])
    v.do(date(2025, 2, 5), "kansli", Act.BERED_UNDERLAG, **texter.UNDERLAG)
    days = (date(2025, 1, 28), date(2025, 1, 31), date(2025, 2, 4), date(2025, 2, 6))
    for nar, region in zip(days, REGIONER, strict=True):
        who = f"samarbetsgrupp.{region}"
        v.do(
            nar,
            who,
            Act.REGISTRERA_BEHOV,
            region=region,
            angelaget=True,
            sagt_av="Regionens ledamot",
            sagt_roll="samarbetsgruppen",
        )
    said = "Tillstyrker. Avgränsa mot digitala patientmöten."
    v.do(date(2025, 2, 11), "kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, text=said)


def _start(v: Vandring) -> None:
    """Row 5: ledningsgruppen decides on start, and the communicator is brought in."""
    v.do(date(2025, 2, 13), "kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, dag=_START, punkt="4")
    v.do(_START, "sekreterare", Act.BESLUTA_START, punkt="4", nummer=40)
    v.do(_START, "kansli", Act.KOPPLA_IN_KOMMUNIKATOR, text="Lisa Norr gör en kommunikationsplan.")
    v.plan(date(2025, 3, 4), texter.INTERVJU, date(2025, 5, 22))


def _uppdrag(v: Vandring) -> None:
    """Rows 6-7: the uppdrag is written and fastställt, and the chair is appointed."""
    v.write(date(2025, 3, 12), "kansli", texter.UPPDRAG)
    v.do(
        date(2025, 3, 12),
        "kansli",
        Act.REDIGERA_UPPDRAG,
        punkter=texter.PUNKTER,
        kompetens_ska=texter.KOMPETENS_SKA,
        kompetens_bor=texter.KOMPETENS_BOR,
        milstolpar=texter.MILSTOLPAR,
    )
    _nominate(
        v,
        date(2025, 3, 14),
        ("Karin", "Lind", "ordforande"),
        Roll.ORDFORANDE,
        "kronoberg",
        avsatt_tid="10 % under 12 månader",
        legitimitet="Överläkare i internmedicin, har byggt upp distansmöten i Region Kronoberg.",
        ledarerfarenhet="Har lett införandet av ny journal på kliniken.",
        chef_namn="Verksamhetschefen på medicinkliniken",
        kompetenser=v.competences("internmedicin"),
    )
    v.do(_MARS_20, "sekreterare", Act.FASTSTALL_UPPDRAG, punkt="3")
    v.do(_MARS_20, "sekreterare", Act.UTSE_ORDFORANDE, punkt="3")


def _nominate(
    v: Vandring, nar: date, who: tuple[str, str, str], roll: Roll, region: str | None = None, **extra: object
) -> None:
    by = f"samarbetsgrupp.{region}" if region else "kansli"
    first, last, key = who
    known = {"fornamn": first, "efternamn": last, "epost": f"{key}@exempel.se", "roll": roll}
    known |= {"chef_ja": True, "status": "tackat_ja"}
    v.do(nar, by, Act.NOMINERA, **{**known, "region": region, **extra})


def _group(v: Vandring) -> None:
    """Rows 8-9: the group is appointed, takes over, and meets. Jonas Öberg's manager answers on 22 April."""
    skill = v.competences
    doctor = {"profession": "läkare", "befattning": "Specialistläkare"}
    nurse = {"profession": "sjuksköterska", "befattning": "Sjuksköterska"}
    asked = "Gruppen behöver både specialister på sjukhus och läkare från vårdcentraler."
    v.do(date(2025, 3, 24), "kansli", Act.BE_OM_NOMINERINGAR, till=date(2025, 4, 11), text=asked)
    none = "Regionen har redan ordföranden och har ingen mer att nominera."
    v.do(date(2025, 4, 1), "samarbetsgrupp.kronoberg", Act.AVSTA_NOMINERING, region="kronoberg", text=none)
    plan = (
        (date(2025, 4, 1), ("Åsa", "Ängquist", "asa.angquist"), "halland", nurse, "sjuksköterska"),
        (date(2025, 4, 2), ("Petra", "Wikström", "ledamot"), "skane", doctor, "internmedicin"),
        (date(2025, 4, 2), ("Omar", "Haddad", "omar.haddad"), "skane", {"befattning": "Informatiker"}, "IT/informatik"),
        (date(2025, 4, 22), ("Jonas", "Öberg", "jonas.oberg"), "blekinge", doctor, "allmänmedicin"),
    )
    for nar, who, region, extra, wanted in plan:
        _nominate(v, nar, who, Roll.LEDAMOT, region, kompetenser=skill(wanted), **extra)
    _nominate(v, date(2025, 4, 3), ("PNF", "1", "patientforetradare"), Roll.PATIENTFORETRADARE, chef_ja=False)
    economist = {"befattning": "Ekonom", "profession": "ekonom", "kompetenser": skill("ekonomi")}
    economist |= {"omrade": "ekonomi", "moten": ["Möten om ersättning och kalkyl"], "avsnitt": ["nulage_ekonomi"]}
    _nominate(v, date(2025, 4, 4), ("Eva", "Zetterlund", "eva.zetterlund"), Roll.ADJUNGERAD, **economist)
    no_manager = "Ingen i gruppen är chef. Cheferna hörs genom Chefsamråd Internmedicin."
    v.do(_APRIL_24, "sekreterare", Act.UTSE_ARBETSGRUPP, no_manager)
    v.do(date(2025, 5, 6), "kansli", Act.OVERLAMNA_UPPDRAG)
    v.do(date(2025, 5, 6), "ordforande", Act.KVITTERA_UPPDRAG)
    v.do(date(2025, 5, 14), "ordforande", Act.REGISTRERA_STARTMOTE, text=texter.UPPFOLJNING_VID_START)
    later = "Chefsamråd Internmedicin kontaktas den 20 maj."
    v.do(date(2025, 5, 14), "ordforande", Act.BORJA_NULAGE, later)


def _nulage(v: Vandring) -> None:
    """Rows 9-10: contact with chefsamrådet, and the delrapport to samarbetsgruppen."""
    _contact(v, date(2025, 5, 20), "Informerat om uppdraget. Chefsamrådet utser en kontaktväg.")
    asked = {"omrade": "data", "vad": "Antal distansmöten 2024 per region", "begard_date": date(2025, 5, 21)}
    came = {"mottagare": "Regionernas ekonomi- och uppföljningsenheter", "mottagen_date": date(2025, 9, 2)}
    v.do(date(2025, 9, 2), "ordforande", Act.BEGAR_STOD, **asked, **came)
    v.write(date(2025, 9, 23), "ordforande", texter.NULAGE)
    for region, number in texter.FAKTA:
        fact = {"avsnitt": "nulage_verksamhet", "pastaende": "Distansmöten", "varde": number, "enhet": "möten"}
        source = {"kalla": "pas", "period": "2024", "uttag_date": date(2025, 9, 2)}
        v.do(date(2025, 9, 23), "ordforande", Act.REGISTRERA_FAKTAUPPGIFT, region=region, **fact, **source)
    covered = {key: list(REGIONER) for key in texter.NULAGE if key.startswith("nulage_")}
    v.do(date(2025, 9, 23), "ordforande", Act.ANGE_TACKNING, tackning=covered)
    notes = {
        "date": date(2025, 9, 16),
        "narvarande": "Hela gruppen",
        "text": "Nuläget delas upp efter avsnitten i mallen.",
    }
    v.do(date(2025, 9, 23), "ordforande", Act.ANTECKNA_GRUPPMOTE, **notes)
    v.do(date(2025, 9, 30), "ordforande", Act.LAMNA_DELRAPPORT, part="Nuläget", avsnitt=list(covered))
    told = "Samarbetsgruppen tog emot delrapporten."
    v.do(date(2025, 10, 7), "ordforande", Act.REDOVISA_DELRAPPORT, organ="samarbetsgrupp", part="Nuläget", text=told)
    v.do(date(2025, 10, 21), "ordforande", Act.BORJA_ANALYS)


def _contact(v: Vandring, nar: date, text: str) -> None:
    who = {"val": "chefsamrad", "part": "Chefsamråd Internmedicin"}
    v.do(nar, "ordforande", Act.REGISTRERA_LINJEKONTAKT, text=text, **who)


def _analys(v: Vandring) -> None:
    """Row 11: the analysis; section 7.6 is left without one, with a reason."""
    _contact(v, date(2025, 11, 18), "Chefsamrådet har fått del av nuläget.")
    v.write(date(2025, 12, 10), "ordforande", texter.ANALYS)
    for key, text in texter.SLUTSATSER.items():
        v.do(date(2025, 12, 10), "ordforande", Act.SKRIV_SLUTSATS, avsnitt=key, text=text)
    left_out = {"avsnitt": "nulage_ekonomi", "text": texter.UTELAMNAR_EKONOMI}
    v.do(date(2025, 12, 10), "ordforande", Act.UTELAMNA_AVSNITT, **left_out)
    v.do(date(2025, 12, 10), "ordforande", Act.BORJA_ATGARDSFORSLAG)


def _proposals(v: Vandring) -> None:
    """Row 12: five proposals, discussed with the managers, and how to follow up."""
    discussed = date(2026, 1, 14)
    _contact(v, discussed, "Chefsamrådet har diskuterat de fem åtgärdsförslagen.")
    nar = date(2026, 1, 21)
    for number, fields in enumerate(texter.ATGARDER, 1):
        builds_on = v.conclusions({2: 3, 3: 4, 4: 2, 5: 2}.get(number, 1))
        tied = {"slutsatser": builds_on, "punkter": v.points({1: 2, 2: 3, 3: 4}.get(number, 0))}
        v.do(nar, "ordforande", Act.SKRIV_ATGARDSFORSLAG, diskuterat_date=discussed, **tied, **fields)
    costs = [(region, "arlig", 190, texter.ANTAGANDE_40) for region in REGIONER]
    known = {"objekt": v.proposal(4), "kostnadsbas": "sjalvkostnad", "ekonom": "Eva Zetterlund"}
    v.do(nar, "ordforande", Act.SKRIV_KALKYL, **known, rader=costs)
    v.do(
        nar,
        "ordforande",
        Act.BESVARA_UPPDRAGSPUNKTER,
        besvarad_i=v.answers({1: ["nulage_verksamhet"], 5: ["uppfoljning"]}),
    )
    v.do(
        date(2026, 1, 21),
        "ordforande",
        Act.SKRIV_UPPFOLJNINGSPLAN,
        hur="Statistik från regionernas system och en enkät till läkare",
        nar="inom tolv månader efter nämndens godkännande",
        vem="Arbetsgruppens ordförande",
    )
    for follows, one in zip(texter.FOLJER_UPP, texter.PARAMETRAR, strict=True):
        v.do(nar, "ordforande", Act.LAGG_TILL_PARAMETER, **one, forslag=v.proposals(*follows))
    for slag, text, instead, why in texter.VAGVAL:
        noted = {"slag": slag, "date": date(2025, 11, 18), "text": text, "alternativ": instead, "varfor": why}
        v.do(nar, "ordforande", Act.ANTECKNA_VAGVAL, **noted)
    v.do(date(2026, 1, 21), "ordforande", Act.STALL_SIG_BAKOM, text="")


def _hand_in(v: Vandring) -> None:
    """Row 13: the communicator reads, and the slutrapport is handed in."""
    v.write(date(2026, 2, 17), "ordforande", texter.SLUTRAPPORT)
    v.do(date(2026, 2, 24), "kommunikator", Act.KORREKTURLAS, text="LIX för sammanfattningen: 41. Texten är godkänd.")
    v.do(date(2026, 2, 26), "ordforande", Act.LAMNA_SLUTRAPPORT)


def _samarbetsgrupp(v: Vandring) -> None:
    """Row 14: samarbetsgruppen treats the slutrapport; Kronoberg has something to say."""
    nar, kronoberg = date(2026, 3, 10), "Punkt 3 behöver ett tydligt kostnadstak."
    for region in REGIONER:
        said = {"val": "synpunkter", "text": kronoberg} if region == "kronoberg" else {"val": "inget"}
        v.do(nar, f"samarbetsgrupp.{region}", Act.LAMNA_REGIONSYNPUNKT, region=region, **said)
    v.do(nar, "kansli", Act.BEHANDLA_I_SAMARBETSGRUPPEN, text="Rapporten går vidare till ledningsgruppen.")
    v.do(nar, "kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN)


def _first_attempt(v: Vandring) -> None:
    """Row 15: presented; Kronoberg does not agree with clause 3 of version 2."""
    nar = date(2026, 3, 26)
    v.do(date(2026, 3, 17), "sekreterare", Act.SKRIV_BESLUTSFORSLAG, attsatser=v.clauses(*texter.SATSER_UTKAST))
    v.do(date(2026, 3, 19), "sekreterare", Act.SKRIV_BESLUTSFORSLAG, attsatser=v.clauses(*texter.SATSER_FORE))
    v.do(nar, "sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, part="Karin Lind", text="")
    v.take_stances(nar, kronoberg="Att-sats 3 saknar kostnadstak.")
    v.do(nar, "sekreterare", Act.KONSTATERA_OENIGHET, text="Region Kronoberg är inte enig om att-sats 3.")


def _second_attempt(v: Vandring) -> None:
    """Row 16: clause 3 is changed, which resets the stances; all four agree on version 3."""
    nar = date(2026, 4, 23)
    v.do(nar, "sekreterare", Act.SKRIV_BESLUTSFORSLAG, attsatser=v.clauses(*texter.SATSER, changed={3}))
    v.take_stances(nar)
    v.do(nar, "sekreterare", Act.LAMNA_TILL_NAMNDEN)


def _namnd(v: Vandring) -> None:
    """Rows 17-18: politiska styrgruppen prepares, nämnden decides § 27, and the regions are sent it."""
    v.do(date(2026, 5, 12), "namndsekreterare", Act.BERED_POLITISKT, text="Styrgruppen ställer sig bakom förslaget.")
    v.do(
        _NAMND,
        "namndsekreterare",
        Act.REKOMMENDERA,
        punkt="27",
        lydelse=texter.LYDELSE,
        justerat=date(2026, 6, 11),
        anslaget=date(2026, 6, 12),
        foredragande="Karin Lind",
    )
    v.do(date(2026, 6, 15), "namndsekreterare", Act.EXPEDIERA)


def _halland(v: Vandring) -> None:
    """Row 19: decided by an official, by delegation; then the introduction can begin."""
    nar = date(2026, 8, 27)
    lines = (
        "Region Halland",
        "Beslutsdatum: 2026-08-27",
        "Hälso- och sjukvårdsdirektören beslutar enligt delegationsordningen",
        "att följa Södra regionvårdsnämndens rekommendation 2026-06-04 § 27, punkt 1–5.",
        "Undertecknat av hälso- och sjukvårdsdirektören",
    )
    v.decide(
        nar,
        "halland",
        niva="tjansteperson",
        organ_namn="Hälso- och sjukvårdsdirektören",
        grundslag="delegation",
        grund="Delegationsordningen",
        fil=make_paper("Delegationsbeslut 2026-08-27.pdf", "Delegationsbeslut", lines),
    )
    v.review(date(2026, 8, 31), "halland")
    why = "Region Halland har beslutat och börjar. De andra regionerna kommer med när de har beslutat."
    v.do(date(2026, 9, 1), "kansli", Act.BORJA_INFORANDE, why)


def _blekinge(v: Vandring) -> None:
    """Row 20: regionstyrelsen § 214, with a condition for point 4."""
    lines = (
        "Region Blekinge, regionstyrelsen",
        "Sammanträde 2026-09-09, § 214 Kliniska distansmöten",
        "Regionstyrelsen beslutar att bifalla rekommendationerna 1, 2, 3 och 5.",
        "Rekommendation 4 bifalls med tillägget att samordnaren finansieras inom ram;",
        "återrapport till regionstyrelsen i juni 2027.",
        "Paragrafen förklaras omedelbart justerad.",
    )
    v.decide(
        date(2026, 9, 9),
        "blekinge",
        {4: texter.VILLKOR_BLEKINGE},
        niva="politisk",
        organ_namn="Regionstyrelsen",
        paragraf="214",
        aterrapport=date(2027, 6, 30),
        fil=make_paper("Protokollsutdrag regionstyrelsen § 214.pdf", "Protokollsutdrag", lines),
    )
    v.review(date(2026, 9, 11), "blekinge")


def _kronoberg(v: Vandring) -> None:
    """Row 21: hälso- och sjukvårdsnämnden § 131; the wrong minutes come first, the right ones on 20 October."""
    decided = {"niva": "politisk", "organ_namn": "Hälso- och sjukvårdsnämnden", "dag": date(2026, 9, 22)}
    heading = ("Region Kronoberg, hälso- och sjukvårdsnämnden", "Sammanträde 2026-09-22")
    wrong_lines = (*heading, "§ 113 Ändrade öppettider på vårdcentraler", "Nämnden godkänner förslaget.")
    right_lines = (
        *heading,
        "§ 131 Kliniska distansmöten",
        "Nämnden bifaller Södra regionvårdsnämndens rekommendation, punkt 1–5.",
        "Justerat 2026-09-29",
    )
    wrong = make_paper("Protokollsutdrag HSN § 113.pdf", "Protokollsutdrag", wrong_lines)
    right = make_paper("Protokollsutdrag HSN § 131.pdf", "Protokollsutdrag", right_lines)
    v.decide(date(2026, 9, 29), "kronoberg", paragraf="131", fil=wrong, **decided)
    why = "Utdraget gäller § 113, ett annat ärende. Skicka utdraget för § 131."
    v.review(date(2026, 10, 1), "kronoberg", why)
    v.send(date(2026, 10, 20), "kronoberg", right)
    v.review(date(2026, 10, 20), "kronoberg")


def _inforande(v: Vandring) -> None:
    """Row 22: the introduction is under way in three regions; Skåne has not decided."""
    under_way = dict.fromkeys(range(1, 6), ("pagar", ""))
    v.report(date(2026, 10, 15), "halland", {**under_way, 4: ("infort", "")})
    waits = ("planerat", "Samordnaren ska finansieras inom ram.")
    v.report(date(2026, 10, 29), "blekinge", {**under_way, 4: waits})
    v.report(date(2026, 11, 12), "kronoberg", {**under_way, 5: ("planerat", "")})
