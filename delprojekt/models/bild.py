"""Pictures in running text (§5.4.1)."""

from typing import ClassVar

from django.db import models


class Bild(models.Model):
    """A picture that somebody has put in a section. Never changed and never removed: old versions of texts show it.

    ``original`` is the file as it came; ``visning`` is the clean copy, the only one that is shown, under ``namn``.
    """

    omgang = models.ForeignKey("Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="bilder")
    nyckel = models.SlugField("avsnitt", max_length=60)
    namn = models.CharField("adress", max_length=60, unique=True)
    original = models.FileField("originalet", upload_to="bild/original/", max_length=255)
    visning = models.FileField("bilden som visas", upload_to="bild/visning/", max_length=255)
    filnamn = models.CharField("filens namn", max_length=200)
    sha256 = models.CharField("originalets kontrollsumma", max_length=64)
    bredd = models.PositiveIntegerField("bredd, bildpunkter")
    hojd = models.PositiveIntegerField("höjd, bildpunkter")
    inlagd_at = models.DateTimeField("inlagd")
    inlagd_av = models.ForeignKey("Person", models.PROTECT, verbose_name="inlagd av", null=True, related_name="+")

    class Meta:
        verbose_name = "bild"
        verbose_name_plural = "bilder"
        indexes: ClassVar = [models.Index(fields=["omgang", "nyckel"])]

    def __str__(self) -> str:
        return self.filnamn
