"""What is saved without a change is no event: whoever saves is told so, and the log stays readable (rule 5)."""

import pytest
from django.db import transaction

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.forvaltning import FALT as PERSONFALT
from delprojekt.actions.forvaltning import change_person
from delprojekt.actions.rapport import KALKYL
from delprojekt.actions.redogorelse import FALT, write_statement
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import IngetAndrat, MotiveringSaknas, Ogiltigt
from delprojekt.models import (
    AllmanHandling,
    Avsnitt,
    Beslutsforslag,
    Delprojekt,
    Forvaltningshandelse,
    Handelse,
    Person,
    Stallning,
)
from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Refused, decide
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.redogorelse import latest_statement
from delprojekt.web.forms import form_for
from tests.actions.test_every_act import everyone
from tests.metoden import handgrepp as h
from tests.walked import Walked, walk_to_the_end_of
from tests.web.test_krock import as_sent, opened, rooms, save, window
from tests.world import actor, delprojekt_in, do, fresh, person

pytestmark = pytest.mark.django_db


def sent_untouched(d: Delprojekt) -> dict[Act, str]:
    """Send every form of a delprojekt as it is shown. Out: what became of each: "event", "nothing" or "refused"."""
    found: dict[Act, str] = {}
    for room in rooms(d):
        who = everyone(room.act, room.lage)
        if not decide(who, room.act, room.lage).allowed or POLICY[room.act].moves:
            continue
        form = form_for(room.act)(as_sent(form_for(room.act)(rum=room)), rum=room)
        if not form.is_valid():
            continue
        with transaction.atomic():
            try:
                perform(who, room.act, d.pk, form.underlag(), motivering="Ändå.", skicka=False)
                found[room.act] = "event"
            except IngetAndrat:
                found.setdefault(room.act, "nothing")
            except (Refused, Ogiltigt, MotiveringSaknas):
                found.setdefault(room.act, "refused")
            transaction.set_rollback(True)
    return found


def is_news(act: Act) -> bool:
    """Tell whether doing it again is news: it registers a fact or a handling, or its form proposes something new."""
    proposes = {Act.UTSE_SKRIBENTER, Act.ANTECKNA_GRUPPMOTE}  # the chair for the whole; a meeting today
    return act in proposes or bool(POLICY[act].fact or POLICY[act].handling or POLICY[act].brev)


def in_every_way() -> dict[str, Delprojekt]:
    """Return delprojekt in which most of the forms hold something."""
    return {
        "beredning": walk_to_the_end_of(Steg.BEREDNING),
        "uppdrag": h.skriv_uppdrag(delprojekt_in(Steg.UPPDRAG), ska=["Kirurg"]),
        "nulage": walk_to_the_end_of(Steg.NULAGE),
        "atgardsforslag": h.fardig_rapport(),
        "ledningsgrupp": walk_to_the_end_of(Steg.LEDNINGSGRUPP),
    }


def test_no_form_that_is_sent_as_it_was_shown_leaves_an_event(db: None) -> None:
    """Rule 5: every act leaves an event, and what changed nothing was no act."""
    quiet: set[Act] = set()
    for where, d in in_every_way().items():
        became = sent_untouched(d)
        assert {act for act, what in became.items() if what == "event" and not is_news(act)} == set(), where
        quiet |= {act for act, what in became.items() if what == "nothing"}
    changes = {Act.REDIGERA_FORSLAG, Act.REDIGERA_UPPDRAG, Act.ANDRA_FAKTAUPPGIFT, Act.ANDRA_ATGARDSFORSLAG}
    assert changes | {Act.SKRIV_KALKYL, Act.SKRIV_UPPFOLJNINGSPLAN, Act.SKRIV_BESLUTSFORSLAG} <= quiet


def test_whoever_saves_an_unchanged_form_is_told_and_a_change_after_it_is_saved(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.BEREDNING])
    client, url, events = window("kansli"), f"/delprojekt/{d.pk}/gor/redigera-forslag/", Handelse.objects.count()
    sent = opened(client, url)
    answer = client.post(url, {**sent, "bekrafta": "1"}, follow=True)
    assert "Inget var ändrat." in answer.content.decode()
    assert Handelse.objects.count() == events
    assert save(client, url, {**sent, "syfte": "Ett nytt syfte."}).status_code == 302
    assert Handelse.objects.count() == events + 1


def test_line_breaks_as_a_browser_sends_them_are_no_change(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.BEREDNING])
    do("kansli", Act.REDIGERA_FORSLAG, d, problem="Första raden.\nAndra raden.")
    client, url, events = window("kansli"), f"/delprojekt/{d.pk}/gor/redigera-forslag/", Handelse.objects.count()
    save(client, url, opened(client, url) | {"problem": "Första raden.\r\nAndra raden."})
    assert Handelse.objects.count() == events
    assert fresh(d).forslag.problem == "Första raden.\nAndra raden."


def test_m5_4_3_3_a_beslutsforslag_that_is_saved_unchanged_keeps_the_stances_on_it(db: None) -> None:
    """M5.4.3-3: an edit resets the stances; saving the same text is no edit."""
    d = walk_to_the_end_of(Steg.LEDNINGSGRUPP)
    client, url = window("sekreterare"), f"/delprojekt/{d.pk}/gor/skriv-beslutsforslag/"
    sent, stances = opened(client, url), Stallning.objects.filter(beslutsforslag__delprojekt=d)
    assert (stances.count(), Beslutsforslag.objects.filter(delprojekt=d).count()) == (4, 1)
    save(client, url, sent)
    assert Beslutsforslag.objects.filter(delprojekt=d).count() == 1
    save(client, url, sent | {"text_1": "inrätta ett gemensamt råd"})
    assert Beslutsforslag.objects.filter(delprojekt=d).count() == 2


def test_m5_4_1_costs_that_are_saved_unchanged_do_not_ask_the_group_again(db: None) -> None:
    """M5.4-1: the group stands behind what it has seen; it has seen this."""
    d = h.fardig_rapport()
    h.gor("ordforande", Act.STALL_SIG_BAKOM, d, dag=h.DAG)
    row = h.omgang(d).atgardsforslag.filter(struken_at=None).first()
    lines = row.kalkylrader.filter(struken_at=None).select_related("region")
    same = [(line.region.slug if line.region else "", line.slag, line.belopp_tkr, line.antagande) for line in lines]
    with pytest.raises(IngetAndrat):
        do("ordforande", Act.SKRIV_KALKYL, d, objekt=row.pk, rader=same, **{n: getattr(row, n) for n in KALKYL})
    do("ordforande", Act.SKRIV_KALKYL, d, objekt=row.pk, rader=[*same, ("", "arlig", 100, "Ett antagande.")])
    row.refresh_from_db()
    assert row.bakom_date is None


def test_an_empty_section_that_is_saved_empty_gets_no_row(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    rows = Avsnitt.objects.filter(omgang__delprojekt=d, nyckel="nulage_ekonomi")
    save_section(actor("ordforande"), d, "nulage_ekonomi", "", 0)
    assert not rows.exists()
    save_section(actor("ordforande"), d, "nulage_ekonomi", "<p>Vården kostar mer varje år.</p>", 0)
    assert rows.get().version == 1


def test_a_handling_that_is_corrected_to_what_it_says_keeps_its_row(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.NAMND])
    row = AllmanHandling.objects.filter(delprojekt=d).latest("pk")
    with pytest.raises(IngetAndrat):
        do("kansli", Act.RATTA_HANDLING, d, objekt=row.pk, motpart=row.motpart, skal="Fel.")
    do("kansli", Act.RATTA_HANDLING, d, objekt=row.pk, motpart="Någon annan", skal="Fel.")
    assert AllmanHandling.objects.filter(ersatter=row).count() == 1


def test_neither_a_person_nor_the_statement_is_changed_by_saving_it_unchanged(walked: Walked) -> None:
    found = Person.objects.get(epost="roll.administrator@exempel.se")
    admin, them, events = actor_for_person(found), person("kansli"), Forvaltningshandelse.objects.count()
    with pytest.raises(IngetAndrat):
        change_person(admin, them.pk, {name: getattr(them, name) for name in (*PERSONFALT, "region")})
    with pytest.raises(IngetAndrat):
        write_statement(admin, {name: getattr(latest_statement(admin), name) for name in FALT})
    assert Forvaltningshandelse.objects.count() == events
    client = walked.client("roll.administrator")
    url = f"/personer/{them.pk}/gor/andra-person/"
    answer = client.post(url, opened(client, url), follow=True)
    assert "Inget var ändrat." in answer.content.decode()


def test_m5_7_1_an_introduction_that_is_reported_as_it_stands_is_no_news(db: None) -> None:
    """M5.7-1: the form is filled in with what the region has said; the same again is no event and no mail."""
    d = delprojekt_in(Steg.INFORANDE)
    client, url = window("region.skane"), f"/delprojekt/{d.pk}/gor/rapportera-inforande/"
    sent = opened(client, url)
    fields = client.get(url).context["form"].fields
    rek = next(name.removeprefix("lage_") for name in fields if name.startswith("lage_"))
    save(client, url, sent | {f"lage_{rek}": "pagar", f"kommentar_{rek}": "Utbildning pågår."})
    events = Handelse.objects.count()
    again = opened(client, url)
    assert (again[f"lage_{rek}"], again[f"kommentar_{rek}"]) == ("pagar", "Utbildning pågår.")
    assert "Inget var ändrat." in client.post(url, again | {"bekrafta": "1"}, follow=True).content.decode()
    assert Handelse.objects.count() == events
    assert "Senast rapporterat – Skåne: pågår." in window("kansli").get(url).content.decode()
    save(client, url, again | {f"lage_{rek}": "planerat"})
    assert Handelse.objects.count() == events + 1
