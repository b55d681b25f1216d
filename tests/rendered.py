"""Rule 4: every template is rendered by some test. Asked when a whole run is over, of all its processes together."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.template import Template
from django.test.signals import template_rendered

from tests.house.source import TEMPLATES

RENDERED: set[str] = set()


def remember(sender: object, template: Template, **_kwargs: Any) -> None:
    """Note a template, also one that another includes."""
    if template.name:
        RENDERED.add(template.name[:])  # sliced, a safe string becomes a plain one, which can be sent between processes


template_rendered.connect(remember)


def templates() -> list[str]:
    """Return the name of every template."""
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())


def never_rendered(rendered: Iterable[str]) -> list[str]:
    """Return the templates that no test has shown."""
    return sorted(set(templates()) - set(rendered))


def whole_run(config: pytest.Config) -> bool:
    """True when everything was asked for: no path, no ``-k``, nothing left out but the long products."""
    asked = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword
    return asked and not config.option.deselect and not config.option.ignore and not config.option.lf


class Collector:
    """The plugin: each process hands over what it has rendered, and the first one judges."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process of the run has rendered."""
        RENDERED.update(getattr(node, "workeroutput", {}).get("rendered", ()))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over; or, in the process that began it all, fail a whole run that left a template out."""
        config = session.config
        if hasattr(config, "workeroutput"):
            config.workeroutput["rendered"] = sorted(RENDERED)
        elif whole_run(config) and not session.testsfailed and never_rendered(RENDERED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        """Say which templates were left out."""
        if whole_run(config) and (missing := never_rendered(RENDERED)):
            terminalreporter.write_line(f"Mallar som inget prov har visat: {', '.join(missing)}", red=True)
