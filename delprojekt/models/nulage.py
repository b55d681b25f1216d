"""What nuläge and analys rest on: which regions a section covers, facts with their source, conclusions (§5.2–5.3)."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set


class Datakalla(models.TextChoices):
    """Where a figure comes from (§6.1, M6.1-1)."""

    PAS = "pas", "Regionernas patientadministrativa system"
    KVALITETSREGISTER = "kvalitetsregister", "Kvalitetsregister"
    SCB = "scb", "Statistiska centralbyrån (SCB)"
    SOCIALSTYRELSEN = "socialstyrelsen", "Hälsodataregister hos Socialstyrelsen"
    EGEN = "egen", "Egen inhämtning, till exempel enkät"
    ANNAN = "annan", "Annan källa"


@pghistory.track()
class Avsnittsuppgift(models.Model):
    """What the group says about a section, beside its text: the regions it covers, and why it is left out if it is."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="avsnittsuppgifter"
    )
    nyckel = models.SlugField("nyckel", max_length=60)
    regioner = models.ManyToManyField("Region", verbose_name="täcker regionerna", blank=True)
    utelamnat = models.TextField("varför avsnittet utelämnas", blank=True)

    class Meta:
        verbose_name = "avsnittsuppgift"
        verbose_name_plural = "avsnittsuppgifter"
        constraints: ClassVar = [models.UniqueConstraint(fields=["omgang", "nyckel"], name="en_uppgift_per_avsnitt")]

    def __str__(self) -> str:
        return f"{self.omgang}: {self.nyckel}"


@pghistory.track()
class Faktauppgift(models.Model):
    """A claim in a nuläge section, with its figure and where that comes from (M5.2-3). Region empty: all of them."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="faktauppgifter"
    )
    avsnitt = models.SlugField("avsnitt", max_length=60)
    pastaende = models.CharField("påstående", max_length=200)
    varde = models.DecimalField("värde", max_digits=14, decimal_places=3, null=True, blank=True)
    enhet = models.CharField("enhet", max_length=30, blank=True)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    avser = models.CharField("avser bara", max_length=100, blank=True)
    kalla = models.CharField("källa", max_length=20, choices=Datakalla.choices, blank=True)
    kalla_text = models.CharField("vilket register eller system", max_length=150, blank=True)
    period = models.CharField("period", max_length=40, blank=True)
    uttag_date = models.DateField("uttagsdatum", null=True, blank=True)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "faktauppgift"
        verbose_name_plural = "faktauppgifter"
        constraints: ClassVar = [closed_set("kalla", Datakalla, blank=True)]

    def __str__(self) -> str:
        return self.pastaende


@pghistory.track()
class Slutsats(models.Model):
    """A numbered conclusion of an analys section; the proposals point back to it (M5.3-2)."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="slutsatser"
    )
    nummer = models.PositiveSmallIntegerField("nummer")
    avsnitt = models.SlugField("avsnitt", max_length=60)
    text = models.TextField("slutsats")
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "slutsats"
        verbose_name_plural = "slutsatser"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["omgang", "nummer"], condition=Q(struken_at=None), name="slutsatser_ar_numrerade"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.text}"
