"""What somebody says of a text that is being written, and what they propose instead (§5.4.1)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from delprojekt.models.bas import closed_set


class Kommentarsslag(models.TextChoices):
    """What is said of a text."""

    KOMMENTAR = "kommentar", "Kommentar"
    ANDRING = "andring", "Förslag på ändring"


class Kommentarsutfall(models.TextChoices):
    """How a comment or a proposed change ended."""

    KLAR = "klar", "Klar"
    GODTAGEN = "godtagen", "Godtagen"
    AVSLAGEN = "avslagen", "Inte godtagen"


class Kommentar(models.Model):
    """A thread about a place in a section, or a proposed change of one block. Never removed.

    The place is the quote with what stood around it; it is found again by ``documents/ankare.py``. A proposed change
    holds the block as it was (``fore_html``) and as it would be.
    """

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="kommentarer"
    )
    nyckel = models.SlugField("avsnitt", max_length=60)
    slag = models.CharField("slag", max_length=10, choices=Kommentarsslag.choices, default=Kommentarsslag.KOMMENTAR)
    citat = models.TextField("citat", blank=True)
    fore = models.CharField("före citatet", max_length=80, blank=True)
    efter = models.CharField("efter citatet", max_length=80, blank=True)
    plats = models.PositiveIntegerField("plats i texten", default=0)
    stycke = models.PositiveIntegerField("styckets nummer", default=0)
    fore_html = models.TextField("stycket som det var", blank=True)
    efter_html = models.TextField("stycket som det föreslås", blank=True)
    av = models.ForeignKey("Person", models.PROTECT, verbose_name="av", related_name="+")
    skriven_at = models.DateTimeField("skriven")
    utfall = models.CharField("utfall", max_length=10, choices=Kommentarsutfall.choices, blank=True)
    avgjord_at = models.DateTimeField("avgjord", null=True, blank=True)
    avgjord_av = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="avgjord av", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        constraints: ClassVar = [closed_set("slag", Kommentarsslag), closed_set("utfall", Kommentarsutfall, blank=True)]
        indexes: ClassVar = [models.Index(fields=["omgang", "nyckel"])]

    def __str__(self) -> str:
        return f"{self.get_slag_display()} i {self.nyckel}"

    def get_absolute_url(self) -> str:
        """Return where it is read beside its text."""
        page = reverse("granska_avsnitt", args=[self.omgang.delprojekt_id, self.nyckel])
        return f"{page}#kommentar-{self.pk}"


class Kommentarsinlagg(models.Model):
    """What somebody wrote in a thread. Its writer may strike it; the words are kept."""

    kommentar = models.ForeignKey(Kommentar, models.PROTECT, verbose_name="kommentar", related_name="inlagg")
    av = models.ForeignKey("Person", models.PROTECT, verbose_name="av", related_name="+")
    text = models.TextField("text")
    skriven_at = models.DateTimeField("skriven")
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "inlägg"
        verbose_name_plural = "inlägg"

    def __str__(self) -> str:
        return self.text


class Kommentarsfraga(models.Model):
    """Somebody is asked in a thread: named in it, or handed it (``lamnad``) until a day.

    Who is named is no longer asked when they have answered; who has been handed it, when it is done or handed on.
    """

    kommentar = models.ForeignKey(Kommentar, models.PROTECT, verbose_name="kommentar", related_name="fragor")
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="till", related_name="kommentarsfragor")
    lamnad = models.BooleanField("ska ta hand om det", default=False)
    senast_date = models.DateField("senast", null=True, blank=True)
    stalld_at = models.DateTimeField("ställd")
    avgjord_at = models.DateTimeField("avgjord", null=True, blank=True)

    class Meta:
        verbose_name = "fråga i en kommentar"
        verbose_name_plural = "frågor i kommentarer"
        indexes: ClassVar = [
            models.Index(fields=["person"], condition=Q(avgjord_at=None), name="obesvarade_kommentarer")
        ]

    def __str__(self) -> str:
        return f"{self.kommentar} till {self.person}"
