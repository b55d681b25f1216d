"""Allmänna handlingar: the register, its diarienummer, files that were turned away, and what was shared."""

from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set
from delprojekt.process.act import Act
from delprojekt.process.handling import NAMNDENS, Handlingstyp, Hantering


def quarantine() -> Storage:
    """Return the storage that nothing in the portal can open."""
    return storages["karantan"]


class AllmanHandling(models.Model):
    """One row of the register. Append-only: a correction is a new row with the same number that ``ersatter`` the old.

    Numbered per year, in the order of registration. ``rattelse`` counts the corrections of a number.
    """

    ar = models.PositiveSmallIntegerField("år")
    lopnummer = models.PositiveIntegerField("löpnummer")
    rattelse = models.PositiveSmallIntegerField("rättelse", default=0)
    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="handlingar")
    handelse = models.ForeignKey("Handelse", models.PROTECT, verbose_name="händelse", related_name="handlingar")
    typ = models.CharField("typ", max_length=12, choices=Handlingstyp.choices)
    date = models.DateField("datum")
    motpart = models.CharField("från eller till", max_length=300)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True, related_name="+")
    beskrivning = models.CharField("kort beskrivning", max_length=300)
    dokument = models.ForeignKey(
        "Dokumentversion", models.PROTECT, verbose_name="dokument", null=True, blank=True, related_name="handlingar"
    )
    beslutshandling = models.ForeignKey(
        "Beslutshandling", models.PROTECT, verbose_name="fil", null=True, blank=True, related_name="handlingar"
    )
    filnamn = models.CharField("filens namn", max_length=200, blank=True)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    sekretess = models.CharField("sekretess", max_length=200, blank=True)
    hantering = models.CharField("bevara eller gallra", max_length=15, choices=Hantering.choices)
    hantering_text = models.CharField("gallringsfrist eller plan", max_length=200, blank=True)
    ersatter = models.OneToOneField(
        "self", models.PROTECT, verbose_name="ersätter", null=True, blank=True, related_name="ersatt_av"
    )
    skal = models.TextField("skäl till rättelsen", blank=True)
    registrerad_at = models.DateTimeField("registrerad")
    registrerad_av = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="registrerad av", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "allmän handling"
        verbose_name_plural = "allmänna handlingar"
        constraints: ClassVar = [
            closed_set("typ", Handlingstyp),
            closed_set("hantering", Hantering),
            models.UniqueConstraint(fields=["ar", "lopnummer", "rattelse"], name="handlingar_ar_numrerade"),
            models.CheckConstraint(
                name="rattelse_har_skal",
                condition=Q(ersatter=None, rattelse=0) | (Q(ersatter__isnull=False, rattelse__gt=0) & ~Q(skal="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["delprojekt"])]

    def __str__(self) -> str:
        return f"{self.nummer} {self.beskrivning}"

    @property
    def nummer(self) -> str:
        """Return the number as it is written: ``H2026:17``."""
        return f"H{self.ar}:{self.lopnummer}"


class Hanteringsregel(models.Model):
    """What is to happen to one kind of handling, as it was decided. Append-only: the latest of a kind is the plan.

    ``slag`` is the act that leaves the handling in the register. Nothing is weeded without an archive authority's
    decision, so a rule to weed names it (conventions.md §6.2).
    """

    slag = models.CharField("slag av handling", max_length=60, choices=Act.choices)
    hantering = models.CharField("bevara eller gallra", max_length=15, choices=Hantering.choices)
    gallras_efter_ar = models.PositiveSmallIntegerField("gallras efter, år", null=True, blank=True)
    beslut = models.CharField("beslut", max_length=200, blank=True)
    skal = models.TextField("varför", blank=True)
    andrad_at = models.DateTimeField("ändrad")
    andrad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="ändrad av", null=True, related_name="+")

    class Meta:
        verbose_name = "hanteringsregel"
        verbose_name_plural = "hanteringsregler"
        constraints: ClassVar = [
            closed_set("slag", Act),
            closed_set("hantering", Hantering),
            models.CheckConstraint(
                name="gallring_har_tid_och_beslut",
                condition=~Q(hantering=Hantering.GALLRAS) | (Q(gallras_efter_ar__gt=0) & ~Q(beslut="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["slag", "-id"])]

    def __str__(self) -> str:
        return f"{self.get_slag_display()}: {self.get_hantering_display()}"


class Diarienummer(models.Model):
    """What number an authority's own diarium gives a handling. Free text: every authority writes it its own way.

    ``region`` is empty for the nämnd's kansli. Append-only: the latest of an authority counts.
    """

    handling = models.ForeignKey(AllmanHandling, models.PROTECT, verbose_name="handling", related_name="diarienummer")
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True, related_name="+")
    dnr = models.CharField("diarienummer", max_length=60)
    angivet_at = models.DateTimeField("angivet")
    angivet_av = models.ForeignKey("Person", models.PROTECT, verbose_name="angivet av", null=True, related_name="+")

    class Meta:
        verbose_name = "diarienummer"
        verbose_name_plural = "diarienummer"
        constraints: ClassVar = [models.CheckConstraint(name="dnr_ar_inte_tomt", condition=~Q(dnr=""))]

    def __str__(self) -> str:
        return f"{self.myndighet}: {self.dnr}"

    @property
    def myndighet(self) -> str:
        """Return whose diarium it is."""
        return self.region.namn if self.region else NAMNDENS


class Avvisning(models.Model):
    """A file that was sent and could not be taken: name, checksum and reason. Its bytes lie in quarantine."""

    handelse = models.ForeignKey("Handelse", models.PROTECT, verbose_name="händelse", related_name="avvisningar")
    act = models.CharField("vad den sändes med", max_length=60, choices=Act.choices)
    filnamn = models.CharField("filens namn", max_length=200)
    storlek = models.PositiveBigIntegerField("storlek, byte")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    skal = models.TextField("skäl")
    fil = models.FileField("i karantän", storage=quarantine, upload_to="avvisade/", max_length=255, blank=True)

    class Meta:
        verbose_name = "avvisad fil"
        verbose_name_plural = "avvisade filer"
        constraints: ClassVar = [closed_set("act", Act)]

    def __str__(self) -> str:
        return self.filnamn


class Delning(models.Model):
    """Arbetsmaterial that somebody of another authority fetched: who, when, which text (conventions.md §6.2)."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="delningar")
    jobb = models.ForeignKey(
        "Dokumentjobb", models.PROTECT, verbose_name="fil", null=True, blank=True, related_name="delningar"
    )
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="till", related_name="+")
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="myndighet", related_name="+")
    vad = models.CharField("vad", max_length=200)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    delad_at = models.DateTimeField("hämtad")

    class Meta:
        verbose_name = "delning"
        verbose_name_plural = "delningar"
        indexes: ClassVar = [models.Index(fields=["delprojekt", "-id"])]

    def __str__(self) -> str:
        return f"{self.vad} till {self.region}"


class Filkontroll(models.Model):
    """What the sweep of the stored files found; the health probe reads the latest."""

    kontrollerad_at = models.DateTimeField("kontrollerad")
    filer = models.PositiveIntegerField("filer")
    utan_rad = models.PositiveIntegerField("filer utan rad, flyttade till karantän")
    utan_fil = models.PositiveIntegerField("rader utan fil")

    class Meta:
        verbose_name = "filkontroll"
        verbose_name_plural = "filkontroller"

    def __str__(self) -> str:
        return f"{self.kontrollerad_at:%Y-%m-%d %H:%M}: {self.utan_fil} filer saknas"
