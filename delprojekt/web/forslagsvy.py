"""How the tab Förslag shows a förslag: its texts, its marks, and how the regions' need stands."""

from typing import Any

from delprojekt.models import Kriterium, Malsattning, Projektforslag
from delprojekt.process.lage import Lage

Item = dict[str, Any]
_ALWAYS = ("problem", "syfte", "mal", "forvantat_utfall", "effekter")
_WRITTEN = ("patientflode", "barnets_basta", "resursbehov")


def rows(forslag: Projektforslag) -> list[Item]:
    """Return the texts with their labels; those that not every förslag needs only when they are written."""
    origin = " – ".join(text for text in (forslag.get_ursprung_display(), forslag.ursprung_text) if text)
    shown = [("Varifrån förslaget kommer", origin)]
    shown += [(_label(forslag, name), getattr(forslag, name)) for name in _ALWAYS]
    shown += [
        ("Målsättning", "\n".join(str(Malsattning(one).label) for one in forslag.malsattningar)),
        ("Området rör", "\n".join(str(Kriterium(one).label) for one in forslag.kriterier)),
    ]
    shown += [(_label(forslag, name), text) for name in _WRITTEN if (text := getattr(forslag, name))]
    if forslag.forslag_till_beslut:
        shown.append(("Kansliets förslag till beslut", forslag.get_forslag_till_beslut_display()))
    return [{"etikett": label, "varde": value, "url": ""} for label, value in shown]


def _label(forslag: Projektforslag, name: str) -> str:
    text = str(forslag._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def tags(forslag: Projektforslag) -> list[str]:
    """Return what marks the förslag, in words."""
    marks = (
        ("Omfördelar verksamhet", forslag.omfordelning),
        ("Koncentrerar verksamhet", forslag.koncentrering),
        ("Berör barn", forslag.beror_barn),
        ("Större delprojekt", forslag.storre),
        ("Påverkar priser eller ersättningar", forslag.paverkar_priser),
    )
    return [word for word, on in marks if on]


def needs(lage: Lage) -> str:
    """Return the sentence over the matrix: how many regions have said yes, and how many it takes (M5.1.1-1)."""
    yes, everybody = len(lage.forslag.behov_ja), len(lage.regionnamn)
    if yes == everybody:
        return f"Alla {everybody} regioner säger att området är angeläget."
    enough = "Det räcker, med en motivering." if yes >= lage.min_regioner else f"Minst {lage.min_regioner} behövs."
    return f"{yes} av {everybody} regioner säger att området är angeläget. {enough}"
