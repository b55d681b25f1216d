"""``make bench-nu``: how long the portal that runs here really takes, measured from outside as a browser would ask.

Pages are asked one at a time and then by five at once; a PDF is ordered and waited for, queue and worker included.
Nothing is changed except that one file has been ordered.
"""

import http.cookiejar
import os
import platform
import re
import statistics
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product

from sfbv.lokal.start import HOST, say

TIMES = 30
USERS = 5
ACCOUNT, PASSWORD = "kansli@exempel.se", "demo"
KINDS = ("slutrapport", "uppdrag")
LONGEST_PDF_SECONDS = 60.0


class BenchError(RuntimeError):
    """There is nothing to measure; the text says why."""


class Visitor:
    """A browser of sorts: cookies, forms with their token, no scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> str:
        """The page's text. Raises BenchError when it is not a page."""
        try:
            with self.opener.open(self.address + path, timeout=30) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError as error:
            raise BenchError(f"{path} svarade {error.code}.") from error
        except OSError as error:
            raise BenchError(f"Ingen portal svarar på {self.address}. Starta den först: make run") from error

    def post(self, path: str, page: str, **fields: str) -> str:
        """Send a form that stands on ``page``; the address one is led to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page))
        if token is None:
            raise BenchError(f"{page} har inget formulär.")
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token.group(1)}).encode()
        headers = {"Referer": self.address + page}
        with self.opener.open(urllib.request.Request(self.address + path, data, headers), timeout=30) as response:  # noqa: S310
            return urllib.parse.urlsplit(response.geturl()).path

    def log_in(self) -> None:
        """Raises BenchError when there is no demo to log in to."""
        landed = self.post("/konto/login/", "/konto/login/", login=ACCOUNT, password=PASSWORD)
        if landed.startswith("/konto/"):
            raise BenchError(f"Det gick inte att logga in som {ACCOUNT}. Mätningen behöver demon.")


def milliseconds(ask: Callable[[], object]) -> float:
    """How long it took."""
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * 1000


def row(name: str, values: list[float]) -> str:
    """A row of the table: median and 95th percentile."""
    late = statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]
    return f"| {name} | {statistics.median(values):.0f} ms | {late:.0f} ms |"


def pages(visitor: Visitor) -> dict[str, str]:
    """Name and address of what is measured; the delprojekt is the first one in the list."""
    found = re.search(r'href="(/delprojekt/\d+/)"', visitor.get("/delprojekt/"))
    if found is None:
        raise BenchError("Listan har inga delprojekt. Mätningen behöver demon.")
    return {"Start": "/", "Lista": "/delprojekt/", "Ett delprojekt": found.group(1), "Processen": "/process/"}


def several_at_once(address: str, path: str) -> list[float]:
    """The page, asked by some users at the same time."""
    visitors = [Visitor(address) for _ in range(USERS)]
    for visitor in visitors:
        visitor.log_in()
    with ThreadPoolExecutor(USERS) as pool:
        series = pool.map(lambda one: [milliseconds(lambda: one.get(path)) for _ in range(TIMES // 3)], visitors)
    return [value for values in series for value in values]


def is_draft(visitor: Visitor, page: str) -> bool:
    """True for a document that may be read and is made anew at each order; a fixed one is only fetched."""
    try:
        return "Arbetsmaterial" in visitor.get(page)
    except BenchError:
        return False


def pdf(visitor: Visitor) -> tuple[str, float]:
    """A document's name and the milliseconds from the order to the finished file."""
    numbers = sorted({int(number) for number in re.findall(r'href="/delprojekt/(\d+)/"', visitor.get("/delprojekt/"))})
    for kind, number in product(KINDS, numbers):
        page = f"/delprojekt/{number}/dokument/{kind}/"
        if not is_draft(visitor, page):
            continue
        begun = time.perf_counter()
        job = visitor.post(f"{page}pdf/", page)
        while '"ton": "klar"' not in (answer := visitor.get(f"{job}status/")):
            if '"ton": "nej"' in answer or time.perf_counter() - begun > LONGEST_PDF_SECONDS:
                raise BenchError(f"PDF:en blev inte klar: {answer}")
            time.sleep(0.05)
        return f"PDF av {kind}, från klick till fil", (time.perf_counter() - begun) * 1000
    raise BenchError("Inget dokument går att beställa. Mätningen behöver demon.")


def main() -> int:
    """Print the table of docs/prestanda.md. 0: measured, 1: nothing to measure, said in one line."""
    address = f"http://{HOST}:{os.environ.get('PORT') or '8000'}"
    visitor = Visitor(address)
    try:
        visitor.log_in()
        chosen = pages(visitor)
        rows = [
            row(name, [milliseconds(lambda p=path: visitor.get(p)) for _ in range(TIMES)])
            for name, path in chosen.items()
        ]
        rows.append(row(f"Ett delprojekt, {USERS} samtidigt", several_at_once(address, chosen["Ett delprojekt"])))
        name, taken = pdf(visitor)
        rows.append(row(name, [taken]))
    except BenchError as error:
        say(str(error))
        return 1
    say("\n".join(["| Vad | Median | 95:e percentilen |", "|---|---|---|", *rows]))
    say(f"\n{date.today().isoformat()}, {os.cpu_count()} kärnor, Python {platform.python_version()}")  # noqa: DTZ011
    return 0


if __name__ == "__main__":
    sys.exit(main())
