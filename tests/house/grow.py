"""Twenty rows where there was one: copies of the rows of a walked delprojekt, to see whether its pages ask more."""

from typing import Any

from django.db.models import Model, QuerySet

from delprojekt.models import (
    Arende,
    Atgardsforslag,
    Avvisning,
    Beslutshandling,
    Delning,
    Delprojekt,
    Diarienummer,
    Dokumentjobb,
    Dokumentversion,
    Faktumrad,
    Handelse,
    Huvudmansbeslut,
    Inforandehinder,
    Innehav,
    Kalkylrad,
    Kompetenskrav,
    Mallavsnitt,
    Matvarde,
    Milstolpe,
    Nominering,
    Organ,
    Organkoppling,
    Person,
    Projektforslag,
    Rekommendation,
    Uppdragsomgang,
    Uppdragspunkt,
    Uppfoljningsforfragan,
    Uppfoljningsparameter,
    Vantar,
)
from delprojekt.process.roller import Roll

MANY = 20


def copies(rows: QuerySet[Any], **changes: Any) -> list[Any]:
    """Copy the first row twenty times. ``changes`` may be functions of the copy's number. Out: the new rows."""
    first = rows[0]
    kept = {f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields if not f.primary_key}
    made = []
    for n in range(1, MANY + 1):
        new = {name: change(n) if callable(change) else change for name, change in changes.items()}
        made.append(type(first)._default_manager.create(**kept | new))
    return made


def grow_list(d: Delprojekt) -> None:
    """Twenty more delprojekt like this one, each with somebody it lies with and something that has happened."""
    made = copies(Delprojekt.objects.filter(pk=d.pk), nummer=lambda n: 1000 + n)
    for rows in (d.besok.order_by("-nummer"), d.vantar, Projektforslag.objects.filter(delprojekt=d)):
        copies(rows.all()[:1], delprojekt_id=lambda n: made[n - 1].pk)
    copies(d.handelser.all(), nyckel=None, delprojekt_id=lambda n: made[n - 1].pk)


def grow(d: Delprojekt) -> None:
    """Give a delprojekt in uppföljning twenty of everything its pages show."""
    people = copies(Person.objects.filter(epost="ledamot@exempel.se"), epost=lambda n: f"kopia{n}@exempel.se")
    omgang = d.omgangar.get()
    _grow_group(d, omgang, people)
    _grow_report(omgang)
    _grow_beredning(d)
    _grow_log(d, people)
    _grow_decisions(d)
    _grow_register(d, people)
    Vantar.objects.filter(delprojekt=d).delete()
    for region in d.sjukvardsregion.regioner.all():
        Vantar.objects.create(
            delprojekt=d, act="rapportera-inforande", roll=Roll.REGIONKONTAKT, region=region, sedan_at=d.stegat_at
        )


def _grow_group(d: Delprojekt, omgang: Uppdragsomgang, people: list[Person]) -> None:
    rows = Nominering.objects.filter(omgang=omgang, roll=Roll.LEDAMOT)
    wanted = Kompetenskrav.objects.filter(omgang=omgang)
    for row in copies(rows, person_id=lambda n: people[n - 1].pk):
        row.kompetenser.set(wanted)
    copies(Innehav.objects.filter(delprojekt=d, roll=Roll.LEDAMOT), person_id=lambda n: people[n - 1].pk)
    copies(wanted, kompetens=lambda n: f"Kompetens {n}")


def _grow_report(omgang: Uppdragsomgang) -> None:
    copies(Uppdragspunkt.objects.filter(omgang=omgang), nummer=lambda n: 100 + n)
    copies(Milstolpe.objects.filter(omgang=omgang))
    copies(Atgardsforslag.objects.filter(omgang=omgang), nummer=lambda n: 100 + n)
    copies(Uppfoljningsparameter.objects.filter(plan__omgang=omgang))
    _grow_work(omgang)
    copies(omgang.mallversion.avsnitt.filter(innehall="text", i_slutrapport=True), nyckel=lambda n: f"analys_{n}")
    keys = Mallavsnitt.objects.filter(nyckel__regex=r"^analys_\d+$").values_list("nyckel", flat=True)
    for key in keys:
        omgang.avsnitt.create(nyckel=key, html="<p>Text.</p>", sparat_at=omgang.oppnad_at, version=1)


def _grow_beredning(d: Delprojekt) -> None:
    bodies = list(Organ.objects.filter(slag="rpo"))
    copies(d.beredningskontakter.all(), fraga=lambda n: f"Fråga {n}", organ_id=lambda n: bodies[n].pk)
    copies(d.insatser.all(), vad=lambda n: f"Insats {n}")
    for body in bodies[:MANY]:
        Organkoppling.objects.create(delprojekt=d, organ=body, sagt_date=d.stegat_at.date())


def _grow_work(omgang: Uppdragsomgang) -> None:
    for rows in (omgang.faktauppgifter, omgang.gruppmoten, omgang.attgora, omgang.vagval, omgang.stodbegaranden):
        copies(rows.all())
    conclusions = copies(omgang.slutsatser.all(), nummer=lambda n: 100 + n)
    for proposal in omgang.atgardsforslag.all():
        proposal.slutsatser.set(conclusions)
        proposal.punkter.set(omgang.punkter.all())
        Kalkylrad.objects.create(forslag=proposal, slag="arlig", belopp_tkr=190)


def _grow_log(d: Delprojekt, people: list[Person]) -> None:
    arenden = copies(Arende.objects.filter(delprojekt=d), punkt=str)
    for slag in ("linjekontakt", "regionsynpunkt", "presenterad", "samarbetsgruppen_avstamd"):
        facts = Faktumrad.objects.filter(delprojekt=d, slag=slag)
        copies(facts, arende_id=lambda n: arenden[n - 1].pk, registrerat_av_id=lambda n: people[n - 1].pk)
    copies(Handelse.objects.filter(delprojekt=d), nyckel=None, person_id=lambda n: people[n - 1].pk)
    for slag in ("uppdrag", "slutrapport"):
        versions = Dokumentversion.objects.filter(omgang__delprojekt=d, slag=slag, faststalld=True)
        made = copies(versions, version=lambda n: f"{n + 1}.0", fingeravtryck=lambda n, s=slag: f"{s}{n}")
        jobs = Dokumentjobb.objects.filter(omgang__delprojekt=d, slag=slag)
        copies(jobs, dokument_id=lambda n, made=made: made[n - 1].pk, fingeravtryck=lambda n, s=slag: f"{s}{n}")


def _grow_register(d: Delprojekt, people: list[Person]) -> None:
    regions = list(d.sjukvardsregion.regioner.all())
    for rows in (d.handlingar.filter(dokument__isnull=False), d.handlingar.filter(beslutshandling__isnull=False)):
        first = (d.handlingar.latest("lopnummer").lopnummer + 1000) * 10
        made = copies(rows.order_by("pk"), lopnummer=lambda n, first=first: first + n, rattelse=0)
        for n, row in enumerate(made):
            them = {"angivet_at": row.registrerad_at, "angivet_av": people[n]}
            Diarienummer.objects.create(handling=row, region=regions[n % 4], dnr=f"RS {n}", **them)
    row, job = d.handlingar.earliest("pk"), Dokumentjobb.objects.filter(omgang__delprojekt=d).earliest("pk")
    for n, them in enumerate(people):
        given = {"region": regions[n % 4], "angivet_at": row.registrerad_at, "angivet_av": them}
        Diarienummer.objects.create(handling=row, dnr=f"RS {n}", **given)
        shared = {"region": regions[n % 4], "delad_at": row.registrerad_at}
        Delning.objects.create(delprojekt=d, jobb=job, person=them, vad="Slutrapport", **shared)
    for event in d.handelser.all()[:MANY]:
        refused = {"filnamn": "x.pdf", "storlek": 1, "sha256": "ab" * 32, "skal": "Skript."}
        Avvisning.objects.create(handelse=event, act=event.act, **refused)


def _grow_follow_up(d: Delprojekt, regions: list[Any]) -> None:
    hinder = Inforandehinder.objects.filter(rekommendation__namndbeslut__delprojekt=d)
    for row in copies(hinder, region_id=lambda n: regions[n % 4].pk):
        row.vag.create(lage="anmalt", date=row.rekommendation.namndbeslut.arende.mote.date, av=Person.objects.first())
    rek = Rekommendation.objects.filter(namndbeslut__delprojekt=d).earliest("pk")
    for n in range(MANY):
        rek.inforande.create(region=regions[n % 4], lage="pagar", rapporterat_at=d.stegat_at)
    copies(Uppfoljningsforfragan.objects.filter(omgang__namndbeslut__delprojekt=d))
    copies(Matvarde.objects.filter(omgang__namndbeslut__delprojekt=d), region_id=lambda n: regions[n % 4].pk)


def _grow_decisions(d: Delprojekt) -> None:
    decision = d.namndbeslut.get()
    regions = list(d.sjukvardsregion.regioner.all())
    recs = copies(Rekommendation.objects.filter(namndbeslut=decision), nummer=lambda n: 100 + n)
    for rek in recs:
        rek.mottagare.set(regions)
    papers = copies(Beslutshandling.objects.filter(namndbeslut=decision), region_id=lambda n: regions[n % 4].pk)
    cells: list[Model] = [Huvudmansbeslut(handling=p, rekommendation=r, utfall="bifall") for p in papers for r in recs]
    Huvudmansbeslut.objects.bulk_create(cells)
    _grow_follow_up(d, regions)
    latest = d.beslutsforslag.latest("version")
    for sats in copies(latest.attsatser.all(), nummer=lambda n: 100 + n):
        sats.mottagare.set(regions)
