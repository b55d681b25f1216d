"""Walking: delprojekt through the real actions. The stories are told one by one but happen in the order of their days.

A story notes down what is to be done and when; ``Kalender.run`` does it, so that the log and the outbox of the demo
are as they would be if people had worked side by side. What is only known then (the key of a row) is a function.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.forslag import create_forslag
from delprojekt.actions.steg import perform
from delprojekt.demo.konton import DOMAN
from delprojekt.demo.tabeller import Tabelltext, put_table
from delprojekt.models import (
    Atgardsforslag,
    Beslutsforslag,
    Beslutshandling,
    Delprojekt,
    Faktauppgift,
    Granskningspunkt,
    Informationsinsats,
    Kommentar,
    Kompetenskrav,
    Nominering,
    Person,
    Rekommendation,
    Slutsats,
    Uppdragspunkt,
    Uppfoljningsforfragan,
    Uppfoljningsparameter,
)
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, Organslag
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Actor
from delprojekt.process.tal import skriv_tal
from delprojekt.queries.aktor import actor_for_person

REGIONER = ("blekinge", "halland", "kronoberg", "skane")
_MORNING, _APART = time(9, 0), timedelta(minutes=5)


@dataclass
class Kalender:
    """What is to be done, and when."""

    noted: list[tuple[date, Callable[[], None]]] = field(default_factory=list)

    def note(self, nar: date, what: Callable[[], None]) -> None:
        """Note something down for a day; things of one day are done in the order they were noted."""
        self.noted.append((nar, what))

    def run(self) -> None:
        """Do everything, with the clock moved to each moment."""
        for day, things in groupby(sorted(self.noted, key=lambda item: item[0]), key=lambda item: item[0]):
            morning = datetime.combine(day, _MORNING, klocka.STOCKHOLM)
            for count, (_, what) in enumerate(things):
                with klocka.vid(morning + count * _APART):
                    what()


def person(who: str) -> Person:
    """Return an invented person by the word before the @."""
    return Person.objects.get(epost=f"{who}@{DOMAN}")


def actor(who: str) -> Actor:
    """Return an invented person as the one who asks, with the mandates of the clock's day."""
    return actor_for_person(person(who))


class Vandring:
    """One delprojekt on its way. Every method first takes when it is to happen."""

    def __init__(self, kalender: Kalender, nar: date, who: str, **forslag: Any) -> None:
        self.kalender = kalender
        self.pk = 0
        kalender.note(nar, lambda: self._create(who, forslag))

    def _create(self, who: str, forslag: dict[str, Any]) -> None:
        self.pk = create_forslag(actor(who), forslag).pk

    def do(self, nar: date, who: str, act: Act, motivering: str = "", /, **underlag: Any) -> None:
        """Do one act. What happened on another day than it is registered has its own ``dag`` in ``underlag``."""
        filled = {**_body(act), "dag": nar, **underlag}
        self.kalender.note(nar, lambda: self._perform(who, act, filled, motivering))

    def _perform(self, who: str, act: Act, filled: dict[str, Any], motivering: str) -> None:
        known = {name: value() if callable(value) else value for name, value in filled.items()}
        perform(actor(who), act, self.pk, known, motivering=motivering)

    def write(self, nar: date, who: str, texts: Mapping[str, str | Callable[[], str]]) -> None:
        """Write sections that have no text yet. A text may be known first when it is written (``cite``)."""
        self.kalender.note(nar, lambda: self._write(who, texts))

    def _write(self, who: str, texts: Mapping[str, str | Callable[[], str]]) -> None:
        author = actor(who)
        delprojekt = Delprojekt.objects.select_related("sjukvardsregion", "forslag").get(pk=self.pk)
        for key, html in texts.items():
            save_section(author, delprojekt, key, html() if callable(html) else html, 0)

    def put_tables(self, nar: date, who: str, avsnitt: str, found: Iterable[Tabelltext]) -> None:
        """Make tables of data, and put them last in a section."""
        for one in found:
            self.kalender.note(nar, lambda one=one: put_table(actor(who), self.pk, avsnitt, one))  # type: ignore[misc]

    # What is only known when it happens.

    def cite(self, html: str, region: str) -> Callable[[], str]:
        """Return how to write a text in which ``{}`` is the figure of the region's first fact."""

        def make() -> str:
            rows = Faktauppgift.objects.filter(omgang__delprojekt=self.pk, struken_at=None, region__slug=region)
            fact = rows.earliest("pk")
            return html.format(f'<a href="#fakta-{fact.pk}">{skriv_tal(fact.varde, fact.enhet)}</a>')

        return make

    def competences(self, *names: str) -> Callable[[], list[int]]:
        """Return how to find the keys of competences that the uppdrag asks for."""
        rows = Kompetenskrav.objects.filter(struken_at=None, kompetens__in=names)
        return lambda: list(rows.filter(omgang__delprojekt=self.pk).values_list("pk", flat=True))

    def nominee(self, efternamn: str) -> Callable[[], int]:
        """Return how to find the key of somebody who is nominated."""
        return lambda: Nominering.objects.get(omgang__delprojekt=self.pk, person__efternamn=efternamn).pk

    def clauses(self, *texts: str, changed: Collection[int] = ()) -> Callable[[], list[dict[str, Any]]]:
        """Return how to make clauses to all regions that take part, each from the proposal with the same number.

        ``changed`` holds the numbers of the clauses in which the proposal is changed.
        """

        def make() -> list[dict[str, Any]]:
            proposals = Atgardsforslag.objects.filter(omgang__delprojekt=self.pk, struken_at=None)
            keys = {row.nummer: row.pk for row in proposals}
            return [
                {
                    "text": text,
                    "mottagare": list(REGIONER),
                    "atgardsforslag": keys.get(number),
                    "behandling": "andrat" if number in changed else "antaget",
                }
                for number, text in enumerate(texts, 1)
            ]

        return make

    def plan(self, nar: date, fields: Mapping[str, str], klar: date | None = None) -> None:
        """Let the communicator plan the first activity of the kommunikationsplan, and do it on a later day."""

        def first() -> int:
            return Informationsinsats.objects.filter(delprojekt=self.pk, struken_at=None).earliest("pk").pk

        self.do(nar, "kommunikator", Act.ANDRA_INFORMATIONSINSATS, objekt=first, **fields)
        if klar:
            self.do(klar, "kommunikator", Act.ANDRA_INFORMATIONSINSATS, objekt=first, klar=klar)

    def conclusions(self, *numbers: int) -> Callable[[], list[int]]:
        """Return how to find the keys of conclusions by their number."""
        rows = Slutsats.objects.filter(struken_at=None, nummer__in=numbers)
        return lambda: list(rows.filter(omgang__delprojekt=self.pk).values_list("pk", flat=True))

    def points(self, *numbers: int) -> Callable[[], list[int]]:
        """Return how to find the keys of the uppdrag's points by their number."""
        rows = Uppdragspunkt.objects.filter(struken_at=None, nummer__in=numbers)
        return lambda: list(rows.filter(omgang__delprojekt=self.pk).values_list("pk", flat=True))

    def answers(self, sections: Mapping[int, list[str]]) -> Callable[[], dict[int, list[str]]]:
        """Return how to say in which sections points of the uppdrag are answered. In: keys of sections by number."""
        rows = Uppdragspunkt.objects.filter(struken_at=None, nummer__in=sections)
        return lambda: {row.pk: sections[row.nummer] for row in rows.filter(omgang__delprojekt=self.pk)}

    def proposals(self, *numbers: int) -> Callable[[], list[int]]:
        """Return how to find the keys of proposals by their number."""
        rows = Atgardsforslag.objects.filter(struken_at=None, nummer__in=numbers)
        return lambda: list(rows.filter(omgang__delprojekt=self.pk).values_list("pk", flat=True))

    def proposal(self, number: int) -> Callable[[], int]:
        """Return how to find the key of a proposal by its number."""
        return lambda: Atgardsforslag.objects.get(omgang__delprojekt=self.pk, struken_at=None, nummer=number).pk

    def latest_comment(self) -> int:
        """Find the key of the comment that was written last."""
        return Kommentar.objects.filter(omgang__delprojekt=self.pk).latest("pk").pk

    # What a region does.

    def take_stances(self, nar: date, regions: Iterable[str] = REGIONER, **not_agreed: str) -> None:
        """Let regions take their stance on the latest version; ``not_agreed`` gives a region's reason."""

        def version() -> int:
            return Beslutsforslag.objects.filter(delprojekt=self.pk).latest("version").version

        for region in regions:
            reason = not_agreed.get(region, "")
            said = {"region": region, "val": "ej_enig" if reason else "enig", "skal": reason, "version": version}
            self.do(nar, f"ledningsgrupp.{region}", Act.LAMNA_STALLNING, **said)

    def decide(self, nar: date, region: str, conditions: Mapping[int, str] | None = None, **underlag: Any) -> None:
        """Let a region hand in its decision: bifall, with conditions for some points."""
        said = conditions or {}

        def cells() -> dict[int, tuple[str, str]]:
            rows = Rekommendation.objects.filter(namndbeslut__delprojekt=self.pk, mottagare__slug=region)
            return {r.pk: ("villkor", said[r.nummer]) if r.nummer in said else ("bifall", "") for r in rows}

        who = f"region.{region}"
        self.do(nar, who, Act.REGISTRERA_HUVUDMANSBESLUT, region=region, utfall=cells, **underlag)

    def send(self, nar: date, region: str, fil: Any) -> None:
        """Let a region send the right paper after a wrong one, or after a decision that was told without."""

        def paper() -> int:
            return Beslutshandling.objects.filter(namndbeslut__delprojekt=self.pk, region__slug=region).latest("pk").pk

        self.do(nar, f"region.{region}", Act.SKICKA_HANDLING, objekt=paper, region=region, fil=fil)

    def review(self, nar: date, region: str, wrong: str = "") -> None:
        """Let kansliet review the region's latest document; ``wrong`` says what is wrong with it."""

        def paper() -> int:
            return Beslutshandling.objects.filter(namndbeslut__delprojekt=self.pk, region__slug=region).latest("pk").pk

        verdict = "fel" if wrong else "godkand"
        seen = [] if wrong else Granskningspunkt.values
        self.do(nar, "kansli", Act.GRANSKA_HANDLING, objekt=paper, granskning=verdict, stammer=seen, text=wrong)

    def answer(self, nar: date, who: str, svar: str = "ja", skal: str = "") -> None:
        """Let somebody who was asked to make the follow-up answer."""

        def asked() -> int:
            rows = Uppfoljningsforfragan.objects.filter(omgang__namndbeslut__delprojekt=self.pk, person=person(who))
            return rows.latest("pk").pk

        self.do(nar, who, Act.BESVARA_FORFRAGAN, objekt=asked, svar=svar, skal=skal)

    def values(self, *values: tuple[str, str]) -> Callable[[], dict[int, tuple[Decimal, str]]]:
        """Return how to find the plan's parameters, in order, each with a value and a level."""

        def make() -> dict[int, tuple[Decimal, str]]:
            rows = Uppfoljningsparameter.objects.filter(plan__omgang__delprojekt=self.pk, struken_at=None)
            pairs = zip(rows.order_by("ordning", "pk"), values, strict=False)
            return {row.pk: (Decimal(value), level) for row, (value, level) in pairs}

        return make

    def report(self, nar: date, region: str, states: Mapping[int, tuple[str, str]]) -> None:
        """Let a region report how the introduction goes. In: state and hindrance by the recommendation's number."""

        def by_key() -> dict[int, tuple[str, str]]:
            rows = Rekommendation.objects.filter(namndbeslut__delprojekt=self.pk, nummer__in=states)
            return {row.pk: states[row.nummer] for row in rows}

        self.do(nar, f"region.{region}", Act.RAPPORTERA_INFORANDE, region=region, lagen=by_key)


def _body(act: Act) -> dict[str, str]:
    """Return the body whose meeting the act happens at, when there is only one it can be."""
    if act is Act.REKOMMENDERA:
        return {"organ": Organslag.NAMND.value}
    slag = POLICY[act].fact
    organ = FAKTA[slag].organ if slag else ()
    return {"organ": organ[0].value} if len(organ) == 1 else {}
