"""Fixed documents and the jobs that make them."""

from typing import ClassVar

from django.db import models

from delprojekt.models.bas import closed_set


class Dokumentslag(models.TextChoices):
    """The documents that the portal makes: the underlag from the förslag, the others from the shared template."""

    UNDERLAG = "underlag", "Underlag för start"
    UPPDRAG = "uppdrag", "Uppdrag"
    DELRAPPORT = "delrapport", "Delrapport"
    SLUTRAPPORT = "slutrapport", "Slutrapport"
    BESLUTSFORSLAG = "beslutsforslag", "Beslutsförslag"
    UPPFOLJNINGSRAPPORT = "uppfoljningsrapport", "Uppföljningsrapport"


class Format(models.TextChoices):
    """File formats a document can be had in."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    BILDSPEL = "pptx", "bildspel (PowerPoint)"


class Dokumentversion(models.Model):
    """A document as it was handed in (0.x) or decided (1.0): its tree is frozen here, its PDF is the record."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="dokument")
    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", null=True, blank=True, related_name="dokument"
    )
    slag = models.CharField("slag", max_length=20, choices=Dokumentslag.choices)
    version = models.CharField("version", max_length=10)
    status_text = models.CharField("status", max_length=200)
    faststalld = models.BooleanField("fastställd", default=False)
    trad = models.JSONField("innehåll")
    fingeravtryck = models.CharField("innehållets kontrollsumma", max_length=64)
    handelse = models.ForeignKey("Handelse", models.PROTECT, verbose_name="händelse", related_name="dokument")
    skapad_at = models.DateTimeField("skapad")
    aterkallad_at = models.DateTimeField("återkallad", null=True, blank=True)

    class Meta:
        verbose_name = "dokumentversion"
        verbose_name_plural = "dokumentversioner"
        constraints: ClassVar = [
            closed_set("slag", Dokumentslag),
            models.UniqueConstraint(
                fields=["delprojekt", "omgang", "slag", "version"], nulls_distinct=False, name="en_dokumentversion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slag_display()} {self.version}"


class Jobblage(models.TextChoices):
    """Where a document job is."""

    VANTAR = "vantar", "Väntar"
    PAGAR = "pagar", "Pågår"
    KLART = "klart", "Klart"
    FEL = "fel", "Misslyckades"


class Dokumentjobb(models.Model):
    """A file to be made: of a frozen version, or of the draft as it stands. The truth about the job is this row."""

    delprojekt = models.ForeignKey("Delprojekt", models.PROTECT, verbose_name="delprojekt", related_name="jobb")
    omgang = models.ForeignKey(
        "Uppdragsomgang", models.PROTECT, verbose_name="uppdragsomgång", null=True, blank=True, related_name="jobb"
    )
    dokument = models.ForeignKey(
        Dokumentversion, models.PROTECT, verbose_name="dokumentversion", null=True, blank=True, related_name="jobb"
    )
    slag = models.CharField("slag", max_length=20, choices=Dokumentslag.choices)
    format = models.CharField("format", max_length=4, choices=Format.choices, default=Format.PDF)
    fingeravtryck = models.CharField("innehållets kontrollsumma", max_length=64)
    trad = models.JSONField("innehåll")
    lage = models.CharField("läge", max_length=10, choices=Jobblage.choices, default=Jobblage.VANTAR)
    steg_text = models.CharField("vad som görs", max_length=100, blank=True)
    fil = models.FileField("fil", upload_to="dokument/%Y/", max_length=255, blank=True)
    sha256 = models.CharField("filens kontrollsumma", max_length=64, blank=True)
    sidor = models.PositiveSmallIntegerField("sidor", null=True, blank=True)
    fel = models.TextField("fel", blank=True)
    forsok = models.PositiveSmallIntegerField("försök", default=0)
    bestalld_av = models.ForeignKey("Person", models.PROTECT, verbose_name="beställd av", null=True, related_name="+")
    created_at = models.DateTimeField("beställd", auto_now_add=True)
    klar_at = models.DateTimeField("klar", null=True, blank=True)

    class Meta:
        verbose_name = "dokumentjobb"
        verbose_name_plural = "dokumentjobb"
        constraints: ClassVar = [
            closed_set("slag", Dokumentslag),
            closed_set("format", Format),
            closed_set("lage", Jobblage),
            models.UniqueConstraint(
                fields=["delprojekt", "omgang", "slag", "format", "fingeravtryck"],
                nulls_distinct=False,
                name="ett_jobb_per_innehall",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slag_display()} ({self.get_format_display()}): {self.get_lage_display()}"


class Forhandsvisning(models.Model):
    """The PDF beside the text at the desk: one for each document, made anew when somebody asks. The newest wins.

    It is asked for when ``bestalld_at`` is set, and shows what was written at ``gjord_at``. Not a record of anything.
    """

    delprojekt = models.ForeignKey("Delprojekt", models.CASCADE, verbose_name="delprojekt", related_name="+")
    slag = models.CharField("slag", max_length=20, choices=Dokumentslag.choices)
    bestalld_at = models.DateTimeField("beställd")
    gjord_at = models.DateTimeField("innehållet lästes", null=True, blank=True)
    fingeravtryck = models.CharField("innehållets kontrollsumma", max_length=64, blank=True)
    fil = models.FileField("fil", upload_to="forhandsvisning/", max_length=255, blank=True)
    sidor = models.PositiveSmallIntegerField("sidor", null=True, blank=True)
    fel = models.TextField("fel", blank=True)

    class Meta:
        verbose_name = "förhandsvisning"
        verbose_name_plural = "förhandsvisningar"
        constraints: ClassVar = [
            closed_set("slag", Dokumentslag),
            models.UniqueConstraint(fields=["delprojekt", "slag"], name="en_forhandsvisning_per_dokument"),
        ]

    def __str__(self) -> str:
        return f"{self.get_slag_display()}, {self.delprojekt_id}"

    @property
    def klar(self) -> bool:
        """Tell whether what was asked for last has been made, or could not be made."""
        return self.gjord_at is not None and self.gjord_at >= self.bestalld_at
