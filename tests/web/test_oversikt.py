"""List, board, timeline, Excel and search: one filter, one answer (quality.md §2, rows of kansliet)."""

import io
import re
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from delprojekt.actions.avsnitt import save_section
from delprojekt.models import AllmanHandling, Delprojekt, Malsattning, Milstolpe, Person, Stegbesok
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.process.sokord import STAVNINGAR, spellings, words
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.queries import urval
from delprojekt.queries.sok import find
from delprojekt.web import lista, tidslinje
from tests.inflyttat import moved_in
from tests.walked import Walked
from tests.world import actor, do, new_forslag, person

pytestmark = pytest.mark.django_db
NAMNDBESLUT = {"dag": date(2019, 10, 3), "punkt": "4", "dnr": "", "lydelse": "Nämnden.", "rekommendationer": ["samla"]}
ROW = re.compile(r'href="/delprojekt/(\d+)/"')


def shown(client: Client, query: str = "") -> list[int]:
    """The keys of the delprojekt on the page, in order."""
    answer = client.get(f"/delprojekt/{query}")
    assert answer.status_code == 200
    body = answer.content.decode().split('id="innehall"')[1]
    return [int(pk) for pk in dict.fromkeys(ROW.findall(body))]


def name(pk: int, title: str, *, alias: tuple[str, ...] = ()) -> None:
    Delprojekt.objects.filter(pk=pk).update(benamning=title, alias=list(alias))


def test_the_list_sorts_å_ä_ö_after_z_in_that_order(walked: Walked) -> None:
    """conventions.md §6.5."""
    titles = ["Öron", "Zebra", "Ängelholm", "Åldrande", "Vara", "Apa"]
    keys = [walked[s] for s in (Steg.UPPDRAG, Steg.NULAGE, Steg.ANALYS, Steg.NAMND, Steg.INFORANDE, Steg.UPPFOLJNING)]
    for pk, title in zip(keys, titles, strict=True):
        name(pk, title)
    by_title = dict(zip(titles, keys, strict=True))
    wanted = [by_title[t] for t in ("Apa", "Vara", "Zebra", "Åldrande", "Ängelholm", "Öron")]
    found = [pk for pk in shown(walked.client("kansli"), "?ordning=titel") if pk in keys]
    assert found == wanted
    assert [pk for pk in shown(walked.client("kansli"), "?ordning=-titel") if pk in keys] == wanted[::-1]


def test_the_steps_sort_in_the_order_of_the_method(walked: Walked) -> None:
    found = shown(walked.client("kansli"), "?ordning=steg")
    steps = dict(Delprojekt.objects.values_list("pk", "steg"))
    order = [list(Steg).index(Steg(steps[pk])) for pk in found]
    assert order == sorted(order)


@pytest.mark.parametrize("query", ["", "?ordning=nummer", "?ordning=-nummer"])
def test_what_has_no_number_yet_stands_last(walked: Walked, query: str) -> None:
    numbers = dict(Delprojekt.objects.values_list("pk", "nummer"))
    found = [numbers[pk] for pk in shown(walked.client("kansli"), query)]
    known = [number for number in found if number is not None]
    assert 0 < len(known) < len(found)
    assert found[: len(known)] == sorted(known, reverse=query != "?ordning=nummer")


def test_the_list_can_be_sorted_in_the_filter_where_a_phone_shows_no_headings(walked: Walked) -> None:
    """Wider than a phone the headings lead to the same orders; both mark the one that is chosen."""
    client = walked.client("kansli")
    page = client.get("/delprojekt/?ordning=titel").content.decode()
    choice = page.split('<label class="ds-label" for="id_ordning">Sortera efter</label>')[1].split("</select>")[0]
    words = re.findall(r'<option value="(-?\w+)"', choice)
    assert {word.removeprefix("-") for word in words} == set(urval.ORDNINGAR)
    assert '<option value="titel" selected>' in choice
    assert 'name="ordning" value' not in page
    board = client.get("/delprojekt/?ordning=titel&vy=tavla").content.decode()
    assert '<input type="hidden" name="ordning" value="titel">' in board
    assert 'value="-nummer" selected' in client.get("/delprojekt/").content.decode()


@pytest.mark.parametrize("text", ["hals nas", "HALS–NAS", "hals-nas", "hals\u00a0nas", "als na"])
def test_search_does_not_care_about_dashes_spaces_and_case(walked: Walked, text: str) -> None:
    name(walked[Steg.NULAGE], "Öron-, hals- och nässjukvård: Hals‑nas")
    assert walked[Steg.NULAGE] in shown(walked.client("kansli"), f"?q={text}")


def test_search_knows_å_ä_ö_as_letters_of_their_own(walked: Walked) -> None:
    name(walked[Steg.NULAGE], "Ögonsjukvård")
    client = walked.client("kansli")
    assert shown(client, "?q=ögon") == [walked[Steg.NULAGE]]
    assert shown(client, "?q=ogon") == []
    assert walked[Steg.NULAGE] in shown(client, "?q=sjukvård"), "a word inside a compound"


def test_search_finds_numbers_and_other_names(walked: Walked) -> None:
    name(walked[Steg.NULAGE], "Distansmöten", alias=("Videorond",))
    Delprojekt.objects.filter(pk=walked[Steg.NULAGE]).update(nummer=926, delnummer="II")
    client = walked.client("kansli")
    assert shown(client, "?q=videorond") == [walked[Steg.NULAGE]]
    assert shown(client, "?q=926") == [walked[Steg.NULAGE]]
    assert shown(client, "?q=926:ii") == [walked[Steg.NULAGE]]
    assert shown(client, "?q=926:III") == []


def test_the_words_are_made_alike_here_and_in_the_database() -> None:
    texts = ["Öron-, näs–hals", "  A\u00a0B ", "Råd/stöd", "50 % av 100_000", "mjuk\u00adtecken"]
    with connection.cursor() as cursor:
        for text in texts:
            cursor.execute("SELECT sv_sok(%s)", [text])
            assert cursor.fetchone()[0].split() == words(text)


def test_percent_and_underscore_are_letters_like_others(walked: Walked) -> None:
    assert shown(walked.client("kansli"), "?q=%25") == []
    assert shown(walked.client("kansli"), "?q=_") == []


@pytest.mark.parametrize(
    "query",
    [
        "?steg=nulage",
        "?hos=ordforande",
        "?deltar=skane&startar=2026",
        "?mal=tillganglighet",
        "?pausat=on",
        "?organ=ledningsgrupp",
        "?vantar=skane",
    ],
)
def test_a_filter_leaves_some_and_the_board_shows_the_same_as_the_list(walked: Walked, query: str) -> None:
    client = walked.client("kansli")
    every, found = shown(client), shown(client, query)
    assert 0 < len(found) < len(every) or query == "?mal=tillganglighet"
    assert sorted(shown(client, f"{query}&vy=tavla")) == sorted(found)
    assert set(shown(client, f"{query}&vy=tidslinje")) == set(found)


def test_the_filters_mean_what_they_say(walked: Walked) -> None:
    client = walked.client("kansli")
    assert shown(client, "?pausat=on") == [walked.pausat]
    assert set(shown(client, "?steg=nulage")) == {walked[Steg.NULAGE], walked.pausat}
    assert walked[Steg.LEDNINGSGRUPP] in shown(client, "?hos=ledningsgrupp")
    assert shown(client, "?startar=1999") == []
    keeper = Person.objects.get(epost="kansli@exempel.se").pk
    assert set(shown(client, f"?kontaktperson={keeper}")) <= set(shown(client))
    other = Person.objects.get(epost="kansli2@exempel.se").pk
    assert shown(client, f"?kontaktperson={other}") == []


def test_overdue_is_what_the_deadline_has_passed_for(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT])
    client = walked.client("kansli")
    d.vantar.update(frist_date="2026-11-22")
    assert d.pk not in shown(client, "?forsenat=on"), "a deadline is kept through its whole day"
    d.vantar.update(frist_date="2026-11-21")
    assert d.pk in shown(client, "?forsenat=on")


def test_an_unknown_view_and_order_show_the_list(walked: Walked) -> None:
    assert shown(walked.client("kansli"), "?vy=snurra&ordning=hopp&sida=xyz") == shown(walked.client("kansli"))


@pytest.mark.parametrize("query", ["?kontaktperson=hej", "?startar=abc", "?steg=finns-inte", "?organ=9"])
def test_a_filter_that_means_nothing_is_said_at_its_field(walked: Walked, query: str) -> None:
    answer = walked.client("kansli").get(f"/delprojekt/{query}")
    assert answer.status_code == 200
    assert 'data-fel="ja"' in answer.content.decode()


def test_those_who_do_not_see_a_forslag_do_not_find_it(walked: Walked) -> None:
    name(walked[Steg.BEREDNING], "Hemligt förslag")
    for query in ("?q=hemligt", "?q=hemligt&vy=tavla", "?q=hemligt&vy=tidslinje"):
        assert shown(walked.client("kansli"), query) == [walked[Steg.BEREDNING]]
        assert shown(walked.client("utomstaende"), query) == []
    assert b"Hemligt f" not in walked.client("utomstaende").get("/sok/?q=hemligt").content.split(b"soktraffar")[-1]


def test_a_long_list_says_that_there_are_more_than_it_counted(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lista.CappedPaginator, "most", 3)
    assert "Fler än 3 delprojekt" in walked.client("kansli").get("/delprojekt/").content.decode()
    monkeypatch.setattr(lista, "MAX_RADER", 3)
    answer = walked.client("kansli").get("/delprojekt/excel/")
    assert "Filtrera först" in answer.content.decode(), "a file that leaves rows out without saying so is wrong"


def rows(client: Client, query: str = "") -> list[tuple[object, ...]]:
    """The rows of the Excel file, the heading first."""
    answer = client.get(f"/delprojekt/excel/{query}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="delprojekt_2026-11-22.xlsx"')
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.active.freeze_panes == "A2"
    return [tuple(row) for row in book.active.iter_rows(values_only=True)]


@pytest.mark.parametrize("who", ["kansli", "utomstaende"])
def test_the_excel_file_holds_what_the_list_shows(walked: Walked, who: str) -> None:
    client = walked.client(who)
    heading, *found = rows(client, "?ordning=titel")
    assert heading[:4] == ("Nummer", "Benämning", "Kallas också", "Steg")
    titles = dict(Delprojekt.objects.values_list("pk", "benamning"))
    assert [row[1] for row in found] == [titles[pk] for pk in shown(client, "?ordning=titel")]
    assert all(hasattr(row[5], "year") for row in found), "dates are dates"


def test_the_excel_file_tells_contact_person_goal_chefsamrad_and_year(walked: Walked) -> None:
    started, early = walked[Steg.NULAGE], walked[Steg.BEREDNING]
    do("kansli", Act.KOPPLA_CHEFSAMRAD, Delprojekt.objects.get(pk=early), chefsamrad=["chefsamrad-infektionssjukvard"])
    name(started, "Startat")
    name(early, "Bereds")
    heading, *found = rows(walked.client("kansli"))
    told = {row[1]: row[heading.index("Kontaktperson") :] for row in found}
    year = Stegbesok.objects.get(delprojekt=started, act=Act.BESLUTA_START).fran_at.year
    assert heading[8:] == ("Kontaktperson", "Målsättning", "Chefsamråd", "Startår")
    assert told["Startat"][0] == str(person("kansli"))
    assert told["Startat"][3] == year
    assert told["Bereds"][1] == str(Malsattning.TILLGANGLIGHET.label)
    assert "nfektion" in str(told["Bereds"][2])
    assert told["Bereds"][3] is None
    unseen = {row[1]: row[8:] for row in rows(walked.client("utomstaende"))[1:]}
    assert all(not (values[1] or values[2]) for values in unseen.values())


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x.se")', "+46", "-1", "@SUM(A1)", "\t=1"])
def test_text_in_the_excel_file_is_never_a_formula(walked: Walked, text: str) -> None:
    name(walked[Steg.NULAGE], text, alias=(text,))
    answer = walked.client("kansli").get("/delprojekt/excel/?steg=nulage")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
    assert text in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


def found_by(client: Client, text: str) -> str:
    answer = client.get("/sok/", {"q": text})
    assert answer.status_code == 200
    return answer.content.decode().split('id="innehall"')[1]


def test_search_finds_a_word_in_what_the_group_writes_for_those_who_may_read_it(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    d.omgangar.get().avsnitt.filter(nyckel="nulage_kompetens").update(html="<p>Väntetiderna är <b>långa</b>.</p>")
    page = found_by(walked.client("ordforande"), "väntetid")
    assert "<mark>Väntetiderna</mark>" in page, "Swedish inflections"
    assert "&lt;b&gt;" not in page
    for who in ("utomstaende", "ledningsgrupp.halland", "region.skane"):
        assert "Väntetiderna" not in found_by(walked.client(who), "väntetid"), who


def test_search_finds_people_but_not_those_who_are_protected_or_patients(walked: Walked) -> None:
    outside = walked.client("kansli2")
    assert "Karin Lind" in found_by(outside, "lind karin")
    Person.objects.filter(epost="ordforande@exempel.se").update(skyddade_uppgifter=True)
    assert "Karin Lind" not in found_by(outside, "lind karin")
    patient = Person.objects.get(epost="roll.patientforetradare@exempel.se")
    assert patient.innehav.filter(roll=Roll.PATIENTFORETRADARE).exists()
    Person.objects.filter(pk=patient.pk).update(efternamn="Ovanlig")
    assert "Kim Ovanlig" not in found_by(outside, "ovanlig")
    assert "Kim Ovanlig" in found_by(walked.client("ordforande"), "ovanlig"), "the group knows its members"


def test_a_number_alone_opens_the_delprojekt(walked: Walked) -> None:
    Delprojekt.objects.filter(pk=walked[Steg.NULAGE]).update(nummer=9431)
    answer = walked.client("kansli").get("/sok/?q=9431")
    assert answer.headers["Location"] == f"/delprojekt/{walked[Steg.NULAGE]}/"


def test_an_empty_search_says_what_to_do(walked: Walked) -> None:
    assert "Vad letar du efter?" in found_by(walked.client("kansli"), "  ")
    assert "Inget hittades" in found_by(walked.client("kansli"), "finns inte alls")


def test_a_new_forslag_has_no_other_names() -> None:
    assert new_forslag().alias == []


@pytest.mark.parametrize(("ordning", "index"), [("nummer", "delprojekt_aldst_forst"), ("-nummer", "efter_nummer")])
def test_the_list_is_read_in_the_order_of_an_index_and_what_has_no_number_stands_last(
    walked: Walked, ordning: str, index: str
) -> None:
    rows = urval.ordered(actor("kansli"), Delprojekt.objects.all(), ordning)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {rows[:20].query}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan
    numbers = [row.nummer for row in rows]
    assert None in numbers
    assert all(number is None for number in numbers[numbers.index(None) :])


def test_the_timeline_stays_light_however_much_is_planned() -> None:
    d = Delprojekt(pk=7, nummer=7, benamning="Kliniska distansmöten för barn och unga")
    start = timezone.make_aware(datetime.combine(date(2020, 1, 1), time(12)))
    visits = [Stegbesok(steg=steg, fran_at=start + timedelta(days=90 * n)) for n, steg in enumerate(HUVUDLINJE)]
    day = date(2022, 1, 1)
    stones = [
        Milstolpe(rubrik=f"Workshop {n}", nar="våren 2027", sista_date=day + timedelta(days=n)) for n in range(500)
    ]
    picture = tidslinje.draw(urval.Tidslinje([urval.Gang(d, visits, stones)] * tidslinje.PER_SIDA, []))
    assert picture["rader"][0]["fler"] == 500 - tidslinje.MARKEN
    html = render_to_string("delprojekt/_tidslinje.html", {"bild": picture})
    assert html.count("<rect") == 11 * tidslinje.PER_SIDA
    assert len(html.encode()) < 82_000, "beside the frame of the page, which takes less than eighteen"


@pytest.mark.parametrize(("written", "sought"), [("chefsamråd", "chefssamrådet"), ("chefssamråd", "Chefsamrådet")])
def test_a_word_is_found_however_it_is_spelled(walked: Walked, written: str, sought: str) -> None:
    """The users' own word is chefsamråd, and many write chefssamråd: both find the same."""
    named, wrote = walked[Steg.NULAGE], Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    name(named, f"Ärenden från {written}et")
    save_section(actor("ordforande"), wrote, "analys_ekonomi", f"<p>Frågan kom från {written}et.</p>", 0)
    for way in (sought, sought.upper()):
        found = find(actor("kansli"), way)
        assert [d.pk for d in found.delprojekt] == [named]
        assert [hit.delprojekt.pk for hit in found.texter] == [wrote.pk]
        assert shown(walked.client("kansli"), f"?q={way}") == [named]


def test_each_way_of_spelling_gives_the_same_ways() -> None:
    for ways in STAVNINGAR:
        assert {tuple(sorted(spellings(way))) for way in ways} == {tuple(sorted(ways))}
    assert spellings("samråd") == ["samråd"]
    assert spellings("chefsamrådens") == ["chefsamrådens", "chefssamrådens"]


def test_the_register_finds_a_handling_however_the_word_is_spelled(walked: Walked) -> None:
    row = AllmanHandling.objects.latest("pk")
    do("kansli", Act.RATTA_HANDLING, row.delprojekt, objekt=row.pk, beskrivning="Svar från chefssamrådet", skal="Fel.")
    for way in ("Chefsamrådet", "chefssamråd"):
        page = walked.client("kansli").get("/handlingar/", {"q": way}).content.decode()
        assert "Svar från chefssamrådet" in page


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/delprojekt/?steg=finnsej", "Steg: ”finnsej” går inte att välja."),
        ("/delprojekt/?startar=abc", "Startår: ”abc” går inte att välja."),
        ("/delprojekt/?vy=tavla&steg=finnsej", "Steg: ”finnsej” går inte att välja."),
        ("/personer/?roll=kung", "Roll: ”kung” går inte att välja."),
        ("/handlingar/?typ=brev", "Typ: ”brev” går inte att välja."),
    ],
)
def test_a_filter_that_does_not_exist_says_so(address: str, said: str, walked: Walked) -> None:
    client = walked.client("kansli2")
    assert said in client.get(address).content.decode()
    assert "går inte att välja" not in client.get(address.split("?")[0]).content.decode()


def test_v_22_the_list_does_not_make_up_since_when(walked: Walked) -> None:
    """V-22: what is not known is shown as such, also in the list, on the board and in the file."""
    d, client = moved_in(Steg.ANALYS), walked.client("kansli2")
    day = timezone.localtime(d.stegat_at).date().isoformat()
    page = client.get("/delprojekt/?q=Ablationer").content.decode()
    assert day not in page.split(f'href="{d.get_absolute_url()}"')[1].split("</tr>")[0]
    assert "Sedan" not in client.get("/delprojekt/?vy=tavla&q=Ablationer").content.decode().split('class="tavla"')[1]
    book = load_workbook(io.BytesIO(b"".join(client.get("/delprojekt/excel/?q=Ablationer"))))
    assert day not in str([cell.value for line in book.active.iter_rows(min_row=2) for cell in line])
    known = moved_in(Steg.HUVUDMANSBESLUT, namndbeslut=NAMNDBESLUT, regioner=["skane"])
    assert known.sedan_at is not None


def test_overdue_means_the_same_on_the_page_in_the_filter_and_at_kansliet(walked: Walked) -> None:
    """M5.8-3, E10: moved in with a nämndbeslut of 2019, the follow-up was due in 2020."""
    d, client = moved_in(Steg.INFORANDE, namndbeslut=NAMNDBESLUT, regioner=["skane"]), walked.client("kansli2")
    assert "Arbetet kan fortsätta ändå" in client.get(d.get_absolute_url()).content.decode()
    assert d.pk in shown(client, "?forsenat=on")
    kansliet = client.get("/kansliet/").content.decode().split('id="forsenat"')[1].split("</section>")[0]
    assert d.get_absolute_url() in kansliet
    assert "Ablationer" in client.get("/").content.decode(), "nobody is its kontaktperson: it waits for kansliet"
