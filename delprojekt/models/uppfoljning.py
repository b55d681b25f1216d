"""The rounds of follow-up: window, who is asked, measured values and result (§5.8)."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import skriv


class Uppfoljningsform(models.TextChoices):
    """How the report is written (M5.8-9)."""

    SEPARAT = "separat", "Eget dokument som hänvisar till slutrapporten"
    INLAGD = "inlagd", "Ett kapitel sist i slutrapporten"


@pghistory.track()
class Uppfoljningsomgang(models.Model):
    """One round of follow-up: a row with fixed days, never a rule of recurrence (M5.8-3, M5.8-12).

    ``raknas_date`` is the day that ``frist_date`` was counted from, or set: pauses after it move the deadline (V-1).
    The days are empty where they build on a decision from before the portal whose day is not known.
    """

    namndbeslut = models.ForeignKey(
        "Namndbeslut", models.PROTECT, verbose_name="nämndbeslut", related_name="uppfoljningar"
    )
    nummer = models.PositiveSmallIntegerField("omgång")
    fran_date = models.DateField("tidigast", null=True, blank=True)
    frist_date = models.DateField("senast", null=True, blank=True)
    frist_skal = models.TextField("varför fristen ändrats", blank=True)
    raknas_date = models.DateField("fristen räknas från", null=True, blank=True)
    form = models.CharField("form", max_length=10, choices=Uppfoljningsform.choices, default=Uppfoljningsform.SEPARAT)
    sidor = models.PositiveSmallIntegerField("antal sidor", null=True, blank=True)
    insats = models.TextField("vad som har gjorts", blank=True)
    effekt = models.TextField("vad det har gett", blank=True)
    patientsynpunkter = models.TextField("patienters synpunkter", blank=True)
    enkat_fragade = models.PositiveIntegerField("fick enkäten", null=True, blank=True)
    enkat_svar = models.PositiveIntegerField("svarade på enkäten", null=True, blank=True)
    chefer_fragade = models.PositiveIntegerField("tillfrågade chefer", null=True, blank=True)
    chefer_svar = models.PositiveIntegerField("chefer som svarat", null=True, blank=True)
    stangd_date = models.DateField("stängd", null=True, blank=True)
    aterkallad_at = models.DateTimeField("återkallad", null=True, blank=True)

    class Meta:
        verbose_name = "uppföljningsomgång"
        verbose_name_plural = "uppföljningsomgångar"
        constraints: ClassVar = [
            closed_set("form", Uppfoljningsform),
            models.UniqueConstraint(
                fields=["namndbeslut", "nummer"], condition=Q(aterkallad_at=None), name="uppfoljningar_ar_numrerade"
            ),
            models.CheckConstraint(name="fonstret_ar_ett_fonster", condition=Q(fran_date__lte=F("frist_date"))),
            models.CheckConstraint(
                name="inte_fler_enkatsvar_an_fragade",
                condition=Q(enkat_svar=None) | Q(enkat_svar__lte=F("enkat_fragade")),
            ),
            models.CheckConstraint(
                name="inte_fler_chefssvar_an_fragade",
                condition=Q(chefer_svar=None) | Q(chefer_svar__lte=F("chefer_fragade")),
            ),
        ]

    def __str__(self) -> str:
        return f"Uppföljning {self.nummer}"

    @property
    def fonster(self) -> str:
        """Return the days in words: ``mellan 22 maj 2027 och 22 november 2027``; empty if not known."""
        if self.fran_date is None or self.frist_date is None:
            return ""
        return f"mellan {skriv(self.fran_date)} och {skriv(self.frist_date)}"


class Forfragningssvar(models.TextChoices):
    """What somebody who is asked to make the follow-up answers (M5.8-4)."""

    JA = "ja", "Ja"
    NEJ = "nej", "Nej"


@pghistory.track()
class Uppfoljningsforfragan(models.Model):
    """Somebody is asked to make the follow-up, and answers; a no says why, and then the next is asked (M5.8-4)."""

    omgang = models.ForeignKey(
        Uppfoljningsomgang, models.PROTECT, verbose_name="uppföljningsomgång", related_name="forfragningar"
    )
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="person", related_name="+")
    fragad_date = models.DateField("tillfrågad")
    svara_senast_date = models.DateField("svar senast", null=True, blank=True)
    svar = models.CharField("svar", max_length=5, choices=Forfragningssvar.choices, blank=True)
    svar_date = models.DateField("svarade", null=True, blank=True)
    skal = models.TextField("skäl", blank=True)

    class Meta:
        verbose_name = "uppföljningsförfrågan"
        verbose_name_plural = "uppföljningsförfrågningar"
        constraints: ClassVar = [
            closed_set("svar", Forfragningssvar, blank=True),
            models.CheckConstraint(name="nej_med_skal", condition=~Q(svar="nej", skal="")),
            models.UniqueConstraint(
                fields=["omgang", "person"], condition=Q(svar=""), name="en_obesvarad_fraga_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_svar_display() or 'har inte svarat'}"


@pghistory.track()
class Matvarde(models.Model):
    """A measured value of a parameter, in one region or in all of them together, for a period. The latest counts."""

    omgang = models.ForeignKey(
        Uppfoljningsomgang, models.PROTECT, verbose_name="uppföljningsomgång", related_name="matvarden"
    )
    parameter = models.ForeignKey(
        "Uppfoljningsparameter", models.PROTECT, verbose_name="parameter", related_name="matvarden"
    )
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    period = models.CharField("period", max_length=60)
    varde = models.DecimalField("värde", max_digits=14, decimal_places=4)
    niva = models.CharField("nivå", max_length=40, blank=True)
    kalla = models.CharField("källa", max_length=200, blank=True)
    registrerat_at = models.DateTimeField("registrerat")

    class Meta:
        verbose_name = "mätvärde"
        verbose_name_plural = "mätvärden"
        indexes: ClassVar = [models.Index(fields=["omgang", "parameter"])]

    def __str__(self) -> str:
        return f"{self.parameter}, {self.region or 'hela sjukvårdsregionen'}, {self.period}: {self.varde:g}"
