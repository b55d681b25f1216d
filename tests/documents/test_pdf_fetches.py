"""While a PDF is made nothing is fetched but ``data:`` and the portal's own pictures, whatever the HTML says.

The hostile page is put in behind the allow-list, as if that had failed.
"""

import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from weasyprint import HTML

from delprojekt.documents.errors import OtillatenResurs
from delprojekt.documents.media import Media
from delprojekt.documents.pdf import HOME, write_pdf
from tests.documents import pdfbox, samples

SECRET = "hemligt-innehall-4711"


class Listener:
    """A server on this machine that counts what is asked of it; ``/om`` leads on to the secret file."""

    def __init__(self, secret: Path) -> None:
        self.requests: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.requests.append(self.path)
                self.send_response(302 if self.path == "/om" else 200)
                self.send_header("Location", secret.as_uri())
                self.end_headers()
                self.wfile.write(SECRET.encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "hemligt.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture
def listener(secret: Path) -> Iterator[Listener]:
    listener = Listener(secret)
    yield listener
    listener.close()


def _data(kind: str, body: str) -> str:
    return f"data:{kind};base64,{b64encode(body.encode()).decode()}"


_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
)
VECTORS = {
    "a picture": '<img src="{url}" alt="x">',
    "an object": '<object data="{url}"></object>',
    "an embed": '<embed src="{url}">',
    "a frame": '<iframe src="{url}"></iframe>',
    "a stylesheet": '<link rel="stylesheet" href="{url}">',
    "an attachment": '<link rel="attachment" href="{url}">',
    "an attached link": '<a rel="attachment" href="{url}">x</a>',
    "an import": '<style>@import "{url}";</style>',
    "a background": "<style>p {{ background: url({url}) }}</style><p>x</p>",
    "a list picture": "<style>li {{ list-style: url({url}) }}</style><ul><li>x</li></ul>",
    "a border picture": "<style>p {{ border: 1px solid; border-image: url({url}) 1 }}</style><p>x</p>",
    "a mask": "<style>p {{ mask-image: url({url}) }}</style><p>x</p>",
    "generated content": "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "a font": "<style>@font-face {{ font-family: Q; src: url({url}) }} p {{ font-family: Q }}</style><p>x</p>",
    "a colour profile": "<style>@color-profile --q {{ src: url({url}) }}</style><p>x</p>",
    "a page background": "<style>@page {{ background: url({url}) }}</style>",
    "a style attribute": '<p style="background: url({url})">x</p>',
    "an inline drawing": _SVG.format('<image href="{url}" width="9" height="9"/>'),
    "a use in a drawing": _SVG.format('<use href="{url}#a"/>'),
    "a style in a drawing": _SVG.format('<style>@import "{url}";</style><rect width="9" height="9"/>'),
    "a processing instruction": '<?xml-stylesheet href="{url}"?>',
    "a base": '<base href="{url}"><img src="a.png" alt="x">',
}
NESTED = {
    "a drawing as data": ('<img src="{inner}" alt="x">', "image/svg+xml", _SVG.format('<image xlink:href="{url}"/>')),
    "a drawing with an entity": (
        '<img src="{inner}" alt="x">',
        "image/svg+xml",
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "{url}">]>' + _SVG.format("<text>&x;</text>"),
    ),
    "a stylesheet as data": (
        '<link rel="stylesheet" href="{inner}">',
        "text/css",
        '@import "{url}"; p {{ color: red }}',
    ),
}


def hostile_pages(url: str) -> dict[str, str]:
    """Return a page for each way to make a renderer fetch ``url``."""
    pages = {name: vector.format(url=url) for name, vector in VECTORS.items()}
    for name, (outer, kind, inner) in NESTED.items():
        pages[name] = outer.format(inner=_data(kind, inner.format(url=url)))
    return {
        name: f'<html lang="sv"><head><title>x</title></head><body>{body}</body></html>' for name, body in pages.items()
    }


@pytest.mark.parametrize("name", [*VECTORS, *NESTED])
def test_no_vector_reaches_the_network_or_a_file(name: str, listener: Listener, secret: Path) -> None:
    for url in (
        f"{listener.url}/x",
        f"{listener.url}/om",
        secret.as_uri(),
        str(secret),
        "//127.0.0.1/x",
        "ftp://127.0.0.1/x",
    ):
        try:
            pdf = write_pdf(hostile_pages(url)[name], samples.uppdrag())
        except OtillatenResurs:
            continue
        assert SECRET not in pdfbox.text(pdf)
        assert set(pdfbox.attachments(pdf)) == {"dokument.json"}
    assert listener.requests == []


def test_the_vectors_do_fetch_when_nothing_stops_them(listener: Listener, secret: Path) -> None:
    """The control: without our fetcher most vectors reach the server, and the file is carried away."""
    reached = 0
    for page in hostile_pages(f"{listener.url}/x").values():
        listener.requests.clear()
        HTML(string=page).write_pdf()
        reached += bool(listener.requests)
    assert reached >= 15
    stolen = HTML(string=hostile_pages(secret.as_uri())["an attachment"]).write_pdf()
    assert SECRET.encode() in next(iter(pdfbox.attachments(stolen).values())).body


@pytest.mark.parametrize(
    "path",
    [
        *("/media/../konto.png", "/media//x", "/media/%2e%2e/x.png", "/media/x.png?url=http://exempel.se", "/konto/"),
        *("/static/css/dokument.css", "/static/fonts/dokument/../../css/dokument.css"),
    ],
)
def test_own_addresses_outside_the_pictures_are_refused(path: str) -> None:
    asked: list[str] = []

    def fetch(own: str) -> Media:
        asked.append(own)
        return Media(b"", "image/png")

    with pytest.raises(OtillatenResurs):
        write_pdf(f'<html lang="sv"><img src="{HOME}{path}" alt="x">', samples.uppdrag(), media_fetcher=fetch)
    assert asked == []


def test_own_media_that_is_no_picture_is_refused() -> None:
    page = '<html lang="sv"><img src="/media/x.svg" alt="x">'
    with pytest.raises(OtillatenResurs):
        write_pdf(page, samples.uppdrag(), media_fetcher=lambda _: Media(b"<svg/>", "image/svg+xml"))
