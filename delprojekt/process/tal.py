"""Numbers as Swedes write them: "1 480", "61,5", "−3", "61 %" (conventions.md §6.5)."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

NBSP = "\N{NO-BREAK SPACE}"
_NUMBER = re.compile(r"^-?\d{1,11}(?:\.\d{1,3})?$")


def parse_tal(text: str) -> Decimal | None:
    """Return the number that a text is; None if it is not one. At most eleven figures and three decimals.

    >>> parse_tal("1 480,5")
    Decimal('1480.5')
    """
    plain = re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        return None


def parse_med_enhet(text: str) -> tuple[Decimal | None, str]:
    """Return the number and the unit of "61 %" or "30 dagar"; (None, "") if the text does not begin with a number."""
    found = re.fullmatch(r"\s*([-−]?\d[\d\s]*(?:[.,]\d{1,3})?)\s*([A-Za-zÅÄÖåäö%‰°].*)?", text)
    if not found:
        return None, ""
    return parse_tal(found[1]), (found[2] or "").strip()


def skriv_tal(value: Decimal | int | None, enhet: str = "") -> str:
    """Return ``1 480 tkr`` or ``61,5 %`` with no-break spaces and a real minus; empty for None."""
    if value is None:
        return ""
    whole, _, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    words = (whole.replace(",", NBSP) + (f",{decimals}" if decimals else "")).replace("-", "\N{MINUS SIGN}")
    return f"{words}{NBSP}{enhet}" if enhet else words


def skriv_jamnt(value: Decimal, decimaler: int) -> str:
    """Return a number of a column in which all have as many decimals: ``1 234,0``. A half is rounded away from zero."""
    even = value.quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP)
    whole, _, decimals = f"{even if even else abs(even):,f}".partition(".")
    words = whole.replace(",", NBSP) + (f",{decimals}" if decimals else "")
    return words.replace("-", "\N{MINUS SIGN}")
