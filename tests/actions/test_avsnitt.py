"""Saving a section: nobody's words are overwritten, and only what belongs to the step is written."""

import pytest

from delprojekt.actions.avsnitt import Krock, mark_now, save_section
from delprojekt.models import Avsnitt, Avsnittsversion, Delprojekt, Mallavsnitt
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from tests.walked import Walked
from tests.world import DAG, actor, do, person

pytestmark = pytest.mark.django_db
KEY = "nulage_kompetens"


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def hand_over(d: Delprojekt) -> None:
    """Let the chair hand over the nuläge to a member (M5.4.1-3)."""
    do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter={"nulage": person("ledamot").pk})


def save(d: Delprojekt, text: str, version: int, who: str = "ordforande", key: str = KEY) -> Avsnitt:
    return save_section(actor(who), d, key, f"<p>{text}</p>" if text else "", version)


def test_two_who_write_at_once_lose_nothing(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    hand_over(d)
    start = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).version
    save(d, "Karins text", start)
    with pytest.raises(Krock) as clash:
        save(d, "Petras text", start, "ledamot")
    assert clash.value.nuvarande.html == "<p>Karins text</p>"
    assert str(clash.value) == "Någon annan har sparat medan du skrev."
    save(d, "Karins text och Petras text", clash.value.nuvarande.version, "ledamot")
    kept = Avsnittsversion.objects.filter(avsnitt__nyckel=KEY, avsnitt__omgang__delprojekt=d).order_by("version")
    assert [row.html for row in kept][-2:] == ["<p>Karins text</p>", "<p>Karins text och Petras text</p>"]


def test_saving_the_same_text_again_is_no_new_version_and_no_clash(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    first = save(d, "Samma", Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).version)
    assert save(d, "Samma", 0).version == first.version


def test_a_section_that_was_never_saved_has_no_version_to_keep(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    saved = save_section(actor("ordforande"), d, "nulage_ekonomi", "<p>Ett.</p>", 0)
    mark_now([saved, Avsnitt(omgang=saved.omgang, nyckel="nulage_kompetens", version=0)], "Hämtad")
    assert list(Avsnittsversion.objects.filter(markning="Hämtad").values_list("avsnitt", flat=True)) == [saved.pk]


def test_every_version_says_who_saved_it(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    hand_over(d)
    row = save(d, "Ny text", Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).version, "ledamot")
    assert row.sparat_av is not None
    assert row.sparat_av.epost == "ledamot@exempel.se"
    assert Avsnittsversion.objects.filter(avsnitt=row).latest("version").sparat_av == row.sparat_av


def test_what_is_pasted_is_sanitised_before_it_is_stored(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    version = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).version
    row = save_section(actor("ordforande"), d, KEY, '<p onclick="x()">Hej<script>alert(1)</script></p>', version)
    assert row.html == "<p>Hej</p>"


def test_the_uppdrag_is_frozen_when_the_report_is_written(walked: Walked) -> None:
    with pytest.raises(Mallavsnitt.DoesNotExist):
        save(at(walked, Steg.NULAGE), "Ändrad bakgrund", 1, key="bakgrund")


def test_a_section_that_the_template_does_not_know_is_refused(walked: Walked) -> None:
    with pytest.raises(Mallavsnitt.DoesNotExist):
        save(at(walked, Steg.NULAGE), "x", 0, key="hittepa")


def test_the_report_is_closed_while_it_lies_with_samarbetsgruppen(walked: Walked) -> None:
    d = at(walked, Steg.ATGARDSFORSLAG)
    with pytest.raises(Refused, match="är inlämnad"):
        save(d, "I sista stund", 1)
    do("kansli", Act.RETURNERA_SLUTRAPPORT, d, dag=DAG, text="Förtydliga.")
    row = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY)
    assert save(d, "Förtydligat", row.version).html == "<p>Förtydligat</p>"


@pytest.mark.parametrize("who", ["utomstaende", "region.skane", "sekreterare", "samarbetsgrupp.skane", "kansli2"])
def test_only_the_group_and_its_contact_person_write(walked: Walked, who: str) -> None:
    with pytest.raises(Refused):
        save(at(walked, Steg.NULAGE), "x", 1, who)


def test_nothing_is_written_while_it_is_paused(walked: Walked) -> None:
    with pytest.raises(Refused, match="pausat"):
        save(Delprojekt.objects.get(pk=walked.pausat), "x", 1)


def test_a_text_that_is_emptied_no_longer_counts(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    row = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY)
    assert save(d, "", row.version).html == ""
    assert Avsnittsversion.objects.filter(avsnitt=row).exclude(html="").exists(), "what it said is kept"
