"""Whoever confirms what another has done meanwhile reads that it is done: who, when, what it led to (rule 4)."""

import pytest
from django.urls import reverse

from delprojekt.models import Delprojekt, Handelse
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.web.test_krock import opened, save, window
from tests.world import delprojekt_in, do, new_forslag, prepare

pytestmark = pytest.mark.django_db


def url_of(d: Delprojekt, act: Act) -> str:
    return reverse("gor", args=[d.pk, act.value])


def at(event: Handelse) -> str:
    return f"kl.\N{NO-BREAK SPACE}{event.hande_at.astimezone().strftime('%H.%M').lstrip('0')}"


def test_the_author_reads_that_kansliet_has_sent_the_forslag_in_and_not_that_something_is_missing() -> None:
    """The author hears nothing of the events, but of what she was about to do herself."""
    d = new_forslag()
    url = url_of(d, Act.SKICKA_IN_FORSLAG)
    mine, theirs = window("medarbetare"), window("kansli2")
    sent = opened(mine, url)
    assert save(theirs, url, opened(theirs, url)).status_code == 302

    answer = save(mine, url, sent)

    page = answer.content.decode()
    event = Handelse.objects.get(act=Act.SKICKA_IN_FORSLAG)
    assert answer.status_code == 409
    for words in ("Det är redan gjort", "Nils Alm gjorde det", at(event), event.mening, d.get_absolute_url()):
        assert words in page, words
    assert "Saknas" not in page
    assert 'name="bekrafta"' not in page


def test_the_loser_reads_who_took_the_step_and_where_it_led() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    prepare(d)
    url = url_of(d, Act.BESLUTA_START)
    one, two = window("sekreterare"), window("kansli")
    mine, theirs = opened(two, url) | {"punkt": "17"}, opened(one, url)
    assert save(one, url, theirs).status_code == 302

    for button in ("granska", "bekrafta"):
        page = two.post(url, {**mine, button: "1"})
        text = page.content.decode()
        assert page.status_code == 409
        assert "Tora Falk gjorde det" in text
        assert "Delprojektet gick till steget <strong>Uppdrag</strong>" in text
        assert "Det går inte i steget" not in text
        assert 'value="17"' in text, "what was typed is kept"
    assert Handelse.objects.filter(delprojekt=d, act=Act.BESLUTA_START).count() == 1


def test_another_step_that_was_taken_meanwhile_is_told_as_that() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    prepare(d)
    url = url_of(d, Act.BESLUTA_AVSLAG)
    sent = opened(window("kansli"), url)
    do("sekreterare", Act.BESLUTA_START, d, organ="ledningsgrupp", dag=d.skapat_at.date(), punkt="4")

    page = save(window("kansli"), url, sent).content.decode()

    assert "Delprojektet har gått vidare" in page
    assert "Det är redan gjort" not in page
    assert "steget <strong>Uppdrag</strong>" in page


def test_going_back_and_confirming_again_is_answered_calmly_also_when_the_step_is_left() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    prepare(d)
    one, url = window("sekreterare"), url_of(d, Act.BESLUTA_START)
    sent = opened(one, url)
    save(one, url, sent)

    for button in ("granska", "bekrafta"):
        again = one.post(url, {**sent, button: "1"}, follow=True)
        assert again.redirect_chain == [(d.get_absolute_url(), 302)]
        assert "Det här var redan gjort" in again.content.decode()


def test_a_page_opened_afterwards_says_what_is_done_without_a_double_negation() -> None:
    d = new_forslag()
    do("kansli", Act.SKICKA_IN_FORSLAG, d)

    page = window("medarbetare").get(url_of(d, Act.SKICKA_IN_FORSLAG)).content.decode()

    assert "Förslaget är redan inskickat" in page
    assert "inte redan" not in page
    assert "gjorde det medan" not in page
