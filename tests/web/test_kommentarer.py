"""Comments and proposed changes beside the text, over the door: without scripts, and what is shown to whom (§5.4.1)."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.takt import Ogiltigt, RedanGjort
from delprojekt.actions.wordfil import take_out
from delprojekt.documents.andring import stycken_i
from delprojekt.documents.wordtext import read_word
from delprojekt.models import (
    Avsnitt,
    Delprojekt,
    Handelse,
    Innehav,
    Kommentar,
    Kommentarsfraga,
    Person,
    Utskick,
    Vantar,
)
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.house.test_queries import assert_does_not_grow
from tests.walked import Walked
from tests.web.test_krock import window
from tests.world import DAG, actor, do, fresh, person

pytestmark = pytest.mark.django_db
KEY = "nulage_ekonomi"
TEXT = "<p>Det finns tre kliniker i regionen.</p><ul><li>Ett.</li><li>Två.</li></ul>"


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In åtgärdsförslag, with the report in the group's hands again."""
    cache.clear()
    made = Delprojekt.objects.get(pk=walked[Steg.ATGARDSFORSLAG])
    do("samarbetsgrupp.skane", Act.RETURNERA_SLUTRAPPORT, made, dag=DAG, text="Se över texten.")
    save_section(actor("ordforande"), made, KEY, TEXT, 0)
    return fresh(made)


def page(client: Client, d: Delprojekt, path: str = f"{KEY}/granska/") -> str:
    answer = client.get(f"/rapport/{d.pk}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def comment(who: str, d: Delprojekt, text: str = "Stämmer det?", **more: Any) -> Kommentar:
    do(who, Act.KOMMENTERA, d, avsnitt=KEY, text=text, **more)
    return Kommentar.objects.latest("pk")


def propose(who: str, d: Delprojekt, fore: str, words: str, **more: Any) -> Kommentar:
    nr = next((one.nr for one in stycken_i(text_of(d)) if one.html == fore), 0)
    do(who, Act.FORESLA_ANDRING, d, **{"avsnitt": KEY, "stycke": nr, "fore": fore, "ord": words} | more)
    return Kommentar.objects.latest("pk")


def text_of(d: Delprojekt) -> str:
    return Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).html


def test_a_comment_is_written_answered_and_ended_without_scripts(d: Delprojekt) -> None:
    hers, chair = window("kommunikator"), window("ordforande")
    said = {"citat": "tre kliniker", "skrivet": "Är det inte fyra? @Karin Lind"}
    html = hers.post(f"/rapport/{d.pk}/{KEY}/kommentera/", said, follow=True).content.decode()
    assert '<mark class="kommentarsmark"' in html
    assert "Är det inte fyra?" in html
    row = Kommentar.objects.get()
    assert "Svara på en kommentar" in chair.get("/").content.decode()
    assert "Är det inte fyra?" in page(chair, d, f"{KEY}/")
    assert "1 kommentar" in page(chair, d, f"{KEY}/")
    assert "”tre kliniker”" in page(chair, d, "kommentarer/")
    chair.post(f"/rapport/{d.pk}/{KEY}/kommentera/{row.pk}/", {"skrivet": "Jag tittar.", "gor": "svara"})
    assert "Svara på en kommentar" not in chair.get("/").content.decode()
    answer = chair.post(f"/rapport/{d.pk}/{KEY}/kommentera/{row.pk}/", {"gor": "klar", "fran": "bord"})
    assert answer.headers["Location"] == f"/rapport/{d.pk}/{KEY}/#kommentar-{row.pk}"
    assert "Avslutade (1)" in page(hers, d)
    hers.post(f"/rapport/{d.pk}/{KEY}/kommentera/{row.pk}/", {"gor": "oppna", "skrivet": "Inte än."})
    assert Kommentar.objects.get().utfall == ""
    assert text_of(d) == TEXT
    acts = Handelse.objects.filter(delprojekt=d, act__in=[Act.KOMMENTERA, Act.BESVARA_KOMMENTAR])
    assert acts.count() == 4


def test_a_script_gets_the_column_drawn_anew_and_what_is_wrong(d: Delprojekt) -> None:
    chair, ask = window("ordforande"), {"Accept": "application/json"}
    made = chair.post(f"/rapport/{d.pk}/{KEY}/kommentera/", {"skrivet": "Bra."}, headers=ask)
    assert (made.status_code, made.json()["antal"]) == (200, 1)
    wrong = chair.post(f"/rapport/{d.pk}/{KEY}/kommentera/", {"skrivet": "Hej @Ingen Alls"}, headers=ask)
    assert wrong.status_code == 422
    assert "Ingen som läser utkastet heter Ingen" in wrong.json()["panel"]
    plain = chair.post(f"/rapport/{d.pk}/{KEY}/kommentera/", {"skrivet": "Vad?", "citat": "står inte där"})
    assert plain.status_code == 422
    assert "Orden finns inte i avsnittet" in plain.content.decode()
    assert "står inte där" in plain.content.decode()


def test_whoever_is_named_or_handed_a_comment_gets_one_mail_and_has_it_to_do(d: Delprojekt) -> None:
    last = idag() + timedelta(days=3)
    row = comment("kommunikator", d, "Se @Karin Lind", hos=person("ledamot").pk, senast=last, citat="tre kliniker")
    event = Handelse.objects.filter(act=Act.KOMMENTERA).latest("pk")
    mailed = {one.adress: one.text for one in Utskick.objects.filter(handelse=event)}
    assert set(mailed) == {"ordforande@exempel.se", "ledamot@exempel.se"}
    assert "”tre kliniker”" in mailed["ordforande@exempel.se"]
    assert "lämnats till dig" in mailed["ledamot@exempel.se"]
    assert "Ta hand om en kommentar" in window("ledamot").get("/").content.decode()
    do("ledamot", Act.BESVARA_KOMMENTAR, d, avsnitt=KEY, kommentar=row.pk, gor="svara", text="Ska ske.")
    assert Kommentarsfraga.objects.filter(person=person("ledamot"), avgjord_at=None).exists()
    again = {"gor": "lamna", "hos": person("kansli").pk}
    do("ordforande", Act.BESVARA_KOMMENTAR, d, avsnitt=KEY, kommentar=row.pk, **again)
    asked = Kommentarsfraga.objects.filter(avgjord_at=None, lamnad=True)
    assert [one.person for one in asked] == [person("kansli")]
    do("kansli", Act.BESVARA_KOMMENTAR, d, avsnitt=KEY, kommentar=row.pk, gor="klar")
    assert not Kommentarsfraga.objects.filter(avgjord_at=None).exists()


@pytest.mark.parametrize("words", ["@Karin Lindström tittar", "@Karinlind", "(@Ingen)", "se\n@Ingen"])
def test_a_name_that_nobody_has_is_told_and_never_taken_for_another_s(d: Delprojekt, words: str) -> None:
    with pytest.raises(Ogiltigt, match="Ingen som läser utkastet heter"):
        comment("kommunikator", d, words if words[1:] != "Karin L" else "@Karinlind")
    assert not Kommentarsfraga.objects.exists()


def test_a_name_is_found_in_brackets_and_an_address_is_none(d: Delprojekt) -> None:
    comment("kommunikator", d, "Jag skrev till karin@exempel.se (@Karin Lind, @petra) om det.")
    assert {one.person for one in Kommentarsfraga.objects.all()} == {person("ordforande"), person("ledamot")}


def test_two_with_the_same_name_are_not_taken_for_each_other(d: Delprojekt) -> None:
    Person.objects.filter(pk=person("ledamot").pk).update(fornamn="Karin", efternamn="Lind")
    with pytest.raises(Ogiltigt, match="Flera heter Karin Lind"):
        comment("kommunikator", d, "Se @Karin Lind")


def test_a_representative_of_patients_is_named_by_role_in_what_others_read(d: Delprojekt) -> None:
    """S05."""
    them = person("utomstaende")
    Innehav.objects.create(person=them, delprojekt=d, roll=Roll.PATIENTFORETRADARE, fran_date=idag())
    comment("ordforande", d, f"Stämmer det, @{them}?")
    assert [one.person for one in Kommentarsfraga.objects.all()] == [them]
    event = Handelse.objects.filter(act=Act.KOMMENTERA).latest("pk")
    mailed = list(Utskick.objects.filter(handelse=event).values_list("text", flat=True))
    for text in (page(window("kommunikator"), d), *mailed):
        assert f"Stämmer det, @{Roll.PATIENTFORETRADARE.label}?" in text
        assert str(them) not in text.replace(f"Hej {them}", "")


def test_what_cannot_be_answered_now_does_not_wait_for_anybody(d: Delprojekt) -> None:
    comment("kommunikator", d, "Se @Karin Lind", hos=person("ledamot").pk)
    for who, url in (("ordforande", "/"), ("ordforande", "/min-arbetsgrupp/"), ("ledamot", "/min-arbetsgrupp/")):
        assert "en kommentar" in window(who).get(url).content.decode(), (who, url)
    do("ordforande", Act.UTELAMNA_AVSNITT, d, avsnitt=KEY, text="Det behövs inte.")
    assert "en kommentar" not in window("ordforande").get("/").content.decode()


def test_who_does_not_read_the_draft_can_neither_read_comments_nor_write_them(d: Delprojekt) -> None:
    comment("ordforande", d)
    for who in ("utomstaende", "kansli2", "ledningsgrupp.skane", "region.skane", "styrgrupp"):
        with pytest.raises(Refused):
            comment(who, d)
        assert window(who).get(f"/rapport/{d.pk}/{KEY}/granska/").status_code == 403, who
        assert window(who).get(f"/rapport/{d.pk}/kommentarer/").status_code == 403, who
    for who in ("ordforande", "ledamot", "kansli", "kommunikator", "samarbetsgrupp.halland"):
        comment(who, d)
    with pytest.raises(Ogiltigt, match="Välj någon som läser"):
        comment("ordforande", d, hos=person("utomstaende").pk)


def test_the_communicator_and_samarbetsgruppen_comment_when_they_have_the_report(walked: Walked) -> None:
    early = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    save_section(actor("ordforande"), early, KEY, TEXT, 0)
    for who in ("kommunikator", "samarbetsgrupp.skane"):
        assert window(who).get(f"/rapport/{early.pk}/{KEY}/granska/").status_code == 403, who
    comment("ledamot", early)


def test_only_what_one_wrote_oneself_is_struck_and_its_words_are_kept(d: Delprojekt) -> None:
    row = comment("ledamot", d, "Ett misstag.", hos=person("kansli").pk)
    post = row.inlagg.get()
    strike = {"avsnitt": KEY, "kommentar": row.pk, "gor": "stryk", "inlagg": post.pk}
    with pytest.raises(Ogiltigt, match="själv har skrivit"):
        do("ordforande", Act.BESVARA_KOMMENTAR, d, **strike)
    assert "Stryk det jag skrev" in page(window("ledamot"), d)
    do("ledamot", Act.BESVARA_KOMMENTAR, d, **strike)
    shown = page(window("ordforande"), d)
    assert "Struket av den som skrev det." in shown
    assert "Ett misstag." not in shown
    post.refresh_from_db()
    assert post.text == "Ett misstag."
    assert not Kommentarsfraga.objects.filter(avgjord_at=None).exists()
    assert "Avslutade (1)" in shown


def test_a_comment_whose_words_are_gone_shows_its_quote(d: Delprojekt) -> None:
    comment("kommunikator", d, citat="tre kliniker")
    save_section(actor("ordforande"), d, KEY, "<p>Något helt annat.</p>", 1)
    assert "Texten finns inte kvar: ”tre kliniker”" in page(window("ordforande"), d)


P = "<p>Det finns tre kliniker i regionen.</p>"


def test_a_proposed_change_is_read_word_by_word_and_put_in_by_who_writes(d: Delprojekt) -> None:
    hers, chair = window("kommunikator"), window("ordforande")
    asked = page(hers, d, f"{KEY}/andringar/?stycke=0")
    assert "Det finns tre kliniker i regionen.</textarea>" in asked
    said = {
        "stycke": "0",
        "fore": P,
        "version": "1",
        "ord": "Det finns fyra kliniker i regionen.",
        "text": "Enligt registret.",
    }
    assert hers.post(f"/rapport/{d.pk}/{KEY}/andringar/", said).status_code == 302
    row = Kommentar.objects.get()
    assert "Godta" not in page(hers, d, f"{KEY}/andringar/")
    shown = page(chair, d, f"{KEY}/andringar/")
    assert "<del>" in shown
    assert "Godta de markerade" in shown
    with pytest.raises(Refused):
        do("kommunikator", Act.AVGOR_ANDRINGSFORSLAG, d, avsnitt=KEY, forslag=[row.pk], ja=True)
    chair.post(f"/rapport/{d.pk}/{KEY}/andringar/avgor/", {"forslag": row.pk, "val": "ja"})
    assert text_of(d) == TEXT.replace("tre", "fyra")
    version = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).versioner.latest("version")
    assert (version.slag, version.markning) == ("andring", "Ändring föreslagen av Lisa Norr")
    mailed = Utskick.objects.filter(handelse__act=Act.AVGOR_ANDRINGSFORSLAG).values_list("adress", flat=True)
    assert list(mailed) == ["kommunikator@exempel.se"]
    with pytest.raises(RedanGjort):  # two say yes to the same one
        do("kansli", Act.AVGOR_ANDRINGSFORSLAG, d, avsnitt=KEY, forslag=[row.pk], ja=True)
    assert text_of(d) == TEXT.replace("tre", "fyra")


def test_all_proposed_changes_are_put_in_at_once_also_in_one_list(d: Delprojekt) -> None:
    made = [
        propose("kommunikator", d, P, "Det finns fyra kliniker i regionen."),
        propose("ledamot", d, "<li>Ett.</li>", "Ett och ett halvt."),
        propose("ledamot", d, "<li>Två.</li>", ""),
    ]
    do("ordforande", Act.AVGOR_ANDRINGSFORSLAG, d, avsnitt=KEY, forslag=[row.pk for row in made], ja=True)
    assert text_of(d) == "<p>Det finns fyra kliniker i regionen.</p><ul><li>Ett och ett halvt.</li></ul>"


def test_a_block_that_has_changed_since_is_shown_with_both_wordings_and_never_overwritten(d: Delprojekt) -> None:
    row = propose("kommunikator", d, P, "Det finns fyra kliniker i regionen.")
    changed = TEXT.replace("tre kliniker i regionen", "tre små kliniker i vår region")
    save_section(actor("ordforande"), d, KEY, changed, 1)
    chair, address = window("ordforande"), f"/rapport/{d.pk}/{KEY}/andringar/avgor/"
    answer = chair.post(address, {"forslag": row.pk, "val": "ja"})
    assert answer.status_code == 409
    assert "Så står det nu" in answer.content.decode()
    assert text_of(d) == changed
    now = changed.split("<ul>")[0]
    chair.post(address, {"forslag": row.pk, "val": "ja", "nu": now})
    assert text_of(d) == TEXT.replace("tre", "fyra")
    gone = propose("kommunikator", d, "<li>Ett.</li>", "Etta.")
    save_section(actor("ordforande"), d, KEY, "<p>Kvar.</p>", 3)
    answer = chair.post(address, {"forslag": gone.pk, "val": "ja"})
    assert "Stycket finns inte kvar" in answer.content.decode()
    chair.post(address, {"forslag": gone.pk, "val": "nej", "text": "Stycket är borta."})
    assert Kommentar.objects.get(pk=gone.pk).utfall == "avslagen"


def test_a_proposal_on_a_block_that_changed_while_it_was_written_is_not_taken(d: Delprojekt) -> None:
    with pytest.raises(Ogiltigt, match="ändrats sedan du öppnade"):
        propose("kommunikator", d, "<p>Det stod något annat.</p>", "Nytt.")
    with pytest.raises(Ogiltigt, match="inte ändrat något"):
        propose("kommunikator", d, P, "Det finns tre kliniker i regionen.")


def test_the_pages_of_comments_ask_the_same_for_one_and_for_twenty(d: Delprojekt) -> None:
    def more() -> None:
        for n in range(10):
            row = comment("ledamot", d, f"Fråga {n} @Karin Lind", citat="tre kliniker", hos=person("kansli").pk)
            do("ordforande", Act.BESVARA_KOMMENTAR, d, avsnitt=KEY, kommentar=row.pk, gor="svara", text="Svar.")
            propose("kommunikator", d, P, f"Det finns {n + 5} kliniker i regionen.")

    comment("ledamot", d, "Först @Karin Lind", citat="tre kliniker")
    chair = window("ordforande")
    urls = [f"/rapport/{d.pk}/{path}" for path in (f"{KEY}/", f"{KEY}/granska/", f"{KEY}/andringar/", "kommentarer/")]
    grown: list[int] = []
    for url in [*urls, "/"]:
        assert_does_not_grow(chair, url, lambda: None if grown else (more(), grown.append(1))[0])


def test_5_4_1_korrektur_lies_with_the_communicator_from_the_day_it_is_asked_for(d: Delprojekt) -> None:
    """M5.4.1-7."""
    assert not Vantar.objects.filter(delprojekt=d, act=Act.KORREKTURLAS).exists()
    do("kommunikator", Act.KORREKTURLAS, d, text="Läst i förväg.")
    do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter={}, helhetsansvarig=person("ledamot").pk)
    assert "säger till när rapporten är klar för korrektur" in page(window("kommunikator"), d, "kommentarer/")
    do("ledamot", Act.LAMNA_TILL_KORREKTUR, d)
    assert Vantar.objects.filter(delprojekt=d, act=Act.KORREKTURLAS, roll="kommunikator").exists()
    hers = window("kommunikator")
    assert "Anteckna korrekturläsning" in hers.get("/").content.decode()
    assert "När du har gått igenom allt signerar du" in page(hers, d, "kommentarer/")
    said = {"part": "Genomgånget: språk", "text": "Tabeller: enheten saknas i tabell 2."}
    with pytest.raises(Ogiltigt, match="klar för korrektur"):
        do("kommunikator", Act.KORREKTURLAS, d, dag=DAG, **said)
    event = do("kommunikator", Act.KORREKTURLAS, d, **said)
    assert not Vantar.objects.filter(delprojekt=d, act=Act.KORREKTURLAS).exists()
    assert Utskick.objects.filter(handelse=event, adress="ledamot@exempel.se").exists()
    told = Utskick.objects.filter(handelse=event, adress="ordforande@exempel.se").get()
    assert "enheten saknas i tabell 2" in told.text
    do("ledamot", Act.LAMNA_TILL_KORREKTUR, d, text="Vi har skrivit om kapitel 8.")
    assert Vantar.objects.filter(delprojekt=d, act=Act.KORREKTURLAS, roll="kommunikator").exists()


def test_the_comments_go_out_to_word_and_the_text_comes_back_as_it_was(d: Delprojekt, tmp_path: Path) -> None:
    comment("kommunikator", d, "Är det <inte> fyra?", citat="tre kliniker")
    propose("ledamot", d, "<li>Ett.</li>", "Etta.")
    made = take_out(actor("ordforande"), d, [KEY])
    with zipfile.ZipFile(BytesIO(made)) as docx:
        told, text = (docx.read(f"word/{name}.xml").decode() for name in ("comments", "document"))
    assert 'w:author="Lisa Norr"' in told
    words = re.sub(r"<[^>]+>", "", told)
    assert "Är det &lt;inte&gt; fyra?" in words
    assert "Föreslår: Etta." in words
    assert text.count("<w:commentRangeStart") == text.count("<w:commentRangeEnd") == 2
    file = tmp_path / "arbetsfil.docx"
    file.write_bytes(made)
    assert [part.html for part in read_word(file).delar if part.html] == [TEXT]
