"""What the slutrapport proposes: åtgärdsförslag with their costs, and who writes it (§5.4, §5.4.1)."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set


class Risk(models.TextChoices):
    """How great the risk of undanträngning is (M5.4-4)."""

    LAG = "lag", "Låg"
    MEDEL = "medel", "Medel"
    HOG = "hog", "Hög"


class Kostnadsbas(models.TextChoices):
    """What a cost is reckoned as; between regions self-cost is the rule (P-24)."""

    SJALVKOSTNAD = "sjalvkostnad", "Självkostnad"
    SARKOSTNAD = "sarkostnad", "Särkostnad, det som tillkommer"
    PRISLISTA = "prislista", "Avtalad prislista"
    ANNAN = "annan", "Annan grund"


@pghistory.track()
class Atgardsforslag(models.Model):
    """One proposed measure with the fields of §5.4."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="atgardsforslag"
    )
    nummer = models.PositiveSmallIntegerField("nummer")
    rubrik = models.CharField("rubrik", max_length=200)
    text = models.TextField("vad", blank=True)
    vem = models.CharField("vem", max_length=200, blank=True)
    nar = models.CharField("när", max_length=100, blank=True)
    rimlighet = models.TextField("rimlighet", blank=True)
    genomforbarhet = models.TextField("genomförbarhet", blank=True)
    narliggande = models.TextField("närliggande områden", blank=True)
    undantrangning = models.CharField("risk för undanträngning", max_length=5, choices=Risk.choices, blank=True)
    undantrangning_text = models.TextField("vad som kan trängas undan", blank=True)
    kraver_medel = models.BooleanField("kräver medel", default=False)
    kostnadsbas = models.CharField(
        "kostnadsbas", max_length=15, choices=Kostnadsbas.choices, default=Kostnadsbas.SJALVKOSTNAD
    )
    ekonom = models.CharField("ekonom som har stöttat", max_length=120, blank=True)
    kalkyl_text = models.TextField("antaganden i kalkylen", blank=True)
    diskuterat_date = models.DateField("diskuterat med chefer", null=True, blank=True)
    diskuterat_med = models.CharField("chefer och chefsamråd", max_length=200, blank=True)
    bakom_date = models.DateField("gruppen står bakom sedan", null=True, blank=True)
    avvikande = models.TextField("avvikande mening", blank=True)
    slutsatser = models.ManyToManyField("Slutsats", verbose_name="bygger på", blank=True, related_name="atgardsforslag")
    punkter = models.ManyToManyField(
        "Uppdragspunkt", verbose_name="svarar på", blank=True, related_name="atgardsforslag"
    )
    struken_at = models.DateTimeField("struket", null=True, blank=True)

    class Meta:
        verbose_name = "åtgärdsförslag"
        verbose_name_plural = "åtgärdsförslag"
        constraints: ClassVar = [
            closed_set("undantrangning", Risk, blank=True),
            closed_set("kostnadsbas", Kostnadsbas),
            models.UniqueConstraint(
                fields=["omgang", "nummer"], condition=Q(struken_at=None), name="forslag_ar_numrerade"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.rubrik}"


class Kostnadsslag(models.TextChoices):
    """Whether a cost comes once or every year (M5.4-5)."""

    ARLIG = "arlig", "Varje år"
    ENGANG = "engang", "En gång"


@pghistory.track()
class Kalkylrad(models.Model):
    """A line of the rough costing; region empty: shared by all (M5.4-5)."""

    forslag = models.ForeignKey(
        Atgardsforslag, models.PROTECT, verbose_name="åtgärdsförslag", related_name="kalkylrader"
    )
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    slag = models.CharField("slag", max_length=6, choices=Kostnadsslag.choices)
    belopp_tkr = models.PositiveIntegerField("belopp, tkr")
    antagande = models.CharField("antagande", max_length=200, blank=True)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "kalkylrad"
        verbose_name_plural = "kalkylrader"
        constraints: ClassVar = [closed_set("slag", Kostnadsslag)]

    def __str__(self) -> str:
        return f"{self.belopp_tkr} tkr"


@pghistory.track()
class Skribent(models.Model):
    """Who writes a chapter of the report, when it is not the chair (M5.4.1-3). The whole is a role: Innehav."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="skribenter"
    )
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="skribent", related_name="+")
    nyckel = models.SlugField("kapitel", max_length=60)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "skribent"
        verbose_name_plural = "skribenter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["omgang", "nyckel"], condition=Q(struken_at=None), name="en_skribent_per_kapitel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.nyckel}"
