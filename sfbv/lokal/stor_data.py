"""The rows of ``make bench``: invented delprojekt by the hundred thousand, made by SQL inside the database.

Columns that are not named take the default that the model gives, so that a new column needs nothing here.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import NOT_PROVIDED, Field

HEAVY = 7
"""The key of the delprojekt with five hundred rows of each kind."""
WRITTEN = 15
"""The key of one in nuläge, whose chair writes."""
MANY = 500
DAY = "DATE '2026-11-22'"
SINCE = f"({DAY} - (n %% 2500))::timestamptz"
STEG = (
    "ARRAY['projektforslag','beredning','uppdrag','nulage','analys','atgardsforslag','ledningsgrupp','namnd',"
    "'huvudmansbeslut','inforande','uppfoljning']"
)
ACT = (
    "ARRAY['borja-beredning','registrera-behov','faststall-uppdrag','borja-analys','borja-atgardsforslag',"
    "'lamna-regionsynpunkt','lamna-stallning','bered-politiskt','registrera-huvudmansbeslut','granska-handling',"
    "'redovisa-uppfoljning']"
)
ROLL = (
    "ARRAY['kontaktperson','samarbetsgrupp','sekreterare','ordforande','ordforande','samarbetsgrupp','ledningsgrupp',"
    "'styrgrupp','regionkontakt','kansli','kontaktperson']"
)
WHERE = "(n / 5) %% 11 + 1"
ENDED = f"n %% 5 <> 0 AND n <> {HEAVY}"
NOW = f"CASE WHEN n = {HEAVY} THEN 'uppfoljning' WHEN {ENDED} THEN 'avslutat' ELSE ({STEG})[{WHERE}] END"
WORDS = (
    "ARRAY['Ögonsjukvård','Kliniska distansmöten','Ortopedi','Åldrande','Barnhälsa','Neurologi','Ärrvård',"
    "'Palliativ vård']"
)
SLAG = "ARRAY['startbeslut','uppdrag_faststallt','linjekontakt','startmote','korrekturlast','regionsynpunkt']"


def _default(field: Field) -> Any:
    """Return what a column holds when nobody says: the model's default, else nothing of its kind."""
    if field.default is not NOT_PROVIDED:
        value = field.get_default()
        return "{}" if value == [] else "{}" if value == {} else getattr(value, "value", value)
    return {"BooleanField": False, "DateTimeField": "2026-11-22", "DateField": "2026-11-22"}.get(
        field.get_internal_type(), "" if field.empty_strings_allowed and "Char" in type(field).__name__ else 0
    )


def fill(cursor: Any, model: str, source: str, **columns: str) -> None:
    """Insert rows: ``source`` is what stands after FROM (it names ``n``), the columns are SQL expressions."""
    made = apps.get_model("delprojekt", model)
    names, values, given = [], [], []
    for field in made._meta.concrete_fields:
        column = field.column
        if field.name in columns or column in columns:
            values.append(columns.get(field.name, columns.get(column, "")))
        elif field.null or field.primary_key or field.generated:
            continue
        else:
            values.append("%s")
            given.append(
                ""
                if field.get_internal_type() in {"CharField", "TextField"} and field.default is NOT_PROVIDED
                else _default(field)
            )
        names.append(f'"{column}"')
    cursor.execute(
        f"INSERT INTO {made._meta.db_table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {source}",  # noqa: S608
        given,
    )


def grow(cursor: Any, first: int, last: int) -> None:
    """Add delprojekt number ``first`` to ``last`` with everything around them."""
    rows = f"generate_series({first}, {last}) n"
    region = f"{rows}, delprojekt_region r"
    _grow_delprojekt(cursor, rows, region)
    _grow_people(cursor, rows)
    _grow_texts(cursor, rows)
    _grow_log(cursor, rows)
    waits = f"{rows} WHERE NOT ({ENDED}) AND {WHERE} <> 9"
    asked = f"{region} WHERE NOT ({ENDED}) AND {WHERE} = 9"
    common = {"act": f"({ACT})[{WHERE}]", "roll": f"({ROLL})[{WHERE}]", "sedan_at": SINCE, "delprojekt": "n"}
    fill(cursor, "Vantar", waits, **common, frist_date=f"{DAY} + (n %% 200 - 20)")
    fill(cursor, "Vantar", asked, **common, region="r.id", frist_date=f"{DAY} + (n %% 200 - 20)")


def _grow_delprojekt(cursor: Any, rows: str, region: str) -> None:
    fill(cursor, "Person", rows, id="n + 1000", fornamn="'Kim'", efternamn="'Efternamn' || n")
    fill(
        cursor,
        "Delprojekt",
        rows,
        id="n",
        sjukvardsregion="(SELECT min(id) FROM delprojekt_sjukvardsregion)",
        nummer="n",
        benamning=f"({WORDS})[n %% 8 + 1] || ' ' || n",
        steg=NOW,
        skapat_at=SINCE,
        stegat_at=SINCE,
    )
    fill(
        cursor,
        "Projektforslag",
        rows,
        delprojekt="n",
        problem="'Väntetiderna är långa.'",
        malsattningar="'{tillganglighet}'",
    )
    fill(cursor, "Deltagande", region, delprojekt="n", region="r.id", angelaget="true")
    template = "(SELECT id FROM delprojekt_mallversion WHERE status = 'gallande')"
    fill(cursor, "Uppdragsomgang", rows, id="n", delprojekt="n", nummer="1", mallversion=template, oppnad_at=SINCE)
    steps = f"{rows}, generate_series(1, 4) k"
    early = "(ARRAY['projektforslag','beredning','uppdrag'])[k]"
    fill(
        cursor,
        "Stegbesok",
        steps,
        id="n * 4 + k",
        delprojekt="n",
        nummer="k",
        steg=f"CASE WHEN k < 4 THEN {early} ELSE {NOW} END",
        omgang="CASE WHEN k > 2 THEN n END",
        fran_at=f"{SINCE} - (4 - k) * interval '90 days'",
        act="CASE k WHEN 3 THEN 'besluta-start' ELSE 'borja-beredning' END",
    )


def _grow_people(cursor: Any, rows: str) -> None:
    held = {"delprojekt": "n", "fran_date": "DATE '2020-01-01'"}
    fill(cursor, "Innehav", rows, **held, person="1001 + n / 30", roll="'kontaktperson'")
    fill(cursor, "Innehav", rows, **held, person="n + 1000", roll="'ordforande'")
    fill(cursor, "Innehav", f"{rows}, generate_series(1, 3) k", **held, person="n + 1000", roll="'ledamot'")


def _grow_texts(cursor: Any, rows: str) -> None:
    text = "'<p>Nuläget i delprojekt ' || n || ' visar väntetider och ' || ({0})[n %% 8 + 1] || '.</p>'"
    for key in ("bakgrund", "nulage_kompetens"):
        html = text.format(WORDS)
        fill(cursor, "Avsnitt", rows, omgang="n", nyckel=f"'{key}'", html=html, version="1", sparat_at=SINCE)
    fill(
        cursor,
        "Milstolpe",
        f"{rows}, generate_series(1, 2) k",
        omgang="n",
        rubrik="'Milstolpe ' || k",
        nar="'2027'",
        sista_date=f"{DAY} + (n %% 400 + k * 30)",
    )


def _grow_log(cursor: Any, rows: str) -> None:
    fill(
        cursor,
        "Faktumrad",
        f"{rows}, generate_series(1, 6) k",
        delprojekt="n",
        besok="n * 4 + 4",
        omgang="n",
        slag=f"({SLAG})[k]",
        date=f"({SINCE})::date",
        registrerat_at="now()",
    )
    fill(
        cursor,
        "Handelse",
        f"{rows}, generate_series(1, 10) k",
        delprojekt="n",
        besok="n * 4 + 4",
        act="'skriv-rapport'",
        mening="'Ett avsnitt skrevs.'",
        person="n + 1000",
        hande_at=SINCE,
        registrerat_at="now()",
    )
    fill(
        cursor, "Arende", f"{rows}, generate_series(0, 1) k", delprojekt="n", mote="1 + n %% 100 + k * 100", punkt="'3'"
    )


def begin(cursor: Any) -> None:
    """Make the meetings, and the people who are asked to look."""
    for slag, start in (("ledningsgrupp", 0), ("namnd", 100)):
        organ = f"(SELECT min(id) FROM delprojekt_organ WHERE slag = '{slag}')"  # noqa: S608
        day = f"{DAY} - n * 30"
        fill(cursor, "Mote", "generate_series(1, 100) n", id=f"n + {start}", organ=organ, date=day)
        ahead = "generate_series(1, 4) n"
        fill(cursor, "Mote", ahead, id=f"n + 300 + {start}", organ=organ, date=f"{DAY} + n * 21")
    held = (
        (1, "kansli", None),
        (2, "ledningsgrupp", "halland"),
        (3, "samarbetsgrupp", "skane"),
        (4, "regionkontakt", "skane"),
        (5, "medarbetare", None),
    )
    for pk, roll, region in held:
        fill(
            cursor, "Person", f"generate_series({pk}, {pk}) n", id="n", fornamn="'Alex'", efternamn=f"'{roll.title()}'"
        )
        where = f"(SELECT id FROM delprojekt_region WHERE slug = '{region}')" if region else "NULL::bigint"  # noqa: S608
        if roll != "medarbetare":
            values = {"person": "n", "roll": f"'{roll}'", "region": where, "fran_date": "DATE '2020-01-01'"}
            fill(cursor, "Innehav", f"generate_series({pk}, {pk}) n", **values)


def accounts() -> dict[str, Any]:
    """Return an account for each that is asked to look; the chair is the heavy delprojekt's."""
    people = {"kansli": 1, "ledningsgrupp": 2, "samarbetsgrupp": 3, "region": 4, "ordforande": 1000 + HEAVY}
    people["skribent"] = 1000 + WRITTEN
    make = get_user_model().objects.create_user
    return {name: make(f"{name}@exempel.se", None, person_id=pk) for name, pk in people.items()}


def burden(cursor: Any) -> None:
    """Give one delprojekt five hundred rows of each kind."""
    n, d = f"generate_series(1, {MANY}) n", str(HEAVY)
    omgang = {"omgang": d}
    fill(cursor, "Uppdragspunkt", n, **omgang, nummer="n", text="'Beskriv nuläget'")
    fill(cursor, "Kompetenskrav", n, **omgang, kompetens="'Kompetens ' || n", styrka="'ska'")
    fill(cursor, "Milstolpe", n, **omgang, rubrik="'Möte ' || n", nar="'2027'", sista_date=f"{DAY} + n")
    fill(cursor, "Atgardsforslag", n, **omgang, nummer="n", rubrik="'Förslag ' || n")
    fill(
        cursor, "Uppfoljningsplan", "generate_series(1, 1) n", id="1", **omgang, hur="'Enkät'", nar="'2027'", vem="'V'"
    )
    fill(cursor, "Uppfoljningsparameter", n, plan="1", namn="'Parameter ' || n")
    fill(cursor, "Person", n, id="n + 9000000", fornamn="'Robin'", efternamn="'Ledamot' || n")
    fill(cursor, "Nominering", n, **omgang, person="n + 9000000", roll="'ledamot'", nominerad_date=DAY)
    fill(cursor, "Innehav", n, person="n + 9000000", roll="'ledamot'", delprojekt=d, fran_date="DATE '2020-01-01'")
    fact = {"delprojekt": d, "besok": f"{d} * 4 + 4", **omgang, "date": DAY, "registrerat_at": "now()"}
    fill(cursor, "Faktumrad", n, **fact, slag="'linjekontakt'")
    event = {"delprojekt": d, "besok": f"{d} * 4 + 4", "act": "'skriv-uppfoljning'", "mening": "'Skrevs.'"}
    fill(cursor, "Handelse", n, **event, person="n + 9000000", hande_at=f"{DAY}::timestamptz", registrerat_at="now()")
    _burden_decisions(cursor, n, d)


def _burden_decisions(cursor: Any, n: str, d: str) -> None:
    one, visit = "generate_series(1, 1) n", f"{d} * 4 + 4"
    fill(cursor, "Beslutsforslag", one, id="1", delprojekt=d, besok=visit, version="1", skrivet_at="now()")
    fill(cursor, "Attsats", n, beslutsforslag="1", nummer="n", text="'införa fasta tider'")
    item = f"(SELECT max(id) FROM delprojekt_arende WHERE delprojekt_id = {d})"  # noqa: S608
    fill(cursor, "Namndbeslut", one, id="1", delprojekt=d, besok=visit, arende=item, lydelse="'Nämnden beslutar.'")
    fill(cursor, "Rekommendation", n, id="n", namndbeslut="1", nummer="n", text="'införa fasta tider'")
    cursor.execute(
        "INSERT INTO delprojekt_rekommendation_mottagare (rekommendation_id, region_id)"
        " SELECT k.id, r.id FROM delprojekt_rekommendation k, delprojekt_region r"
    )
    region = "(SELECT min(id) FROM delprojekt_region)"
    paper = {"namndbeslut": "1", "region": region, "niva": "'politisk'", "organ": "'Regionstyrelsen'"}
    fill(
        cursor, "Beslutshandling", n, id="n", **paper, date=DAY, inkommen_at="now()", granskning="'godkand'", fil="'x'"
    )
    fill(cursor, "Huvudmansbeslut", n, handling="n", rekommendation="n", utfall="'bifall'")
    fill(cursor, "Inforandestatus", n, rekommendation="n", region=region, lage="'pagar'", rapporterat_at="now()")
