"""Uppdragsomgång and what the group writes in it: one body of text per omgång (architecture.md §6)."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set


@pghistory.track()
class Uppdragsomgang(models.Model):
    """A round of mandate: its own uppdrag, group and slutrapport. A renewed mandate opens the next (V-20)."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="omgangar")
    nummer = models.PositiveSmallIntegerField("nummer")
    mallversion = models.ForeignKey("Mallversion", models.PROTECT, verbose_name="mallversion")
    skal = models.TextField("skäl till förnyelse", blank=True)
    slutsatser_samlade = models.BooleanField("slutsatserna samlas i slutet av analysen", default=False)
    analys_efter_avsnitt = models.BooleanField("analysen följer direkt på varje avsnitt i nuläget", default=False)
    oppnad_at = models.DateTimeField("öppnad")

    class Meta:
        verbose_name = "uppdragsomgång"
        verbose_name_plural = "uppdragsomgångar"
        constraints: ClassVar = [models.UniqueConstraint(fields=["delprojekt", "nummer"], name="omgangar_ar_numrerade")]

    def __str__(self) -> str:
        return f"{self.delprojekt}, omgång {self.nummer}"

    @property
    def disposition(self) -> str:
        """Return where the report has its analysis and its conclusions, in a sentence (M5.3-3, M5.3-6)."""
        analysis = "direkt efter varje avsnitt i nuläget" if self.analys_efter_avsnitt else "i ett eget kapitel"
        gathered = "samlas i slutet av analysen" if self.slutsatser_samlade else "står efter varje avsnitt"
        return f"I rapporten står analysen {analysis}, och slutsatserna {gathered}."


class Avsnitt(models.Model):
    """The text of one section: sanitised HTML. ``version`` counts the saves, so that no save overwrites another."""

    omgang = models.ForeignKey(Uppdragsomgang, models.PROTECT, verbose_name="uppdragsomgång", related_name="avsnitt")
    nyckel = models.SlugField("nyckel", max_length=60)
    html = models.TextField("text", blank=True)
    version = models.PositiveIntegerField("version", default=1)
    sparat_at = models.DateTimeField("sparat")
    sparat_av = models.ForeignKey("Person", models.PROTECT, verbose_name="sparat av", null=True, related_name="+")
    klar_version = models.PositiveIntegerField("klarmarkerad version", null=True, blank=True)
    klar_at = models.DateTimeField("klarmarkerat", null=True, blank=True)
    klar_av = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="klarmarkerat av", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        constraints: ClassVar = [models.UniqueConstraint(fields=["omgang", "nyckel"], name="ett_avsnitt_per_nyckel")]
        indexes: ClassVar = [GinIndex(SearchVector("html", config="swedish"), name="avsnitt_ord")]

    def __str__(self) -> str:
        return f"{self.omgang}: {self.nyckel}"

    @property
    def klart(self) -> bool:
        """Tell whether somebody has said that this very text is done: a later change opens the section again."""
        return bool(self.html) and self.klar_version == self.version


class Versionsslag(models.TextChoices):
    """How a version of a section came to be."""

    SPARAD = "sparad", "Sparad"
    AUTO = "auto", "Sparad medan texten skrevs"
    SAMMANFOGAD = "sammanfogad", "Två ändringar samtidigt, sammanfogade"
    ATERSTALLD = "aterstalld", "Återställd från en tidigare version"
    WORD = "word", "Tagen in ur Word"
    ANDRING = "andring", "Förslag på ändring, godtaget"


class Avsnittsversion(models.Model):
    """What a section said after each save. Left out of the row history (architecture.md §9).

    What was saved while somebody wrote is thinned with time (documents/versioner.py), what has a ``markning`` never is.
    ``pass_at`` is when the writer's sitting began; ``klient`` and ``lopnr`` tell one open window's saves apart.
    """

    avsnitt = models.ForeignKey(Avsnitt, models.CASCADE, verbose_name="avsnitt", related_name="versioner")
    version = models.PositiveIntegerField("version")
    html = models.TextField("text", blank=True)
    sparat_at = models.DateTimeField("sparat")
    sparat_av = models.ForeignKey("Person", models.PROTECT, verbose_name="sparat av", null=True, related_name="+")

    slag = models.CharField("slag", max_length=12, choices=Versionsslag.choices, default=Versionsslag.SPARAD)
    markning = models.CharField("märkning", max_length=200, blank=True)
    pass_at = models.DateTimeField("skrivpasset började", null=True, blank=True)
    klient = models.CharField("fönster", max_length=36, blank=True)
    lopnr = models.PositiveIntegerField("sparning i fönstret", default=0)

    class Meta:
        verbose_name = "avsnittsversion"
        verbose_name_plural = "avsnittsversioner"
        constraints: ClassVar = [
            closed_set("slag", Versionsslag),
            models.UniqueConstraint(fields=["avsnitt", "version"], name="versioner_ar_unika"),
        ]

    def __str__(self) -> str:
        return f"{self.avsnitt} v{self.version}"


@pghistory.track()
class Uppdragspunkt(models.Model):
    """A numbered point of the uppdrag, to be answered in the slutrapport (M5.1.3-3)."""

    omgang = models.ForeignKey(Uppdragsomgang, models.PROTECT, verbose_name="uppdragsomgång", related_name="punkter")
    nummer = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("text")
    besvarad_i = ArrayField(
        models.SlugField(max_length=60), verbose_name="besvaras i avsnitten", default=list, blank=True
    )
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "uppdragspunkt"
        verbose_name_plural = "uppdragspunkter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["omgang", "nummer"], condition=Q(struken_at=None), name="punkter_ar_numrerade"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.text}"


class Styrka(models.TextChoices):
    """How strongly a competence is asked for (M4.3-2)."""

    SKA = "ska", "Ska finnas"
    BOR = "bor", "Bör finnas"


@pghistory.track()
class Kompetenskrav(models.Model):
    """A competence the group bör or ska have."""

    omgang = models.ForeignKey(
        Uppdragsomgang, models.PROTECT, verbose_name="uppdragsomgång", related_name="kompetenskrav"
    )
    kompetens = models.CharField("kompetens", max_length=100)
    styrka = models.CharField("styrka", max_length=3, choices=Styrka.choices)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "kompetenskrav"
        verbose_name_plural = "kompetenskrav"
        constraints: ClassVar = [closed_set("styrka", Styrka)]

    def __str__(self) -> str:
        return f"{self.kompetens} ({self.get_styrka_display().lower()})"


@pghistory.track()
class Milstolpe(models.Model):
    """A milestone with a partial date as it was written ("våren 2026") and the last day of its span to sort by."""

    omgang = models.ForeignKey(Uppdragsomgang, models.PROTECT, verbose_name="uppdragsomgång", related_name="milstolpar")
    rubrik = models.CharField("milstolpe", max_length=120)
    nar = models.CharField("när", max_length=40)
    sista_date = models.DateField("senast", null=True, blank=True)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "milstolpe"
        verbose_name_plural = "milstolpar"

    def __str__(self) -> str:
        return f"{self.rubrik}: {self.nar}"
