"""Delprojekt: the state machine, its visits, and which regions take part."""

from datetime import datetime
from typing import ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.urls import reverse
from django_fsm import RETURN_VALUE, FSMField, transition

from delprojekt.models.bas import closed_set
from delprojekt.models.svenska import SokText, SvOrdning
from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY, moves
from delprojekt.process.steg import Steg

NYAST_FORST = (models.F("nummer").desc(nulls_last=True), models.F("skapat_at").desc(), "id")
"""The order of lists: the newest number first, and last what has none."""


def _from(act: Act) -> list[str]:
    return [steg.value for steg in Steg if steg in POLICY[act].where]


def _to(act: Act) -> str:
    target = POLICY[act].to
    if target is None:
        raise ValueError(f"{act.name} does not move")
    return target.value


def move(act: Act):  # type: ignore[no-untyped-def]
    """Return django-fsm's decorator for one act: sources and target come from POLICY."""
    return transition(field="steg", source=_from(act), target=_to(act), custom={"act": act, "etikett": act.label})


@pghistory.track()
class Delprojekt(models.Model):
    """One improvement initiative, from somebody's idea to the last follow-up."""

    sjukvardsregion = models.ForeignKey("Sjukvardsregion", models.PROTECT, verbose_name="sjukvårdsregion")
    nummer = models.PositiveIntegerField("nummer", null=True, blank=True)
    delnummer = models.CharField("del", max_length=5, blank=True)
    benamning = models.CharField("benämning", max_length=200)
    alias = ArrayField(models.CharField(max_length=200), verbose_name="kallas också", default=list, blank=True)
    steg = FSMField("steg", choices=Steg.choices, default=Steg.PROJEKTFORSLAG, protected=True, max_length=30)
    pausat = models.BooleanField("pausat", default=False)
    utkast = models.BooleanField("utkast", default=False)
    foralder = models.ForeignKey(
        "self", models.PROTECT, verbose_name="fortsättning av", null=True, blank=True, related_name="fortsattningar"
    )
    skapat_at = models.DateTimeField("skapat")
    stegat_at = models.DateTimeField("i steget sedan")

    class Meta:
        verbose_name = "delprojekt"
        verbose_name_plural = "delprojekt"
        constraints: ClassVar = [
            closed_set("steg", Steg),
            models.UniqueConstraint(fields=["sjukvardsregion", "nummer", "delnummer"], name="nummer_och_del_ar_unika"),
        ]
        indexes: ClassVar = [
            models.Index(*NYAST_FORST, name="delprojekt_efter_nummer"),
            models.Index(fields=["nummer", "skapat_at", "id"], name="delprojekt_aldst_forst"),
            models.Index(fields=["steg", "pausat"], name="delprojekt_per_steg"),
            models.Index("steg", *NYAST_FORST, name="delprojekt_i_steget"),
            models.Index(fields=["stegat_at"], name="delprojekt_sedan"),
            models.Index(fields=["stegat_at"], condition=models.Q(pausat=True), name="delprojekt_pausade"),
            models.Index(SvOrdning("benamning"), name="delprojekt_efter_namn"),
            GinIndex(OpClass(SokText("benamning", "alias"), name="gin_trgm_ops"), name="delprojekt_sokord"),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="steg_foljer_metoden",
                field="steg",
                transitions=sorted((start.value, to.value) for start, to in moves()),
            )
        ]

    def __str__(self) -> str:
        return f"{self.beteckning} {self.benamning}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("delprojekt", args=[self.pk])

    @property
    def beteckning(self) -> str:
        """Return the number as it is written: ``40`` or ``26:II``; empty before start."""
        if self.nummer is None:
            return ""
        return f"{self.nummer}:{self.delnummer}" if self.delnummer else str(self.nummer)

    @property
    def sedan_at(self) -> datetime | None:
        """Return since when it stands in its step; None where nobody knows.

        What was moved in without a day carries the moment when it was typed in, which says nothing of the step; only
        a förslag stands in its step from the moment it is written.
        """
        typed_in = self.stegat_at == self.skapat_at and self.steg != Steg.PROJEKTFORSLAG
        return None if typed_in or self.steg == Steg.HISTORISKT else self.stegat_at

    # The moves. They touch this row only; who may and what must be in place is asked by actions/steg.py.
    @move(Act.ATERTA_FORSLAG)
    def aterta_forslag(self) -> None: ...

    @move(Act.BORJA_BEREDNING)
    def borja_beredning(self) -> None: ...

    @move(Act.BESLUTA_START)
    def besluta_start(self) -> None: ...

    @move(Act.BESLUTA_AVSLAG)
    def besluta_avslag(self) -> None: ...

    @move(Act.BESLUTA_AVVAKTA)
    def besluta_avvakta(self) -> None: ...

    @move(Act.ATERREMITTERA_FORSLAG)
    def aterremittera_forslag(self) -> None: ...

    @move(Act.TA_UPP_IGEN)
    def ta_upp_igen(self) -> None: ...

    @move(Act.BORJA_NULAGE)
    def borja_nulage(self) -> None: ...

    @move(Act.BORJA_ANALYS)
    def borja_analys(self) -> None: ...

    @move(Act.TILLBAKA_TILL_NULAGE)
    def tillbaka_till_nulage(self) -> None: ...

    @move(Act.BORJA_ATGARDSFORSLAG)
    def borja_atgardsforslag(self) -> None: ...

    @move(Act.REGISTRERA_AVVIKELSE)
    def registrera_avvikelse(self) -> None: ...

    @move(Act.RETURNERA_SLUTRAPPORT)
    def returnera_slutrapport(self) -> None: ...

    @move(Act.LAMNA_TILL_LEDNINGSGRUPPEN)
    def lamna_till_ledningsgruppen(self) -> None: ...

    @move(Act.LAMNA_TILL_NAMNDEN)
    def lamna_till_namnden(self) -> None: ...

    @move(Act.ATERREMITTERA_TILL_ARBETSGRUPPEN)
    def aterremittera_till_arbetsgruppen(self) -> None: ...

    @move(Act.FORNYA_UPPDRAG)
    def fornya_uppdrag(self) -> None: ...

    @move(Act.RETURNERA_TILL_LEDNINGSGRUPPEN)
    def returnera_till_ledningsgruppen(self) -> None: ...

    @move(Act.REKOMMENDERA)
    def rekommendera(self) -> None: ...

    @move(Act.ATERREMITTERA_FRAN_NAMNDEN)
    def aterremittera_fran_namnden(self) -> None: ...

    @move(Act.GODKANN_INTE)
    def godkann_inte(self) -> None: ...

    @move(Act.AVSLUTA_UTAN_REKOMMENDATION)
    def avsluta_utan_rekommendation(self) -> None: ...

    @move(Act.BORJA_INFORANDE)
    def borja_inforande(self) -> None: ...

    @move(Act.AVSLUTA_UTAN_INFORANDE)
    def avsluta_utan_inforande(self) -> None: ...

    @move(Act.BORJA_UPPFOLJNING)
    def borja_uppfoljning(self) -> None: ...

    @move(Act.BESLUTA_YTTERLIGARE_UPPFOLJNING)
    def besluta_ytterligare_uppfoljning(self) -> None: ...

    @move(Act.AVSLUTA)
    def avsluta(self) -> None: ...

    @move(Act.AVBRYT)
    def avbryt(self) -> None: ...

    @move(Act.PERMANENTA)
    def permanenta(self) -> None: ...

    @transition(field="steg", source=_from(Act.ANGRA), target=RETURN_VALUE(*Steg.values), custom={"act": Act.ANGRA})
    def angra(self, steg: Steg) -> str:
        """Go back to the step of an earlier visit; ways back share this one move."""
        return Steg(steg).value


class Stegbesok(models.Model):
    """A visit to a step. Append-only; ``ateroppnar`` points to the earlier visit whose facts count again.

    ``fran_at`` is empty when it was before the portal and nobody knows.
    """

    delprojekt = models.ForeignKey(Delprojekt, models.PROTECT, verbose_name="delprojekt", related_name="besok")
    nummer = models.PositiveIntegerField("nummer")
    steg = models.CharField("steg", max_length=30, choices=Steg.choices)
    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", null=True, blank=True, related_name="besok"
    )
    fran_at = models.DateTimeField("från", null=True, blank=True)
    act = models.CharField("genom", max_length=60, choices=Act.choices)
    skal = models.TextField("varför", blank=True)
    efterhand = models.BooleanField("registrerat i efterhand", default=False)
    ateroppnar = models.ForeignKey(
        "self", models.PROTECT, verbose_name="återöppnar", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "stegbesök"
        verbose_name_plural = "stegbesök"
        constraints: ClassVar = [
            closed_set("steg", Steg),
            closed_set("act", Act),
            models.UniqueConstraint(fields=["delprojekt", "nummer"], name="besoken_ar_numrerade"),
        ]
        indexes: ClassVar = [models.Index(fields=["act", "fran_at"], name="besok_genom_act")]

    def __str__(self) -> str:
        return f"{self.delprojekt}: {self.get_steg_display()} ({self.nummer})"


class Deltagandestatus(models.TextChoices):
    """How a region takes part (M1-1)."""

    DELTAR = "deltar", "Deltar"
    DELTAR_EJ = "deltar_ej", "Deltar inte"
    OBSERVERAR = "observerar", "Följer arbetet"
    OKANT = "okant", "Uppgift saknas"

    @classmethod
    def svar(cls) -> list[tuple[str, str]]:
        """Return what can be said of a region; that nobody knows is only true of what began before the portal."""
        return [(one.value, str(one.label)) for one in cls if one is not cls.OKANT]


RAKNAS_MED: frozenset[str] = frozenset({Deltagandestatus.DELTAR, Deltagandestatus.OKANT})
"""Which regions the rules ask: those that take part and, until somebody has told, those of which it is not known."""


@pghistory.track()
class Deltagande(models.Model):
    """One region in one delprojekt: whether it takes part, and whether the area matters to it (M5.1.1-1)."""

    delprojekt = models.ForeignKey(Delprojekt, models.PROTECT, verbose_name="delprojekt", related_name="deltaganden")
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", related_name="deltaganden")
    status = models.CharField(
        "status", max_length=12, choices=Deltagandestatus.choices, default=Deltagandestatus.DELTAR
    )
    angelaget = models.BooleanField("angeläget", null=True, blank=True)
    sagt_av = models.CharField("vem som sagt det", max_length=120, blank=True)
    sagt_roll = models.CharField("roll", max_length=120, blank=True)
    sagt_date = models.DateField("datum", null=True, blank=True)
    kommentar = models.TextField("kommentar", blank=True)

    class Meta:
        verbose_name = "deltagande"
        verbose_name_plural = "deltaganden"
        constraints: ClassVar = [
            closed_set("status", Deltagandestatus),
            models.UniqueConstraint(fields=["delprojekt", "region"], name="en_rad_per_region"),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_status_display()}"
