"""Proposed changes: the block that was meant gets the new words, or nothing does (§5.4.1)."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Faktauppgift, Kommentar
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.walked import Walked
from tests.web.test_kommentarer import KEY, TEXT, P, comment, page, propose, text_of
from tests.web.test_krock import window
from tests.web.test_traden import FAKTA
from tests.world import actor, do

pytestmark = pytest.mark.django_db


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In nuläge, with a text."""
    cache.clear()
    made = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    save_section(actor("ordforande"), made, KEY, TEXT, 0)
    return made


def accept(d: Delprojekt, *rows: Kommentar, **more: Any) -> None:
    do("ordforande", Act.AVGOR_ANDRINGSFORSLAG, d, avsnitt=KEY, forslag=[row.pk for row in rows], ja=True, **more)


ROWS = "<table><tbody><tr><td>Ja</td><td>Bort</td><td>Ja</td><td>Ja</td></tr></tbody></table>"


def test_a_cell_among_others_that_say_the_same_is_the_one_that_changes(d: Delprojekt) -> None:
    save_section(actor("ordforande"), d, KEY, f"<p>Januari var kall.</p>{ROWS}", 1)
    last = propose("ledamot", d, "<td>Ja</td>", "Nej", stycke=4)
    assert (last.plats, last.fore[-8:]) == (len("Januari var kall. Ja Bort Ja "), "Bort Ja ")
    first = propose("ledamot", d, "<td>Ja</td>", "", stycke=1)
    assert first.plats == len("Januari var kall. ")
    save_section(actor("ordforande"), d, KEY, f"<p>Nytt.</p><p>Mer.</p><p>Januari var kall.</p>{ROWS}", 2)
    accept(d, last, first)
    wanted = ROWS.replace("<td>Ja</td><td>Bort", "<td></td><td>Bort").replace("Ja</td></tr>", "Nej</td></tr>")
    assert text_of(d) == f"<p>Nytt.</p><p>Mer.</p><p>Januari var kall.</p>{wanted}"


def test_a_page_that_was_read_before_the_text_changed_proposes_on_its_own_block_or_none(d: Delprojekt) -> None:
    save_section(actor("ordforande"), d, KEY, "<p>Ja</p><p>Nej</p><p>Ja</p>", 1)
    save_section(actor("ordforande"), d, KEY, "<p>Nytt.</p><p>Ja</p><p>Nej</p><p>Ja</p>", 2)
    assert propose("ledamot", d, "<p>Ja</p>", "Ja, delvis", stycke=2, version=2).stycke == 3
    save_section(actor("ordforande"), d, KEY, "<p>Ja, i Skåne</p><p>Nej</p><p>Ja</p>", 3)
    with pytest.raises(Ogiltigt, match="ändrats sedan du öppnade"):
        propose("ledamot", d, "<p>Ja</p>", "Ja, delvis", stycke=0, version=2)


def test_who_cannot_tell_which_of_several_was_meant_is_shown_it_with_what_stands_around(d: Delprojekt) -> None:
    save_section(actor("ordforande"), d, KEY, "<p>Ja</p><p>Nej</p><p>Ja</p>", 1)
    row = propose("ledamot", d, "<p>Ja</p>", "Ja, delvis", stycke=0)
    save_section(actor("ordforande"), d, KEY, "<p>Ja, i Skåne</p><p>Nej</p><p>Ja</p>", 2)
    chair, address = window("ordforande"), f"/rapport/{d.pk}/{KEY}/andringar/avgor/"
    shown = chair.post(address, {"forslag": row.pk, "val": "ja"}).content.decode()
    assert "Vilket stycke gäller förslaget?" in shown
    assert "… Ja, i Skåne Nej" in shown
    assert text_of(d) == "<p>Ja, i Skåne</p><p>Nej</p><p>Ja</p>"
    chair.post(address, {"forslag": row.pk, "val": "ja", "nu": "<p>Ja</p>"})
    assert text_of(d) == "<p>Ja, i Skåne</p><p>Nej</p><p>Ja, delvis</p>"


def test_of_two_proposals_for_one_block_one_is_chosen(d: Delprojekt) -> None:
    made = [propose("ledamot", d, P, f"Det finns {many} kliniker i regionen.") for many in ("fyra", "fem")]
    with pytest.raises(Ogiltigt, match="samma stycke"):
        accept(d, *made)
    assert text_of(d) == TEXT
    accept(d, made[1])
    assert text_of(d) == TEXT.replace("tre", "fem")
    other = propose("ledamot", d, "<li>Ett.</li>", "Etta.")
    address = f"/rapport/{d.pk}/{KEY}/andringar/avgor/"
    shown = window("ordforande").post(address, {"forslag": [made[0].pk, other.pk], "val": "ja"}).content.decode()
    assert "De andra förslagen som du markerade väntar också kvar." in shown
    assert "fem kliniker" in shown
    assert text_of(d) == TEXT.replace("tre", "fem")


def test_an_item_of_a_list_is_shown_without_its_element_wherever_it_is_proposed(d: Delprojekt) -> None:
    """An ``li`` in a ``div`` would end the card around it."""
    row = propose("ledamot", d, "<li>Två.</li>", "Två små.")
    chair = window("ordforande")
    pages = [page(chair, d, path) for path in (f"{KEY}/granska/", f"{KEY}/", f"{KEY}/andringar/?stycke=2")]
    save_section(actor("ordforande"), d, KEY, TEXT.replace("Två.", "Två stora."), 1)
    pages.append(
        chair.post(f"/rapport/{d.pk}/{KEY}/andringar/avgor/", {"forslag": row.pk, "val": "ja"}).content.decode()
    )
    for html in pages:
        assert "små" in html
        for shown in re.findall(
            r'<div class="(?:kommentar__andring las|las|textkrock__text las)"[^>]*>(.*?)</div>', html, re.S
        ):
            assert not re.search("<(?:li|td|th)[ >]", re.sub("<([ou]l)>.*?</\\1>", "", shown, flags=re.S))


def test_a_figure_of_a_fact_that_is_written_over_in_a_proposal_is_the_writer_s(d: Delprojekt) -> None:
    """M5.2-3: what was taken in is what is printed."""
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480), region="blekinge")
    before = f'<p>Med <a href="#fakta-{Faktauppgift.objects.latest("pk").pk}">1 480 möten</a> räcker det.</p>'
    save_section(actor("ordforande"), d, KEY, before, 1)
    accept(d, propose("ledamot", d, before, "Med 1 600 möten räcker det."))
    assert text_of(d) == "<p>Med 1 600 möten räcker det.</p>"


def test_what_is_too_long_is_told_beside_the_field_and_kept(d: Delprojekt) -> None:
    hers, far = window("ledamot"), f"/rapport/{d.pk}/{KEY}/kommentera/"
    answer = hers.post(far, {"skrivet": "x" * 5001})
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()
    assert hers.post(far, {"skrivet": "x", "citat": "tre", "plats": "9" * 20}).status_code == 422
    change = {"stycke": "0", "fore": P, "version": "1", "ord": "y" * 20_001}
    assert hers.post(f"/rapport/{d.pk}/{KEY}/andringar/", change).status_code == 422
    with pytest.raises(Ogiltigt, match="högst 5 000"):
        comment("ledamot", d, "x" * 5001)
    assert not Kommentar.objects.exists()


def test_whoever_proposed_a_change_can_take_it_back_and_nobody_else(d: Delprojekt) -> None:
    row = propose("ledamot", d, P, "Det finns fyra kliniker i regionen.")
    assert "Ta tillbaka förslaget" in page(window("ledamot"), d)
    assert "Ta tillbaka förslaget" not in page(window("ordforande"), d)
    with pytest.raises(Ogiltigt, match="godtas eller avslås"):
        do("ordforande", Act.BESVARA_KOMMENTAR, d, avsnitt=KEY, kommentar=row.pk, gor="klar")
    do("ledamot", Act.BESVARA_KOMMENTAR, d, avsnitt=KEY, kommentar=row.pk, gor="klar")
    assert Kommentar.objects.get().utfall == "avslagen"
    assert text_of(d) == TEXT
