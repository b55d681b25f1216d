"""The history of all values: who, when, from what to what, and why; seen only by those who see the value (X-15)."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.forvaltning import end_role
from delprojekt.models import Delprojekt, Handelse, Innehav, Milstolpe, Nominering, Person
from delprojekt.models.historik import event_model, value_fields
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.historik import SPAR, UTAN_DELPROJEKT, Andringsslag
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.skillnad import compare
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import FAKTA_OM
from delprojekt.process.uppgift import Uppgiftslag, number_of
from delprojekt.queries.delar import facts
from delprojekt.queries.delprojekt import read_events, recent_events
from delprojekt.queries.handelse import read_receipt
from delprojekt.queries.historik import kinds, read_history
from delprojekt.queries.historiknamn import NAMN, read_names
from delprojekt.web import historik as vy
from tests import world
from tests.walked import Walked
from tests.world import DAG, do

pytestmark = pytest.mark.django_db


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.select_related("sjukvardsregion").get(pk=walked[steg])


def lines(who: Actor, d: Delprojekt, slag: Andringsslag | None = None, latest: int = 500) -> list[str]:
    """What somebody reads, a line for each value: ``what: field: before → after``."""
    found = read_history(who, d, slag, per_sida=latest).poster
    return spoken(vy.posts(found, read_names(who, d, found)))


def spoken(posts: list[dict[str, Any]]) -> list[str]:
    """The words of posts as they are shown."""
    said: list[str] = []
    for post in posts:
        said += [post["rubrik"], post["text"]]
        for row in post["andringar"]:
            said.append(f"{row['vad']} {row['ordet']}")
            said += [f"{row['vad']}: {f['namn']}: {f['fore']} → {f['efter']}" for f in row["falt"]]
    return said


def last(who: str, d: Delprojekt) -> list[str]:
    """The lines of the post with the latest event."""
    reader, newest = world.actor(who), d.handelser.latest("pk")
    found = [post for post in read_history(reader, d, per_sida=500).poster if newest in post.handelser]
    return spoken(vy.posts(found, read_names(reader, d, found)))


def test_x_15_every_kind_of_row_with_a_history_has_its_place() -> None:
    """A kind of row that is tracked and stands nowhere would change in silence."""
    models = apps.get_app_config("delprojekt").get_models()
    tracked = {m.pgh_tracked_model.__name__ for m in models if hasattr(m, "pgh_tracked_model")}
    named = {spar.modell for spar in SPAR}
    assert tracked == named | UTAN_DELPROJEKT, "add the kind of row to process/historik.py"
    assert len(named) == len(SPAR)
    for spar in SPAR:
        model: Any = event_model(spar.modell) if spar.val else apps.get_model("delprojekt", spar.modell)
        for step in filter(None, spar.vag.split("__")):
            found = model._meta.get_field(step)
            assert isinstance(found, ForeignKey), spar
            model = found.related_model
        assert model is Delprojekt, spar


def test_x_15_every_row_of_a_whole_life_is_found_on_the_timeline(walked: Walked) -> None:
    """No row that was added or changed by an act is missing for kansliet, and every act has its words there."""
    d, kansli = at(walked, Steg.AVSLUTAT), world.actor("kansli")
    for spar in SPAR:
        own = "" if spar.val else "pgh_obj"
        path = "__".join(filter(None, (own, spar.vag)))
        if not event_model(spar.modell).objects.filter(**{path: d}).exists():
            continue
        found = read_history(kansli, d, spar.slag, per_sida=500).poster
        assert spar.modell in {change.modell for post in found for change in post.andringar}, spar.modell
    whole = read_history(kansli, d, per_sida=500)
    assert sum(len(post.handelser) for post in whole.poster) == d.handelser.count()
    assert whole.antal == len(whole.poster)
    times = [post.handelser[0].pk for post in whole.poster if post.handelser]
    assert times == sorted(times, reverse=True)
    used = {f.related_model.__name__ for s in SPAR for f in value_fields(s) if isinstance(f, ForeignKey)}
    assert used <= NAMN.keys(), "a row that is pointed to needs a name in queries/historiknamn.py"
    assert lines(kansli, d)


def test_x_15_a_corrected_fact_shows_the_old_value_the_new_one_and_why(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    row = d.fakta.get(slag=Faktumslag.STARTBESLUT, ersatt_av=None)
    said = {"nar": (row.date, ""), "punkt": "5", "text": "Enligt det justerade protokollet.", "skal": "Fel punkt."}
    do("kansli", Act.RATTA_UPPGIFT, d, objekt=number_of(Uppgiftslag.FAKTUM, row.pk), **said)
    found = last("kansli", d)
    assert any(", punkt 4 → " in line and line.endswith(", punkt 5") for line in found), found
    assert "Startbeslut: Skäl till rättelsen:  → Fel punkt." in found
    assert any("Skäl: Fel punkt." in line for line in found)


def test_x_15_the_tidplan_the_participation_and_the_title_show_before_and_after(walked: Walked) -> None:
    d = world.delprojekt_in(Steg.UPPDRAG)
    world.write_uppdrag(d)
    stone = Milstolpe.objects.get(omgang__delprojekt=d, struken_at=None)
    kept = {"punkter": ["Beskriv nuläget"], "kompetens_ska": ["Internmedicin"], "kompetens_bor": []}
    do("kansli", Act.REDIGERA_UPPDRAG, d, milstolpar=[("Slutrapport", "hösten 2027")], **kept)
    changed = last("kansli", d)
    assert stone.nar == "våren 2027"
    assert "Milstolpe: Slutrapport ströks" in changed, changed
    assert "Milstolpe: Slutrapport: När: våren 2027 → " in changed, changed
    assert any("hösten 2027" in line for line in changed), changed
    part = d.deltaganden.get(region__slug="halland")
    number = number_of(Uppgiftslag.DELTAGANDE, part.pk)
    do("kansli", Act.RATTA_UPPGIFT, d, objekt=number, angelaget="ja", status="observerar", skal="Halland följer bara.")
    assert "Deltagande: Region Halland: Status: Deltar → Följer arbetet" in last("kansli", d)


def test_x_15_a_text_shows_each_version_and_who_wrote_it(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    author = world.actor("ordforande")
    section = d.omgangar.get().avsnitt.filter(html__startswith="<p>Text i").latest("pk")
    key = section.nyckel
    save_section(author, d, key, "<p>Text i fem ord till.</p>", section.version)
    posts = vy.posts(*_read(world.actor("kansli"), d, Andringsslag.RAPPORT))
    text = posts[0]["andringar"][0]["falt"][0]
    assert posts[0]["vem"] == "Karin Lind"
    assert posts[0]["rubrik"].startswith("Avsnittet ”")
    assert (text["fore"], text["efter"]) == (f"Text i {key}.", "Text i fem ord till.")
    assert not [line for line in lines(world.actor("ledningsgrupp.skane"), d) if "fem ord" in line]


def _read(who: Actor, d: Delprojekt, slag: Andringsslag | None = None) -> tuple[Any, Any]:
    found = read_history(who, d, slag).poster
    return found, read_names(who, d, found)


def test_m4_5_1_a_change_of_kontaktperson_and_the_end_of_a_role_are_there(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    do("direktor", Act.UTSE_KONTAKTPERSON, d, person=world.person("kansli2").pk)
    found = last("kansli2", d)
    assert "Roll: Kontaktperson, Nils Alm lades till" in found
    assert any(line.startswith("Roll: Kontaktperson, Maja Ek: Till") for line in found), found
    Innehav.objects.create(person=world.person("kansli2"), roll=Roll.ADMINISTRATOR, fran_date=DAG)
    boss = Innehav.objects.create(
        person=world.person("direktor"),
        roll=Roll.KONTAKTPERSON,
        delprojekt=d,
        fran_date=DAG,
        till_date=date(2027, 1, 1),
        ersattare_for=Innehav.objects.get(delprojekt=d, roll=Roll.KONTAKTPERSON, till_date=None),
    )
    end_role(world.actor("kansli2"), boss.pk, sista=date(2026, 12, 24), skal="Åter i tjänst.")
    posts = vy.posts(*_read(world.actor("kansli2"), d, Andringsslag.PERSONER))
    ended = next(p for p in posts if p["vem"] == "Nils Alm" and p["rubrik"] == str(Adminact.AVSLUTA_ROLL.label))
    assert "31 december 2026" in str(ended["andringar"])  # the last day, not the day after it


def test_m5_5_2_a_stance_is_in_the_history_only_of_those_who_see_the_beslutsforslag(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    do(
        "ledningsgrupp.skane",
        Act.LAMNA_STALLNING,
        d,
        region="skane",
        val="ej_enig",
        skal="Punkt 2 saknar kostnad.",
        version=world.version(d),
    )
    found = lines(world.actor("kansli"), d, Andringsslag.BESLUTSFORSLAG)
    assert any("Punkt 2 saknar kostnad." in line for line in found)
    for who in ("ledningsgrupp.halland", "samarbetsgrupp.halland"):
        heard = read_events(world.actor(who), d, 50)
        assert any("Punkt 2 saknar kostnad." in event.mening for event in heard), who
        others = [event for event in heard if event.person_id != world.actor(who).person]
        assert not any(event.vem for event in others), "what was said, not the log's names"
    for who in ("ordforande", "medarbetare", "styrgrupp"):
        assert Andringsslag.BESLUTSFORSLAG not in kinds(world.actor(who), d)
        assert not [line for line in lines(world.actor(who), d) if "kostnad." in line or "Ställning" in line], who
    assert read_history(world.actor("utomstaende"), d).poster == []


def test_m5_5_2_what_ledningsgruppen_disagreed_on_is_not_told_by_a_correction_either(walked: Walked) -> None:
    """The styrgrupp reads the events, not the stances: neither the fact, nor that it was corrected, nor to what."""
    d = at(walked, Steg.LEDNINGSGRUPP)
    stance = {"region": "kronoberg", "val": "ej_enig", "skal": "Kostnaden.", "version": world.version(d)}
    do("ledningsgrupp.kronoberg", Act.LAMNA_STALLNING, d, **stance)
    said = {"organ": "ledningsgrupp", "dag": DAG, "text": "Kronoberg är inte enig om kostnaden."}
    do("sekreterare", Act.KONSTATERA_OENIGHET, d, **said)
    row = d.fakta.get(slag=Faktumslag.EJ_ENIGA)
    new = {
        "nar": (row.date, ""),
        "punkt": "7",
        "text": "Kronoberg och Halland är inte eniga.",
        "skal": "Halland fattades.",
    }
    do("kansli", Act.RATTA_UPPGIFT, d, objekt=number_of(Uppgiftslag.FAKTUM, row.pk), **new)
    corrected = d.handelser.latest("pk")
    world.propose(d, "införa fasta tider")
    world.agree(d)
    do("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, organ="ledningsgrupp", dag=DAG, punkt="3")
    d = world.fresh(d)
    for who, hears in (("styrgrupp", False), ("ordforande", False), ("kansli", True), ("ledningsgrupp.skane", True)):
        told = [
            line
            for line in lines(world.actor(who), d)
            if "Halland är inte" in line or "är inte enig" in line or "fattades" in line
        ]
        assert bool(told) == hears, (who, told)
        events = read_events(world.actor(who), d, 500) + recent_events(world.actor(who), 500)
        assert (corrected in events) == hears, who
        shown = facts(world.actor(who), d, Faktumslag.EJ_ENIGA)
        assert bool(shown) == hears, who
    with pytest.raises(Handelse.DoesNotExist):
        read_receipt(world.actor("styrgrupp"), d, corrected.pk)
    assert read_receipt(world.actor("kansli"), d, corrected.pk).handelse == corrected


def test_each_kind_of_fact_says_once_who_is_shown_it(walked: Walked) -> None:
    """The tabs and the history ask the same table, so they show the same facts."""
    assert set(FAKTA_OM) == set(Faktumslag)
    d = at(walked, Steg.NAMND)
    for who in ("direktor", "kansli"):
        shown = {str(Faktumslag(row.slag).label) for row in facts(world.actor(who), d)}
        kept = read_history(world.actor(who), d, Andringsslag.FAKTA, per_sida=500).poster
        told = {change.rad["slag"] for post in kept for change in post.andringar}
        assert shown == {str(Faktumslag(slag).label) for slag in told}, who


def test_4_4_who_is_patient_representative_is_not_told_by_the_history(walked: Walked) -> None:
    d = at(walked, Steg.UPPDRAG)
    world.nominate(d, "utomstaende", Roll.PATIENTFORETRADARE, "halland", legitimitet="Egen erfarenhet av DBS.")
    assert any("Ulf Utter" in line for line in lines(world.actor("kansli"), d, Andringsslag.PERSONER))
    found = lines(world.actor("direktor"), d, Andringsslag.PERSONER)
    assert any(str(Roll.PATIENTFORETRADARE.label) in line for line in found)
    for who in ("ledningsgrupp.skane", "direktor", "samarbetsgrupp.skane"):
        found = lines(world.actor(who), d, Andringsslag.PERSONER)
        assert not [line for line in found if "Utter" in line or "DBS" in line], who


def test_who_hears_of_events_is_told_no_names_and_no_values(walked: Walked) -> None:
    """M5-2, P-13, conventions.md §6.4: the chair's name is not told to the politicians while the group is formed."""
    d = at(walked, Steg.UPPDRAG)
    for who in ("styrgrupp", "ledamot", "samarbetsgrupp.skane", "ledningsgrupp.skane"):
        client = walked.client(who)
        for page in (f"/delprojekt/{d.pk}/visa/handelser/", f"/delprojekt/{d.pk}/visa/handelser/?slag=personer"):
            html = client.get(page).content.decode()
            told = html.split('<ol class="handelser"')[1].split("</ol>")[0]
            assert "· Maja Ek" not in told, who
            assert "andringar" not in told, who
        own = {e.person.epost for e in read_events(world.actor(who), d, 99) if e.vem and e.person}
        assert own <= {f"{who}@exempel.se"}, who
    assert "Karin Lind" not in walked.client("styrgrupp").get(f"/delprojekt/{d.pk}/visa/handelser/").content.decode()
    assert any(event.vem == "Maja Ek" for event in read_events(world.actor("direktor"), d, 99))


def test_skyddade_uppgifter_are_not_told_by_the_history(walked: Walked) -> None:
    d = at(walked, Steg.UPPDRAG)
    nominee = Nominering.objects.get(omgang__delprojekt=d, person=world.person("ledamot"))
    Person.objects.filter(pk=nominee.person_id).update(skyddade_uppgifter=True)
    found = [line for line in lines(world.actor("direktor"), d, Andringsslag.PERSONER) if "Wikström" in line]
    assert found
    assert not [line for line in found if "Region:" in line or "Disciplin:" in line]


def test_the_page_chooses_a_kind_and_pages_and_is_nobodys_who_may_not_read_events(walked: Walked) -> None:
    d = at(walked, Steg.AVSLUTAT)
    url, client = f"/delprojekt/{d.pk}/visa/handelser/", walked.client("kansli")
    page = client.get(url).content.decode()
    assert 'aria-current="page">' in page
    assert "sida=2" in page
    older = client.get(f"{url}?sida=2").content.decode()
    assert older != page
    for past in ("999", "10001", "99999999999999999999", "9" * 5000):
        assert client.get(f"{url}?sida={past}").status_code == 404, past
    assert client.get(f"{url}?sida=x").status_code == 200
    chosen = client.get(f"{url}?slag=atgarder").content.decode()
    assert "Åtgärdsförslag: " in chosen
    assert "Region Skånes beslut" not in chosen
    assert client.get(f"{url}?slag=finns-inte").status_code == 200
    assert client.get(f"{url}?slag=filer").content.decode().count("Inget har ändrats") == 1
    assert walked.client("utomstaende").get(url).status_code == 404


def test_x_15_what_somebody_wrote_is_shown_as_it_was_written(walked: Walked) -> None:
    """A free text that happens to be the key of a section is no section; a number is written as Swedes write it."""
    d = world.delprojekt_in(Steg.UPPDRAG)
    world.write_uppdrag(d)
    kept = {"punkter": ["Beskriv nuläget"], "kompetens_ska": ["syfte"], "kompetens_bor": []}
    do("kansli", Act.REDIGERA_UPPDRAG, d, milstolpar=[("bakgrund", "hösten 2027")], **kept)
    said = last("kansli", d)
    assert "Milstolpe: bakgrund lades till" in said, said
    assert any(line.endswith(": syfte lades till") for line in said), said
    names = _read(world.actor("kansli"), d)[1]
    sections = names.avsnitt
    assert "bakgrund" in sections
    cost = event_model("Kalkylrad")._meta.get_field("belopp_tkr")
    assert vy._word_of(cost, 12000, names) == "12\N{NO-BREAK SPACE}000"
    key = event_model("Avsnittsuppgift")._meta.get_field("nyckel")
    assert vy._word_of(key, "bakgrund", names) == sections["bakgrund"] != "bakgrund"


def test_two_texts_are_compared_word_by_word_and_what_is_the_same_is_shortened() -> None:
    same = " ".join(f"ord{n}" for n in range(40))
    found = compare(f"Vi föreslår {same} nu.", f"Vi avråder från {same} nu.")
    assert [(b.slag, b.text) for b in found][1:3] == [("bort", "föreslår"), ("nytt", "avråder från")]
    assert "ord20" not in found[3].text
    assert compare("samma  text", "samma text") == []
    assert compare("x " * 5000, "y") == []
