"""The shared template as data (M1-6, D6): versions and their sections."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set


class Mallstatus(models.TextChoices):
    """Where a template version is in its life."""

    UTKAST = "utkast", "Utkast"
    GALLANDE = "gallande", "Gällande"
    UTGANGEN = "utgangen", "Utgången"


class Innehall(models.TextChoices):
    """What a section holds: text, or rows that the portal prints."""

    TEXT = "text", "Text"
    UPPDRAGSPUNKTER = "uppdragspunkter", "Uppdragspunkter"
    ARBETSGRUPP = "arbetsgrupp", "Arbetsgruppen"
    TIDPLAN = "tidplan", "Tidplan"
    ATGARDSFORSLAG = "atgardsforslag", "Åtgärdsförslag"
    UPPFOLJNINGSPLAN = "uppfoljningsplan", "Förslag till uppföljning"
    BESLUT = "beslut", "Vad som beslutades"
    INFORANDE = "inforande", "Hur långt införandet kommit"


class MallversionManager(models.Manager):
    """Find a version by its number."""

    def get_by_natural_key(self, nummer: int) -> models.Model:
        """Return the version with the number."""
        return self.get(nummer=nummer)


class Mallversion(models.Model):
    """One version of the template; a delprojekt keeps the one its uppdragsomgång started with."""

    nummer = models.PositiveIntegerField("nummer", unique=True)
    status = models.CharField("status", max_length=10, choices=Mallstatus.choices, default=Mallstatus.UTKAST)
    galler_fran_date = models.DateField("gäller från", null=True, blank=True)

    objects = MallversionManager()

    class Meta:
        verbose_name = "mallversion"
        verbose_name_plural = "mallversioner"
        constraints: ClassVar = [
            closed_set("status", Mallstatus),
            models.UniqueConstraint(fields=["status"], condition=Q(status="gallande"), name="en_gallande_mall"),
        ]

    def __str__(self) -> str:
        return f"Mall version {self.nummer}"

    @property
    def lage_i_ord(self) -> str:
        """Return where it is in its life; a draft that was put aside never counted from any day."""
        never = self.status == Mallstatus.UTGANGEN and self.galler_fran_date is None
        return "Kastat utkast" if never else self.get_status_display()

    def natural_key(self) -> tuple[int]:
        """Return the number."""
        return (self.nummer,)


class MallavsnittManager(models.Manager):
    """Find a section by its version and key."""

    def get_by_natural_key(self, mallversion: int, nyckel: str) -> models.Model:
        """Return the section."""
        return self.get(mallversion__nummer=mallversion, nyckel=nyckel)


class Mallavsnitt(models.Model):
    """A heading of the template with its guidance, and the documents it belongs to."""

    mallversion = models.ForeignKey(Mallversion, models.PROTECT, verbose_name="mallversion", related_name="avsnitt")
    nyckel = models.SlugField("nyckel", max_length=60)
    nummer = models.CharField("nummer", max_length=10, blank=True)
    rubrik = models.CharField("rubrik", max_length=150)
    vagledning = models.TextField("vägledning", blank=True)
    ordning = models.PositiveSmallIntegerField("ordning")
    foralder = models.SlugField("under avsnittet", max_length=60, blank=True)
    innehall = models.CharField("innehåll", max_length=20, choices=Innehall.choices, default=Innehall.TEXT)
    i_uppdrag = models.BooleanField("ingår i uppdraget", default=False)
    i_slutrapport = models.BooleanField("ingår i slutrapporten", default=False)
    i_uppfoljning = models.BooleanField("ingår i uppföljningen", default=False)

    objects = MallavsnittManager()

    class Meta:
        verbose_name = "mallavsnitt"
        verbose_name_plural = "mallavsnitt"
        constraints: ClassVar = [
            closed_set("innehall", Innehall),
            models.UniqueConstraint(fields=["mallversion", "nyckel"], name="en_nyckel_per_mall"),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.rubrik}".strip()

    def natural_key(self) -> tuple[int, str]:
        """Return the version's number and the key."""
        return (self.mallversion.nummer, self.nyckel)
