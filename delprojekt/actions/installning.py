"""What a sjukvårdsregion and each region have decided of how they work. Every change is recorded in words."""

from typing import Any

from delprojekt.actions.forvaltning import note, weighed
from delprojekt.models import Region, Sjukvardsregion
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.roller import Actor

GEMENSAMMA = (
    "beslutsformel",
    "min_regioner",
    "har_politisk_styrgrupp",
    "avstar_blockerar",
    "svarstid_synpunkter_dagar",
    "svarstid_beslut_dagar",
)
PER_REGION = ("barnets_basta", "patientsynpunkter")


def change_settings(actor: Actor, values: dict[str, Any]) -> list[str]:
    """Store the settings that the regions share. In: a value for each of GEMENSAMMA. Out: what changed, in words.

    Raises EjTillatet.
    """
    with weighed(actor, Adminact.ANDRA_INSTALLNINGAR):
        root = Sjukvardsregion.objects.get()
        changed = [name for name in GEMENSAMMA if getattr(root, name) != values[name]]
        said = []
        for name in changed:
            label = str(Sjukvardsregion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            before, after = in_words(getattr(root, name)), in_words(values[name])
            said.append(f"{label[:1].upper()}{label[1:]}: {after} (förut {before}).")
            setattr(root, name, values[name])
        if changed:
            root.save(update_fields=changed)
        for sentence in said:
            note(actor, Adminact.ANDRA_INSTALLNINGAR, sentence)
    return said


def change_region(actor: Actor, slug: str, values: dict[str, bool]) -> list[str]:
    """Store what one region asks for (I-14, I-15). In: a value for each of PER_REGION. Out: what changed, in words.

    Raises EjTillatet and Region.DoesNotExist.
    """
    with weighed(actor, Adminact.ANDRA_INSTALLNINGAR):
        region = Region.objects.get(slug=slug)
        changed = [name for name in PER_REGION if getattr(region, name) != values[name]]
        said = []
        for name in changed:
            label = str(Region._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            said.append(f"{region} {label}: {in_words(values[name])}.")
            setattr(region, name, values[name])
        if changed:
            region.save(update_fields=changed)
        for sentence in said:
            note(actor, Adminact.ANDRA_INSTALLNINGAR, sentence, region=region)
    return said


def in_words(value: object) -> str:
    """Return a value as a person would say it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return f"”{value}”" if isinstance(value, str) else str(value)
