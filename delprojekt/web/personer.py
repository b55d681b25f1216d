"""From the register of people to what its pages show, and from its forms to the actions."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from delprojekt.actions import forvaltning
from delprojekt.models import Delprojekt, Forvaltningshandelse, Innehav, Person
from delprojekt.process.act import Act
from delprojekt.process.forvaltning import Adminact, far
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, niva
from delprojekt.queries.person import Personsida, contact_for, get_person, shown

Item = dict[str, Any]
Do = Callable[[Actor, Person, Mapping[str, Any], int | None], object]


def _hand_over(actor: Actor, person: Person, data: Mapping[str, Any], objekt: int | None) -> object:
    to = get_person(actor, int(data["till"]))
    chosen = [int(pk) for pk in data["delprojekt"]]
    return forvaltning.hand_over(actor, person, to, chosen, skicka=not data["tyst"])


def _substitute(actor: Actor, person: Person, data: Mapping[str, Any], objekt: int | None) -> object:
    held = [row.pk for row in data["innehav"]]
    when = {name: data[name] for name in ("fran", "till", "beslut")}
    return forvaltning.appoint_substitute(actor, person, held, data["ersattare"], **when)


def _grant(actor: Actor, person: Person, data: Mapping[str, Any], objekt: int | None) -> object:
    rest = {name: value for name, value in data.items() if name != "roll"}
    return forvaltning.grant_role(actor, person, Roll(data["roll"]), **rest)


DO: Mapping[Adminact, Do] = {
    Adminact.ANDRA_PERSON: lambda actor, person, data, _: forvaltning.change_person(actor, person.pk, dict(data)),
    Adminact.GE_ROLL: _grant,
    Adminact.AVSLUTA_ROLL: lambda actor, _, data, objekt: forvaltning.end_role(
        actor, objekt or 0, sista=data["sista"], skal=data["skal"]
    ),
    Adminact.UTSE_ERSATTARE: _substitute,
    Adminact.LAMNA_OVER: _hand_over,
    Adminact.OPPNA_KONTO: lambda actor, person, data, _: forvaltning.open_account_for(actor, person),
    Adminact.STANG_KONTO: lambda actor, person, data, _: forvaltning.close_account(actor, person, data["skal"]),
    Adminact.SKICKA_LOSENORDSLANK: lambda actor, person, data, _: forvaltning.send_password_link(actor, person),
    Adminact.ATERSTALL_TVAFAKTOR: lambda actor, person, data, _: forvaltning.reset_second_factor(actor, person),
}
"""The action of each act that has a form."""

FORKLARING: Mapping[Adminact, str] = {
    Adminact.GE_ROLL: "Roller i arbetsgrupper ges i delprojektet. Här ges de som gäller hela portalen.",
    Adminact.UTSE_ERSATTARE: "Ersättaren får samma rättigheter under tiden. I händelserna står ”ersättare för”.",
    Adminact.LAMNA_OVER: "Varje delprojekt får en händelse och ett mejl. Det som väntar på kontaktpersonen följer med.",
    Adminact.OPPNA_KONTO: "Personen får ett mejl med en länk för att välja lösenord.",
    Adminact.STANG_KONTO: "Alla inloggningar avslutas direkt. Personen, rollerna och det som är gjort finns kvar.",
    Adminact.SKICKA_LOSENORDSLANK: "Personen får ett mejl med en länk. Det gamla lösenordet gäller till dess.",
    Adminact.ATERSTALL_TVAFAKTOR: "För den som har tappat både telefon och nyckel. Försäkra dig om vem du talar med.",
    Adminact.AVSLUTA_ROLL: "Rollen gäller till och med den sista dagen. Den syns sedan bland tidigare roller.",
}
"""What is said above the form of an act."""


def act_address(person: Person, act: Adminact, objekt: int | None = None) -> str:
    """Return where an act about somebody is done."""
    return reverse("person_gor", args=[person.pk, act.value, *([objekt] if objekt else [])])


def list_row(actor: Actor, person: Person) -> Item:
    """Return one row of the list."""
    word, tone = account_words(person)
    return {"visad": shown(actor, person), "roller": _gathered(person.nu), "konto": word, "ton": tone}  # type: ignore[attr-defined]


NAMNS = 2
"""In so many delprojekt the same role is named one by one; of more it is enough to know how many."""


def _gathered(rows: list[Innehav]) -> list[str]:
    """Return roles in words, each once; one that is held in many delprojekt is counted."""
    many = Counter(row.roll for row in rows if row.delprojekt_id)
    said = (
        f"{Roll(row.roll).label}, {many[row.roll]} delprojekt"
        if row.delprojekt_id and many[row.roll] > NAMNS
        else role_words(row)
        for row in rows
    )
    return list(dict.fromkeys(said))


def account_words(person: Person) -> tuple[str, str]:
    """Return the state of somebody's account, and its tone."""
    konto = getattr(person, "konto", None)
    if konto is None:
        return "Inget konto", "kommande"
    return ("Öppet", "klar") if konto.is_active else ("Stängt", "stangd")


def role_words(row: Innehav) -> str:
    """Return a role with what it is held for."""
    where = row.delprojekt or row.organ or (row.region and row.region.kortnamn)
    return f"{Roll(row.roll).label}, {where}" if where else str(Roll(row.roll).label)


def held_row(actor: Actor, person: Person, row: Innehav, *, may_end: bool) -> Item:
    """Return a role as the page of a person shows it; the link to end it, if it ends here."""
    here = row.ersattare_for is not None or row.delprojekt is None  # a kontaktperson hands over instead
    can = may_end and here and far(actor, Adminact.AVSLUTA_ROLL)
    return {
        "rad": row,
        "roll": str(Roll(row.roll).label),
        "var": str(row.delprojekt or row.organ or row.region or "Hela portalen"),
        "url": _readable(actor, row.delprojekt),
        "sista": last_day(row),
        "ersatter": str(row.ersattare_for.person) if row.ersattare_for else "",
        "avsluta": act_address(person, Adminact.AVSLUTA_ROLL, row.pk) if can else "",
    }


def _readable(actor: Actor, one: Delprojekt | None) -> str:
    """Return the address of a delprojekt that the actor is shown, else nothing."""
    shown_ = one is not None and niva(Noun.DELPROJEKT, actor.roller(one.pk), Steg(one.steg))
    return one.get_absolute_url() if one is not None and shown_ else ""


def last_day(row: Innehav) -> Any:
    """Return the last day that a role is held, None when it has none."""
    return row.till_date and row.till_date.fromordinal(row.till_date.toordinal() - 1)


def events(rows: list[Forvaltningshandelse]) -> list[Item]:
    """Return the timeline of a person or of the settings."""
    return [
        {
            "tid": row.hande_at,
            "rubrik": row.mening,
            "vem": str(row.av or "Portalen"),
            "text": "",
            "ton": "info",
            "url": "",
            "lanktext": "",
        }
        for row in rows
    ]


def buttons(actor: Actor, page: Personsida) -> list[Item]:
    """Return what the actor may do with somebody, in words and addresses."""
    konto = getattr(page.person, "konto", None)
    open_ = bool(konto and konto.is_active)
    wanted = {
        Adminact.ANDRA_PERSON: True,
        Adminact.GE_ROLL: True,
        Adminact.UTSE_ERSATTARE: bool(page.nu),
        Adminact.LAMNA_OVER: bool(page.delprojekt),
        Adminact.OPPNA_KONTO: not open_ and bool(page.person.epost),
        Adminact.SKICKA_LOSENORDSLANK: open_,
        Adminact.ATERSTALL_TVAFAKTOR: open_ and page.andra_faktor,
        Adminact.STANG_KONTO: open_,
    }
    return [
        {"text": str(act.label), "url": act_address(page.person, act), "farlig": act is Adminact.STANG_KONTO}
        for act, on in wanted.items()
        if on and far(actor, act)
    ]


def hand_over_preview(actor: Actor, person: Person, data: Mapping[str, Any]) -> list[Item]:
    """Return what a hand-over will do: each delprojekt, and who is told there."""
    to = get_person(actor, int(data["till"]))
    chosen = {int(pk) for pk in data["delprojekt"]}
    roles = ", ".join(str(r.label).lower() for r in Roll if r in POLICY[Act.UTSE_KONTAKTPERSON].tells)
    found: list[Delprojekt] = [d for d in contact_for(actor, person) if d.pk in chosen]
    mail = "Inget mejl skickas." if data["tyst"] else f"Mejl till {roles}."
    return [{"delprojekt": d, "mening": f"{to} blir kontaktperson efter {person}.", "mejl": mail} for d in found]
