"""Rule 4: every template is used, no inline script or style, and an unknown variable is an error."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Template
from django.template.loader import get_template

from tests.house.source import ROOT, TEMPLATES, python_files
from tests.rendered import never_rendered, templates

BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
BY_ALLAUTH = ("account/", "allauth/", "mfa/", "usersessions/")
BY_THE_SERVER_IN_FRONT = {"413.html", "429.html", "503.html"}
NAME = re.compile(r"[\w./-]+\.(?:html|txt)")
MADE_UP = re.compile(r"f\"([\w./-]*)\{\w+\}([\w./-]*\.(?:html|txt))\"")


@cache
def named() -> set[str]:
    """Every template that code or another template names, also by a name that is put together."""
    texts = [path.read_text() for path in python_files("delprojekt", "sfbv")]
    found = {name for text in texts for name in NAME.findall(text)}
    for path in TEMPLATES.rglob("*.html"):
        found |= set(NAME.findall(path.read_text()))
    for before, after in (pair for text in texts for pair in MADE_UP.findall(text)):
        found |= {name for name in templates() if name.startswith(before) and name.endswith(after)}
    return found


@pytest.mark.parametrize("name", templates())
def test_a_template_is_named_by_somebody(name: str) -> None:
    """That it is also rendered is asked when a whole run is over (``tests/rendered.py``)."""
    if name in BY_DJANGO or name.startswith(BY_ALLAUTH):
        return
    if name in BY_THE_SERVER_IN_FRONT:
        return
    assert name in named()


@pytest.mark.parametrize("name", templates())
def test_a_template_can_be_read(name: str) -> None:
    assert get_template(name)


class Inline(HTMLParser):
    """Finds what a strict CSP forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {name}" for name, value in attrs if (value or "").lower().startswith("javascript:")]


def inline(html: str) -> list[str]:
    """Inline script and style in a page or a template, its tags taken out."""
    finder = Inline()
    finder.feed(re.sub(r"\{%.*?%\}|\{#.*?#\}", " ", html, flags=re.DOTALL))
    return finder.found


PRINTED = {"dokument/sida.html", "dokument/word.html"}
"""Pages that are never sent to a browser: the sheet that WeasyPrint and pandoc read."""


@pytest.mark.parametrize("name", [name for name in templates() if name not in PRINTED])
def test_no_template_has_inline_script_or_style(name: str) -> None:
    assert not inline((TEMPLATES / name).read_text())


@pytest.mark.parametrize(
    "bad",
    ["<script>1</script>", "<style>a{}</style>", '<p style="x">', '<a onclick="x">', '<a href="javascript:x">'],
)
def test_the_check_itself_sees_what_is_inline(bad: str) -> None:
    assert inline(bad)


def test_no_template_turns_escaping_off_but_the_mail() -> None:
    loose = re.compile(r"\|\s*safe\b|autoescape off|\{% safe")
    found = [name for name in templates() if loose.search((TEMPLATES / name).read_text())]
    assert found
    assert not [name for name in found if not re.fullmatch(r"mejl/\w+\.txt", name)], (
        "text that people wrote goes through |ren"
    )


def test_mark_safe_stands_only_behind_the_allow_list() -> None:
    """ruff's S308 is switched off for these; a new one must be looked at."""
    users = {
        str(path.relative_to(ROOT))
        for path in python_files("delprojekt", "sfbv")
        if re.search(r"\bmark_safe\(|SafeString\(", path.read_text())
    }
    allowed = {"delprojekt/documents/html.py", "delprojekt/templatetags/dokumenttext.py"}
    tables = {
        "delprojekt/templatetags/komponenter.py"
    }  # names the cells of a table that is rendered, and escaped, already
    assert users == allowed | tables


def test_an_unknown_variable_is_an_error(request: pytest.FixtureRequest) -> None:
    assert request.config.getini("FAIL_INVALID_TEMPLATE_VARS")
    engine = Engine.get_default()
    with pytest.raises(pytest.fail.Exception, match="finns_inte"):
        Template("{{ finns_inte }}", engine=engine).render(Context({}))


def test_there_is_one_folder_of_templates() -> None:
    assert [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]] == [TEMPLATES]
    assert not list((ROOT / "delprojekt").rglob("*.html"))


def test_a_template_that_no_test_shows_is_found() -> None:
    """Whether there is one is asked when a whole run is over (``tests/rendered.py``)."""
    assert never_rendered(templates()) == []
    assert never_rendered(set(templates()) - {"404.html"}) == ["404.html"]
