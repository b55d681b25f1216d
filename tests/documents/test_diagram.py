"""Diagrams: a good guess from the data, one colour for each region, the same picture everywhere, words beside it."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from delprojekt.documents import ritning
from delprojekt.documents.diagram import describe, fingerprint, guess, hinder
from delprojekt.documents.diagramtext import suggest
from delprojekt.documents.farger import REGIONFARG, SERIEFARG, colours
from delprojekt.documents.granska import forald
from delprojekt.documents.insatt import dress
from delprojekt.documents.ritning import Ritfel, Teckning, draw, inline
from delprojekt.process.datatabell import Diagramval, Visning
from tests.documents.test_tabelldata import read

AR = (
    "År\tBlekinge (dagar)\tHalland (dagar)\tKronoberg (dagar)\tSkåne (dagar)\n"
    "2021\t32\t41\t38\t55\n2022\t44\t52\t47\t71\n2024\t35\t39\t41\t1058\n"
)
GRUPPER = "Mottagning\t2023 (antal)\t2024 (antal)\nKarlskrona\t10\t12\nHalmstad\t8\t9\n"
REGIONER = "Region\tAndel\nRegion Blekinge\t12 %\nHalland\t14 %\nKronoberg\t9 %\nSkåne\t22 %\n"
DELAR = "Region\tInom 30 dagar\tSenare\nBlekinge\t62 %\t38 %\nSkåne\t48 %\t52 %\n"
LANGT = (
    "Region\tÅr\tAntal\n"
    "Skåne\t2022\t5\nHalland\t2022\t3\nSkåne\t2023\t6\nHalland\t2023\t4\nSkåne\t2024\t7\nHalland\t2024\t2\n"
)


@pytest.mark.parametrize(
    ("text", "val"),
    [
        (AR, Diagramval(Visning.LINJER, 0, (1, 2, 3, 4))),
        (GRUPPER, Diagramval(Visning.GRUPPERADE, 0, (1, 2))),
        (REGIONER, Diagramval(Visning.STAPLAR, 0, (1,))),
        (DELAR, Diagramval(Visning.STAPLADE, 0, (1, 2))),
        (LANGT, Diagramval(Visning.LINJER, 1, (2,), 0)),
        ("Vem\tVad\nLinjen\tBeslutar\n", Diagramval()),
    ],
    ids=["years", "groups", "one", "whole", "long", "words"],
)
def test_the_guess_fits_the_data(text: str, val: Diagramval) -> None:
    data = read(text)
    assert guess(data) == val
    assert val.visning is Visning.TABELL or hinder(data, val) == ""


@pytest.mark.parametrize(
    ("text", "val", "words"),
    [
        (REGIONER, Diagramval(Visning.STAPLAR, 0, ()), "Kryssa i minst en kolumn"),
        ("A\tB (kr)\tC (%)\nx\t1\t2\n", Diagramval(Visning.STAPLAR, 0, (1, 2)), "olika enheter"),
        ("A\tB\nx\t1\nx\t2\n", Diagramval(Visning.STAPLAR, 0, (1,)), "Flera rader heter ”x”"),
        ("A\tB\n" + "".join(f"m{n}\t{n}\n" for n in range(60)), Diagramval(Visning.STAPLAR, 0, (1,)), "60 staplar"),
        ("A\tB\tC\nx\t-1\t2\n", Diagramval(Visning.STAPLADE, 0, (1, 2)), "tal under noll"),
        (GRUPPER, Diagramval(Visning.STAPLAR, 0, (1, 2)), "grupperade staplar"),
        (GRUPPER, Diagramval(Visning.REGIONER, 0, (1, 2)), "regionernas namn"),
        ("A\tB\nx\t..\n", Diagramval(Visning.STAPLAR, 0, (1,)), "Kryssa i minst en kolumn"),
        (
            "A\tG\tB\n" + "".join(f"x\tg{n}\t{n}\n" for n in range(9)),
            Diagramval(Visning.GRUPPERADE, 0, (2,), 1),
            "9 färger",
        ),
    ],
)
def test_what_is_in_the_way_of_a_diagram_is_said(text: str, val: Diagramval, words: str) -> None:
    assert words in hinder(read(text), val)


def test_a_region_has_the_same_colour_in_every_diagram() -> None:
    assert colours(["Region Skåne", "Annat", "Halland"])[::2] == [REGIONFARG["Skåne"], REGIONFARG["Halland"]]
    one = describe(read(AR), guess(read(AR)))["encoding"]["color"]["scale"]
    bars = describe(read(REGIONER), guess(read(REGIONER)))["encoding"]["color"]["scale"]
    assert one["range"] == bars["range"] == list(REGIONFARG.values())
    small = describe(read(AR), replace(guess(read(AR)), visning=Visning.REGIONER))
    assert small["spec"]["encoding"]["color"]["scale"]["range"] == list(REGIONFARG.values())


def _lightness(colour: str) -> float:
    """Return how light a colour is, as WCAG counts it, with what is added in a contrast."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05


def test_the_colours_are_seen_on_white_and_those_of_regions_are_told_apart_in_black_and_white() -> None:
    assert all(1.05 / _lightness(colour) >= 3 for colour in (*REGIONFARG.values(), *SERIEFARG))
    light = sorted(map(_lightness, REGIONFARG.values()))
    assert all(lighter / darker >= 1.5 for darker, lighter in pairwise(light))


def test_the_words_tell_what_the_diagram_shows() -> None:
    said = suggest(read(AR), guess(read(AR)), "Väntetid.")
    assert said.startswith("Linjediagram: Väntetid. Visar Blekinge, Halland, Kronoberg och Skåne. Från 2021 till 2024.")
    assert "Högst: Skåne, 2024, 1\xa0058\xa0dagar. Lägst: Blekinge, 2021, 32\xa0dagar." in said
    assert "Halland går från 41\xa0dagar till 39\xa0dagar." in said
    assert suggest(read("Vem\tVad\nLinjen\tBeslutar\n"), Diagramval()) == ""


@pytest.fixture(scope="module")
def lines() -> Teckning:
    return draw(describe(read(AR), guess(read(AR))))


def test_a_diagram_is_drawn_in_swedish_without_style_or_script_and_with_its_words(lines: Teckning) -> None:
    page = inline(lines.svg, "figur-data1", "Väntetid <i>", "Väntan ökar.")
    root = ET.fromstring(page)
    assert root.get("role") == "img"
    assert [root[0].text, root[1].text] == ["Väntetid <i>", "Väntan ökar."]
    assert root.get("aria-labelledby") == root[0].get("id")
    assert not re.findall(r"<script|<style|\sstyle=|\son[a-z]+=|href=|<image|<foreignObject", page)
    words = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "1\xa0000" in words or "1 000" in [re.sub(r"\s", " ", word or "") for word in words]
    assert {"Blekinge", "Skåne", "dagar", "2021"} <= set(words)


def test_the_picture_for_word_is_the_same_diagram_in_the_house_s_font(lines: Teckning) -> None:
    with Image.open(BytesIO(lines.png)) as picture:
        assert picture.format == "PNG"
        assert picture.width > 1100
        dark = sum(picture.convert("L").crop((0, picture.height - 50, picture.width, picture.height)).histogram()[:100])
    assert dark > 200, "the years along the axis are not drawn"


def test_a_drawing_is_watched_by_memory_and_by_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ritning, "MINNE_MB", 30)
    with pytest.raises(Ritfel, match="-9"):
        draw(describe(read(AR), guess(read(AR))))
    monkeypatch.setattr(ritning, "MINNE_MB", 400)
    with pytest.raises(Ritfel):
        draw({"mark": "finns inte"})
    monkeypatch.setattr(forald, "SEKUNDER", 0.05)
    with pytest.raises(Ritfel, match="-9"):
        draw(describe(read(AR), guess(read(AR))))


def test_the_same_diagram_is_known_again() -> None:
    data = read(AR)
    assert fingerprint(describe(data, guess(data))) == fingerprint(describe(read(AR), guess(read(AR))))
    assert fingerprint(describe(data, guess(data))) != fingerprint(describe(read(REGIONER), guess(read(REGIONER))))


def test_a_table_with_merged_cells_is_shown_and_none_of_it_is_lost() -> None:
    rows = '<tr><td colspan="2">Sammanslagen</td></tr><tr><th>Skåne</th><td>71</td></tr>'
    html = f'<div class="tabell"><table id="tabell-data7"><tbody>{rows}</tbody></table></div>'
    assert dress(html) == html.replace("<td>71", '<td class="tal">71').replace('"tabell"', '"tabell tabell-kort"', 1)
