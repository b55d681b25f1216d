"""Beslutsförslag, stances, the nämnd's decision and its recommendations (§5.4.3, §5.5)."""

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import OKANT_DATUM, skriv
from delprojekt.process.granser import laga_kraft


@pghistory.track()
class Beslutsforslag(models.Model):
    """One version of ledningsgruppen's beslutsförslag. A change is a new version; stances belong to one version."""

    delprojekt = models.ForeignKey(
        "Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="beslutsforslag"
    )
    besok = models.ForeignKey("Stegbesok", models.PROTECT, verbose_name="besök", related_name="beslutsforslag")
    version = models.PositiveSmallIntegerField("version")
    barnets_basta = models.TextField("barnets bästa", blank=True)
    skrivet_at = models.DateTimeField("skrivet")
    skrivet_av = models.ForeignKey("Person", models.PROTECT, verbose_name="skrivet av", null=True, related_name="+")

    class Meta:
        verbose_name = "beslutsförslag"
        verbose_name_plural = "beslutsförslag"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delprojekt", "version"], name="beslutsforslag_versioner")
        ]

    def __str__(self) -> str:
        return f"Beslutsförslag version {self.version}"


class Behandling(models.TextChoices):
    """What ledningsgruppen made of an åtgärdsförslag in a clause (M5.4.3-2); one it leaves out is a StruketForslag."""

    ANTAGET = "antaget", "Antaget"
    ANDRAT = "andrat", "Ändrat"
    NYTT = "nytt", "Nytt, finns inte i rapporten"


@pghistory.track()
class Attsats(models.Model):
    """One clause: what follows "… rekommenderar regionerna att"."""

    beslutsforslag = models.ForeignKey(
        Beslutsforslag, models.PROTECT, verbose_name="beslutsförslag", related_name="attsatser"
    )
    nummer = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("att-sats")
    atgardsforslag = models.ForeignKey(
        "Atgardsforslag",
        models.PROTECT,
        verbose_name="från åtgärdsförslag",
        null=True,
        blank=True,
        related_name="attsatser",
    )
    behandling = models.CharField("behandling", max_length=10, choices=Behandling.choices, default=Behandling.NYTT)
    sjukvardsregional = models.BooleanField("riktas till den sjukvårdsregionala nivån", default=False)
    mottagare = models.ManyToManyField("Region", verbose_name="mottagare", related_name="+")

    class Meta:
        verbose_name = "att-sats"
        verbose_name_plural = "att-satser"
        constraints: ClassVar = [
            closed_set("behandling", Behandling),
            models.UniqueConstraint(fields=["beslutsforslag", "nummer"], name="attsatser_ar_numrerade"),
            models.CheckConstraint(
                name="nytt_nar_inget_atgardsforslag",
                condition=Q(atgardsforslag=None, behandling="nytt")
                | Q(Q(atgardsforslag__isnull=False), ~Q(behandling="nytt")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.text}"


@pghistory.track()
class StruketForslag(models.Model):
    """An åtgärdsförslag that a version of the beslutsförslag leaves out, and why (M5.4.3-2)."""

    beslutsforslag = models.ForeignKey(
        Beslutsforslag, models.PROTECT, verbose_name="beslutsförslag", related_name="strukna"
    )
    atgardsforslag = models.ForeignKey(
        "Atgardsforslag", models.PROTECT, verbose_name="åtgärdsförslag", related_name="strukna"
    )
    skal = models.TextField("varför")

    class Meta:
        verbose_name = "struket förslag"
        verbose_name_plural = "strukna förslag"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["beslutsforslag", "atgardsforslag"], name="struket_en_gang"),
            models.CheckConstraint(name="struket_med_skal", condition=~Q(skal="")),
        ]

    def __str__(self) -> str:
        return f"{self.atgardsforslag}: {self.skal}"


class Stallningsval(models.TextChoices):
    """A region's stance on a version."""

    ENIG = "enig", "Enig"
    EJ_ENIG = "ej_enig", "Inte enig"
    AVSTAR = "avstar", "Avstår"


@pghistory.track()
class Stallning(models.Model):
    """A region's stance on one version of the beslutsförslag, in one visit (M5.4.3-3)."""

    beslutsforslag = models.ForeignKey(
        Beslutsforslag, models.PROTECT, verbose_name="beslutsförslag", related_name="stallningar"
    )
    besok = models.ForeignKey("Stegbesok", models.PROTECT, verbose_name="besök", related_name="stallningar")
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region")
    val = models.CharField("ställning", max_length=10, choices=Stallningsval.choices)
    skal = models.TextField("skäl", blank=True)
    lamnad_at = models.DateTimeField("lämnad")
    lamnad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="lämnad av", null=True, related_name="+")

    class Meta:
        verbose_name = "ställning"
        verbose_name_plural = "ställningar"
        constraints: ClassVar = [
            closed_set("val", Stallningsval),
            models.UniqueConstraint(fields=["beslutsforslag", "besok", "region"], name="en_stallning_per_region"),
            models.CheckConstraint(name="skal_nar_inte_enig", condition=~Q(val="ej_enig", skal="")),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_val_display()}"


@pghistory.track()
class Namndbeslut(models.Model):
    """What nämnden decided, verbatim. Recalled by ångra, never deleted; received answers are kept.

    Before the portal the day may not be known: then there is no ``arende``, ``datum_text`` says what is known of the
    day (empty: nothing) and ``paragraf`` the §.
    """

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="namndbeslut")
    besok = models.ForeignKey("Stegbesok", models.PROTECT, verbose_name="besök", related_name="namndbeslut")
    arende = models.ForeignKey(
        "Arende", models.PROTECT, verbose_name="ärende", null=True, blank=True, related_name="namndbeslut"
    )
    datum_text = models.CharField("sammanträde, så långt det är känt", max_length=40, blank=True)
    paragraf = models.CharField("paragraf", max_length=20, blank=True)
    dnr = models.CharField("diarienummer", max_length=60, blank=True)
    lydelse = models.TextField("lydelse")
    justerat_date = models.DateField("justerat", null=True, blank=True)
    anslaget_date = models.DateField("anslaget", null=True, blank=True)
    anslag_ned_date = models.DateField("anslaget nedtaget", null=True, blank=True)
    foredragande = models.CharField("föredragande", max_length=200, blank=True)
    aterkallat_at = models.DateTimeField("återkallat", null=True, blank=True)

    class Meta:
        verbose_name = "nämndbeslut"
        verbose_name_plural = "nämndbeslut"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delprojekt"], condition=Q(aterkallat_at=None), name="ett_gallande_namndbeslut"
            )
        ]

    def __str__(self) -> str:
        return f"Södra regionvårdsnämnden {self.nar_och_var}"

    @property
    def dag(self) -> date | None:
        """Return the day of the meeting; None when it is not known."""
        return self.arende.mote.date if self.arende else None

    @property
    def nar(self) -> str:
        """Return when nämnden met, as far as it is known: ``4 juni 2026``, ``våren 2019`` or ``okänt datum``."""
        return skriv(self.dag) if self.dag else self.datum_text or OKANT_DATUM

    @property
    def punkt(self) -> str:
        """Return the §; empty when it is not known, as it may be before the portal."""
        return self.arende.punkt if self.arende else self.paragraf

    @property
    def nar_och_var(self) -> str:
        """Return day and §, as far as they are known: ``4 juni 2026 § 27``."""
        return f"{self.nar} § {self.punkt}" if self.punkt else self.nar

    @property
    def laga_kraft_date(self) -> date | None:
        """Return the first day on which the decision can be laga kraft: 21 days after the notice; None without one."""
        return laga_kraft(self.anslaget_date)


@pghistory.track()
class Rekommendation(models.Model):
    """One recommendation to one or more regions; made from an att-sats when nämnden decides."""

    namndbeslut = models.ForeignKey(
        Namndbeslut, models.PROTECT, verbose_name="nämndbeslut", related_name="rekommendationer"
    )
    nummer = models.PositiveSmallIntegerField("nummer")
    attsats = models.ForeignKey(
        Attsats, models.PROTECT, verbose_name="från att-sats", null=True, blank=True, related_name="rekommendationer"
    )
    text = models.TextField("rekommendation")
    sjukvardsregional = models.BooleanField("riktas till den sjukvårdsregionala nivån", default=False)
    mottagare = models.ManyToManyField("Region", verbose_name="mottagare", related_name="rekommendationer")

    class Meta:
        verbose_name = "rekommendation"
        verbose_name_plural = "rekommendationer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["namndbeslut", "nummer"], name="rekommendationer_ar_numrerade")
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.text}"
