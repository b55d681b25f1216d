"""What happened, whose turn it is, and what is to be sent: all written in the same transaction as the change."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from delprojekt.models.bas import closed_set
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg


class Handelse(models.Model):
    """One event in words. Append-only: the app's database role may only select and insert."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="handelser")
    besok = models.ForeignKey("Stegbesok", models.PROTECT, verbose_name="besök", related_name="handelser")
    act = models.CharField("vad", max_length=60, choices=Act.choices)
    mening = models.TextField("i ord")
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="person", null=True, related_name="+")
    som = models.CharField("visas som", max_length=60, blank=True)
    for_rakning = models.CharField("för vems räkning", max_length=60, blank=True)
    ersattare_for = models.CharField("ersättare för", max_length=130, blank=True)
    fran_steg = models.CharField("från steg", max_length=30, choices=Steg.choices, blank=True)
    till_steg = models.CharField("till steg", max_length=30, choices=Steg.choices, blank=True)
    motivering = models.TextField("motivering", blank=True)
    delas_med = models.CharField("delas med", max_length=200, blank=True)
    rad = ArrayField(models.CharField(max_length=60), verbose_name="råd som inte följts", default=list, blank=True)
    efterhand = models.BooleanField("registrerat i efterhand", default=False)
    nyckel = models.UUIDField("formulärets nyckel", null=True, blank=True, unique=True)
    sammanhang = models.UUIDField("sammanhang", null=True, blank=True)
    hande_at = models.DateTimeField("när")
    registrerat_at = models.DateTimeField("registrerat", auto_now_add=True)

    namnlos = False
    """Set on a row that is read by somebody who hears what happened but not who did it (queries/handelse.py)."""

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        constraints: ClassVar = [
            closed_set("act", Act),
            closed_set("fran_steg", Steg, blank=True),
            closed_set("till_steg", Steg, blank=True),
        ]
        indexes: ClassVar = [models.Index(fields=["delprojekt", "-id"])]

    def __str__(self) -> str:
        return self.mening

    @property
    def vem(self) -> str:
        """Return who did it, as it may be shown: a patient representative by role, never by name; empty for nobody."""
        if self.namnlos:
            return ""
        name = self.som or (str(self.person) if self.person else "Portalen")
        return f"{name}, ersättare för {self.ersattare_for}" if self.ersattare_for else name


class Vantar(models.Model):
    """Whose turn it is. Recomputed from POLICY after every act; lists and reminders read it.

    ``person``: it waits for this one of those in the role, who is asked by name.
    """

    delprojekt = models.ForeignKey("Delprojekt", models.CASCADE, verbose_name="delprojekt", related_name="vantar")
    act = models.CharField("vad", max_length=60, choices=Act.choices)
    roll = models.CharField("hos", max_length=30, choices=Roll.choices)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    person = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="person", null=True, blank=True, related_name="vantar"
    )
    sedan_at = models.DateTimeField("sedan")
    frist_date = models.DateField("frist", null=True, blank=True)
    frist_utan_paus_date = models.DateField("frist utan pauser", null=True, blank=True)

    class Meta:
        verbose_name = "väntar"
        verbose_name_plural = "väntar"
        constraints: ClassVar = [
            closed_set("act", Act),
            closed_set("roll", Roll),
            models.UniqueConstraint(
                fields=["delprojekt", "act", "roll", "region", "person"], nulls_distinct=False, name="en_vantan_per_sak"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["roll", "frist_date", "sedan_at", "id"], name="vantar_hos"),
            models.Index(fields=["roll", "delprojekt"], name="vantar_per_roll"),
            models.Index(fields=["frist_date"], name="vantar_till"),
        ]

    def __str__(self) -> str:
        return f"{self.delprojekt}: {self.get_act_display()}"

    @property
    def kand_sedan_at(self) -> datetime | None:
        """Return since when it is waited for; None where the delprojekt was moved in and nobody knows since when."""
        unknown = self.sedan_at == self.delprojekt.stegat_at and self.delprojekt.sedan_at is None
        return None if unknown else self.sedan_at


class Utskick(models.Model):
    """The outbox: a mail that is to be sent, or has been. Written with the event, delivered after commit."""

    handelse = models.ForeignKey(
        Handelse, models.PROTECT, verbose_name="händelse", null=True, blank=True, related_name="utskick"
    )
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="till", related_name="utskick")
    adress = models.EmailField("adress")
    amne = models.CharField("ämne", max_length=200)
    text = models.TextField("text")
    losenordslank = models.BooleanField("avslutas med en länk för att välja lösenord", default=False)
    svarslank = models.ForeignKey(
        "Svarslank", models.PROTECT, verbose_name="avslutas med svarslänken", null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("skapat", auto_now_add=True)
    sent_at = models.DateTimeField("sänt", null=True, blank=True)
    fel = models.TextField("fel", blank=True)
    forsok = models.PositiveSmallIntegerField("försök", default=0)
    nasta_forsok_at = models.DateTimeField("försöks igen", null=True, blank=True)

    MAX_FORSOK: ClassVar = 10

    class Meta:
        verbose_name = "utskick"
        verbose_name_plural = "utskick"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handelse", "person"], name="ett_mejl_per_handelse_och_person")
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], condition=Q(sent_at=None), name="osanda_utskick")]

    def __str__(self) -> str:
        return f"{self.amne} till {self.person}"

    @property
    def skrivet_at(self) -> datetime:
        """Return when it was written, by the portal's clock where it belongs to an event or a reminder."""
        if self.handelse:
            return self.handelse.hande_at
        reminder = getattr(self, "paminnelse", None)
        return reminder.skickad_at if reminder else self.created_at
