"""THE allow-list of running text, declared once: forms, import, editor and renderers all call ``sanitise``.

What the editor writes beyond ordinary HTML: ``small`` is a footnote where it is called, ``dfn`` a fackord with its
explanation as ``title``, ``tfoot`` the source of a table. A table or figure that is referred to has an ``id`` and the
reference is a link to it (``#tabell-…``, ``#figur-…``, or ``#kap-…`` to a chapter); the renderers number all of it.
``#fakta-…`` is a faktauppgift: its figure is printed in place of the link (``hanvisning.cite``).
"""

import re
import unicodedata

import nh3

TAGS = frozenset(
    {"h3", "h4", "h5", "p", "br", "strong", "em", "sub", "sup", "ul", "ol", "li", "a", "blockquote", "small", "dfn"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "img"}
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt"},
    "dfn": {"title"},
    "table": {"id"},
    "figure": {"id"},
}
MAX_TECKEN = 2_000_000
"""The longest text of one section, markup counted: some 500 pages."""
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
OWN_MEDIA = re.compile(r"/media/(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*")
"""The portal's own pictures are written as a path below ``/media/``; nothing else but ``data:`` may be shown."""
DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+")
TARGET = re.compile(r"(?:tabell|figur)-[a-z0-9]{1,32}")
"""The ``id`` of a table or figure that something refers to."""
REFERENCE = re.compile(r"#(?:(?:tabell|figur)-[a-z0-9]{1,32}|kap-[a-z][a-z0-9_-]{0,59}|fakta-[1-9][0-9]{0,8})")
"""A reference to a table, a figure or a chapter of the same document, or to a faktauppgift."""
LINK = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
"""How the address of a link out of the document begins."""
_TARGETS = {"table": "tabell-", "figure": "figur-"}
_SMALL_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MAX_ROUNDS = 20


def sanitise(html: str) -> str:
    """Return ``html`` with nothing but the allow-list left, in one normal form.

    ``script`` and ``style`` go with their contents, other unknown tags leave their text. Idempotent: what has
    passed once passes unchanged (taking a tag away can change how the rest is parsed, so it is repeated until stable).

    Raises:
        ValueError: the text never becomes stable (no known text does this; better no text than an unsafe one).
    """
    html = printable(html)
    for _ in range(_MAX_ROUNDS):
        cleaned = _clean(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    raise ValueError("The text could not be brought to a safe form.")


def _clean(html: str) -> str:
    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_filter_attribute,
        url_schemes=set(LINK_SCHEMES | {"data"}),
        clean_content_tags={"script", "style"},
        link_rel=None,
        strip_comments=True,
    )
    return printable(cleaned).strip()


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value that an allowed attribute may keep, or None to drop it."""
    value = value.strip()
    match tag, name:
        case "a", "href":
            return value if LINK.match(value) or REFERENCE.fullmatch(value) else None
        case (("table" | "figure"), "id"):
            return value if TARGET.fullmatch(value) and value.startswith(_TARGETS[tag]) else None
        case "dfn", "title":
            return " ".join(value.split())
        case "img", "src":
            return value if DATA_IMAGE.fullmatch(value) or OWN_MEDIA.fullmatch(value) else None
        case "th", "scope":
            return value if value in {"col", "row", "colgroup", "rowgroup"} else None
        case (_, "colspan" | "rowspan") | ("ol", "start"):
            return value if _SMALL_NUMBER.fullmatch(value) else None
    return value


def printable(text: str) -> str:
    """Return NFC text with one kind of line break and without what neither XML nor a font can show."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))
