"""Each region decides for itself: huvudmansbeslut, its document, and the introduction (§5.6, §5.7)."""

from typing import ClassVar

import pghistory
from django.db import models

from delprojekt.models.bas import closed_set


class Beslutsniva(models.TextChoices):
    """On which level the region decided (M5.6-1)."""

    POLITISK = "politisk", "Politisk nivå"
    TJANSTEPERSON = "tjansteperson", "Tjänstemannanivå"


class Utfall(models.TextChoices):
    """What the region decided about one recommendation."""

    BIFALL = "bifall", "Bifall"
    DELVIS = "delvis", "Bifall med villkor"
    AVSLAG = "avslag", "Avslag"


BIFALL: frozenset[str] = frozenset({Utfall.BIFALL, Utfall.DELVIS})


class Granskning(models.TextChoices):
    """What kansliet found when it read the document (M5.6-2)."""

    VANTAR = "vantar", "Väntar på granskning"
    GODKAND = "godkand", "Verifierad"
    FEL = "fel", "Fel handling"


@pghistory.track()
class Beslutshandling(models.Model):
    """A region's decision as it came in: level, body, date, §, and the file, which is always kept (E7)."""

    namndbeslut = models.ForeignKey(
        "Namndbeslut", models.PROTECT, verbose_name="nämndbeslut", related_name="handlingar"
    )
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", related_name="beslutshandlingar")
    niva = models.CharField("nivå", max_length=15, choices=Beslutsniva.choices)
    organ = models.CharField("organ eller befattning", max_length=150)
    grund = models.CharField("delegationsgrund", max_length=200, blank=True)
    date = models.DateField("beslutsdatum")
    paragraf = models.CharField("paragraf", max_length=20, blank=True)
    dnr = models.CharField("diarienummer", max_length=60, blank=True)
    fil = models.FileField("handling", upload_to="beslut/%Y/", max_length=255, blank=True)
    filnamn = models.CharField("filens namn", max_length=200, blank=True)
    storlek = models.PositiveIntegerField("storlek, byte", default=0)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    inkommen_at = models.DateTimeField("inkommen")
    inlamnad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="inlämnad av", null=True, related_name="+")
    granskning = models.CharField("granskning", max_length=10, choices=Granskning.choices, default=Granskning.VANTAR)
    granskning_text = models.TextField("vad granskningen visade", blank=True)
    granskad_at = models.DateTimeField("granskad", null=True, blank=True)

    class Meta:
        verbose_name = "beslutshandling"
        verbose_name_plural = "beslutshandlingar"
        constraints: ClassVar = [closed_set("niva", Beslutsniva), closed_set("granskning", Granskning)]

    def __str__(self) -> str:
        return f"{self.region} {self.date:%Y-%m-%d}"


@pghistory.track()
class Huvudmansbeslut(models.Model):
    """One cell of the beslutsmatris: one region, one recommendation, one outcome."""

    handling = models.ForeignKey(Beslutshandling, models.PROTECT, verbose_name="handling", related_name="beslut")
    rekommendation = models.ForeignKey(
        "Rekommendation", models.PROTECT, verbose_name="rekommendation", related_name="beslut"
    )
    utfall = models.CharField("utfall", max_length=10, choices=Utfall.choices)
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


class Inforandelage(models.TextChoices):
    """How far a region has come with one recommendation (M5.7-1)."""

    EJ_PABORJAT = "ej_paborjat", "Inte påbörjat"
    PLANERAT = "planerat", "Planerat"
    PAGAR = "pagar", "Pågår"
    DELVIS = "delvis", "Delvis infört"
    INFORT = "infort", "Infört"
    EJ_AKTUELLT = "ej_aktuellt", "Inte aktuellt"


@pghistory.track()
class Inforandestatus(models.Model):
    """What a region says of the introduction of one recommendation; the row holds the latest word."""

    rekommendation = models.ForeignKey(
        "Rekommendation", models.PROTECT, verbose_name="rekommendation", related_name="inforande"
    )
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region")
    lage = models.CharField("läge", max_length=12, choices=Inforandelage.choices)
    hinder = models.TextField("hinder", blank=True)
    rapporterat_at = models.DateTimeField("rapporterat")

    class Meta:
        verbose_name = "införandestatus"
        verbose_name_plural = "införandestatus"
        constraints: ClassVar = [
            closed_set("lage", Inforandelage),
            models.UniqueConstraint(fields=["rekommendation", "region"], name="ett_inforande_per_region"),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_lage_display()}"
