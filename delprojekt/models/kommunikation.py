"""Kommunikationsplan: what is to be told, to whom, when and by whom (§6.6)."""

from typing import ClassVar

import pghistory
from django.db import models

from delprojekt.models.bas import closed_set


class Insatstyp(models.TextChoices):
    """Kinds of activities (M6.6-2)."""

    INTERVJU = "intervju", "Intervju"
    SEMINARIUM = "seminarium", "Digitalt seminarium"
    NYHETSBREV = "nyhetsbrev", "Nyhetsbrev"
    REPORTAGE = "reportage", "Reportage"
    ANNAT = "annat", "Annat"


class Insatsskede(models.TextChoices):
    """The two blocks of the plan: when it starts (M6.6-2), and before the introduction (M6.6-3)."""

    START = "start", "När delprojektet startar"
    INFORANDE = "inforande", "Inför införandet"


@pghistory.track()
class Informationsinsats(models.Model):
    """One activity of the plan. Done has a date; one that is not to be is struck."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="insatser")
    skede = models.CharField("skede", max_length=12, choices=Insatsskede.choices)
    typ = models.CharField("typ", max_length=12, choices=Insatstyp.choices)
    vad = models.CharField("vad", max_length=200)
    malgrupp = models.CharField("målgrupp", max_length=150, blank=True)
    kanal = models.CharField("kanal", max_length=100, blank=True)
    nar = models.CharField("när", max_length=40, blank=True)
    ansvarig = models.CharField("ansvarig", max_length=120, blank=True)
    klar_date = models.DateField("klar", null=True, blank=True)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "informationsinsats"
        verbose_name_plural = "informationsinsatser"
        constraints: ClassVar = [closed_set("skede", Insatsskede), closed_set("typ", Insatstyp)]

    def __str__(self) -> str:
        return self.vad
