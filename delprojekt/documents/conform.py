"""Puts right what WeasyPrint's tagging leaves behind, so that every text conforms to PDF/UA-1 and PDF/A-3a.

Called by WeasyPrint with the finished PDF, before it is written. Each part answers a rule that veraPDF found broken
(the tests show which text broke it).
"""

from collections.abc import Iterator
from typing import Any


def finish(_document: Any, pdf: Any) -> None:
    """Mend tables, links, lists and picture masks of ``pdf`` (a pydyf object tree) in place."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    for element, ancestors in _walk(pdf, _at(pdf, root["K"][0]), ()):
        if element["S"] == "/Table":
            _mend_parts(pdf, element)
            _mend_width(pdf, element)
        _mend_cell(pdf, element, ancestors)
        _mend_link(pdf, root, element, ancestors)
        _mend_list(pdf, element, ancestors)
        _mend_item(pdf, element)
    for item in pdf.objects:
        if "Interpolate" in getattr(item, "extra", {}):  # PDF/A 6.2.8-3: also in the mask of a picture with alpha
            item.extra["Interpolate"] = "false"


def _mend_parts(pdf: Any, table: Any) -> None:
    """Leave one caption and one head, and never a head without a body (PDF/UA 7.2-11, 7.2-14, 7.2-39)."""
    kids = [_at(pdf, kid) for kid in table["K"]]
    captions = [kid for kid in kids if kid["S"] == "/Caption"]
    for extra in captions[1:]:
        table["K"].remove(extra.reference)
        extra["S"], extra["P"] = "/Div", captions[0].reference
        captions[0]["K"].append(extra.reference)
    heads = [kid for kid in kids if kid["S"] == "/THead"]
    bodies = [kid for kid in kids if kid["S"] == "/TBody"]
    for head in heads if heads and not bodies else heads[1:]:
        head["S"] = "/TBody"


def _mend_width(pdf: Any, table: Any) -> None:
    """Fill up rows that are shorter than the table is wide with empty cells (PDF/UA 7.2-43)."""
    rows = [row for row, _ in _walk(pdf, table, ()) if row["S"] == "/TR" and _owner(pdf, row) is table]
    below: list[int] = []
    widths: list[int] = []
    for row in rows:
        taken = [left for left in below if left > 0]
        cells = [_at(pdf, kid) for kid in row["K"]]
        spans = [(cell["A"].get("ColSpan", 1), cell["A"].get("RowSpan", 1)) for cell in cells if "A" in cell]
        widths.append(len(taken) + sum(columns for columns, _ in spans))
        below = [left - 1 for left in taken] + [down - 1 for columns, down in spans for _ in range(columns)]
    for row, width in zip(rows, widths, strict=True):
        for _ in range(max(widths) - width):
            _add_cell(pdf, row)


def _owner(pdf: Any, element: Any) -> Any:
    """Return the table that a row belongs to."""
    while element["S"] != "/Table":
        element = _at(pdf, element["P"])
    return element


def _add_cell(pdf: Any, row: Any) -> None:
    dictionary, array = type(row), type(row["K"])
    cell = dictionary({**row, "S": "/TD", "K": array([]), "P": row.reference, "A": dictionary({"O": "/Table"})})
    pdf.add_object(cell)
    row["K"].append(cell.reference)


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


def _mend_list(pdf: Any, element: Any, ancestors: tuple[Any, ...]) -> None:
    """Let a list hold items only, and items stand in lists only (PDF/UA 7.2-17, 7.2-19, 7.2-40)."""
    if element["S"] == "/L":
        for kid in list(element["K"]):
            if _at(pdf, kid)["S"] not in {"/L", "/LI"}:
                _wrap(pdf, element, kid, "/LI")
    elif element["S"] == "/LI" and ancestors[-1]["S"] != "/L":
        for item in (element, *(_at(pdf, kid) for kid in element["K"])):
            item["S"] = "/Div"
    elif element["S"] == "/Caption" and ancestors[-1]["S"] == "/LBody":
        element["S"] = "/Div"


def _mend_item(pdf: Any, element: Any) -> None:
    """Gather what a list item holds beside its mark in one body (PDF/UA 7.2-20)."""
    if element["S"] != "/LI":
        return
    kinds = {kid: _at(pdf, kid)["S"] for kid in element["K"]}
    body = next((_at(pdf, kid) for kid, kind in kinds.items() if kind == "/LBody"), None)
    for kid in [kid for kid, kind in kinds.items() if kind not in {"/Lbl", "/LBody"}]:
        if body is None:
            body = _wrap(pdf, element, kid, "/LBody")
        else:
            element["K"].remove(kid)
            body["K"].append(kid)
            _at(pdf, kid)["P"] = body.reference


def _wrap(pdf: Any, parent: Any, kid: bytes, kind: str) -> Any:
    """Put a new element of ``kind`` between ``parent`` and ``kid``, and return it."""
    dictionary, array = type(parent), type(parent["K"])
    wrapper = dictionary({**parent, "S": kind, "K": array([kid]), "P": parent.reference})
    wrapper.pop("A", None)
    pdf.add_object(wrapper)
    parent["K"][parent["K"].index(kid)] = wrapper.reference
    _at(pdf, kid)["P"] = wrapper.reference
    return wrapper


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
