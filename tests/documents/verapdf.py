"""veraPDF for the tests: validates a PDF against PDF/A-3a and PDF/UA-1.

The wheel has the profiles as XML but not what reads them, so the profile is put together here.
"""

import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.documents.java import in_java, jar, java

PDF_A = ("3a", "PDFA-3A")
PDF_UA = ("ua1", "PDFUA-1")
_NS = {"v": "http://www.verapdf.org/ValidationProfile"}
_PROFILES = "org.verapdf.pdfa.validation.profiles.Profiles"
_FLAVOUR = "org.verapdf.pdfa.flavours.PDFAFlavour"


def failures(pdf: bytes, profile: tuple[str, str]) -> dict[str, str]:
    """Return the broken rules (clause → message and place) of ``pdf``; empty when it conforms.

    Raises:
        AssertionError: nothing at all was checked, which would be a false all clear.
    """
    return in_java(_failures, pdf, profile)


def _failures(pdf: bytes, profile: tuple[str, str]) -> dict[str, str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return _validate(Path(file.name), profile)


def _validate(path: Path, profile: tuple[str, str]) -> dict[str, str]:
    flavour, rules = _profile(profile)
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(java("java.io.File")(str(path)), flavour)
    try:
        result = foundry.createValidator(rules, 100, False, True, False).validate(parser)
        assert result.getTotalAssertions() > 100, "veraPDF checked next to nothing"
        found = {}
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus()).lower() == "failed":
                rule = assertion.getRuleId()
                place = str(assertion.getLocation().getContext())[-120:]
                found[f"{rule.getClause()}-{rule.getTestNumber()}"] = f"{assertion.getMessage()} [{place}]"
        assert bool(result.isCompliant()) == (not found)
        return found
    finally:
        parser.close()


@cache
def _profile(profile: tuple[str, str]) -> tuple[Any, Any]:
    """Return veraPDF's flavour and its rules, read from the XML in the jar."""
    flavour_id, name = profile
    profiles = java(_PROFILES)
    flavour = java(_FLAVOUR).byFlavourId(flavour_id)
    with zipfile.ZipFile(jar()) as archive:
        root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in root.iterfind("v:rules/v:rule", _NS):
        rules.add(_rule(rule))
    for item in root.iterfind("v:variables/v:variable", _NS):
        default, value = _text(item, "v:defaultValue"), _text(item, "v:value")
        variables.add(profiles.variableFromValues(item.get("name"), item.get("object"), default, value))
    details = profiles.profileDetailsFromValues(name, "", "", java("java.util.Date")())
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(rule: ElementTree.Element) -> Any:
    profiles, empty = java(_PROFILES), java("java.util.ArrayList")
    place = rule.find("v:id", _NS)
    assert place is not None
    number = int(place.get("testNumber") or 0)
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(_specification(place.get("specification") or ""), place.get("clause"), number),
        rule.get("object"),
        java("java.lang.Boolean").valueOf(rule.get("deferred") == "true"),
        rule.get("tags") or "",
        _text(rule, "v:description"),
        _text(rule, "v:test"),
        profiles.errorFromValues(_text(rule, "v:error/v:message"), empty()),
        empty(),
    )


def _specification(name: str) -> Any:
    return next(item for item in java(f"{_FLAVOUR}$Specification").values() if str(item.name()) == name)


def _text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, "", _NS)
