"""Faktum: what is registered as having happened inside a step. Append-only; a newer row replaces an older."""

from typing import ClassVar

import pghistory
from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import FAKTA, Faktumslag, Organslag
from delprojekt.process.klocka import nu


@pghistory.track(pghistory.InsertEvent())  # it only grows; what is kept is which act it was written by
class Faktumrad(models.Model):
    """One registered fact. It belongs to a visit and to an uppdragsomgång; its kind says which of them it lives by.

    ``datum_text`` is filled in when only a month, a season or a year is known; ``date`` is then its last day, to sort
    by. ``organ`` is the body when the day of its meeting is not known. ``skal`` says why a row that ``ersätter``
    another was written.
    """

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="fakta")
    besok = models.ForeignKey("Stegbesok", models.PROTECT, verbose_name="besök", related_name="fakta")
    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", null=True, blank=True, related_name="fakta"
    )
    slag = models.CharField("slag", max_length=40, choices=Faktumslag.choices)
    date = models.DateField("datum")
    datum_text = models.CharField("datum, så långt det är känt", max_length=40, blank=True)
    till_date = models.DateField("till", null=True, blank=True)
    arende = models.ForeignKey(
        "Arende", models.PROTECT, verbose_name="ärende", null=True, blank=True, related_name="fakta"
    )
    organ = models.CharField("organ", max_length=20, choices=Organslag.choices, blank=True)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    val = models.CharField("val", max_length=30, blank=True)
    part = models.CharField("vem eller vad", max_length=200, blank=True)
    text = models.TextField("text", blank=True)
    efterhand = models.BooleanField("registrerat i efterhand", default=False)
    skal = models.TextField("skäl till rättelsen", blank=True)
    ersatter = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersätter", null=True, blank=True, related_name="ersatt_av"
    )
    registrerat_av = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="registrerat av", null=True, related_name="+"
    )
    registrerat_at = models.DateTimeField("registrerat", default=nu)

    class Meta:
        verbose_name = "faktum"
        verbose_name_plural = "fakta"
        constraints: ClassVar = [closed_set("slag", Faktumslag), closed_set("organ", Organslag, blank=True)]
        indexes: ClassVar = [models.Index(fields=["delprojekt", "slag"])]

    def __str__(self) -> str:
        return f"{self.get_slag_display()} {self.datum_text or skriv(self.date)}"

    @property
    def nar(self) -> str:
        """Return when it happened, as far as it is known: ``4 juni 2026`` or ``våren 2019``."""
        return self.datum_text or skriv(self.date)

    @property
    def organ_i_ord(self) -> str:
        """Return the body it was said at: by its meeting, or its kind when the day is not known; else nothing."""
        if self.arende is None:
            return self.get_organ_display()
        organ = self.arende.mote.organ
        return organ.kortnamn or organ.namn

    @property
    def val_i_ord(self) -> str:
        """Return what was chosen, in words; empty when the kind of fact has no choice."""
        choices = FAKTA[Faktumslag(self.slag)].val
        return str(choices(self.val).label) if choices and self.val else ""
