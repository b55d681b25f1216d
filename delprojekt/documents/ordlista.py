"""The ordlista of a document: the fackord that its sections explain (template.md, chapter 12)."""

from collections.abc import Iterable
from html.parser import HTMLParser

from delprojekt.documents.tree import Block, Facts, Html
from delprojekt.process.ordning import swedish


def glossary(texts: Iterable[str]) -> tuple[Block, ...]:
    """Return the heading and the words with their explanations as Swedes sort them; nothing without fackord.

    In: sanitised texts in reading order. Of a word that is explained twice the first explanation counts.
    """
    reader = _Reader()
    for html in texts:
        reader.feed(html)
    reader.close()
    words = {word.casefold(): (word, explanation) for word, explanation in reversed(reader.found) if explanation}
    if not words:
        return ()
    return (Html("<h3>Ordlista</h3>"), Facts(tuple(sorted(words.values(), key=lambda pair: swedish(pair[0])))))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._word: list[str] | None = None
        self._explanation = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "dfn":
            self._word, self._explanation = [], dict(attrs).get("title") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "dfn" and self._word is not None:
            self.found.append((" ".join("".join(self._word).split()), self._explanation))
            self._word = None

    def handle_data(self, data: str) -> None:
        if self._word is not None:
            self._word.append(data)
