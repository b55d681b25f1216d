"""Reminders that were sent. Append-only: what was sent is not unsent."""

from typing import ClassVar

from django.db import models

from delprojekt.models.bas import closed_set
from delprojekt.process.datum import skriv
from delprojekt.process.paminnelser import Paminnelseslag


class Paminnelse(models.Model):
    """One reminder to one person. Unique, so that a job that runs twice sends once."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="paminnelser")
    slag = models.CharField("om", max_length=30, choices=Paminnelseslag.choices)
    objekt = models.CharField("vad det gäller", max_length=60, blank=True)
    region = models.ForeignKey("Region", models.PROTECT, verbose_name="region", null=True, blank=True)
    date = models.DateField("påminnelsens dag")
    person = models.ForeignKey("Person", models.PROTECT, verbose_name="till", related_name="paminnelser")
    utskick = models.OneToOneField("Utskick", models.PROTECT, verbose_name="mejl", related_name="paminnelse")
    skickad_at = models.DateTimeField("skickad")

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        constraints: ClassVar = [
            closed_set("slag", Paminnelseslag),
            models.UniqueConstraint(
                fields=["delprojekt", "slag", "objekt", "date", "person"], name="en_paminnelse_per_dag_och_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slag_display()} {skriv(self.date)}"
