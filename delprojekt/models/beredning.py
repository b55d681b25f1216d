"""Beredning: whom kansliet has asked, and which bodies a delprojekt touches (§5, §5.1.2)."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from delprojekt.models.delprojekt import Delprojekt


@pghistory.track()
class Beredningskontakt(models.Model):
    """One body that kansliet has asked about a förslag, and what it answered (M5.1.2-1)."""

    delprojekt = models.ForeignKey(
        Delprojekt, models.PROTECT, verbose_name="delprojekt", related_name="beredningskontakter"
    )
    organ = models.ForeignKey("Organ", models.PROTECT, verbose_name="instans", null=True, blank=True)
    instans = models.CharField("annan instans", max_length=150, blank=True)
    fraga = models.TextField("fråga")
    fragad_date = models.DateField("frågan ställd")
    svar = models.TextField("svar", blank=True)
    besvarad_date = models.DateField("besvarad", null=True, blank=True)

    class Meta:
        verbose_name = "beredningskontakt"
        verbose_name_plural = "beredningskontakter"
        constraints: ClassVar = [
            models.CheckConstraint(name="instansen_ar_namngiven", condition=Q(organ__isnull=False) | ~Q(instans="")),
            models.CheckConstraint(
                name="svar_och_svarsdag_foljs_at",
                condition=Q(svar="", besvarad_date=None) | (~Q(svar="") & Q(besvarad_date__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.namn

    @property
    def namn(self) -> str:
        """Return the body's name: ``Chefsamråd Internmedicin``, ``RPO Medicinsk diagnostik``, or as it was written."""
        return self.organ.fullt_namn if self.organ else self.instans


@pghistory.track()
class Organkoppling(models.Model):
    """A body that a delprojekt touches (RPO, RSG, chefsamråd), or that somebody has said that no chefsamråd exists.

    Without an organ the row says "chefsamråd saknas" (M5-7). A row that no longer holds is struck.
    """

    delprojekt = models.ForeignKey(
        Delprojekt, models.PROTECT, verbose_name="delprojekt", related_name="organkopplingar"
    )
    organ = models.ForeignKey("Organ", models.PROTECT, verbose_name="organ", null=True, blank=True)
    sagt_av = models.CharField("vem som sagt det", max_length=120, blank=True)
    sagt_date = models.DateField("datum")
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "koppling till organ"
        verbose_name_plural = "kopplingar till organ"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="den_som_sager_att_det_saknas_ar_namngiven",
                condition=Q(organ__isnull=False) | ~Q(sagt_av=""),
            ),
            models.UniqueConstraint(
                fields=["delprojekt", "organ"],
                condition=Q(struken_at=None),
                nulls_distinct=False,
                name="en_koppling_per_organ",
            ),
        ]

    def __str__(self) -> str:
        return self.organ.fullt_namn if self.organ else f"Chefsamråd saknas, enligt {self.sagt_av}"
