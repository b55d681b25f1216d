"""How each region introduces what it has decided, and what stands in the way (§5.7)."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import skriv


class Inforandelage(models.TextChoices):
    """How far a region has come with one recommendation (M5.7-1)."""

    EJ_PABORJAT = "ej_paborjat", "Inte påbörjat"
    PLANERAT = "planerat", "Planerat"
    PAGAR = "pagar", "Pågår"
    DELVIS = "delvis", "Delvis infört"
    INFORT = "infort", "Infört"
    EJ_AKTUELLT = "ej_aktuellt", "Inte aktuellt"


@pghistory.track()
class Inforandestatus(models.Model):
    """What a region said of the introduction of one recommendation. A new word is a new row; the latest counts.

    Without a region it is the sjukvårdsregional level, which kansliet introduces (M5.7-2).
    """

    rekommendation = models.ForeignKey(
        "Rekommendation", models.PROTECT, verbose_name="rekommendation", related_name="inforande"
    )
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    lage = models.CharField("läge", max_length=12, choices=Inforandelage.choices)
    ansvarig = models.CharField("ansvarig", max_length=150, blank=True)
    planerat_date = models.DateField("planeras vara infört", null=True, blank=True)
    planerat_text = models.CharField("planeras vara infört, så långt det är känt", max_length=40, blank=True)
    kommentar = models.TextField("kommentar", blank=True)
    rapporterat_at = models.DateTimeField("rapporterat")
    rapporterat_av = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="rapporterat av", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "införandestatus"
        verbose_name_plural = "införandestatus"
        constraints: ClassVar = [closed_set("lage", Inforandelage)]
        indexes: ClassVar = [models.Index(fields=["rekommendation", "region"])]

    def __str__(self) -> str:
        return f"{self.region or 'Sjukvårdsregional nivå'}: {self.get_lage_display()}"

    @property
    def planerat(self) -> str:
        """Return when it is planned to be introduced: ``4 juni 2027`` or ``HT 2027``; empty when nobody has said."""
        return self.planerat_text or (skriv(self.planerat_date) if self.planerat_date else "")


class Hinderslag(models.TextChoices):
    """What kind of hindrance it is: a dispute is taken up by the chefsamråd first (P-22)."""

    HINDER = "hinder", "Hinder"
    TVIST = "tvist", "Tvist mellan parter"


class Hinderlage(models.TextChoices):
    """With whom a hindrance lies (process.md §2.3), in the order it is lifted."""

    ANMALT = "anmalt", "Anmält"
    CHEFSAMRAD = "chefsamrad", "Hos chefsamrådet"
    SAMARBETSGRUPP = "samarbetsgrupp", "Hos samarbetsgruppen"
    LEDNINGSGRUPP = "ledningsgrupp", "Hos ledningsgruppen"
    LOST = "lost", "Löst"
    KVARSTAR = "kvarstar", "Kvarstår"


HINDER_AVSLUTAT: frozenset[str] = frozenset({Hinderlage.LOST, Hinderlage.KVARSTAR})


@pghistory.track()
class Inforandehinder(models.Model):
    """Something that stands in the way of introducing one recommendation in one region (M5.7-5)."""

    rekommendation = models.ForeignKey(
        "Rekommendation", models.PROTECT, verbose_name="rekommendation", related_name="hinder"
    )
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", related_name="+")
    slag = models.CharField("slag", max_length=10, choices=Hinderslag.choices, default=Hinderslag.HINDER)
    text = models.TextField("vad som hindrar")
    lage = models.CharField("läge", max_length=15, choices=Hinderlage.choices, default=Hinderlage.ANMALT)

    class Meta:
        verbose_name = "införandehinder"
        verbose_name_plural = "införandehinder"
        constraints: ClassVar = [closed_set("slag", Hinderslag), closed_set("lage", Hinderlage)]

    def __str__(self) -> str:
        return f"{self.region}, punkt {self.rekommendation.nummer}: {self.text}"

    @property
    def oppet(self) -> bool:
        """Tell whether somebody still has to deal with it."""
        return self.lage not in HINDER_AVSLUTAT


@pghistory.track()
class Hindersteg(models.Model):
    """One step of a hindrance: told, lifted to a body, or ended; with the day and what was said."""

    hinder = models.ForeignKey(Inforandehinder, models.PROTECT, verbose_name="hinder", related_name="vag")
    lage = models.CharField("läge", max_length=15, choices=Hinderlage.choices)
    date = models.DateField("datum")
    text = models.TextField("vad som sades", blank=True)
    av = models.ForeignKey("Person", models.PROTECT, verbose_name="av", null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "hindersteg"
        verbose_name_plural = "hindersteg"
        constraints: ClassVar = [
            closed_set("lage", Hinderlage),
            models.CheckConstraint(name="kvarstar_med_skal", condition=~Q(lage="kvarstar", text="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_lage_display()} {self.date:%Y-%m-%d}"
