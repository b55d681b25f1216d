"""Sentences of §4 Arbetsgruppen and §5.1.4: who is asked, who is put forward, and what ledningsgruppen decides."""

from datetime import date, timedelta

import pytest

from delprojekt.actions.steg import perform
from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Innehav, Nominering, Nomineringssvar, Utskick, Vantar
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import Refused, decide
from delprojekt.process.roller import Roll
from delprojekt.queries.delprojekt import read_events, recent_events
from delprojekt.queries.lage import build_lage
from tests import world
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import REGIONER, SVAR_SENAST, fresh, person

BODIES = ("samarbetsgrupp", "ledningsgrupp")
JA = {"status": "tackat_ja", "chef_ja": True}


def namn(efternamn: str, roll: Roll = Roll.LEDAMOT, **extra: object) -> dict[str, object]:
    """Return what the form of a nomination gives, of somebody outside the cast."""
    email = f"{efternamn.lower()}@exempel.se"
    known = {"fornamn": "Kim", "efternamn": efternamn, "epost": email, "roll": roll, "dag": h.DAG}
    return {**known, **extra}


def rad(dp: Delprojekt, efternamn: str) -> Nominering:
    return Nominering.objects.get(omgang__delprojekt=dp, person__efternamn=efternamn)


def rad_for(dp: Delprojekt, slug: str) -> int:
    """Return the key of a region's nominated member."""
    return Nominering.objects.get(omgang__delprojekt=dp, region__slug=slug, roll=Roll.LEDAMOT).pk


def rad_av(dp: Delprojekt, act: Act, **underlag: object) -> set[Krav]:
    """Return the advice that is not followed when ledningsgruppen would act now."""
    lage = build_lage(fresh(dp)).prova(underlag)
    return set(decide(som(Roll.SEKRETERARE), act, lage, underlag).advice)


def utan_motivering(dp: Delprojekt, act: Act, who: str = "sekreterare", **underlag: object) -> None:
    perform(world.actor(who), act, dp.pk, underlag)


def mandat(dp: Delprojekt, roll: Roll) -> set[str]:
    rows = Innehav.objects.filter(delprojekt=dp, roll=roll, till_date=None)
    return set(rows.values_list("person__efternamn", flat=True))


# M4-4 «Förfrågan om nomineringar inhämtas från ledningsgruppen, samarbetsgruppen men vid behov även via andra
# kontaktvägar.»
def test_4_no_group_is_appointed_before_nominations_have_been_asked_for(faststallt: Delprojekt) -> None:
    """M4-4 (H)."""
    dp = faststallt
    h.nominera(dp, "kronoberg", Roll.ORDFORANDE)
    for slug in ("blekinge", "halland", "skane"):
        h.nominera(dp, slug)
    h.utse_ordforande(dp)

    assert saknas("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote()) == {"M4-4"}

    world.ask_for_nominations(dp)
    h.utse_gruppen(dp)


def test_4_the_request_reaches_both_bodies_in_every_participating_region(startat: Delprojekt) -> None:
    """M4-4: addressees, last day, wanted competences, message, and the other ways that are asked."""
    dp = h.skriv_uppdrag(startat, ska=["internmedicin"], bor=["ekonomi"])
    for slug in REGIONER:
        person(f"samarbetsgrupp.{slug}"), person(f"ledningsgrupp.{slug}")

    said = {"till": SVAR_SENAST, "dag": h.DAG, "text": "Gärna någon ung.", "part": "RPO Medicinsk diagnostik"}
    event = gor("kansli", Act.BE_OM_NOMINERINGAR, dp, **said)

    mail = Utskick.objects.filter(handelse=event)
    bodies = {f"{body}.{slug}@exempel.se" for body in BODIES for slug in REGIONER}
    assert set(mail.values_list("adress", flat=True)) == bodies
    for words in ("16 mars 2026", "internmedicin (ska finnas)", "ekonomi (bör finnas)", "Gärna någon ung."):
        assert words in mail[0].text
    assert dp.fakta.get(slag="nomineringar_begarda").part == "RPO Medicinsk diagnostik"
    assert Nomineringssvar.objects.filter(forfragan__delprojekt=dp, svarat_at=None).count() == len(REGIONER)


def test_4_a_request_has_a_last_day_that_has_not_passed(startat: Delprojekt) -> None:
    """M4-4: deadline."""
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.BE_OM_NOMINERINGAR, startat, till=h.DAG - timedelta(days=1), dag=h.DAG)
    assert not h.formular("kansli", Act.BE_OM_NOMINERINGAR, startat, text="Hej").is_valid()


def test_4_a_region_that_has_not_answered_has_it_to_do_until_it_answers(startat: Delprojekt) -> None:
    """M4-4: the log of answers per region; "Väntar på dig" with its last day."""
    dp = startat
    world.ask_for_nominations(dp)

    def waits() -> set[tuple[str, str, date]]:
        rows = Vantar.objects.filter(delprojekt=dp, act=Act.NOMINERA, region__isnull=False)
        return set(rows.values_list("roll", "region__slug", "frist_date"))

    both = (Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP)
    assert waits() == {(roll.value, slug, SVAR_SENAST) for roll in both for slug in REGIONER}

    gor("samarbetsgrupp.skane", Act.NOMINERA, dp, region="skane", **namn("Alm"))
    gor("ledningsgrupp.halland", Act.AVSTA_NOMINERING, dp, region="halland", text="Ingen kan avsätta tid.")

    assert {slug for _, slug, _ in waits()} == {"blekinge", "kronoberg"}
    assert (
        Nomineringssvar.objects.get(forfragan__delprojekt=dp, region__slug="halland").ingen_skal
        == "Ingen kan avsätta tid."
    )


def test_4_a_region_answers_only_for_itself_and_says_why(startat: Delprojekt) -> None:
    dp = startat
    assert saknas("kansli", Act.AVSTA_NOMINERING, dp, region="skane", text="Nej.") == {"M4-4"}
    world.ask_for_nominations(dp)

    nekas(som(Roll.SAMARBETSGRUPP, "halland"), Act.AVSTA_NOMINERING, dp, region="skane", text="Nej.")
    with pytest.raises(Ogiltigt):
        gor("samarbetsgrupp.skane", Act.AVSTA_NOMINERING, dp, region="skane", text=" ")


def test_4_a_reminder_reaches_those_who_have_not_answered_and_is_kept(startat: Delprojekt) -> None:
    dp = startat
    for slug in REGIONER:
        person(f"samarbetsgrupp.{slug}")
    world.ask_for_nominations(dp)
    for slug in ("blekinge", "halland", "kronoberg"):
        gor("kansli", Act.AVSTA_NOMINERING, dp, region=slug, text="Ingen.")

    event = gor("kansli", Act.PAMINN_OM_NOMINERINGAR, dp)

    told = set(event.utskick.values_list("adress", flat=True))
    assert "samarbetsgrupp.skane@exempel.se" in told <= {f"{who}.skane@exempel.se" for who in BODIES}
    reminded = Nomineringssvar.objects.filter(forfragan__delprojekt=dp).exclude(pamind_at=None)
    assert list(reminded.values_list("region__slug", flat=True)) == ["skane"]

    gor("kansli", Act.AVSTA_NOMINERING, dp, region="skane", text="Ingen.")
    assert saknas("kansli", Act.PAMINN_OM_NOMINERINGAR, dp) == {"M4-4"}


# M4-2 «Lämpligen börjar man med ordförandeskapet»
def test_4_to_ask_before_there_is_a_chair_takes_a_reason(faststallt: Delprojekt) -> None:
    """M4-2 (R)."""
    dp, ask = faststallt, {"till": SVAR_SENAST, "dag": h.DAG}
    with pytest.raises(MotiveringSaknas):
        utan_motivering(dp, Act.BE_OM_NOMINERINGAR, "kansli", **ask)

    h.utse_ordforande(h.nominera(dp, "kronoberg", Roll.ORDFORANDE))
    utan_motivering(dp, Act.BE_OM_NOMINERINGAR, "kansli", **ask)


# M4-3 «Tillsammans med ordförande tas förslag till arbetsgrupp fram.»
def test_4_the_chair_takes_part_in_putting_the_group_together(faststallt: Delprojekt) -> None:
    """M4-3: from any region; what the nominee answers too."""
    dp = h.utse_ordforande(h.nominera(faststallt, "kronoberg", Roll.ORDFORANDE))

    gor("ordforande", Act.NOMINERA, dp, region="skane", **namn("Alm"))
    gor("ordforande", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Alm").pk, status="tackat_ja")

    assert (rad(dp, "Alm").status, rad(dp, "Alm").vag) == ("tackat_ja", "ordforande")


# M4-5 «Baserat på nomineringar sätts den slutliga arbetsgruppen samman.»
def test_4_a_direct_appointment_is_explained(startat: Delprojekt) -> None:
    """M4-5: a nomination, or an explained direct appointment."""
    direct = namn("Alm", vag="direkt", **JA)
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.NOMINERA, startat, region="skane", **direct)

    gor("kansli", Act.NOMINERA, startat, region="skane", **direct, direkt_skal="Enda specialisten i Sverige.")
    assert rad(startat, "Alm").direkt_skal == "Enda specialisten i Sverige."


# M4.1-1 «legitimitet inom området och helst erfarenhet av att leda större projekt»; M4.1-2 «avsätta den tid som krävs»
def test_4_1_a_chair_without_legitimacy_or_time_takes_a_reason(faststallt: Delprojekt) -> None:
    """M4.1-1, M4.1-2 (R)."""
    dp = h.nominera(faststallt, "kronoberg", Roll.ORDFORANDE, avsatt_tid="")
    assert rad_av(dp, Act.UTSE_ORDFORANDE) == {Krav.TID_AVSATT, Krav.ORDFORANDENS_MERITER}
    with pytest.raises(MotiveringSaknas):
        utan_motivering(dp, Act.UTSE_ORDFORANDE, **h.lg_mote())

    known = {"avsatt_tid": "10 %", "legitimitet": "Ordförande i specialitetsföreningen."}
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Lind").pk, **known)
    utan_motivering(dp, Act.UTSE_ORDFORANDE, **h.lg_mote())


# M4.2-2 «bör sådan person hämtas från verksamhet utanför Södra sjukvårdsregionens kansli»
def test_4_2_a_process_leader_from_the_kansli_is_warned_of(fore_gruppen: Delprojekt) -> None:
    """M4.2-2 (R): warns, never blocks."""
    dp = fore_gruppen
    assert Krav.PROCESSLEDARE_UTIFRAN not in rad_av(dp, Act.UTSE_ARBETSGRUPP)

    world.nominate(dp, "kansli2", Roll.PROCESSLEDARE, None)

    assert Krav.PROCESSLEDARE_UTIFRAN in rad_av(dp, Act.UTSE_ARBETSGRUPP)
    h.utse_gruppen(dp)


# M4.2-3 «I undantagsfall kan finansiering hämtas från solidarisk finansiering.»
def test_4_2_joint_financing_takes_a_reason(startat: Delprojekt) -> None:
    """M4.2-3 (R)."""
    joint = namn("Alm", Roll.PROCESSLEDARE, finansiering="solidarisk")
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.NOMINERA, startat, **joint)

    gor("kansli", Act.NOMINERA, startat, **joint, finansiering_skal="Ingen verksamhet kan släppa någon.")


# M4.3-1 «Arbetsgruppen bör vara tvärprofessionell och utifrån uppdragets karaktär även tvärdisciplinär.»
def test_4_3_one_profession_or_one_discipline_only_is_warned_of(fore_gruppen: Delprojekt) -> None:
    """M4.3-1 (R)."""
    dp = fore_gruppen
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad_for(dp, "skane"), disciplin="Internmedicin")
    both = {Krav.TVARPROFESSIONELL, Krav.TVARDISCIPLINAR}
    assert rad_av(dp, Act.UTSE_ARBETSGRUPP) >= both

    other = namn("Alm", profession="sjuksköterska", disciplin="Primärvård", **JA)
    gor("kansli", Act.NOMINERA, dp, region="skane", **other)
    assert not rad_av(dp, Act.UTSE_ARBETSGRUPP) & both


# M4.3-2 «vilka kompetenser och områden som bör eller ska vara representerade i gruppen»
def test_4_3_a_competence_is_covered_by_a_yes_and_not_by_a_name(startat: Delprojekt) -> None:
    """M4.3-2: an uncovered *ska* blocks, an uncovered *bör* warns."""
    dp = h.faststall(h.skriv_uppdrag(startat, ska=["internmedicin"], bor=["ekonomi"]))
    must, should = h.omgang(dp).kompetenskrav.order_by("pk")
    h.utse_ordforande(h.nominera_gruppen(dp))
    gor(
        "kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", kompetenser=[must.pk, should.pk], status="tillfragad")
    )

    assert saknas("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote()) == {"M4.3-2"}
    assert Krav.BOR_KOMPETENSER_TACKTA in rad_av(dp, Act.UTSE_ARBETSGRUPP)

    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Alm").pk, status="tackat_ja", chef_ja=True)
    assert Krav.BOR_KOMPETENSER_TACKTA not in rad_av(dp, Act.UTSE_ARBETSGRUPP)
    h.utse_gruppen(dp)


# M4.3-4 «Det är viktigt att tillfrågad person stämmer av med närmsta chef.»
def test_4_3_a_member_whose_manager_has_not_been_asked_is_warned_of(fore_gruppen: Delprojekt) -> None:
    """M4.3-4: a tick and a name that warn, never block."""
    dp = fore_gruppen
    assert Krav.CHEFER_HAR_SAGT_JA not in rad_av(dp, Act.UTSE_ARBETSGRUPP)

    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad_for(dp, "skane"), chef_ja=False, chef_namn="Bo Ek")

    assert Krav.CHEFER_HAR_SAGT_JA in rad_av(dp, Act.UTSE_ARBETSGRUPP)
    h.utse_gruppen(dp)


# M4.3-5 «I flertalet fall bör det ingå patient- och/eller närståenderepresentant i gruppen.»
def test_4_3_a_group_without_a_patient_representative_is_warned_of(fore_gruppen: Delprojekt) -> None:
    """M4.3-5 (R)."""
    dp = fore_gruppen
    assert Krav.PATIENTFORETRADARE_FINNS in rad_av(dp, Act.UTSE_ARBETSGRUPP)

    gor("kansli", Act.NOMINERA, dp, **namn("Alm", Roll.PATIENTFORETRADARE, status="tackat_ja"))

    assert Krav.PATIENTFORETRADARE_FINNS not in rad_av(dp, Act.UTSE_ARBETSGRUPP)


# M4.4-1 «adjungerade med närvaro endast vid vissa möten»; M4.4-2 «HR, ekonomi, juridik och systemkunskap»
def test_4_4_an_adjungerad_has_an_area_and_leaves_after_the_last_day(fore_gruppen: Delprojekt) -> None:
    """M4.4-1, M4.4-2."""
    dp = fore_gruppen
    form = {"fornamn": "Kim", "efternamn": "Alm", "roll": "adjungerad", "status": "tackat_ja", "dag": "2026-03-02"}
    form["till_date"] = "2027-02-01"
    assert "omrade" in h.formular("kansli", Act.NOMINERA, dp, **form).errors
    assert h.formular("kansli", Act.NOMINERA, dp, **form, omrade="juridik").is_valid()

    known = {"omrade": "juridik", "moten": ["Mötet om avtal"], "till_date": date(2027, 1, 31)}
    gor("kansli", Act.NOMINERA, dp, **namn("Alm", Roll.ADJUNGERAD, **known, **JA))
    h.utse_gruppen(dp)

    assert Innehav.objects.get(delprojekt=dp, roll=Roll.ADJUNGERAD).till_date == date(2027, 2, 1)
    assert "Mötet om avtal" in Utskick.objects.get(adress="alm@exempel.se").text


# M5.1.4-1 «Ledningsgruppen utser ledamöter till arbetsgruppen.»
def test_5_1_4_those_who_are_ticked_are_appointed_and_the_others_stay(fore_gruppen: Delprojekt) -> None:
    """M5.1.4-1: a decision per person."""
    dp = fore_gruppen
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", **JA))
    chosen = [rad_for(dp, slug) for slug in ("blekinge", "halland")] + [rad(dp, "Alm").pk]

    gor("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote(), utses=chosen)

    left = Nominering.objects.filter(omgang__delprojekt=dp, status="tackat_ja")
    assert list(left.values_list("region__slug", flat=True)) == ["skane"]
    assert not left.exclude(utsedd_date=None).exists()
    assert "Alm" in mandat(dp, Roll.LEDAMOT)


def test_5_1_4_a_region_whose_nominee_is_not_ticked_is_named(fore_gruppen: Delprojekt) -> None:
    """V-11: weighed with those who are ticked."""
    dp = fore_gruppen
    chosen = [rad_for(dp, slug) for slug in ("blekinge", "skane")]

    with pytest.raises(Refused, match="Region Halland"):
        gor("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote(), utses=chosen)


@pytest.mark.parametrize("svar", ["foreslagen", "tillfragad", "tackat_nej"])
def test_5_1_4_nobody_is_appointed_who_has_not_said_yes(fore_gruppen: Delprojekt, svar: str) -> None:
    dp = fore_gruppen
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", **JA))
    pk = rad(dp, "Alm").pk
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=pk, status=svar, kommentar="Hinner inte.")

    with pytest.raises((Ogiltigt, Refused)):
        gor("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote(), utses=[pk])
    h.utse_gruppen(dp)

    assert rad(dp, "Alm").status == svar
    assert [b.status for b in rad(dp, "Alm").byten.order_by("pk")] == ["tackat_ja", svar]


def test_5_1_4_a_reserve_is_kept_and_can_be_appointed_later(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    assert saknas("sekreterare", Act.UTSE_FLER, dp, **h.lg_mote()) == {"M4-5"}
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", **JA))
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Alm").pk, status="reserv")

    with pytest.raises(Ogiltigt):
        gor("sekreterare", Act.UTSE_FLER, dp, **h.lg_mote())
    gor("sekreterare", Act.UTSE_FLER, dp, **h.lg_mote(), utses=[rad(dp, "Alm").pk])

    assert [b.status for b in rad(dp, "Alm").byten.order_by("pk")] == ["tackat_ja", "reserv", "utsedd"]


# M4.5-4 «koordinera nomineringar och slutlig sammansättning av arbetsgruppen»
def test_4_5_the_history_of_a_nominee_says_who_when_and_why(startat: Delprojekt) -> None:
    """M4.5-4: kansliet owns the board."""
    dp = startat
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm"))
    answered = {"status": "tackat_nej", "kommentar": "Föräldraledig.", "dag": date(2026, 3, 9)}
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Alm").pk, **answered)

    first, second = rad(dp, "Alm").byten.order_by("pk")
    assert (first.status, second.status, second.kommentar) == ("foreslagen", "tackat_nej", "Föräldraledig.")
    assert (second.date, second.registrerat_av) == (date(2026, 3, 9), person("kansli"))


def test_4_an_address_of_somebody_else_is_refused(startat: Delprojekt) -> None:
    person("ordforande")
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.NOMINERA, startat, region="skane", **namn("Alm", epost="ordforande@exempel.se"))


def test_4_styrgruppen_is_not_told_who_is_in_the_group_before_it_is_shown_the_group(
    med_grupp: Delprojekt, i_nulage: Delprojekt
) -> None:
    """Neither on the page of the delprojekt nor on the first page; from nuläge both say it."""
    styrgrupp = world.actor("styrgrupp")

    def named(dp: Delprojekt) -> set[bool]:
        read = [read_events(styrgrupp, fresh(dp), 200), recent_events(styrgrupp, 200)]
        return {"Karin Lind" in " ".join(e.mening for e in rows if e.delprojekt_id == dp.pk) for rows in read}

    assert named(med_grupp) == {False}
    assert named(i_nulage) == {True}
