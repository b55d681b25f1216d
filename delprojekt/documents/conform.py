"""Puts right what WeasyPrint's tagging leaves behind, so that every text conforms to PDF/UA-1 and PDF/A-3a.

Called by WeasyPrint with the finished PDF, before it is written. Each part answers a rule that veraPDF found broken
(the tests show which text broke it).
"""

from collections.abc import Iterator
from typing import Any


def finish(_document: Any, pdf: Any) -> None:
    """Mend tables, links and picture masks of ``pdf`` (a pydyf object tree) in place."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    for element, ancestors in _walk(pdf, _at(pdf, root["K"][0]), ()):
        _mend_cell(pdf, element, ancestors)
        _mend_link(pdf, root, element, ancestors)
        _mend_item(pdf, element)
    for item in pdf.objects:
        if "Interpolate" in getattr(item, "extra", {}):  # PDF/A 6.2.8-3: also in the mask of a picture with alpha
            item.extra["Interpolate"] = "false"


def _mend_cell(pdf: Any, element: Any, ancestors: tuple[Any, ...]) -> None:
    """Give header cells a scope instead of the ids that miss cells below a wide header (PDF/UA 7.5-1)."""
    if element["S"] not in {"/TH", "/TD"} or "A" not in element:
        return
    element.pop("ID", None)
    element["A"].pop("Headers", None)
    if element["S"] == "/TH":
        row = ancestors[-1]
        first = _at(pdf, row["K"][0]) is element
        in_head = any(ancestor["S"] == "/THead" for ancestor in ancestors)
        element["A"]["Scope"] = "/Row" if first and not in_head else "/Column"


def _mend_item(pdf: Any, element: Any) -> None:
    """Gather what a list item holds beside its mark in one body (PDF/UA 7.2-20)."""
    if element["S"] != "/LI":
        return
    kids = [(kid, _at(pdf, kid)["S"]) for kid in element["K"]]
    loose = [kid for kid, kind in kids if kind not in {"/Lbl", "/LBody"}]
    if not loose:
        return
    body = next((_at(pdf, kid) for kid, kind in kids if kind == "/LBody"), None)
    if body is None:
        body = type(element)({**element, "S": "/LBody", "K": type(element["K"])([]), "P": element.reference})
        body.pop("A", None)
        pdf.add_object(body)
        element["K"].append(body.reference)
    for kid in loose:
        element["K"].remove(kid)
        body["K"].append(kid)
        _at(pdf, kid)["P"] = body.reference


def _mend_link(pdf: Any, root: Any, element: Any, ancestors: tuple[Any, ...]) -> None:
    """Move a link's annotation from the bold or raised words inside it to the link itself (PDF/UA 7.18.5-1)."""
    if element["S"] == "/Link":
        return
    link = next((ancestor for ancestor in reversed(ancestors) if ancestor["S"] == "/Link"), None)
    references = [kid for kid in element["K"] if isinstance(kid, bytes) and _at(pdf, kid).get("Type") == "/OBJR"]
    if link is None or not references:
        return
    numbers = _at(pdf, root["ParentTree"])["Nums"]
    owners = dict(zip(numbers[::2], range(1, len(numbers), 2), strict=True))
    for reference in references:
        element["K"].remove(reference)
        link["K"].append(reference)
        annotation = _at(pdf, _at(pdf, reference)["Obj"])
        numbers[owners[annotation["StructParent"]]] = link.reference


def _walk(pdf: Any, element: Any, ancestors: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield each element of the structure tree with its ancestors, in reading order."""
    yield element, ancestors
    for kid in list(element["K"]):
        child = _at(pdf, kid) if isinstance(kid, bytes) else None
        if child is not None and child.get("Type") == "/StructElem":
            yield from _walk(pdf, child, (*ancestors, element))


def _at(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference such as ``12 0 R`` points at."""
    return pdf.objects[int(reference.split()[0])]
