"""The working group: who is asked for nominations, who is put forward, and what becomes of them (§4)."""

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import AVGJORDA, Chefssvar, Nomineringsstatus
from delprojekt.process.roller import Roll


@pghistory.track()
class Nomineringssvar(models.Model):
    """One region that has been asked for nominations, what it was told, and its answer (M4-4).

    A region that is asked again has a new row, and the latest counts; those that are not asked again keep theirs.
    """

    forfragan = models.ForeignKey("Faktumrad", models.PROTECT, verbose_name="förfrågan", related_name="nomineringssvar")
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", related_name="+")
    till_date = models.DateField("svar senast")
    text = models.TextField("meddelande", blank=True)
    svarat_at = models.DateTimeField("svarade", null=True, blank=True)
    svarat_av = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="svarade genom", null=True, blank=True, related_name="+"
    )
    ingen_skal = models.TextField("varför ingen nomineras", blank=True)
    pamind_at = models.DateTimeField("senast påmind", null=True, blank=True)

    class Meta:
        verbose_name = "nomineringssvar"
        verbose_name_plural = "nomineringssvar"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forfragan", "region"], name="ett_svar_per_forfragan_och_region")
        ]

    def __str__(self) -> str:
        return f"{self.region}: {'har svarat' if self.svarat_at else 'har inte svarat'}"


class Nomineringsvag(models.TextChoices):
    """How a name came in (M4.3-3: från olika håll; M4-5: an explained direct appointment)."""

    SAMARBETSGRUPPEN = "samarbetsgruppen", "Samarbetsgruppen"
    LEDNINGSGRUPPEN = "ledningsgruppen", "Ledningsgruppen"
    ORDFORANDE = "ordforande", "Arbetsgruppens ordförande"
    ANNAN = "annan", "Annan kontaktväg"
    DIREKT = "direkt", "Direkt tillsättning utan nominering"


class Adjungeringsomrade(models.TextChoices):
    """What an adjungerad is an expert on (M4.4-2)."""

    HR = "hr", "HR"
    EKONOMI = "ekonomi", "Ekonomi"
    JURIDIK = "juridik", "Juridik"
    SYSTEMKUNSKAP = "systemkunskap", "Systemkunskap"
    ANNAT = "annat", "Annat"


class Finansiering(models.TextChoices):
    """Who pays for a process leader (M4.2-3)."""

    EGEN = "egen", "Den egna verksamheten"
    SOLIDARISK = "solidarisk", "Solidarisk finansiering"


@pghistory.track()
class Nominering(models.Model):
    """Somebody put forward for the group, what they bring, and what they have answered (§4.1–4.4)."""

    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", related_name="nomineringar"
    )
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="person", related_name="nomineringar")
    roll = models.CharField("roll", max_length=30, choices=Roll.choices)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    status = models.CharField(
        "status", max_length=12, choices=Nomineringsstatus.choices, default=Nomineringsstatus.FORESLAGEN
    )
    kompetenser = models.ManyToManyField(
        "Kompetenskrav", verbose_name="täcker", blank=True, related_name="nomineringar"
    )
    disciplin = models.CharField("disciplin", max_length=80, blank=True)
    ar_chef = models.BooleanField("är chef", default=False)
    avsatt_tid = models.CharField("avsatt tid", max_length=80, blank=True)
    legitimitet = models.TextField("legitimitet inom området", blank=True)
    ledarerfarenhet = models.TextField("erfarenhet av att leda större projekt", blank=True)
    chef_namn = models.CharField("närmsta chef", max_length=120, blank=True)
    chef_ja = models.BooleanField("stämt av med närmsta chef", default=False)
    chef_svar = models.CharField("närmsta chefs svar", max_length=6, choices=Chefssvar.choices, blank=True)
    chef_svar_date = models.DateField("närmsta chef svarade", null=True, blank=True)
    vag = models.CharField(
        "hur namnet kom in", max_length=16, choices=Nomineringsvag.choices, default=Nomineringsvag.ANNAN
    )
    nominerad_av = models.CharField("nominerad av", max_length=120, blank=True)
    nominerad_date = models.DateField("nominerad")
    direkt_skal = models.TextField("varför direkt tillsättning", blank=True)
    utsedd_date = models.DateField("utsedd", null=True, blank=True)
    finansiering = models.CharField("finansiering", max_length=12, choices=Finansiering.choices, blank=True)
    finansiering_skal = models.TextField("varför solidarisk finansiering", blank=True)
    omrade = models.CharField("område", max_length=16, choices=Adjungeringsomrade.choices, blank=True)
    moten = ArrayField(models.CharField(max_length=120), verbose_name="möten", default=list, blank=True)
    avsnitt = ArrayField(models.SlugField(max_length=60), verbose_name="avsnitt", default=list, blank=True)
    till_date = models.DateField("adjungerad till och med", null=True, blank=True)

    class Meta:
        verbose_name = "nominering"
        verbose_name_plural = "nomineringar"
        constraints: ClassVar = [
            closed_set("roll", Roll),
            closed_set("status", Nomineringsstatus),
            closed_set("chef_svar", Chefssvar, blank=True),
            closed_set("vag", Nomineringsvag),
            closed_set("finansiering", Finansiering, blank=True),
            closed_set("omrade", Adjungeringsomrade, blank=True),
            models.UniqueConstraint(fields=["omgang", "person"], name="en_nominering_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_roll_display()})"

    @property
    def chef_fragas(self) -> bool:
        """Tell whether a manager is to say yes (M4.3-4); a patient representative is not asked of one."""
        return self.roll != Roll.PATIENTFORETRADARE


class Nomineringsbyte(models.Model):
    """One change of a nomination's status: who, when, why. Append-only."""

    nominering = models.ForeignKey(Nominering, models.PROTECT, verbose_name="nominering", related_name="byten")
    status = models.CharField("status", max_length=12, choices=Nomineringsstatus.choices)
    date = models.DateField("datum")
    kommentar = models.TextField("kommentar", blank=True)
    registrerat_av = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="registrerat av", null=True, related_name="+"
    )
    registrerat_at = models.DateTimeField("registrerat", auto_now_add=True)

    class Meta:
        verbose_name = "nomineringsbyte"
        verbose_name_plural = "nomineringsbyten"
        constraints: ClassVar = [closed_set("status", Nomineringsstatus)]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.date:%Y-%m-%d}"


@pghistory.track()
class Svarslank(models.Model):
    """A question to somebody who is nominated, or to their manager, answered once, through a personal link and without
    an account.

    The link itself is never stored: it is this row's key, signed when the mail goes out. A new question closes the
    earlier ones to the same of the two.
    """

    nominering = models.ForeignKey(Nominering, models.PROTECT, verbose_name="nominering", related_name="svarslankar")
    chef = models.ForeignKey(
        "Person", models.PROTECT, verbose_name="till närmsta chef", null=True, blank=True, related_name="+"
    )
    text = models.TextField("meddelande", blank=True)
    till_date = models.DateField("svar senast")
    skapad_at = models.DateTimeField("skapad")
    anvand_at = models.DateTimeField("använd", null=True, blank=True)
    ersatt_at = models.DateTimeField("ersatt av en nyare", null=True, blank=True)

    class Meta:
        verbose_name = "svarslänk"
        verbose_name_plural = "svarslänkar"

    def __str__(self) -> str:
        return f"{self.nominering}: svar senast {self.till_date:%Y-%m-%d}"

    def stangd(self, dag: date) -> str:
        """Return why the question can not be answered on a day, in a sentence; empty when it can."""
        if self.anvand_at:
            return f"Du svarade den {skriv(timezone.localdate(self.anvand_at))}. Länken kan bara användas en gång."
        if self.nominering.status in AVGJORDA:
            return "Ledningsgruppen har redan beslutat. Frågan gäller inte längre."
        if self.ersatt_at:
            return "Du har fått en nyare fråga. Använd länken i det senaste mejlet."
        return f"Länken gällde till och med den {skriv(self.till_date)}." if dag > self.till_date else ""
