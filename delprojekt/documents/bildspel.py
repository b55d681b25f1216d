"""The report as slides for ledningsgruppen and nämnden (.pptx): the summary, the diagrams and the proposals, the full
text as notes.

A title is one line, a long text goes on over several slides. It is a draft to speak from; the record is the PDF.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path

from delprojekt.documents.errors import BildspelFel
from delprojekt.documents.fit import NO_ALT
from delprojekt.documents.media import MediaFetcher, no_media
from delprojekt.documents.pandoc import PandocFel, run_pandoc
from delprojekt.documents.plain import to_plain
from delprojekt.documents.sammanfoga import blocks
from delprojekt.documents.text import sanitise
from delprojekt.documents.tree import Chapter, Document, Html, Proposal, Slag, Table
from delprojekt.documents.word import TIMEOUT_SECONDS, embedder

BILDSPEL = frozenset({Slag.SLUTRAPPORT})
"""The documents that are presented."""
STYLE = Path(__file__).with_name("bildspel_mall.pptx")
"""The look. Made by ``bildspel_stil``."""
LANGSTA_RUBRIK = 46
LANGSTA_TEXT = 420
"""Signs on a slide, so that it can be read from the back of the room."""
MEST_RADER = 9
"""Rows of a table that is shown on a slide; a longer one is read in the report."""
MEST_PUNKTER = 6
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ0-9])")
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)">')
_DIAGRAM = re.compile(r'<figure id="figur-data\d+">.*?</figure>', re.DOTALL)
_CAPTION = re.compile(r"<(?:fig)?caption>(.*?)</(?:fig)?caption>", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)(?=<li>|</[uo]l>)", re.DOTALL)
_NOTE = re.compile(r"<small>.*?</small>", re.DOTALL)
_WHOLE_PICTURE = re.compile(r'descr="data:[^"]*"')


@dataclass
class Bild:
    """A slide: its title, its lines as HTML, and what is said to it."""

    rubrik: str
    rader: list[str] = field(default_factory=list)
    anteckning: str = ""

    def html(self) -> str:
        """Return the slide for pandoc. A title that is too long is cut, and stands whole in the notes."""
        title = _one_line(self.rubrik)
        notes = [self.rubrik] * (title != self.rubrik) + [line for line in self.anteckning.split("\n") if line.strip()]
        said = "".join(f"<p>{escape(line)}</p>" for line in notes)
        return f"<h2>{escape(title)}</h2>{''.join(self.rader)}" + (f'<div class="notes">{said}</div>' if said else "")


def render_bildspel(document: Document, *, media_fetcher: MediaFetcher = no_media) -> bytes:
    """Return the slides (.pptx) of a report.

    Raises BildspelFel when they could not be made, OtillatenResurs when a text shows a picture of others.
    """
    picture = embedder(media_fetcher)
    html = "".join(slide.html() for slide in slides(document))
    html = _IMAGE.sub(lambda found: f'<img src="{escape(picture(found[1]))}" alt="{found[2] or NO_ALT}">', html)
    try:
        made = run_pandoc(_options(document), html.encode(), seconds=TIMEOUT_SECONDS, made=document.date)
    except PandocFel as error:
        raise BildspelFel("Bildspelet kunde inte skapas. Försök igen, eller hämta PDF i stället.") from error
    return _finish(made, [unescape(found[2]) or NO_ALT for found in _IMAGE.finditer(html)])


def slides(document: Document) -> list[Bild]:
    """Return the slides, the first one (the title) apart."""
    chapters = list(document.walk())
    summary = [b.body for c in chapters if c.key == "sammanfattning" for b in c.blocks if isinstance(b, Html)]
    proposals = [b for c in chapters for b in c.blocks if isinstance(b, Proposal)]
    found = [slide for html in summary for slide in _running("Sammanfattning", html)]
    found += _diagrams(chapters)
    found += _overview(proposals)
    for proposal in proposals:
        found += _proposal(proposal)
    return found or [Bild(document.title, ["<p>Rapporten har ingen sammanfattning och inga förslag än.</p>"])]


def _diagrams(chapters: list[Chapter]) -> list[Bild]:
    """Return a slide for each diagram of the report; those of the summary have theirs."""
    texts = [b.body for c in chapters if c.key != "sammanfattning" for b in c.blocks if isinstance(b, Html)]
    found = []
    for figure in (one[0] for html in texts for one in _DIAGRAM.finditer(html)):
        image = _IMAGE.search(figure)
        if image:
            said = to_plain(f"<p>{image[2]}</p>")
            found.append(Bild(_captioned(figure), [f"<figure>{image[0]}</figure>"], said))
    return found


def _overview(proposals: list[Proposal]) -> list[Bild]:
    lines = [f"<li>{escape(one.rubrik)}</li>" for one in proposals]
    parts = [lines[at : at + MEST_PUNKTER] for at in range(0, len(lines), MEST_PUNKTER)]
    said = "\n".join(f"{one.nummer}. {one.rubrik}" for one in proposals)
    return [
        Bild("Förslagen i korthet", [f'<ol start="{1 + at * MEST_PUNKTER}">{"".join(part)}</ol>'], said)
        for at, part in enumerate(parts)
    ]


def _proposal(proposal: Proposal) -> list[Bild]:
    title = f"{proposal.nummer}. {proposal.rubrik}"
    parts = (
        ("", proposal.text),
        ("Rimlighet", proposal.rimlighet),
        ("Genomförbarhet", proposal.genomforbarhet),
        ("Närliggande områden", proposal.narliggande),
        ("Risk för undanträngning", proposal.undantrangning),
        ("Kalkyl", proposal.kalkyl),
    )
    said = "\n".join(": ".join(filter(None, (label, to_plain(html)))) for label, html in parts if html)
    found = _running(title, proposal.text) or [Bild(title, ["<p>Förslaget har ingen text än.</p>"])]
    facts = (("Vem", proposal.vem), ("När", proposal.nar), ("Kostnad", _total(proposal.kalkyltabell)))
    lines = [f"<li><strong>{label}:</strong> {escape(text)}</li>" for label, text in facts if text]
    if lines and len(found) == 1 and len(to_plain("".join(found[0].rader + lines))) < LANGSTA_TEXT:
        found[0].rader.append(f"<ul>{''.join(lines)}</ul>")
    elif lines:
        found.append(Bild(title, [f"<ul>{''.join(lines)}</ul>"]))
    if proposal.kalkyltabell and len(proposal.kalkyltabell.rows) <= MEST_RADER:
        found.append(Bild(proposal.kalkyltabell.caption, [_table(proposal.kalkyltabell)]))
    for slide in found:
        slide.anteckning = said
    return found


def _total(table: Table | None) -> str:
    """Return the sums of a calculation, one per kind of cost: "120 tkr en gång och 760 tkr varje år"."""
    sums = [row for row in table.rows if row[0] == "Summa"] if table else []
    return " och ".join(f"{amount} tkr {kind.lower()}" for _, kind, amount, *_ in sums)


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


# running text ---------------------------------------------------------------------------------------------------------


def _running(title: str, html: str) -> list[Bild]:
    """Return running text as slides: as much on each as can be read, tables and pictures on their own."""
    whole = to_plain(html)
    found: list[Bild] = []
    room = 0
    for kind, line, size, caption in _lines(sanitise(html)):
        own = kind in {"table", "figure"}
        if own or room < size or not found or kind == "h":
            found.append(Bild(caption or title))
            room = LANGSTA_TEXT
        found[-1].rader.append(line)
        room = 0 if own else room - size
    found = [slide for slide in found if slide.rader]
    same = [slide for slide in found if slide.rubrik == title]
    for at, slide in enumerate(same, 1):
        if len(same) > 1:
            slide.rubrik = f"{_cut(title, LANGSTA_RUBRIK - 8)} ({at}/{len(same)})"
    for slide in found:
        slide.anteckning = whole
    return found


def _lines(html: str) -> Iterator[tuple[str, str, int, str]]:
    """Yield what stands on the slides, line by line: its kind, its HTML, how much room it takes, and its caption."""
    for block in blocks(_NOTE.sub("", html)):
        name = re.match(r"<(\w+)", block)
        kind = name[1] if name else "p"
        words = to_plain(block)
        if kind == "table":
            if block.count("<tr>") <= MEST_RADER + 1:
                yield "table", block, LANGSTA_TEXT, _captioned(block)
            else:
                text = f"Tabellen ”{_captioned(block) or 'utan rubrik'}” finns i rapporten."
                yield "p", f"<p>{escape(text)}</p>", len(text), ""
        elif kind == "figure":
            images = "".join(found[0] for found in _IMAGE.finditer(block))
            yield "figure", f"<figure>{images}</figure>", LANGSTA_TEXT, _captioned(block)
        elif kind in {"h3", "h4", "h5"}:
            yield "h", f"<p><strong>{escape(words.lstrip('# '))}</strong></p>", len(words), ""
        elif kind in {"ul", "ol"}:
            for item in _ITEM.findall(block):
                text = to_plain(item)
                yield "li", f"<ul><li>{escape(text)}</li></ul>", len(text) + 20, ""
        elif words:
            for part in _parts(words.replace("\n", " ")):
                yield "p", f"<p>{escape(part)}</p>", len(part) + 20, ""


def _parts(text: str) -> Iterable[str]:
    """Return a paragraph in parts that fit on a slide, cut between sentences, in need between words."""
    parts: list[str] = []
    for sentence in _SENTENCE.split(text):
        for piece in _pieces(sentence):
            if parts and len(parts[-1]) + len(piece) < LANGSTA_TEXT:
                parts[-1] += f" {piece}"
            else:
                parts.append(piece)
    return parts


def _pieces(sentence: str) -> Iterator[str]:
    limit = LANGSTA_TEXT - 21
    while len(sentence) > limit:
        at = sentence.rfind(" ", 0, limit)
        at = at if at > 0 else limit
        yield sentence[:at]
        sentence = sentence[at:].strip()
    yield sentence


def _captioned(block: str) -> str:
    found = _CAPTION.search(block)
    return to_plain(found[1]) if found else ""


def _one_line(title: str) -> str:
    return _cut(title, LANGSTA_RUBRIK)


def _cut(title: str, limit: int) -> str:
    return title if len(title) <= limit else f"{title[: limit - 1].rsplit(' ', 1)[0].rstrip(' ,.:;')} …"


# pandoc ---------------------------------------------------------------------------------------------------------------


def _options(document: Document) -> list[str]:
    metadata = {
        "lang": "sv-SE",
        "title": document.title,
        "subtitle": f"{document.slag.label} · {document.number_line}",
        "author": document.status_line,
    }
    return [
        "--from=html",
        "--to=pptx",
        "--output=-",
        "--slide-level=2",
        f"--reference-doc={STYLE}",
        *(f"--metadata={name}:{value}" for name, value in metadata.items()),
    ]


def _finish(pptx: bytes, alts: list[str]) -> bytes:
    """Say in which language the slides are, and what each picture shows where pandoc wrote its address."""
    left = iter(alts)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pptx)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(source.namelist(), key=_slide_number):
            content = source.read(name)
            if re.fullmatch(r"ppt/(?:slides|notesSlides)/[^/]+\.xml", name):
                xml = re.sub(r"<a:(rPr|endParaRPr)(?![^>]*\blang=)", r'<a:\1 lang="sv-SE"', content.decode())
                xml = _WHOLE_PICTURE.sub(lambda _: f'descr="{escape(next(left, NO_ALT))}"', xml)
                content = xml.encode()
            out.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _slide_number(name: str) -> tuple[int, int, str]:
    """Return what puts the list of contents first and the slides in their order."""
    found = re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name)
    return (0 if name == "[Content_Types].xml" else 1, int(found[1]) if found else 0, name)
