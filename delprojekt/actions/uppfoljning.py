"""Follow-up, pause and resume (§5.8, V-1)."""

from decimal import Decimal

from delprojekt.actions.avsnitt import open_again
from delprojekt.actions.dokument import fix_document
from delprojekt.actions.forslag import hold
from delprojekt.actions.omgang import close_round, current_round, next_round
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import (
    Dokumentslag,
    Forfragningssvar,
    Matvarde,
    Person,
    Uppfoljningsforfragan,
    Uppfoljningsform,
    Uppfoljningsparameter,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Organslag, Redovisningsform
from delprojekt.process.mall import UPPFOLJNING_PREFIX
from delprojekt.process.matning import uppnadd
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.queries.namn import shown_names
from delprojekt.queries.uppfoljning import may_answer

_TEXTER = ("insats", "effekt", "patientsynpunkter")
_TAL = ("sidor", "enkat_fragade", "enkat_svar", "chefer_fragade", "chefer_svar")


def _named(takt: Takt, person: Person) -> str:
    """Return the name as the log may say it: a patient representative's stays in the group (conventions.md §6.4)."""
    return shown_names(SYSTEM, takt.delprojekt, [person])[0]


@change(Act.TILLFRAGA_UPPFOLJARE)
def ask_follower(takt: Takt) -> None:
    """Ask somebody to make the follow-up; there may be several (M5.8-4, M5.8-5). The person gets a mail."""
    person, current = Person.objects.get(pk=takt.underlag["person"]), current_round(takt)
    if current.forfragningar.filter(person=person, svar="").exists():
        raise Ogiltigt("person", "Personen är redan tillfrågad och har inte svarat än.")
    last = takt.underlag.get("svara_senast")
    if last and last < takt.dag:
        raise Ogiltigt("svara_senast", "Sista dagen att svara kan inte vara före dagen då personen tillfrågas.")
    Uppfoljningsforfragan.objects.create(omgang=current, person=person, fragad_date=takt.dag, svara_senast_date=last)
    takt.aven.append(person)
    until = f" Svar senast {skriv(last)}." if last else ""
    takt.mening = f"{_named(takt, person)} tillfrågades om att göra uppföljningen.{until}"


@change(Act.BESVARA_FORFRAGAN)
def answer_request(takt: Takt) -> None:
    """Store a yes or a no (a no says why); with a yes the person makes the follow-up. Raises Ogiltigt."""
    rows = Uppfoljningsforfragan.objects.filter(omgang=current_round(takt)).select_related("person")
    asked = rows.filter(pk=takt.underlag["objekt"]).first()
    if asked is None or asked.svar:
        raise Ogiltigt("svar", "Frågan är redan besvarad.")
    if not may_answer(takt.actor, takt.delprojekt.pk, asked):
        raise Ogiltigt("svar", "Bara den som är tillfrågad kan svara. Kansliet kan svara åt någon annan.")
    asked.svar, asked.skal, asked.svar_date = Forfragningssvar(takt.underlag["svar"]), takt.text("skal"), takt.dag
    if asked.svar == Forfragningssvar.NEJ and not asked.skal:
        raise Ogiltigt("skal", "Skriv varför, så att nästa kan tillfrågas.")
    asked.save(update_fields=["svar", "skal", "svar_date"])
    name = _named(takt, asked.person)
    why = f" Skäl: {asked.skal}" if name == str(asked.person) else ""  # a reason may tell who it is
    takt.mening = f"{name} tackade nej till att göra uppföljningen.{why}"
    if asked.svar == Forfragningssvar.JA:
        hold(asked.person_id, Roll.UPPFOLJNINGSANSVARIG, takt.delprojekt, omgang=takt.omgang)
        takt.mening = f"{name} gör uppföljningen."


@change(Act.ANDRA_UPPFOLJNINGSFRIST)
def move_deadline(takt: Takt) -> None:
    """Move the window of the round, with a reason; nothing is blocked by a day that has passed (M5.8-3, E10)."""
    current = current_round(takt)
    due, why = takt.underlag["frist"], takt.text("text")
    if not why:
        raise Ogiltigt("text", "Skriv varför fristen ändras.")
    if current.fran_date and due < current.fran_date:
        raise Ogiltigt("frist", f"Fristen kan inte vara före {skriv(current.fran_date)}, då omgången börjar.")
    current.frist_date, current.frist_skal, current.raknas_date = due, why, takt.now.date()
    current.save(update_fields=["frist_date", "frist_skal", "raknas_date"])
    takt.mening = f"Uppföljningens frist ändrades till {skriv(due)}. Skäl: {why}"


@change(Act.REGISTRERA_MATVARDEN)
def register_values(takt: Takt) -> None:
    """Store measured values for one region, or all of them together, and one period (I-3: a region's is not all's).

    In: ``varden`` value and level by parameter; a level that is not chosen follows, for all regions together, from the
    parameter's limits. Raises Ogiltigt for a parameter or level that is not the plan's.
    """
    parameters = Uppfoljningsparameter.objects.filter(plan__omgang=takt.need_omgang(), struken_at=None).in_bulk()
    values = takt.underlag["varden"]
    if not values or not set(values) <= parameters.keys():
        raise Ogiltigt("varden", "Fyll i värdet för minst en av planens parametrar.")
    for pk, (_, level) in values.items():
        if level and level not in parameters[pk].nivaer:
            raise Ogiltigt(f"niva_{pk}", f"Välj en av parameterns nivåer: {', '.join(parameters[pk].nivaer)}.")
    region, current = takt.region(), current_round(takt)

    def level_of(pk: int, value: Decimal, chosen: str) -> str:
        one = parameters[pk]
        return chosen or ("" if region else uppnadd(value, one.nivaer, one.granser, one.riktning))

    Matvarde.objects.bulk_create(
        Matvarde(
            omgang=current,
            parameter_id=pk,
            region=region,
            period=takt.text("period"),
            varde=value,
            niva=level_of(pk, value, level),
            kalla=takt.text("kalla"),
            registrerat_at=takt.now,
        )
        for pk, (value, level) in values.items()
    )
    takt.mening = f"Mätvärden fylldes i för {region or 'hela sjukvårdsregionen'}, {takt.text('period')}."


@change(Act.SAMMANSTALL_UPPFOLJNING)
def put_together(takt: Takt) -> None:
    """Store what was done and what came of it (I-19), what patients say (I-14), and how many answered (M5.8-8)."""
    current = current_round(takt)
    for name in _TEXTER:
        setattr(current, name, takt.text(name))
    for name in _TAL:
        setattr(current, name, takt.underlag.get(name))
    for kind in ("enkat", "chefer"):
        asked, answered = getattr(current, f"{kind}_fragade"), getattr(current, f"{kind}_svar")
        if answered is not None and answered > (asked or 0):
            raise Ogiltigt(f"{kind}_svar", "Fler har svarat än som fick frågan. Kontrollera talen.")
    current.form = Uppfoljningsform(takt.underlag.get("form") or Uppfoljningsform.SEPARAT)
    current.save(update_fields=[*_TEXTER, *_TAL, "form"])


@change(Act.LAMNA_UPPFOLJNINGSRAPPORT)
def hand_in(takt: Takt) -> None:
    """Freeze the follow-up report: nobody decides of it, so it is final when it is handed in (M5.8-7)."""
    fix_document(takt, Dokumentslag.UPPFOLJNINGSRAPPORT, final="Lämnad", dag=takt.dag)


@change(Act.REDOVISA_UPPFOLJNING)
def tell_body(takt: Takt) -> None:
    """Say in the log where the follow-up was told, when and how (M5.8-11)."""
    where = str(Organslag(takt.underlag["organ"]).label).lower()
    how = "muntligt" if takt.text("val") == Redovisningsform.MUNTLIG else "skriftligt"
    takt.mening = f"Uppföljningen redovisades {how} för {where} {skriv(takt.dag)}."


@change(Act.BESLUTA_YTTERLIGARE_UPPFOLJNING)
def follow_up_again(takt: Takt) -> None:
    """Close the round and open the next, with its window and a report of its own (M5.8-12).

    It begins with the text of the report before, that nobody has said is done.
    """
    row = next_round(takt)
    open_again(takt.need_omgang(), UPPFOLJNING_PREFIX)
    takt.mening = f"Ytterligare en uppföljning beslutades. Omgång {row.nummer} görs {row.fonster}."


@change(Act.AVSLUTA)
def finish(takt: Takt) -> None:
    """Close the last round."""
    close_round(takt)


@change(Act.PAUSA)
def pause(takt: Takt) -> None:
    """Put the mark on; the step is kept (V-1)."""
    takt.delprojekt.pausat = True
    takt.delprojekt.save(update_fields=["pausat"])


@change(Act.ATERUPPTA)
def resume(takt: Takt) -> None:
    """Take the mark off."""
    takt.delprojekt.pausat = False
    takt.delprojekt.save(update_fields=["pausat"])
