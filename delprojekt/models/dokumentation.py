"""What the group documents on its way: meetings, choices, soft results, and the support it asks for (§5, §6)."""

from typing import ClassVar

import pghistory
from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import skriv


@pghistory.track()
class Gruppmote(models.Model):
    """A meeting of the working group, held or planned, with its minnesanteckningar, which may come later (M5-3).

    ``kallade``: who is adjungerad and takes part in just this meeting; they read its notes, and no others (M4.4-1).
    """

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="gruppmoten"
    )
    date = models.DateField("datum")
    deltog = models.ManyToManyField("Person", verbose_name="var med", blank=True, related_name="+")
    narvarande = models.TextField("fler som var med", blank=True)
    text = models.TextField("minnesanteckningar", blank=True)
    kallade = models.ManyToManyField(
        "Nominering", verbose_name="adjungerade som är med", blank=True, related_name="gruppmoten"
    )
    struken_at = models.DateTimeField("struket", null=True, blank=True)

    class Meta:
        verbose_name = "gruppmöte"
        verbose_name_plural = "gruppmöten"

    def __str__(self) -> str:
        return f"Gruppmöte {skriv(self.date)}"


@pghistory.track()
class Attgora(models.Model):
    """Something to be done that a meeting of the group agreed on: what, who and by when (M5-3)."""

    omgang = models.ForeignKey("Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="attgora")
    mote = models.ForeignKey(
        Gruppmote, models.PROTECT, verbose_name="gruppmöte", null=True, blank=True, related_name="attgora"
    )
    vad = models.CharField("vad", max_length=200)
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="vem", null=True, blank=True, related_name="+")
    senast_date = models.DateField("senast", null=True, blank=True)
    klar_date = models.DateField("klart", null=True, blank=True)
    struken_at = models.DateTimeField("struket", null=True, blank=True)

    class Meta:
        verbose_name = "att göra"
        verbose_name_plural = "att göra"

    def __str__(self) -> str:
        return self.vad


class Vagvalsslag(models.TextChoices):
    """What is noted: a choice (M5-4) or something that figures do not show (M5-5)."""

    VAGVAL = "vagval", "Vägval eller prioritering"
    MJUKT_RESULTAT = "mjukt_resultat", "Mjukt resultat"


@pghistory.track()
class Vagval(models.Model):
    """A line of the group's log: what it chose and why, or a soft result such as a better climate (M5-4, M5-5)."""

    omgang = models.ForeignKey("Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="vagval")
    slag = models.CharField("slag", max_length=20, choices=Vagvalsslag.choices)
    date = models.DateField("datum")
    text = models.TextField("vad")
    alternativ = models.TextField("vad ni valde bort", blank=True)
    varfor = models.TextField("varför", blank=True)
    struken_at = models.DateTimeField("struket", null=True, blank=True)

    class Meta:
        verbose_name = "vägval"
        verbose_name_plural = "vägval"
        constraints: ClassVar = [closed_set("slag", Vagvalsslag)]

    def __str__(self) -> str:
        return self.text


class Stodomrade(models.TextChoices):
    """What support the group can ask for (§6.1–6.6)."""

    DATA = "data", "Data och statistik"
    EKONOMI = "ekonomi", "Ekonomi"
    HR = "hr", "HR"
    JURIDIK = "juridik", "Juridik"
    SYSTEMKUNSKAP = "systemkunskap", "Systemkunskap"
    KOMMUNIKATION = "kommunikation", "Kommunikation"


@pghistory.track()
class Stodbegaran(models.Model):
    """A request for data or other support: what, from whom, asked, promised, received (M6.1-2, M6.2-1)."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="stodbegaranden"
    )
    omrade = models.CharField("område", max_length=15, choices=Stodomrade.choices)
    vad = models.TextField("vad ni behöver")
    mottagare = models.CharField("till vem", max_length=150)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    begard_date = models.DateField("begärd")
    utlovad_date = models.DateField("utlovad", null=True, blank=True)
    mottagen_date = models.DateField("mottagen", null=True, blank=True)
    svar = models.TextField("svar", blank=True)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "stödbegäran"
        verbose_name_plural = "stödbegäranden"
        constraints: ClassVar = [closed_set("omrade", Stodomrade)]

    def __str__(self) -> str:
        return f"{self.get_omrade_display()}: {self.vad}"
