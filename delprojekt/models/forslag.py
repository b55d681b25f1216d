"""Projektförslag: somebody's idea, in the words of §5.1."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.models.delprojekt import Delprojekt


class Ursprung(models.TextChoices):
    """Where a förslag comes from (M5.1-1)."""

    LEDNINGSGRUPPEN = "ledningsgruppen", "Ledningsgruppen"
    POLITIKER = "politiker", "Politiker"
    CHEFSGRUPPER = "chefsgrupper", "Chefsgrupper"
    SAMVERKANSGRUPPER = "samverkansgrupper", "Samverkansgrupper"
    KUNSKAPSSTYRNINGEN = "kunskapsstyrningen", "Kunskapsstyrningen"
    MEDARBETARE = "medarbetare", "Medarbetare"
    ANNAT = "annat", "Annat"


class Malsattning(models.TextChoices):
    """The goals of SFBV (M2-1..M2-4)."""

    JAMLIK_VARD = "jamlik_vard", "Jämlik och likvärdig vård med hög kvalitet"
    TILLGANGLIGHET = "tillganglighet", "Ökad tillgänglighet"
    KOMPETENSFORSORJNING = "kompetensforsorjning", "Säkrad kompetensförsörjning"
    HELHETSLOSNING = "helhetslosning", "Långsiktiga och ekonomiskt hållbara helhetslösningar"


class Beslutsriktning(models.TextChoices):
    """What kansliet proposes that ledningsgruppen decides (M5.1.2-2, M5.1-4)."""

    UPPSTART = "uppstart", "Uppstart"
    AVSLAG = "avslag", "Avslag"
    AVVAKTA = "avvakta", "Avvakta"


FORSLAGSFALT = (
    "ursprung",
    "ursprung_text",
    "problem",
    "syfte",
    "mal",
    "forvantat_utfall",
    "effekter",
    "malsattningar",
    "kriterier",
    "omfordelning",
    "koncentrering",
    "patientflode",
    "beror_barn",
    "barnets_basta",
)
"""What is asked in the form of a förslag, beside its title (M5.1-1, M5.1-2)."""


class Kriterium(models.TextChoices):
    """What the area addresses (M5.1.1-3)."""

    JAMLIKHET = "jamlikhet", "Jämlikhet"
    TILLGANGLIGHET = "tillganglighet", "Tillgänglighet"
    KOMPETENSFORSORJNING = "kompetensforsorjning", "Kompetensförsörjning"
    EKONOMI = "ekonomi", "Ekonomi"
    HELHETSLOSNINGAR = "helhetslosningar", "Helhetslösningar"


@pghistory.track()
class Projektforslag(models.Model):
    """The idea and what beredningen makes clear of it."""

    delprojekt = models.OneToOneField(Delprojekt, models.PROTECT, verbose_name="delprojekt", related_name="forslag")
    ursprung = models.CharField("varifrån förslaget kommer", max_length=20, choices=Ursprung.choices, blank=True)
    ursprung_text = models.CharField("mer om var det kommer ifrån", max_length=200, blank=True)
    problem = models.TextField("problemet", blank=True)
    syfte = models.TextField("syfte", blank=True)
    mal = models.TextField("mål", blank=True)
    forvantat_utfall = models.TextField("förväntat utfall", blank=True)
    effekter = models.TextField("positiva effekter av samverkan", blank=True)
    malsattningar = ArrayField(
        models.CharField(max_length=30, choices=Malsattning.choices),
        verbose_name="målsättningar",
        default=list,
        blank=True,
    )
    kriterier = ArrayField(
        models.CharField(max_length=30, choices=Kriterium.choices), verbose_name="kriterier", default=list, blank=True
    )
    omfordelning = models.BooleanField("omfördelar verksamhet mellan regioner", default=False)
    koncentrering = models.BooleanField("koncentrerar verksamhet", default=False)
    patientflode = models.TextField("förväntat patientflöde mellan regioner", blank=True)
    beror_barn = models.BooleanField("berör barn", default=False)
    barnets_basta = models.TextField("barnets bästa", blank=True)
    storre = models.BooleanField("större delprojekt", default=False)
    paverkar_priser = models.BooleanField("påverkar priser eller ersättningar", default=False)
    resursbehov = models.TextField("resursbehov", blank=True)
    forslag_till_beslut = models.CharField(
        "förslag till beslut", max_length=10, choices=Beslutsriktning.choices, blank=True
    )
    ko_plats = models.PositiveSmallIntegerField("plats i kön", null=True, blank=True)
    tidigare = models.ForeignKey(
        Delprojekt, models.PROTECT, verbose_name="bygger på", null=True, blank=True, related_name="nya_forslag"
    )
    egen_del = models.BooleanField("blir en egen del av det som fortsätts", default=False)

    class Meta:
        verbose_name = "projektförslag"
        verbose_name_plural = "projektförslag"
        constraints: ClassVar = [
            closed_set("ursprung", Ursprung, blank=True),
            closed_set("forslag_till_beslut", Beslutsriktning, blank=True),
            models.CheckConstraint(
                name="malsattningar_valda", condition=models.Q(malsattningar__contained_by=Malsattning.values)
            ),
            models.CheckConstraint(
                name="kriterier_valda", condition=models.Q(kriterier__contained_by=Kriterium.values)
            ),
        ]

    def __str__(self) -> str:
        return self.delprojekt.benamning
