"""Tables made from data in a report, and the diagrams that are drawn of them (§5.4.1)."""

from collections.abc import Mapping
from typing import Any, ClassVar

import pghistory
from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.process.datatabell import Data, Diagramval, Kolumn, Visning


class Diagrambild(models.Model):
    """A diagram as it was drawn, known by what it shows. Never changed: papers that have been fixed show it."""

    sha256 = models.CharField("kontrollsumma av beskrivningen", max_length=64, unique=True)
    beskrivning = models.JSONField("beskrivning (Vega-Lite)")
    svg = models.TextField("bilden som SVG")
    png = models.BinaryField("bilden som PNG")
    ritad_at = models.DateTimeField("ritad")

    class Meta:
        verbose_name = "ritat diagram"
        verbose_name_plural = "ritade diagram"

    def __str__(self) -> str:
        return self.sha256[:12]


@pghistory.track()
class Datatabell(models.Model):
    """A table of data. It stands in a section where its mark is (``process.datatabell.INSATT``).

    ``kolumner`` and ``rader`` are the data, ``langs``, ``serier`` and ``grupp`` what the diagram shows of them,
    ``diagram`` the one that was drawn (None: there is none, or it could not be drawn). ``i_bilaga``: the table stands
    in the faktabilaga, and the text refers to it (M5.4.1-9).
    """

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="datatabeller"
    )
    nyckel = models.SlugField("avsnitt", max_length=60)
    rubrik = models.CharField("rubrik", max_length=300)
    kalla = models.CharField("källa", max_length=500, blank=True)
    lasanvisning = models.TextField("läsanvisning", blank=True)
    kolumner = models.JSONField("kolumner")
    rader = models.JSONField("rader")
    visning = models.CharField("visas som", max_length=12, choices=Visning.choices, default=Visning.TABELL)
    langs = models.PositiveSmallIntegerField("kolumn längs axeln", default=0)
    serier = models.JSONField("kolumner med tal", default=list)
    grupp = models.PositiveSmallIntegerField("kolumn som delar upp", null=True, blank=True)
    alt = models.TextField("vad diagrammet visar, i ord", blank=True)
    i_bilaga = models.BooleanField("i faktabilagan", default=False)
    diagram = models.ForeignKey(
        Diagrambild, models.PROTECT, verbose_name="diagrammet", null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("version", default=1)
    sparad_at = models.DateTimeField("sparad")
    sparad_av = models.ForeignKey("Person", models.PROTECT, verbose_name="sparad av", null=True, related_name="+")

    class Meta:
        verbose_name = "datatabell"
        verbose_name_plural = "datatabeller"
        constraints: ClassVar = [closed_set("visning", Visning)]

    def __str__(self) -> str:
        return self.rubrik

    @property
    def data(self) -> Data:
        """Return the table's data."""
        columns: list[Mapping[str, Any]] = self.kolumner
        return Data(tuple(map(Kolumn.from_data, columns)), tuple(map(tuple, self.rader)))

    @property
    def val(self) -> Diagramval:
        """Return what its diagram shows."""
        return Diagramval(Visning(self.visning), self.langs, tuple(self.serier), self.grupp)

    @property
    def plats(self) -> str:
        """Return the mark by which it stands in a text."""
        return f"tabell-data{self.pk}"
