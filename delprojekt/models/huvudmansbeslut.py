"""Each region decides for itself: huvudmansbeslut and its document (§5.6)."""

import datetime
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import OKANT_DATUM, skriv
from delprojekt.process.granser import laga_kraft


class Beslutsniva(models.TextChoices):
    """On which level the region decided (M5.6-1)."""

    POLITISK = "politisk", "Politisk nivå"
    TJANSTEPERSON = "tjansteperson", "Tjänstemannanivå"


class Beslutsgrund(models.TextChoices):
    """By what right an official decided (conventions.md §6.3): there are no minutes, but there is a ground."""

    DELEGATION = "delegation", "Delegation enligt delegationsordningen"
    VERKSTALLIGHET = "verkstallighet", "Verkställighet av ett tidigare beslut"


class Utfall(models.TextChoices):
    """What the region decided about one recommendation."""

    BIFALL = "bifall", "Bifall"
    VILLKOR = "villkor", "Bifall med villkor"
    DELVIS = "delvis", "Delvis bifall"
    AVSLAG = "avslag", "Avslag"
    BORDLAGT = "bordlagt", "Bordlagt"
    ATERREMITTERAT = "aterremitterat", "Återremitterat"
    EJ_BERORD = "ej_berord", "Inte berörd"


BIFALL: frozenset[str] = frozenset({Utfall.BIFALL, Utfall.VILLKOR, Utfall.DELVIS})
INTE_AVGJORT: frozenset[str] = frozenset({Utfall.BORDLAGT, Utfall.ATERREMITTERAT})
"""The region has met but not decided: it is still waited for."""

KRAVER_TEXT: frozenset[str] = frozenset({Utfall.VILLKOR, Utfall.DELVIS, Utfall.AVSLAG, Utfall.ATERREMITTERAT})
"""Outcomes that say a condition, what is left out, or a reason."""


class Overklagan(models.TextChoices):
    """What becomes of a decision that is appealed (laglighetsprövning)."""

    PROVAS = "provas", "Överklagat, prövas"
    STAR_FAST = "star_fast", "Överklagat, står fast"
    UPPHAVT = "upphavt", "Upphävt"


class Granskning(models.TextChoices):
    """What kansliet found when it read the document (M5.6-2)."""

    VANTAR = "vantar", "Väntar på granskning"
    GODKAND = "godkand", "Verifierad"
    FEL = "fel", "Fel handling"


class Granskningspunkt(models.TextChoices):
    """What kansliet looks for in a document (E7)."""

    ORGAN = "organ", "Rätt organ eller befattning"
    DATUM = "datum", "Rätt datum"
    PARAGRAF = "paragraf", "Rätt paragraf (vid beslut på politisk nivå)"
    ARENDE = "arende", "Rätt ärende"
    UTFALL = "utfall", "Utfallet är det som regionen har angett"
    JUSTERAT = "justerat", "Justerat, eller undertecknat vid beslut på tjänstemannanivå"
    UTDRAG = "utdrag", "Protokollsutdrag eller beslut, inte ett utkast eller hela protokollet"
    LASBAR = "lasbar", "Går att läsa, också med skärmläsare"


@pghistory.track()
class Beslutshandling(models.Model):
    """A region's decision as it came in: level, body, date, §, and the file, which is always kept (E7).

    Before the portal the day may be known in part: then ``datum_text`` says it and ``date`` is its last day, to sort
    by. Without both nothing is known of it.
    """

    namndbeslut = models.ForeignKey(
        "Namndbeslut", models.PROTECT, verbose_name="nämndbeslut", related_name="handlingar"
    )
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", related_name="beslutshandlingar")
    niva = models.CharField("nivå", max_length=15, choices=Beslutsniva.choices)
    organ = models.CharField("organ eller befattning", max_length=150)
    grundslag = models.CharField("beslutsgrund", max_length=15, choices=Beslutsgrund.choices, blank=True)
    grund = models.CharField("delegationsgrund eller tidigare beslut", max_length=200, blank=True)
    date = models.DateField("beslutsdatum", null=True, blank=True)
    datum_text = models.CharField("beslutsdatum, så långt det är känt", max_length=40, blank=True)
    paragraf = models.CharField("paragraf", max_length=20, blank=True)
    dnr = models.CharField("diarienummer", max_length=60, blank=True)
    lydelse = models.TextField("lydelse", blank=True)
    justerat_date = models.DateField("justerat", null=True, blank=True)
    anslaget_date = models.DateField("anslaget", null=True, blank=True)
    aterrapport_date = models.DateField("återrapporteras i regionen", null=True, blank=True)
    namndanmalt_date = models.DateField("anmält till nämnd", null=True, blank=True)
    namndanmalt_till = models.CharField("anmält till", max_length=150, blank=True)
    namndanmalt_paragraf = models.CharField("anmält under paragraf", max_length=20, blank=True)
    overklagan = models.CharField("överklagan", max_length=10, choices=Overklagan.choices, blank=True)
    overklagan_date = models.DateField("överklagat eller avgjort", null=True, blank=True)
    overklagan_text = models.TextField("om överklagandet", blank=True)
    ersatter = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersätter", null=True, blank=True, related_name="ersatt_av"
    )
    fil = models.FileField("handling", upload_to="beslut/%Y/", max_length=255, blank=True)
    filnamn = models.CharField("filens namn", max_length=200, blank=True)
    storlek = models.PositiveIntegerField("storlek, byte", default=0)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    inkommen_at = models.DateTimeField("inkommen")
    inlamnad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="inlämnad av", null=True, related_name="+")
    granskning = models.CharField("granskning", max_length=10, choices=Granskning.choices, default=Granskning.VANTAR)
    stammer = ArrayField(
        models.CharField(max_length=10, choices=Granskningspunkt.choices),
        verbose_name="stämmer",
        default=list,
        blank=True,
    )
    granskning_text = models.TextField("vad granskningen visade", blank=True)
    granskad_at = models.DateTimeField("granskad", null=True, blank=True)

    class Meta:
        verbose_name = "beslutshandling"
        verbose_name_plural = "beslutshandlingar"
        constraints: ClassVar = [
            closed_set("niva", Beslutsniva),
            closed_set("grundslag", Beslutsgrund, blank=True),
            closed_set("overklagan", Overklagan, blank=True),
            closed_set("granskning", Granskning),
            models.CheckConstraint(
                name="granskningspunkter_valda", condition=Q(stammer__contained_by=Granskningspunkt.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.nar}"

    @property
    def nar(self) -> str:
        """Return when the region decided, as far as it is known: ``4 juni 2026``, ``våren 2019``, ``okänt datum``."""
        return self.datum_text or (skriv(self.date) if self.date else OKANT_DATUM)

    @property
    def dag(self) -> datetime.date | None:
        """Return the day the region decided; None when it is not known to the day."""
        return None if self.datum_text else self.date

    @property
    def laga_kraft_date(self) -> datetime.date | None:
        """Return the first day on which the decision can be laga kraft: 21 days after the notice; None without one."""
        return laga_kraft(self.anslaget_date)

    @property
    def upphavt(self) -> bool:
        """Tell whether a court has set the decision aside: then it counts no more."""
        return self.overklagan == Overklagan.UPPHAVT


@pghistory.track()
class Huvudmansbeslut(models.Model):
    """One cell of the beslutsmatris: one region, one recommendation, one outcome."""

    handling = models.ForeignKey(Beslutshandling, models.PROTECT, verbose_name="handling", related_name="beslut")
    rekommendation = models.ForeignKey(
        "Rekommendation", models.PROTECT, verbose_name="rekommendation", related_name="beslut"
    )
    utfall = models.CharField("utfall", max_length=15, choices=Utfall.choices)
    villkor = models.TextField("villkor eller skäl", blank=True)

    class Meta:
        verbose_name = "huvudmansbeslut"
        verbose_name_plural = "huvudmansbeslut"
        constraints: ClassVar = [
            closed_set("utfall", Utfall),
            models.UniqueConstraint(fields=["handling", "rekommendation"], name="ett_utfall_per_punkt"),
        ]

    def __str__(self) -> str:
        return f"{self.rekommendation}: {self.get_utfall_display()}"
