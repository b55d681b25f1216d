"""What comes from the time before the portal: files that were kept, and lists that were read in."""

from typing import ClassVar

import pghistory
from django.db import models

from delprojekt.models.bas import closed_set


class Filslag(models.TextChoices):
    """What a file from before the portal is."""

    UPPDRAG = "uppdrag", "Uppdrag"
    SLUTRAPPORT = "slutrapport", "Slutrapport"
    PROTOKOLL = "protokollsutdrag", "Protokollsutdrag"
    UPPFOLJNING = "uppfoljning", "Uppföljning"
    RESULTAT = "resultat", "Resultat"
    ANNAT = "annat", "Annat"


@pghistory.track()
class Inlagdfil(models.Model):
    """A file from the time before the portal: its kind and its day, as far as they are known. Never removed."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="filer")
    slag = models.CharField("slag", max_length=20, choices=Filslag.choices, default=Filslag.ANNAT)
    date = models.DateField("datum", null=True, blank=True)
    datum_text = models.CharField("datum, så långt det är känt", max_length=40, blank=True)
    fil = models.FileField("fil", upload_to="inlagt/%Y/", max_length=255)
    filnamn = models.CharField("filens namn", max_length=200)
    storlek = models.PositiveIntegerField("storlek, byte", default=0)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    handelse = models.ForeignKey("Handelse", models.PROTECT, verbose_name="händelse", related_name="filer")
    registrerat_at = models.DateTimeField("registrerat", auto_now_add=True)

    class Meta:
        verbose_name = "inlagd fil"
        verbose_name_plural = "inlagda filer"
        constraints: ClassVar = [
            closed_set("slag", Filslag),
            models.UniqueConstraint(fields=["delprojekt", "sha256"], name="samma_fil_en_gang"),
        ]

    def __str__(self) -> str:
        return self.filnamn


class Inlasning(models.Model):
    """A list of delprojekt that came in as a file. It is kept as it came, also when nothing was read in from it."""

    fil = models.FileField("fil", upload_to="listor/%Y/", max_length=255)
    filnamn = models.CharField("filens namn", max_length=200)
    storlek = models.PositiveIntegerField("storlek, byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    inkommen_at = models.DateTimeField("inkommen")
    inlamnad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="inlämnad av", null=True, related_name="+")
    bekraftad_at = models.DateTimeField("inläst", null=True, blank=True)
    resultat = models.TextField("vad som lades in", blank=True)

    class Meta:
        verbose_name = "inläst lista"
        verbose_name_plural = "inlästa listor"

    def __str__(self) -> str:
        return self.filnamn
