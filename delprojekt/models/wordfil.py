"""Word files that were handed in to be taken into sections (§5.4.1)."""

from typing import ClassVar

from django.db import models


class Wordfil(models.Model):
    """A Word file as it came, and what was read in it. Never removed; no section changes before it is taken in.

    ``innehall`` is its parts and what has been taken in of them, ``placering`` to which section each part has been laid
    (by the part's number).
    """

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="wordfiler"
    )
    fil = models.FileField("fil", upload_to="word/%Y/", max_length=255)
    filnamn = models.CharField("filens namn", max_length=200)
    storlek = models.PositiveIntegerField("storlek, byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    inkommen_at = models.DateTimeField("inlämnad")
    inlamnad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="inlämnad av", null=True, related_name="+")
    innehall = models.JSONField("innehåll")
    placering = models.JSONField("avsnitt för varje del", default=dict, blank=True)
    ersatter = models.BooleanField("ersätter det som står", default=False)
    intagen_at = models.DateTimeField("intagen", null=True, blank=True)
    resultat = models.TextField("vad som togs in", blank=True)

    class Meta:
        verbose_name = "Word-fil"
        verbose_name_plural = "Word-filer"
        indexes: ClassVar = [models.Index(fields=["omgang", "-id"])]

    def __str__(self) -> str:
        return self.filnamn
