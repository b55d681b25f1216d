"""People: one Person (account optional), one Konto, one Innehav for every role anybody holds."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

from delprojekt.models.bas import closed_set
from delprojekt.models.svenska import SokText
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Roll


@pghistory.track()
class Person(models.Model):
    """Somebody who takes part, with or without an account. No personnummer (data-model.md)."""

    fornamn = models.CharField("förnamn", max_length=60)
    efternamn = models.CharField("efternamn", max_length=60)
    epost = models.EmailField("e-post", blank=True)
    telefon = models.CharField("telefon", max_length=30, blank=True)
    befattning = models.CharField("befattning", max_length=100, blank=True)
    profession = models.CharField("profession", max_length=60, blank=True)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    skyddade_uppgifter = models.BooleanField("skyddade uppgifter", default=False)

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        indexes: ClassVar = [
            GinIndex(
                OpClass(SokText(Concat("fornamn", Value(" "), "efternamn")), name="gin_trgm_ops"), name="person_sokord"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fornamn} {self.efternamn}".strip()

    def kallas(self, dolda: Collection[int]) -> str:
        """Return the name, or the role where it is not shown. In: whose names are hidden (``queries.namn.unnamed``)."""
        return str(Roll.PATIENTFORETRADARE.label) if self.pk in dolda else str(self)


class KontoManager(BaseUserManager["Konto"]):
    """Creates accounts; the e-mail address is compared without regard to case. Every account comes with its person."""

    def get_queryset(self) -> models.QuerySet["Konto"]:
        """Return the accounts, each with its person: whoever asks for one asks who it is."""
        return super().get_queryset().select_related("person")

    def create_user(self, epost: str, password: str | None = None, **extra: Any) -> "Konto":
        """Return a new account for ``extra["person"]``; without a password it cannot be logged in to."""
        konto = self.model(email=self.normalize_email(epost).lower(), **extra)
        konto.set_password(password)
        konto.save(using=self._db)
        return konto


class Konto(AbstractBaseUser):
    """An account: how a Person logs in."""

    email = models.EmailField("e-post", unique=True)
    person = models.OneToOneField(Person, models.PROTECT, verbose_name="person", related_name="konto")
    is_active = models.BooleanField("aktivt", default=True)
    date_joined = models.DateTimeField("skapat", default=nu)
    senast_sedd_at = models.DateTimeField("senast sedd", null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = KontoManager()

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konton"

    def __str__(self) -> str:
        return self.email


@pghistory.track()
class Innehav(models.Model):
    """A role somebody holds, from a day to a day: in the portal, for a region, or in one delprojekt."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="person", related_name="innehav")
    roll = models.CharField("roll", max_length=30, choices=Roll.choices)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    delprojekt = models.ForeignKey(
        "Delprojekt", models.PROTECT, verbose_name="delprojekt", null=True, blank=True, related_name="innehav"
    )
    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", null=True, blank=True, related_name="innehav"
    )
    organ = models.ForeignKey("Organ", models.PROTECT, verbose_name="organ", null=True, blank=True)
    fran_date = models.DateField("från")
    till_date = models.DateField("till och med", null=True, blank=True)  # the day after it, when it is held no longer
    beslut = models.CharField("beslutat av", max_length=200, blank=True)
    avslutat_i = models.ForeignKey(
        "Stegbesok",
        models.PROTECT,
        verbose_name="avslutat när delprojektet avbröts i besöket",
        null=True,
        blank=True,
        related_name="avslutade_innehav",
    )
    ersattare_for = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersättare för", null=True, blank=True, related_name="ersattare"
    )

    class Meta:
        verbose_name = "innehav"
        verbose_name_plural = "innehav"
        constraints: ClassVar = [
            closed_set("roll", Roll),
            models.UniqueConstraint(
                fields=["delprojekt", "roll"],
                condition=Q(till_date=None, roll__in=[Roll.KONTAKTPERSON, Roll.ORDFORANDE], delprojekt__isnull=False),
                name="en_kontaktperson_och_en_ordforande",
            ),
            models.UniqueConstraint(
                fields=["delprojekt"],
                condition=Q(till_date=None, roll=Roll.HELHETSANSVARIG),
                name="en_helhetsansvarig",
            ),
            models.CheckConstraint(
                condition=Q(ersattare_for=None) | Q(till_date__isnull=False), name="en_ersattare_har_en_sista_dag"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["delprojekt", "roll"]),
            models.Index(fields=["roll", "person"]),
            models.Index(
                fields=["delprojekt", "person"],
                include=["fran_date", "till_date", "ersattare_for"],
                condition=Q(roll=Roll.KONTAKTPERSON),
                name="kontaktpersoner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_roll_display()}"

    def galler(self, dag: date) -> bool:
        """Tell whether the role is held on a day."""
        return self.fran_date <= dag and (self.till_date is None or self.till_date > dag)
