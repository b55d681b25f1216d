"""Beslutsförslag, stances, and the nämnd's decision (§5.4.3, §5.5)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Q

from delprojekt.actions.dokument import fix_document, recall_documents
from delprojekt.actions.gruppslut import restore_group
from delprojekt.actions.omgang import first_round, recall_round, reopen_round
from delprojekt.actions.takt import IngetAndrat, Ogiltigt, Takt, change
from delprojekt.documents.beslut import decided
from delprojekt.models import (
    Attsats,
    Behandling,
    Beslutsforslag,
    Dokumentslag,
    Dokumentversion,
    Handelse,
    Namndbeslut,
    Person,
    Region,
    Rekommendation,
    Stallning,
    Stallningsval,
    Stegbesok,
    StruketForslag,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.queries.besok import standing


@change(Act.SKRIV_BESLUTSFORSLAG)
def write_beslutsforslag(takt: Takt) -> None:
    """Write a new version. Earlier stances belong to earlier versions, so an edit resets them (M5.4.3-3).

    Raises Ogiltigt, and IngetAndrat when the version that stands says just that: the stances on it stay.
    """
    clauses = takt.underlag["attsatser"]
    formula = takt.delprojekt.sjukvardsregion.beslutsformel
    for clause in clauses:
        _check_clause(str(clause["text"]), formula)
    struck = _struck(takt)
    if _stands_already(takt, struck):
        raise IngetAndrat
    row = Beslutsforslag.objects.create(
        delprojekt=takt.delprojekt,
        besok=takt.besok,
        version=_last_version(takt) + 1,
        skrivet_at=takt.now,
        skrivet_av_id=takt.actor.person,
        barnets_basta=takt.text("barnets_basta"),
    )
    for number, clause in enumerate(clauses, 1):
        source = clause.get("atgardsforslag")
        sats = Attsats.objects.create(
            beslutsforslag=row,
            nummer=number,
            text=clause["text"],
            atgardsforslag_id=source,
            behandling=_treated(clause),
            sjukvardsregional=bool(clause.get("sjukvardsregional")),
        )
        sats.mottagare.set(Region.objects.filter(slug__in=clause["mottagare"]))
    StruketForslag.objects.bulk_create(
        StruketForslag(beslutsforslag=row, atgardsforslag_id=pk, skal=why) for pk, why in struck.items()
    )
    reset = " Tidigare ställningar gäller inte längre." if row.version > 1 else ""
    takt.mening = f"Version {row.version} av beslutsförslaget skrevs.{reset}"


def _stands_already(takt: Takt, struck: Mapping[int, str]) -> bool:
    """Tell whether the latest version of this visit says what was filled in."""
    latest = Beslutsforslag.objects.filter(besok=takt.besok, version=_last_version(takt)).first()
    if latest is None or latest.barnets_basta != takt.text("barnets_basta"):
        return False
    rows = latest.attsatser.order_by("nummer").prefetch_related("mottagare")
    stands = [(s.text, s.atgardsforslag_id, s.behandling, s.sjukvardsregional, _slugs(s)) for s in rows]
    said = [
        (c["text"], c.get("atgardsforslag"), _treated(c), bool(c.get("sjukvardsregional")), {*c["mottagare"]})
        for c in takt.underlag["attsatser"]
    ]
    return stands == said and struck == dict(latest.strukna.values_list("atgardsforslag", "skal"))


def _slugs(sats: Attsats) -> set[str]:
    return {region.slug for region in sats.mottagare.all()}


def _treated(clause: Mapping[str, Any]) -> Behandling:
    return (
        Behandling(clause.get("behandling") or Behandling.ANTAGET) if clause.get("atgardsforslag") else Behandling.NYTT
    )


def _struck(takt: Takt) -> dict[int, str]:
    """Return the proposals that this version leaves out, with why (M5.4.3-2). Raises Ogiltigt."""
    struck = {pk: str(why).strip() for pk, why in (takt.underlag.get("strukna") or {}).items()}
    used = {clause.get("atgardsforslag") for clause in takt.underlag["attsatser"]}
    rows = takt.need_omgang().atgardsforslag.filter(struken_at=None, pk__in=struck)
    if set(rows.values_list("pk", flat=True)) != set(struck):
        raise Ogiltigt("attsatser", "Ett förslag som stryks finns inte i slutrapporten.")
    for pk, why in struck.items():
        if not why:
            raise Ogiltigt(f"skal_{pk}", "Skriv varför förslaget stryks.")
        if pk in used:
            raise Ogiltigt(
                f"skal_{pk}", "Förslaget finns i en att-sats. Ta bort skälet, eller välj bort förslaget där."
            )
    return struck


def _last_version(takt: Takt) -> int:
    """Return the highest number so far: numbers go on through återremiss and undo, so that none names two texts."""
    rows = Beslutsforslag.objects.filter(delprojekt=takt.delprojekt)
    return rows.aggregate(highest=Max("version"))["highest"] or 0


def _check_clause(text: str, formula: str) -> None:
    """Refuse a clause that does not complete "… rekommenderar regionerna att" (M5.5-3, M5.5-4)."""
    lowered = text.strip().casefold()
    verb = formula.split()[-3].casefold() if len(formula.split()) > 2 else "rekommenderar"
    if lowered.startswith(("att ", formula.casefold())):
        raise Ogiltigt("attsatser", f"Skriv bara det som följer efter ”{formula}”. Portalen skriver inledningen.")
    if lowered.startswith("besluta") or " beslutar att " in f" {lowered} ":
        raise Ogiltigt(
            "attsatser", f"Nämnden beslutar inte över regionerna, den {verb}. Skriv vad regionerna bör göra."
        )


@change(Act.LAMNA_STALLNING)
def take_stance(takt: Takt) -> None:
    """Store a region's stance on the current version; a later word of the same region replaces the earlier.

    Raises Ogiltigt when the region has said just that already: nothing would change, and nobody needs mail of it.
    """
    region = Region.objects.get(slug=takt.underlag["region"])
    val, skal = Stallningsval(takt.underlag["val"]), takt.text("skal")
    if val is Stallningsval.EJ_ENIG and not skal:
        raise Ogiltigt("skal", "Skriv vad regionen vill ändra.")
    latest = Beslutsforslag.objects.get(delprojekt=takt.delprojekt, version=takt.underlag["version"])
    said = Stallning.objects.filter(beslutsforslag=latest, besok=takt.besok, region=region)
    if said.filter(val=val, skal=skal).exists():
        raise Ogiltigt("val", f"{region} har redan sagt det om version {latest.version}.")
    Stallning.objects.update_or_create(
        beslutsforslag=latest,
        besok=takt.besok,
        region=region,
        defaults={"val": val, "skal": skal, "lamnad_at": takt.now, "lamnad_av_id": takt.actor.person},
    )
    takt.mening = (
        f"{region} är {val.label.lower()} om version {latest.version}."
        if val != Stallningsval.AVSTAR
        else (f"{region} avstår om version {latest.version}.")
    )
    if skal:
        takt.mening += f" Skäl: {skal}"


@change(Act.REKOMMENDERA)
def recommend(takt: Takt) -> None:
    """Store nämnden's decision verbatim and make the recommendations from the agreed clauses (T31)."""
    item = takt.arende()
    if item is None:
        raise Ogiltigt("dag", "Ange nämndens sammanträde.")
    decision = Namndbeslut.objects.create(
        delprojekt=takt.delprojekt,
        besok=takt.besok,
        arende=item,
        dnr=takt.text("dnr"),
        lydelse=takt.text("lydelse"),
        justerat_date=takt.underlag.get("justerat"),
        anslaget_date=takt.underlag.get("anslaget"),
        anslag_ned_date=takt.underlag.get("anslag_ned"),
        foredragande=takt.text("foredragande"),
    )
    check_days(decision)
    first_round(decision, takt.dag)
    agreed = Beslutsforslag.objects.get(delprojekt=takt.delprojekt, version=takt.lage.beslut.version or 0)
    for clause in agreed.attsatser.prefetch_related("mottagare").order_by("nummer"):
        row = Rekommendation.objects.create(
            namndbeslut=decision,
            nummer=clause.nummer,
            attsats=clause,
            text=clause.text,
            sjukvardsregional=clause.sjukvardsregional,
        )
        row.mottagare.set(clause.mottagare.all())
    point = takt.text("punkt")
    takt.handling = {"dnr": takt.text("dnr")}
    takt.mening = f"Nämnden godkände slutrapporten och rekommenderade regionerna ({skriv(takt.dag)} § {point})."
    fix_document(
        takt,
        Dokumentslag.SLUTRAPPORT,
        final="Godkänd av Södra regionvårdsnämnden",
        dag=takt.dag,
        suffix=f"§ {point}" if point else "",
        first=decided(decision),
    )


@change(Act.LAMNA_TILL_NAMNDEN)
def hand_to_namnd(takt: Takt) -> None:
    """Freeze the beslutsförslag that ledningsgruppen agreed on: it is nämndens underlag (T26)."""
    fix_document(takt, Dokumentslag.BESLUTSFORSLAG, final="Beslutat av ledningsgruppen", dag=takt.dag)


@change(Act.EXPEDIERA)
def send_out(takt: Takt) -> None:
    """Register what was sent: the slutrapport as nämnden approved it, with the recommendation first (§5.6)."""
    takt.handling = {"dokument": standing(takt.delprojekt, takt.omgang, Dokumentslag.SLUTRAPPORT, takt.path)}


def check_days(decision: Namndbeslut, *, justerat: str = "justerat") -> None:
    """Refuse days that cannot follow each other: meeting, justerat, notice up, notice down. Raises Ogiltigt.

    ``justerat``: what the form calls the day when the minutes were justerade.
    """
    days = (
        (justerat, decision.justerat_date),
        ("anslaget", decision.anslaget_date),
        ("anslag_ned", decision.anslag_ned_date),
    )
    before = decision.dag
    for name, day in days:
        if day and before and day < before:
            raise Ogiltigt(name, f"Datumet kan inte vara före {skriv(before)}.")
        before = day or before


@change(Act.RETURNERA_SLUTRAPPORT)
def send_back(takt: Takt) -> None:
    """Say which version went back to the group; the next one gets a number of its own (T19)."""
    rows = Dokumentversion.objects.filter(omgang=takt.omgang, slag=Dokumentslag.SLUTRAPPORT).order_by("-pk")
    version = rows.values_list("version", flat=True).first()
    named = f" version {version}" if version else ""
    takt.mening = f"Samarbetsgruppen lämnade tillbaka slutrapporten{named} till arbetsgruppen."


@change(Act.ANGRA)
def undo(takt: Takt) -> None:
    """Recall what the undone act had sent out, and tell those who were told of it; answers that came in are kept
    (architecture.md §3)."""
    undone = takt.besok
    earlier = takt.path[-2] if len(takt.path) > 1 else undone
    takt.mening = (
        f"Kansliet ångrade steget {undone.get_steg_display()} och gick tillbaka till {earlier.get_steg_display()}."
    )
    takt.aven += _told_of(undone)
    if undone.act == Act.AVBRYT:
        restore_group(takt, earlier)
    if undone.act == Act.REKOMMENDERA:
        Namndbeslut.objects.filter(delprojekt=takt.delprojekt, aterkallat_at=None).update(aterkallat_at=takt.now)
    if undone.act == Act.BESLUTA_YTTERLIGARE_UPPFOLJNING:
        recall_round(takt)
    if undone.act in {Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, Act.AVSLUTA}:
        reopen_round(takt)
    recall_documents(takt, undone)


def _told_of(besok: Stegbesok) -> list[Person]:
    """Return who was sent mail about the step that opened a visit, and who took it."""
    if besok.fran_at is None:
        return []
    step = Handelse.objects.filter(delprojekt=besok.delprojekt_id, act=besok.act, hande_at=besok.fran_at)
    told = Q(utskick__handelse__in=step) | Q(pk__in=step.exclude(person=None).values("person"))
    return list(Person.objects.filter(told).distinct().order_by("pk"))
