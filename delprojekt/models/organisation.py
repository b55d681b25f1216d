"""Sjukvårdsregion, regioner och organ: data, never the number four."""

from typing import ClassVar

from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Organslag
from delprojekt.process.granser import REGIONSVAR_DAGAR, SYNPUNKTER_DAGAR


class SlugManager(models.Manager):
    """Find a row by its natural key."""

    def get_by_natural_key(self, slug: str) -> models.Model:
        """Return the row with the slug."""
        return self.get(slug=slug)


class Sjukvardsregion(models.Model):
    """Root of configuration: what differs between sjukvårdsregioner."""

    slug = models.SlugField("nyckel", unique=True)
    namn = models.CharField("namn", max_length=100)
    kortform = models.CharField("kortform", max_length=20)
    beslutsformel = models.CharField("beslutsformel", max_length=200)
    min_regioner = models.PositiveSmallIntegerField("minsta antal regioner", default=3)
    har_politisk_styrgrupp = models.BooleanField("har politisk styrgrupp", default=True)
    paminn_bara_vardagar = models.BooleanField("påminnelser skickas bara på vardagar", default=False)
    avstar_blockerar = models.BooleanField("den som avstår räknas som inte enig", default=True)
    svarstid_synpunkter_dagar = models.PositiveSmallIntegerField(
        "dagar för regionens synpunkter", default=SYNPUNKTER_DAGAR
    )
    svarstid_beslut_dagar = models.PositiveSmallIntegerField(
        "dagar till påminnelse om regionens beslut", default=REGIONSVAR_DAGAR
    )

    objects = SlugManager()

    class Meta:
        verbose_name = "sjukvårdsregion"
        verbose_name_plural = "sjukvårdsregioner"

    def __str__(self) -> str:
        return self.namn

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)


class Region(models.Model):
    """A region: a huvudman that decides for itself."""

    slug = models.SlugField("nyckel", unique=True)
    sjukvardsregion = models.ForeignKey(
        Sjukvardsregion, models.PROTECT, verbose_name="sjukvårdsregion", related_name="regioner"
    )
    namn = models.CharField("namn", max_length=100)
    kortnamn = models.CharField("kortnamn", max_length=50)
    ordning = models.PositiveSmallIntegerField("ordning", default=0)
    patientsynpunkter = models.BooleanField("kräver patientsynpunkter också i uppföljningen", default=False)
    barnets_basta = models.BooleanField("kräver att barnets bästa beskrivs", default=False)

    objects = SlugManager()

    class Meta:
        verbose_name = "region"
        verbose_name_plural = "regioner"

    def __str__(self) -> str:
        return self.namn

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)


class Organ(models.Model):
    """A body: nämnd, grupp, chefsamråd, programområde."""

    slug = models.SlugField("nyckel", unique=True, max_length=80)
    slag = models.CharField("slag", max_length=20, choices=Organslag.choices)
    namn = models.CharField("namn", max_length=150)
    kortnamn = models.CharField("kortnamn", max_length=60, blank=True)

    objects = SlugManager()

    class Meta:
        verbose_name = "organ"
        verbose_name_plural = "organ"
        constraints: ClassVar = [closed_set("slag", Organslag)]

    def __str__(self) -> str:
        return self.namn

    @property
    def fullt_namn(self) -> str:
        """Return the name with its kind where the name alone does not say it: ``Chefsamråd Internmedicin``."""
        kinds = {Organslag.CHEFSAMRAD: "Chefsamråd", Organslag.RPO: "RPO", Organslag.RSG: "RSG"}
        return f"{kinds.get(Organslag(self.slag), '')} {self.namn}".strip()

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)


class Mote(models.Model):
    """A meeting of a body on a day; facts and decisions point to its items."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="organ", related_name="moten")
    date = models.DateField("datum")

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        constraints: ClassVar = [models.UniqueConstraint(fields=["organ", "date"], name="ett_mote_per_organ_och_dag")]

    def __str__(self) -> str:
        return f"{self.organ} {skriv(self.date)}"


class Arende(models.Model):
    """An item on a meeting's agenda: a point of ledningsgruppen's, a § of the nämnd's."""

    mote = models.ForeignKey(Mote, models.PROTECT, verbose_name="möte", related_name="arenden")
    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="arenden")
    punkt = models.CharField("punkt eller §", max_length=20, blank=True)

    class Meta:
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"

    def __str__(self) -> str:
        return f"{self.mote}, punkt {self.punkt}" if self.punkt else str(self.mote)
