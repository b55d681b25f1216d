"""What the slutrapport proposes: åtgärdsförslag and how to follow up (§5.4, §5.8)."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set
from delprojekt.process.matning import Riktning


class Risk(models.TextChoices):
    """How great the risk of undanträngning is (M5.4-4)."""

    LAG = "lag", "Låg"
    MEDEL = "medel", "Medel"
    HOG = "hog", "Hög"


@pghistory.track()
class Atgardsforslag(models.Model):
    """One proposed measure with the fields of §5.4."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="atgardsforslag"
    )
    nummer = models.PositiveSmallIntegerField("nummer")
    rubrik = models.CharField("rubrik", max_length=200)
    text = models.TextField("vad, vem och när", blank=True)
    rimlighet = models.TextField("rimlighet", blank=True)
    genomforbarhet = models.TextField("genomförbarhet", blank=True)
    narliggande = models.TextField("närliggande områden", blank=True)
    undantrangning = models.CharField("risk för undanträngning", max_length=5, choices=Risk.choices, blank=True)
    undantrangning_text = models.TextField("vad som kan trängas undan", blank=True)
    kraver_medel = models.BooleanField("kräver medel", default=False)
    kalkyl_tkr = models.PositiveIntegerField("grov kalkyl, tkr per år", null=True, blank=True)
    kalkyl_text = models.TextField("antaganden i kalkylen", blank=True)
    diskuterat_date = models.DateField("diskuterat med chefer", null=True, blank=True)
    diskuterat_med = models.CharField("chefer och chefsamråd", max_length=200, blank=True)
    struken_at = models.DateTimeField("struket", null=True, blank=True)

    class Meta:
        verbose_name = "åtgärdsförslag"
        verbose_name_plural = "åtgärdsförslag"
        constraints: ClassVar = [
            closed_set("undantrangning", Risk, blank=True),
            models.UniqueConstraint(
                fields=["omgang", "nummer"], condition=Q(struken_at=None), name="forslag_ar_numrerade"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.rubrik}"


@pghistory.track()
class Uppfoljningsplan(models.Model):
    """How, when and by whom the follow-up is to be made (M5.8-1); one per uppdragsomgång."""

    omgang = models.OneToOneField("Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="plan")
    hur = models.TextField("hur", blank=True)
    nar = models.CharField("när", max_length=100, blank=True)
    vem = models.CharField("vem", max_length=200, blank=True)

    class Meta:
        verbose_name = "uppföljningsplan"
        verbose_name_plural = "uppföljningsplaner"

    def __str__(self) -> str:
        return f"Uppföljning av {self.omgang}"


@pghistory.track()
class Uppfoljningsparameter(models.Model):
    """A named parameter (M5.8-2); its values may come later."""

    plan = models.ForeignKey(Uppfoljningsplan, models.PROTECT, verbose_name="plan", related_name="parametrar")
    namn = models.CharField("parameter", max_length=200)
    kalla = models.CharField("källa", max_length=200, blank=True)
    utgangsvarde = models.CharField("utgångsvärde", max_length=60, blank=True)
    malvarde = models.CharField("mål", max_length=60, blank=True)
    riktning = models.CharField("riktning", max_length=10, choices=Riktning.choices, default=Riktning.HOGRE)
    nivaer = ArrayField(models.CharField(max_length=40), verbose_name="nivåer, lägst först", default=list, blank=True)
    ordning = models.PositiveSmallIntegerField("ordning", default=0)
    struken_at = models.DateTimeField("struken", null=True, blank=True)

    class Meta:
        verbose_name = "uppföljningsparameter"
        verbose_name_plural = "uppföljningsparametrar"
        constraints: ClassVar = [closed_set("riktning", Riktning)]

    def __str__(self) -> str:
        return self.namn
