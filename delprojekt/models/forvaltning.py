"""What is done to run the portal: its own log, and the accessibility statement in versions."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.process.forvaltning import Adminact


class Forvaltningshandelse(models.Model):
    """One event about a person, an account or a setting. Append-only, as Handelse is for delprojekt."""

    act = models.CharField("vad", max_length=40, choices=Adminact.choices)
    mening = models.TextField("i ord")
    av = models.ForeignKey("Person", models.PROTECT, verbose_name="av", null=True, related_name="+")
    om = models.ForeignKey("Person", models.PROTECT, verbose_name="om", null=True, related_name="forvaltning")
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, related_name="+")
    hande_at = models.DateTimeField("när")
    registrerat_at = models.DateTimeField("registrerat", auto_now_add=True)

    class Meta:
        verbose_name = "förvaltningshändelse"
        verbose_name_plural = "förvaltningshändelser"
        constraints: ClassVar = [closed_set("act", Adminact)]

    def __str__(self) -> str:
        return self.mening


class Forenlighet(models.TextChoices):
    """How far the portal follows lagen (2018:1937)."""

    HELT = "helt", "Helt förenlig"
    DELVIS = "delvis", "Delvis förenlig"
    INTE = "inte", "Inte förenlig"


class RedogorelseManager(models.Manager):
    """Find a version by its natural key."""

    def get_by_natural_key(self, andrad_at: datetime) -> models.Model:
        """Return the (first) version that was written at a moment."""
        return self.filter(andrad_at=andrad_at).order_by("pk")[:1].get()


@pghistory.track()
class Redogorelse(models.Model):
    """A version of the accessibility statement (conventions.md §6.1). A change is a new row; the latest is shown."""

    aktor = models.CharField("vem som står bakom", max_length=200)
    tjanst = models.CharField("tjänstens namn", max_length=100)
    forenlighet = models.CharField("hur tillgänglig", max_length=10, choices=Forenlighet.choices)
    brister = models.TextField("brister och skäl", blank=True)
    oskaligt = models.TextField("oskäligt betungande anpassning", blank=True)
    omfattas_inte = models.TextField("innehåll som inte omfattas", blank=True)
    metod = models.TextField("hur portalen har prövats")
    bedomd_date = models.DateField("senast bedömd")
    tillsyn_namn = models.CharField("tillsynsmyndighet", max_length=120)
    tillsyn_url = models.URLField("länk till anmälan", max_length=300)
    andrad_at = models.DateTimeField("senast ändrad")
    andrad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="ändrad av", null=True, related_name="+")

    objects = RedogorelseManager()

    class Meta:
        verbose_name = "tillgänglighetsredogörelse"
        verbose_name_plural = "tillgänglighetsredogörelser"
        constraints: ClassVar = [closed_set("forenlighet", Forenlighet)]

    def __str__(self) -> str:
        return f"Tillgänglighetsredogörelse {self.andrad_at:%Y-%m-%d}"

    def natural_key(self) -> tuple[datetime]:
        """Return when it was written."""
        return (self.andrad_at,)
