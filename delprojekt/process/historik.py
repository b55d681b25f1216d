"""What the history of a delprojekt's values is about: for each kind of row its subject, who sees it, what it is called.

The row history keeps every value of every row (architecture.md §8); this table says where each kind of row is shown.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from delprojekt.process.synlighet import Noun


class Andringsslag(TextChoices):
    """What a change is about: the choices above the timeline."""

    STEG = "steg", "Steg som har tagits"
    DELPROJEKT = "delprojekt", "Delprojektet och regionernas deltagande"
    FAKTA = "fakta", "Uppgifter om vad som har hänt"
    FORSLAG = "forslag", "Förslaget och beredningen"
    UPPDRAG = "uppdrag", "Uppdraget, tidplanen och information"
    PERSONER = "personer", "Personer och roller"
    ARBETE = "arbete", "Gruppens möten och vägval"
    RAPPORT = "rapport", "Rapportens texter, fakta och slutsatser"
    ATGARDER = "atgarder", "Åtgärdsförslag och kostnader"
    BESLUTSFORSLAG = "beslutsforslag", "Beslutsförslag och ställningar"
    BESLUT = "beslut", "Nämndens och regionernas beslut"
    INFORANDE = "inforande", "Införande och hinder"
    UPPFOLJNING = "uppfoljning", "Uppföljning, parametrar och mätvärden"
    FILER = "filer", "Filer från tiden före portalen"


@dataclass(frozen=True)
class Spar:
    """One kind of row. ``vag`` leads from it to its delprojekt ("": it is one); ``namn`` are the fields that name it.

    ``noun`` is what somebody must be shown to see its values; earlier values of what the group writes are its
    arbetsmaterial also when the report is everybody's. ``val``: the relation whose rows are added and taken
    away (regions of an att-sats), when the kind of row is such a relation. ``foljer``: a new row with the same of these
    takes over after the earlier one (a region's next stance), so that the earlier is what it was before.
    """

    modell: str
    vag: str
    slag: Andringsslag
    noun: Noun
    namn: tuple[str, ...] = ()
    val: str = ""
    foljer: tuple[str, ...] = ()


_A = Andringsslag
_OMGANG, _PLAN, _NAMND = "omgang__delprojekt", "plan__omgang__delprojekt", "namndbeslut__delprojekt"
_CELL = ("rekommendation", "region")
_REK, _BF, _FORSLAG = f"rekommendation__{_NAMND}", "beslutsforslag__delprojekt", f"atgardsforslag__{_OMGANG}"

SPAR: tuple[Spar, ...] = (
    Spar("Delprojekt", "", _A.DELPROJEKT, Noun.DELPROJEKT),
    Spar("Deltagande", "delprojekt", _A.DELPROJEKT, Noun.FORSLAG, ("region",)),
    Spar("Faktumrad", "delprojekt", _A.FAKTA, Noun.HANDELSER, ("slag", "region")),
    Spar("Projektforslag", "delprojekt", _A.FORSLAG, Noun.FORSLAG),
    Spar("Beredningskontakt", "delprojekt", _A.FORSLAG, Noun.FORSLAG, ("organ", "instans")),
    Spar("Organkoppling", "delprojekt", _A.FORSLAG, Noun.FORSLAG, ("organ",)),
    Spar("Uppdragsomgang", "delprojekt", _A.UPPDRAG, Noun.UPPDRAG, ("nummer",)),
    Spar("Uppdragspunkt", _OMGANG, _A.UPPDRAG, Noun.UPPDRAG, ("nummer",)),
    Spar("Kompetenskrav", _OMGANG, _A.UPPDRAG, Noun.UPPDRAG, ("kompetens",)),
    Spar("Milstolpe", _OMGANG, _A.UPPDRAG, Noun.UPPDRAG, ("rubrik",)),
    Spar("Informationsinsats", "delprojekt", _A.UPPDRAG, Noun.UPPDRAG, ("vad",)),
    Spar("Innehav", "delprojekt", _A.PERSONER, Noun.ARBETSGRUPP, ("roll", "person")),
    Spar("Nominering", _OMGANG, _A.PERSONER, Noun.NOMINERINGAR, ("person",)),
    Spar(
        "NomineringKompetens",
        f"nominering__{_OMGANG}",
        _A.PERSONER,
        Noun.NOMINERINGAR,
        ("nominering",),
        "kompetenskrav",
    ),
    Spar("Svarslank", f"nominering__{_OMGANG}", _A.PERSONER, Noun.NOMINERINGAR, ("nominering",)),
    Spar("Nomineringssvar", "forfragan__delprojekt", _A.PERSONER, Noun.NOMINERINGAR, ("region",)),
    Spar("Gruppmote", _OMGANG, _A.ARBETE, Noun.ARBETSMATERIAL, ("date",)),
    Spar("GruppmoteDeltog", f"gruppmote__{_OMGANG}", _A.ARBETE, Noun.ARBETSMATERIAL, ("gruppmote",), "person"),
    Spar("Attgora", _OMGANG, _A.ARBETE, Noun.ARBETSMATERIAL, ("vad",)),
    Spar("GruppmoteKallad", f"gruppmote__{_OMGANG}", _A.ARBETE, Noun.ARBETSMATERIAL, ("gruppmote",), "nominering"),
    Spar("Vagval", _OMGANG, _A.ARBETE, Noun.ARBETSMATERIAL, ("slag", "date")),
    Spar("Stodbegaran", _OMGANG, _A.ARBETE, Noun.ARBETSMATERIAL, ("omrade",)),
    Spar("Avsnittsuppgift", _OMGANG, _A.RAPPORT, Noun.ARBETSMATERIAL, ("nyckel",)),
    Spar(
        "AvsnittRegion", f"avsnittsuppgift__{_OMGANG}", _A.RAPPORT, Noun.ARBETSMATERIAL, ("avsnittsuppgift",), "region"
    ),
    Spar("Faktauppgift", _OMGANG, _A.RAPPORT, Noun.ARBETSMATERIAL, ("pastaende",)),
    Spar("Datatabell", _OMGANG, _A.RAPPORT, Noun.ARBETSMATERIAL, ("rubrik",)),
    Spar("Slutsats", _OMGANG, _A.RAPPORT, Noun.ARBETSMATERIAL, ("nummer",)),
    Spar("Skribent", _OMGANG, _A.RAPPORT, Noun.ARBETSMATERIAL, ("person",)),
    Spar("Atgardsforslag", _OMGANG, _A.ATGARDER, Noun.ARBETSMATERIAL, ("nummer", "rubrik")),
    Spar("AtgardsforslagSlutsats", _FORSLAG, _A.ATGARDER, Noun.ARBETSMATERIAL, ("atgardsforslag",), "slutsats"),
    Spar("AtgardsforslagPunkt", _FORSLAG, _A.ATGARDER, Noun.ARBETSMATERIAL, ("atgardsforslag",), "uppdragspunkt"),
    Spar("Kalkylrad", f"forslag__{_OMGANG}", _A.ATGARDER, Noun.ARBETSMATERIAL, ("forslag", "slag", "region")),
    Spar("Beslutsforslag", "delprojekt", _A.BESLUTSFORSLAG, Noun.BESLUTSFORSLAG, ("version",)),
    Spar("Attsats", _BF, _A.BESLUTSFORSLAG, Noun.BESLUTSFORSLAG, ("nummer",), foljer=("nummer",)),
    Spar("AttsatsMottagare", f"attsats__{_BF}", _A.BESLUTSFORSLAG, Noun.BESLUTSFORSLAG, ("attsats",), "region"),
    Spar("StruketForslag", _BF, _A.BESLUTSFORSLAG, Noun.BESLUTSFORSLAG, ("atgardsforslag",)),
    Spar("Stallning", _BF, _A.BESLUTSFORSLAG, Noun.STALLNINGAR, ("region",), foljer=("region",)),
    Spar("Namndbeslut", "delprojekt", _A.BESLUT, Noun.NAMNDBESLUT),
    Spar("Rekommendation", _NAMND, _A.BESLUT, Noun.NAMNDBESLUT, ("nummer",)),
    Spar("RekommendationMottagare", _REK, _A.BESLUT, Noun.NAMNDBESLUT, ("rekommendation",), "region"),
    Spar("Beslutshandling", _NAMND, _A.BESLUT, Noun.HUVUDMANSBESLUT, ("region",)),
    Spar("Huvudmansbeslut", f"handling__{_NAMND}", _A.BESLUT, Noun.HUVUDMANSBESLUT, ("handling", "rekommendation")),
    Spar("Inforandestatus", _REK, _A.INFORANDE, Noun.HUVUDMANSBESLUT, _CELL, foljer=_CELL),
    Spar("Inforandehinder", _REK, _A.INFORANDE, Noun.HUVUDMANSBESLUT, _CELL),
    Spar("Hindersteg", f"hinder__{_REK}", _A.INFORANDE, Noun.HUVUDMANSBESLUT, ("date",)),
    Spar("Uppfoljningsplan", _OMGANG, _A.UPPFOLJNING, Noun.ARBETSMATERIAL),
    Spar("Uppfoljningsparameter", _PLAN, _A.UPPFOLJNING, Noun.ARBETSMATERIAL, ("namn",)),
    Spar(
        "UppfoljningsparameterForslag",
        f"uppfoljningsparameter__{_PLAN}",
        _A.UPPFOLJNING,
        Noun.ARBETSMATERIAL,
        ("uppfoljningsparameter",),
        "atgardsforslag",
    ),
    Spar("Uppfoljningsomgang", _NAMND, _A.UPPFOLJNING, Noun.UPPFOLJNING, ("nummer",)),
    Spar("Uppfoljningsforfragan", f"omgang__{_NAMND}", _A.UPPFOLJNING, Noun.UPPFOLJNING, ("person",)),
    Spar("Matvarde", f"omgang__{_NAMND}", _A.UPPFOLJNING, Noun.UPPFOLJNING, ("parameter", "region", "period")),
    Spar("Inlagdfil", "delprojekt", _A.FILER, Noun.INLAGDA_FILER, ("filnamn",)),
)

UTAN_DELPROJEKT = frozenset({"Person", "Redogorelse"})
"""Kinds of rows with a history that belong to no delprojekt; they have pages of their own."""

STODFALT = frozenset(
    {
        "id",
        "besok",
        "omgang",
        "delprojekt",
        "plan",
        "beslutsforslag",
        "namndbeslut",
        "hinder",
        "forslag",
        "forfragan",
        "handling",
        "skapat_at",
        "stegat_at",
        "oppnad_at",
        "skrivet_at",
        "skrivet_av",
        "lamnad_at",
        "lamnad_av",
        "rapporterat_at",
        "rapporterat_av",
        "registrerat_at",
        "registrerat_av",
        "inkommen_at",
        "inlamnad_av",
        "granskad_at",
        "pamind_at",
        "storlek",
        "sha256",
        "fil",
        "handelse",
        "version",
        "mallversion",
        "ordning",
        "sjukvardsregion",
        "avslutat_i",
        "ersatter",
        "efterhand",
        "sparad_at",
        "sparad_av",
        "kolumner",
        "langs",
        "serier",
        "grupp",
        "diagram",
    }
)
"""Fields that say how a row hangs together, or what the event says already: they are no values to compare."""

OPPNA_FALT = frozenset({"roll", "status", "fran_date", "till_date", "nominerad_date", "utsedd_date", "svar"})
"""What is shown of a row about somebody whose workplace or name is not: the rest could tell who it is."""
