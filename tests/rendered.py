"""Remembers every template that the run has rendered, and lets the test that asks for them come last."""

from typing import Any

import pytest
from django.template import Template
from django.test.signals import template_rendered

LAST = "test_every_template_was_rendered_by_some_test"
RENDERED: set[str] = set()


def remember(sender: object, template: Template, **_kwargs: Any) -> None:
    """Note a template, also one that another includes."""
    if template.name:
        RENDERED.add(str(template.name))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Move the test that asks what was rendered to the very end."""
    items.sort(key=lambda item: item.name == LAST)


template_rendered.connect(remember)


def whole_run(config: pytest.Config) -> bool:
    """True when everything was asked for: no path, no ``-k``, nothing left out but the long products."""
    asked = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword
    return asked and not config.option.deselect and not config.option.ignore and not config.option.lf
