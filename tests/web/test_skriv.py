"""Writing: what was typed is never lost, whoever else was at work meanwhile."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from delprojekt.actions.avsnitt import Sparning, Textval, save_section
from delprojekt.actions.narvaro import beat
from delprojekt.documents.plain import from_plain
from delprojekt.documents.sammanfoga import blocks
from delprojekt.models import Avsnitt, Delprojekt, Innehav, Person, Vantar, Versionsslag
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.delar import first_draft
from delprojekt.queries.narvaro import others
from tests.walked import Walked
from tests.web.test_krock import window
from tests.world import actor, delprojekt_in, do, fresh, new_forslag, person, start, submit

pytestmark = pytest.mark.django_db


def test_text_sent_after_the_step_has_moved_is_shown_so_that_it_can_be_kept() -> None:
    d = delprojekt_in(Steg.LEDNINGSGRUPP)
    client = Client()
    client.force_login(person("ordforande").konto)
    answer = client.post(f"/rapport/{d.pk}/sammanfattning/", {"text": "Två kvällars arbete.", "version": "1"})
    assert answer.status_code == 409
    assert "Två kvällars arbete." in answer.content.decode()


KEY = "nulage_ekonomi"


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In nuläge, with a section of two paragraphs, and nobody at the desk."""
    cache.clear()
    made = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    do("ordforande", Act.UTSE_SKRIBENTER, made, skribenter={"nulage": person("ledamot").pk})
    save_section(actor("ordforande"), made, KEY, "<p>Ett.</p><p>Två.</p>", 0)
    return made


def autosave(client: Client, d: Delprojekt, **fields: object) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"/rapport/{d.pk}/{KEY}/spara/", fields)
    return answer.status_code, answer.json()


def test_a_simultaneous_change_of_one_paragraph_shows_both_texts_and_overwrites_none(d: Delprojekt) -> None:
    save_section(actor("ledamot"), d, KEY, "<p>Ledamotens text.</p><p>Två.</p>", 1)
    client = window("ordforande")
    mine = {"text": "Ordförandens text.\n\nTvå.", "version": "1"}
    answer = client.post(f"/rapport/{d.pk}/{KEY}/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ordförandens" in page
    assert "Ledamotens text." in page
    assert "Petra Wikström sparade" in page
    assert Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).version == 2


@pytest.mark.parametrize(
    ("val", "wanted"),
    [
        ("mina", "<p>Ordförandens text.</p><p>Två.</p>"),
        ("deras", "<p>Ledamotens text.</p><p>Två.</p>"),
        ("bada", "<p>Ledamotens text.</p><p>Ordförandens text.</p><p>Två.</p>"),
    ],
)
def test_whoever_chooses_gets_the_chosen_text_and_the_other_is_kept(d: Delprojekt, val: str, wanted: str) -> None:
    save_section(actor("ledamot"), d, KEY, "<p>Ledamotens text.</p><p>Två.</p>", 1)
    said = {"text": "Ordförandens text.\n\nTvå.", "version": "1", "val": val, "sett": "2"}
    answer = window("ordforande").post(f"/rapport/{d.pk}/{KEY}/", said)
    assert answer.status_code == 302
    row = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY)
    assert row.html == wanted
    kept = " ".join(row.versioner.values_list("html", flat=True))
    assert "Ledamotens text." in kept
    assert "Ordförandens text." in kept


@pytest.mark.parametrize("val", ["mina", "deras", "bada"])
def test_a_choice_is_of_the_paragraph_that_both_have_changed(d: Delprojekt, val: str) -> None:
    """What only the other one has changed is kept, whatever is chosen, and shown as kept before it is."""
    first = "Ett, ändrat."
    save_section(actor("ledamot"), d, KEY, f"<p>{first}</p><p>Två, hennes.</p>", 1)
    said = {"text": "Ett.\n\nTvå, mitt.", "version": "1"}
    page = window("ordforande").post(f"/rapport/{d.pk}/{KEY}/", said).content.decode()
    assert page.split("Din text, med skillnaden", 1)[1].count(first) == 1
    assert window("ordforande").post(f"/rapport/{d.pk}/{KEY}/", said | {"val": val, "sett": "2"}).status_code == 302
    assert first in Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).html


def test_what_was_written_and_taken_away_in_one_sitting_can_be_chosen_again(d: Delprojekt) -> None:
    """The list of versions holds it, though it was saved by itself and more was saved after it."""
    chair = window("ordforande")
    for number, text in enumerate(["Ett. Ett långt", "Ett. Ett långt stycke.", "x", "xy"], 1):
        autosave(chair, d, text=text, version=number, klient="a", lopnr=number)
    page = chair.get(f"/rapport/{d.pk}/{KEY}/versioner/?fran=3&till=5").content.decode()
    assert "Version 3 jämförd med version 5" in page
    assert "Ett långt stycke." in page
    assert "Jämför från version 2" not in page  # all of it stands in version 3


def test_a_section_that_is_left_out_says_so_and_leads_back(d: Delprojekt) -> None:
    """M5.2-4: the analysis is left out with it; what is written there is kept, and in no document."""
    do("ordforande", Act.UTELAMNA_AVSNITT, d, avsnitt=KEY, text="Går inte att mäta.")
    for key in (KEY, KEY.replace("nulage", "analys")):
        page = window("ordforande").get(f"/rapport/{d.pk}/{key}/").content.decode()
        assert "Avsnittet är inte med i dokumentet" in page
        assert "Går inte att mäta." in page
        assert f'<a href="/delprojekt/{d.pk}/gor/utelamna-avsnitt/?fran={KEY}">Ta med avsnittet igen</a>' in page


def test_changes_of_different_paragraphs_are_both_kept_and_it_is_said(d: Delprojekt) -> None:
    save_section(actor("ledamot"), d, KEY, "<p>Ett, ändrat.</p><p>Två.</p>", 1)
    said = {"text": "Ett.\n\nTvå, ändrat.", "version": "1"}
    answer = window("ordforande").post(f"/rapport/{d.pk}/{KEY}/", said, follow=True)
    assert "Båda ändringarna är med" in answer.content.decode()
    assert Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).html == "<p>Ett, ändrat.</p><p>Två, ändrat.</p>"


def test_the_autosave_answers_with_the_version_and_who_else_is_there(d: Delprojekt) -> None:
    chair, member = window("ordforande"), window("ledamot")
    code, first = autosave(chair, d, text="Ett!\n\nTvå.", version=1, klient="a", lopnr=1)
    assert (code, first["version"], first["har"]) == (200, 2, [])
    assert "html" not in first
    code, heard = autosave(member, d, version=1)
    assert code == 200
    assert heard["html"] == "<p>Ett!</p><p>Två.</p>"
    assert heard["text"] == "Ett!\n\nTvå."
    assert [one["mening"] for one in heard["har"]] == ["Karin Lind skriver här nu"]
    code, clash = autosave(member, d, text="Ett?\n\nTvå.", version=1, klient="b", lopnr=1)
    assert code == 409
    assert "Ett!" in clash["krock"]
    assert clash["sett"] == 2


def test_the_autosave_of_who_wrote_on_while_the_answer_was_away_is_put_in_the_merged_text(d: Delprojekt) -> None:
    save_section(actor("ledamot"), d, KEY, "<p>Ett, hennes.</p><p>Två.</p>", 1)
    client = window("ordforande")
    _, merged = autosave(client, d, text="Ett.\n\nTvå, m", version=1, klient="a", lopnr=1)
    assert merged["html"] == "<p>Ett, hennes.</p><p>Två, m</p>"
    said = {"text": "Ett.\n\nTvå, mitt.", "bas": "Ett.\n\nTvå, m", "version": merged["version"], "klient": "a"}
    code, after = autosave(client, d, **said, lopnr=2)
    assert code == 200
    assert after["html"] == "<p>Ett, hennes.</p><p>Två, mitt.</p>"


def test_a_patient_representative_is_not_named_to_who_is_outside_the_group(walked: Walked, d: Delprojekt) -> None:
    them = actor_for_person(Person.objects.get(epost="roll.patientforetradare@exempel.se"))
    beat(them, d, KEY, skrev=True)
    guest = actor_for_person(Person.objects.get(epost="roll.adjungerad@exempel.se"))
    assert [one.namn for one in others(guest, d)] == ["Patient- eller närståendeföreträdare"]
    assert [one.namn for one in others(actor("ordforande"), d)] == ["Kim Patient- eller närståendeföreträdare"]
    Innehav.objects.filter(person=them.person, roll=Roll.PATIENTFORETRADARE).update(till_date=klocka.idag())
    beat(actor_for_person(Person.objects.get(pk=them.person)), d, KEY, skrev=True)
    assert [one.namn for one in others(guest, d)] == ["Patient- eller närståendeföreträdare"], "nor when it is over"


def test_a_post_that_says_nothing_is_answered_in_swedish_and_who_may_not_write_is_refused(d: Delprojekt) -> None:
    client = window("ordforande")
    unread = "Texten gick inte att läsa. Ladda om sidan; det du har skrivit är kvar."
    assert autosave(client, d, text="x") == (422, {"fel": unread})
    code, long = autosave(client, d, text="x" * 2_100_000, version=1)
    assert code == 422
    assert "2,1 miljoner tecken" in long["fel"]
    assert client.get(f"/rapport/{d.pk}/{KEY}/spara/").url == f"/rapport/{d.pk}/{KEY}/"
    code, refused = autosave(window("kansli2"), d, text="x", version=1)
    assert code == 409
    assert "Du kan inte göra det här" in refused["stangt"]
    assert autosave(window("kansli2"), d, version=1) == (409, refused)
    assert autosave(client, d, version=1)[0] == 200
    assert client.post(f"/rapport/{d.pk}/bakgrund/spara/", {"version": 0}).status_code == 409
    assert window("ordforande").post(f"/rapport/{10**9}/{KEY}/spara/", {"version": 1, "text": "x"}).status_code == 404


def test_text_that_comes_after_the_report_was_handed_in_is_not_taken_and_it_says_why(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.LEDNINGSGRUPP])
    client = window("ordforande")
    code, answer = autosave(client, d, text="Sent.", version=1)
    assert code == 409
    assert answer["stangt"]
    assert autosave(client, d, version=1)[0] == 409


def test_the_desk_shows_how_far_it_has_come_and_who_writes(d: Delprojekt) -> None:
    client = window("ordforande")
    said = {"nulage": person("ledamot").pk, KEY: person("ordforande").pk}
    do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter=said, helhetsansvarig=person("ordforande").pk)
    answer = client.post(f"/rapport/{d.pk}/{KEY}/klart/", {"version": "1"}, follow=True).content.decode()
    assert "7.6 Ekonomi klarmarkerades." in answer
    page = " ".join(client.get(f"/rapport/{d.pk}/").content.decode().split())
    assert "1 av 20 avsnitt klarmarkerade" in page
    assert "Petra Wikström" in page
    assert "Karin Lind har helhetsansvaret" in page
    save_section(actor("ledamot"), d, KEY, "<p>Ändrat.</p>", 1)
    assert "0 av 20 avsnitt klarmarkerade" in client.get(f"/rapport/{d.pk}/").content.decode()


def test_what_changed_since_it_was_read_is_not_marked_as_done(d: Delprojekt) -> None:
    save_section(actor("ledamot"), d, KEY, "<p>Ändrat.</p>", 1)
    client = window("ordforande")
    page = client.post(f"/rapport/{d.pk}/{KEY}/klart/", {"version": "1"}, follow=True).content.decode()
    assert "Texten har ändrats sedan du läste den." in page
    client.post(f"/rapport/{d.pk}/{KEY}/klart/", {"version": "2"})
    page = client.post(f"/rapport/{d.pk}/{KEY}/klart/", {"oppna": "ja"}, follow=True).content.decode()
    assert "öppnades igen för ändringar" in page


def test_versions_are_compared_word_by_word_and_restored_as_a_new_one(d: Delprojekt) -> None:
    save_section(actor("ledamot"), d, KEY, "<p>Ett nytt.</p><p>Två.</p>", 1)
    client = window("ordforande")
    page = client.get(f"/rapport/{d.pk}/{KEY}/versioner/?fran=1&till=2").content.decode()
    assert '<span class="bara-skarmlasare">tillagt: </span>' in page
    unseen = client.post(f"/rapport/{d.pk}/{KEY}/versioner/1/aterstall/", {"nu": "1"}, follow=True).content.decode()
    assert "Petra Wikström har sparat sedan du öppnade sidan." in unseen
    client.post(f"/rapport/{d.pk}/{KEY}/versioner/1/aterstall/", {"nu": "2"})
    row = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY)
    assert (row.version, row.html) == (3, "<p>Ett.</p><p>Två.</p>")
    assert row.versioner.get(version=2).html == "<p>Ett nytt.</p><p>Två.</p>"
    assert row.versioner.get(version=3).slag == Versionsslag.ATERSTALLD
    assert client.post(f"/rapport/{d.pk}/{KEY}/versioner/77/aterstall/").status_code == 404
    assert client.get(f"/rapport/{d.pk}/{KEY}/versioner/?fran=²&till=9999999999999").status_code == 200
    assert client.get(f"/rapport/{d.pk}/nulage_verksamhet/versioner/").status_code == 404


def test_the_versions_show_the_last_of_each_sitting_and_what_was_saved_aloud(d: Delprojekt) -> None:
    client = window("ordforande")
    for n, word in enumerate(("Ett, t", "Ett, tv", "Ett, två"), 1):
        autosave(client, d, text=word, version=n, klient="a", lopnr=n)
    client.post(f"/rapport/{d.pk}/{KEY}/", {"text": "Ett, två", "version": "4"})
    autosave(client, d, text="Ett, två, t", version=4, klient="a", lopnr=4)
    page = client.get(f"/rapport/{d.pk}/{KEY}/versioner/").content.decode()
    shown = [n for n in range(1, 6) if f'aria-label="Jämför från version {n}"' in page]
    assert shown == [1, 4, 5], "the first save, the one with the button, and the last"


def test_html_that_is_written_by_hand_stays_html_whatever_is_written_before_it(d: Delprojekt) -> None:
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    save_section(actor("ordforande"), d, KEY, table, 1)
    client = window("ordforande")
    assert 'name="text-rikt"' in client.get(f"/rapport/{d.pk}/{KEY}/").content.decode()
    client.post(f"/rapport/{d.pk}/{KEY}/", {"text": f"Ny inledning.\n{table}", "version": "2", "text-rikt": "ja"})
    assert Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).html == f"<p>Ny inledning.</p>{table}"


def test_who_no_longer_writes_the_section_gets_the_text_back_and_the_right_reason(d: Delprojekt) -> None:
    answer = window("kansli2").post(f"/rapport/{d.pk}/{KEY}/", {"text": "En kvälls arbete.", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "En kvälls arbete." in page
    assert "Du kan inte göra det här" in page
    assert "gick delprojektet" not in page


def test_a_delprojekt_that_is_paused_shows_the_text_and_why_it_cannot_be_written(walked: Walked) -> None:
    page = window("ordforande").get(f"/rapport/{walked.pausat}/{KEY}/").content.decode()
    assert "Avsnittet går inte att skriva i nu" in page
    assert 'id="skrivform"' not in page
    assert "Klarmarkera avsnittet" not in page


def test_what_is_missing_is_said_before_a_section_is_marked_as_done_and_stops_nothing(d: Delprojekt) -> None:
    save_section(actor("ordforande"), d, KEY, "<table><tbody><tr><td>1</td></tr></tbody></table>", 1)
    client = window("ordforande")
    page = client.get(f"/rapport/{d.pk}/{KEY}/").content.decode()
    for lack in ("1 tabell saknar rubrik.", "1 tabell saknar källa.", "1 tabell saknar rad- eller kolumnrubriker."):
        assert lack in page
    client.post(f"/rapport/{d.pk}/{KEY}/klart/", {"version": "2"})
    assert Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).klart


def test_a_picture_from_elsewhere_stands_as_words(d: Delprojekt) -> None:
    for source in ("/media/bild/annans.png", "/media/handling/2026/x.pdf", "data:image/png;base64,AAAA"):
        saved = save_section(actor("ordforande"), d, KEY, f'<p>Se <img src="{source}" alt="Karta"></p>', 1)
        assert saved.html == "<p>Se [Bilden kom inte med: Karta]</p>"


def test_two_who_begin_from_the_same_prefilled_text_have_both_changes_and_no_paragraph_twice() -> None:
    d = new_forslag()
    submit(d)
    start(d)
    draft = from_plain(first_draft(actor("kansli"), d, "syfte"))
    first, second, *rest = blocks(draft)
    assert second
    save_section(actor("kansli"), d, "syfte", first.replace("</p>", " Ett.</p>") + second + "".join(rest), 0)
    row = save_section(actor("kansli"), d, "syfte", first + second.replace("</p>", " Två.</p>") + "".join(rest), 0)
    assert row.html == first.replace("</p>", " Ett.</p>") + second.replace("</p>", " Två.</p>") + "".join(rest)


def test_the_mark_stays_when_the_text_that_was_marked_is_chosen(d: Delprojekt) -> None:
    save_section(actor("ledamot"), d, KEY, "<p>Hennes.</p><p>Två.</p>", 1)
    do("ordforande", Act.KLARMARKERA_AVSNITT, d, avsnitt=KEY)
    chosen = Sparning(1, val=Textval.DERAS, sett=2)
    row = save_section(actor("ordforande"), d, KEY, "<p>Mitt.</p><p>Två.</p>", chosen)
    row.refresh_from_db()
    assert (row.html, row.klart) == ("<p>Hennes.</p><p>Två.</p>", True)


def test_the_help_shows_the_method_s_words_and_how_others_wrote(walked: Walked) -> None:
    page = walked.client("ordforande").get(f"/rapport/{walked[Steg.NULAGE]}/nulage_kompetens/").content.decode()
    assert "Så står det i metoden, § 5.2" in page
    assert "Det är viktigt att alla deltagande regioner ingår i nulägesbeskrivningen." in page
    assert "Text i nulage_kompetens." in page.split("Så skrev andra", 1)[1]


def test_the_start_kit_counts_back_from_namnden(d: Delprojekt) -> None:
    client = window("ordforande")
    page = client.get(f"/rapport/{d.pk}/startpaket/?namnd=12 mars 2027").content.decode()
    for words in ("2027-03-12", "2026-11-27", "Beskriv nuläget i varje region", "Maja Ek", "DARC", "Juridik"):
        assert words in page, words
    assert "Skriv datumet som" in client.get(f"/rapport/{d.pk}/startpaket/?namnd=3/4/27").content.decode()
    assert client.get(f"/rapport/{new_forslag('ordforande').pk}/startpaket/").status_code == 404


def test_writing_the_uppdrag_makes_it_ledningsgruppens_turn() -> None:
    d = new_forslag()
    submit(d)
    start(d)
    waiting = Vantar.objects.filter(delprojekt=d).values_list("act", flat=True)
    assert Act.SKRIV_UPPDRAG in waiting.all()
    save_section(actor("kansli"), fresh(d), "bakgrund", "<p>Alla har video.</p>", 0)
    assert Act.SKRIV_UPPDRAG not in waiting.all()
    assert Act.FASTSTALL_UPPDRAG in waiting.all()


def test_a_pause_ends_with_the_step_that_it_paused() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    do("sekreterare", Act.PAUSA, d, organ="ledningsgrupp", text="Brist på personal.")
    do("sekreterare", Act.AVBRYT, d, organ="ledningsgrupp", text="Behovet finns inte kvar.")
    assert not fresh(d).pausat
    assert not Vantar.objects.filter(delprojekt=d).exists()
