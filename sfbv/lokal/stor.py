"""``make bench``: how the portal's pages bear 35, 1 000 and 100 000 delprojekt, and Django's own admin list beside.

The rows are made in a database of its own, on a server of its own, which is thrown away afterwards. The pages are
asked for inside the process, one at a time, so that only the portal's own work is measured.
"""

import contextlib
import os
import platform
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".lokal" / "matning"
SIZES = tuple(int(word) for word in os.environ.get("STORLEKAR", "35 1000 100000").split())
TIMES = int(os.environ.get("GANGER", "25"))
MOST_QUERIES, MOST_KILOBYTES, MOST_GROWTH, SLACK_MS = 15, 100, 1.2, 30.0
ADMIN = "Djangos egen lista (jämförelse)"
AUTOSPARNING, MOST_SAVE_MS = "Skrivbordet, en sparning", 100.0
PARAGRAPH = "Det finns tre specialister per hundra tusen invånare, men de är ojämnt fördelade mellan regionerna. " * 5


@dataclass(frozen=True)
class Measured:
    """One page at one size. ``cpu`` is the portal's own processor time, whatever else the machine did."""

    p50: float
    p95: float
    cpu: float
    queries: int
    kilobytes: float


def say(text: str) -> None:
    """A line to the one who started us, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def pages() -> dict[str, tuple[str, str]]:
    """Return who asks for what, by the page's name."""
    from sfbv.lokal.stor_data import HEAVY, WRITTEN

    desk = f"/rapport/{WRITTEN}/nulage_kompetens/"
    one = f"/delprojekt/{HEAVY}/"
    return {
        "Start": ("kansli", "/"),
        "Lista": ("kansli", "/delprojekt/"),
        "Lista, sökord": ("kansli", "/delprojekt/?q=distansmöten"),
        "Lista efter benämning": ("kansli", "/delprojekt/?ordning=titel"),
        "Lista efter nummer, lägst först": ("kansli", "/delprojekt/?ordning=nummer"),
        "Tavla": ("kansli", "/delprojekt/?vy=tavla"),
        "Tidslinje": ("kansli", "/delprojekt/?vy=tidslinje"),
        "Ett delprojekt, 500 rader av varje": ("kansli", one),
        "Dess rapport": ("kansli", f"{one}visa/rapport/"),
        "Dess händelser": ("kansli", f"{one}visa/handelser/"),
        "Kansliet": ("kansli", "/kansliet/"),
        "Samarbetsgruppen": ("samarbetsgrupp", "/samarbetsgruppen/"),
        "Ledningsgruppen": ("ledningsgrupp", "/ledningsgruppen/"),
        "Region Skåne": ("region", "/regioner/skane/"),
        "Min arbetsgrupp": ("ordforande", "/min-arbetsgrupp/"),
        "Skrivbordet, ett avsnitt": ("skribent", desk),
        AUTOSPARNING: ("skribent", f"{desk}spara/"),
        "Sök": ("kansli", "/sok/?q=väntetid"),
        ADMIN: ("kansli", "/jamfor/delprojekt/delprojekt/"),
    }


@contextlib.contextmanager
def server() -> Iterator[Any]:
    """A PostgreSQL of its own in an empty folder, thrown away afterwards."""
    from sfbv.lokal.postgres import EmbeddedPostgres

    shutil.rmtree(FOLDER, ignore_errors=True)
    running = EmbeddedPostgres(FOLDER / "databas")
    try:
        yield running.start()
    finally:
        from django.db import connections

        connections.close_all()
        running.stop()
        shutil.rmtree(running.place, ignore_errors=True)
        shutil.rmtree(FOLDER, ignore_errors=True)


def prepare() -> None:
    """Point Django at the server of its own, before the settings are read."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL"):
        os.environ.pop(name, None)
    os.environ |= {"SFBV_LAGE": "demo", "SFBV_LOKAL": str(FOLDER), "DJANGO_SETTINGS_MODULE": "sfbv.lokal.stor_settings"}


def ask(client: Any, address: str) -> Any:
    """Fetch a page; at the address of the autosave, save the next text of a window that has saved the one before."""
    if not address.endswith("/spara/"):
        return client.get(address)
    client.saved = getattr(client, "saved", 0) + 1
    text = "\n\n".join([*[PARAGRAPH] * 20, f"Stycke {client.saved}."])
    fields = {"text": text, "version": getattr(client, "version", 1), "klient": "matning", "lopnr": client.saved}
    answer = client.post(address, fields)
    client.version = answer.json().get("version", 0)
    return answer


def look(client: Any, address: str) -> tuple[int, float]:
    """Return queries and kilobytes of a page, after two looks that fill caches. Raises RuntimeError if it fails."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(2):
        answer = ask(client, address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} svarade {answer.status_code}.")
    with CaptureQueriesContext(connection) as asked:
        answer = ask(client, address)
    return len(asked), len(answer.content) / 1024


def measure(clients: dict[str, Any]) -> dict[str, Measured]:
    """Return the times of every page. They are asked for in turn, so that what else the machine does strikes all."""
    seen = {name: look(clients[who], address) for name, (who, address) in pages().items()}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in seen}
    for _ in range(TIMES):
        for name, (who, address) in pages().items():
            begun, used = time.perf_counter(), time.process_time()
            ask(clients[who], address)
            taken[name].append(((time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000))
    return {name: _summary(*zip(*times, strict=True), seen[name]) for name, times in taken.items()}


def _summary(waited: tuple[float, ...], used: tuple[float, ...], seen: tuple[int, float]) -> Measured:
    return Measured(statistics.median(waited), statistics.quantiles(waited, n=20)[18], statistics.median(used), *seen)


def run(running: Any) -> dict[str, list[Measured]]:
    """Grow the database step by step and measure every page at each size."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from sfbv.lokal import stor_data

    call_command("installera", verbosity=0)
    found: dict[str, list[Measured]] = {name: [] for name in pages()}
    clients: dict[str, Any] = {}
    before = 0
    with contextlib.closing(running.connect("sfbv")) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the rows are right as they are: no triggers
        stor_data.begin(cursor)
        for size in SIZES:
            begun = time.perf_counter()
            stor_data.grow(cursor, before + 1, size)
            if not before:
                stor_data.burden(cursor)
                for name, account in stor_data.accounts().items():
                    clients[name] = Client()
                    clients[name].force_login(account)
            cursor.execute("VACUUM ANALYZE")
            say(f"{size} delprojekt gjordes på {time.perf_counter() - begun:.0f} s")
            before = size
            for name, one in measure(clients).items():
                found[name].append(one)
    return found


def table(found: dict[str, list[Measured]]) -> str:
    """Return the table of docs/prestanda.md."""
    sizes = [f"{size:,}".replace(",", " ") for size in SIZES]
    heads = " | ".join(f"{size}: p50 / p95" for size in sizes)
    lines = [f"| Sida | {heads} | Processortid | Frågor | HTML |", "|---" * (len(sizes) + 4) + "|"]
    for name, rows in found.items():
        times = " | ".join(f"{row.p50:.0f} / {row.p95:.0f} ms" for row in rows)
        asked = "–".join(dict.fromkeys(str(row.queries) for row in rows))
        used = f"{rows[0].cpu:.0f} → {rows[-1].cpu:.0f} ms"
        lines.append(f"| {name} | {times} | {used} | {asked} | {rows[-1].kilobytes:.0f} kB |")
    return "\n".join(lines)


def missed(found: dict[str, list[Measured]]) -> list[str]:
    """Return the goals that were not reached, in words."""
    said = []
    for name, rows in found.items():
        if name == ADMIN:
            continue
        if len({row.queries for row in rows}) > 1 or rows[-1].queries > MOST_QUERIES:
            said.append(f"{name}: {[row.queries for row in rows]} frågor")
        if max(row.kilobytes for row in rows) > MOST_KILOBYTES:
            said.append(f"{name}: {max(row.kilobytes for row in rows):.0f} kB")
        if rows[-1].p50 > rows[0].p50 * MOST_GROWTH + SLACK_MS:
            said.append(f"{name}: {rows[0].p50:.0f} ms blev {rows[-1].p50:.0f} ms")
        if name == AUTOSPARNING and max(row.p95 for row in rows) > MOST_SAVE_MS:
            said.append(f"{name}: p95 {max(row.p95 for row in rows):.0f} ms")
    for size, ours, theirs in zip(SIZES, found["Lista"], found[ADMIN], strict=True):
        if ours.p50 > theirs.p50:
            said.append(f"Lista med {size}: {ours.p50:.0f} ms mot {theirs.p50:.0f} ms för Djangos egen")
    return said


def main() -> int:
    """Print the table. 0: every goal is reached, 1: some are not, named."""
    prepare()
    begun = time.perf_counter()
    with server() as running:
        found = run(running)
    say(table(found))
    minutes = (time.perf_counter() - begun) / 60
    say(f"\n{date.today().isoformat()}, {os.cpu_count()} kärnor, Python {platform.python_version()}, {minutes:.0f} min")  # noqa: DTZ011
    goals = missed(found)
    say("Alla mål nås." if not goals else "Mål som inte nås:\n" + "\n".join(f"- {goal}" for goal in goals))
    return 1 if goals else 0


if __name__ == "__main__":
    sys.exit(main())
