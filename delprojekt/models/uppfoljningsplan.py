"""The plan for follow-up: how, when, by whom, and the parameters with their levels (§5, §5.8)."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.models.forslag import Malsattning
from delprojekt.process.matning import Riktning
from delprojekt.process.tal import skriv_tal


@pghistory.track()
class Uppfoljningsplan(models.Model):
    """How, when and by whom the follow-up is to be made (M5.8-1); one per uppdragsomgång."""

    omgang = models.OneToOneField("Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="plan")
    hur = models.TextField("hur", blank=True)
    nar = models.CharField("när", max_length=100, blank=True)
    vem = models.CharField("vem", max_length=200, blank=True)

    class Meta:
        verbose_name = "uppföljningsplan"
        verbose_name_plural = "uppföljningsplaner"

    def __str__(self) -> str:
        return f"Uppföljning av {self.omgang}"


class Frekvens(models.TextChoices):
    """How often it is measured (I-5)."""

    MANAD = "manad", "Varje månad"
    DELAR = "delar", "Varje delår"
    AR = "ar", "Varje år"
    ENGANG = "engang", "En gång"


class Geografi(models.TextChoices):
    """For what area a value holds: a region's level is never shown as the sjukvårdsregion's (I-3)."""

    SJUKVARDSREGION = "sjukvardsregion", "Hela sjukvårdsregionen"
    REGION = "region", "Varje region"
    SJUKHUS = "sjukhus", "Varje sjukhus eller verksamhet"


class Uppdelning(models.TextChoices):
    """By what a value is split (I-16)."""

    KON = "kon", "Kön"
    ALDER = "alder", "Ålder"
    GEOGRAFI = "geografi", "Geografi"
    SOCIOEKONOMI = "socioekonomi", "Socioekonomi"
    SAMSJUKLIGHET = "samsjuklighet", "Samsjuklighet"


@pghistory.track()
class Uppfoljningsparameter(models.Model):
    """A named parameter (M5.8-2). What is not a number yet stands in words in the ``_text`` field beside it."""

    plan = models.ForeignKey(Uppfoljningsplan, models.PROTECT, verbose_name="plan", related_name="parametrar")
    namn = models.CharField("parameter", max_length=200)
    definition = models.TextField("definition", blank=True)
    taljare = models.CharField("täljare", max_length=200, blank=True)
    namnare = models.CharField("nämnare", max_length=200, blank=True)
    matmetod = models.CharField("mätmetod", max_length=200, blank=True)
    kalla = models.CharField("källa", max_length=200, blank=True)
    bibliotek = models.CharField("indikatorbibliotek", max_length=100, blank=True)
    bibliotek_nr = models.CharField("nummer i biblioteket", max_length=30, blank=True)
    enhet = models.CharField("enhet", max_length=30, blank=True)
    riktning = models.CharField("riktning", max_length=10, choices=Riktning.choices, default=Riktning.HOGRE)
    nivaer = ArrayField(models.CharField(max_length=40), verbose_name="nivåer, lägst först", default=list, blank=True)
    granser = ArrayField(
        models.DecimalField(max_digits=14, decimal_places=3),
        verbose_name="nivåernas gränser, lägst först",
        default=list,
        blank=True,
    )
    utgangsvarde = models.DecimalField("utgångsvärde", max_digits=14, decimal_places=3, null=True, blank=True)
    utgangsvarde_text = models.CharField("utgångsvärde i ord", max_length=100, blank=True)
    malvarde = models.DecimalField("mål", max_digits=14, decimal_places=3, null=True, blank=True)
    malvarde_text = models.CharField("mål i ord", max_length=100, blank=True)
    frekvens = models.CharField("hur ofta", max_length=6, choices=Frekvens.choices, blank=True)
    uppdelning = ArrayField(
        models.CharField(max_length=15, choices=Uppdelning.choices),
        verbose_name="delas upp efter",
        default=list,
        blank=True,
    )
    malsattning = models.CharField("målsättning", max_length=30, choices=Malsattning.choices, blank=True)
    geografi = models.CharField("geografisk nivå", max_length=15, choices=Geografi.choices, blank=True)
    forslag = models.ManyToManyField(
        "Atgardsforslag", verbose_name="följer upp åtgärdsförslagen", blank=True, related_name="parametrar"
    )
    ordning = models.PositiveSmallIntegerField("ordning", default=0)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "uppföljningsparameter"
        verbose_name_plural = "uppföljningsparametrar"
        constraints: ClassVar = [
            closed_set("riktning", Riktning),
            closed_set("frekvens", Frekvens, blank=True),
            closed_set("malsattning", Malsattning, blank=True),
            closed_set("geografi", Geografi, blank=True),
            models.CheckConstraint(
                name="uppdelning_vald", condition=models.Q(uppdelning__contained_by=Uppdelning.values)
            ),
        ]

    def __str__(self) -> str:
        return self.namn

    @property
    def utgangsvarde_i_ord(self) -> str:
        """Return the value it starts from, with its unit, or in words."""
        return skriv_tal(self.utgangsvarde, self.enhet) or self.utgangsvarde_text

    @property
    def malvarde_i_ord(self) -> str:
        """Return the goal, with its unit, or in words."""
        return skriv_tal(self.malvarde, self.enhet) or self.malvarde_text
