"""Rule 2: every address demands login unless it is on the one written list."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from delprojekt.models import Dokumentslag, Format
from delprojekt.process.act import Act
from delprojekt.process.forvaltning import Adminact
from delprojekt.web.converters import ActConverter, AdminactConverter, FormatConverter, SlagConverter
from tests.walked import Walked

OPEN = {
    "halsa": "the probe has no account; says nothing of what the portal holds",
    "account_login": "the door itself",
    "account_logout": "who is not logged in is already out",
    "account_signup": "allauth's; closed by the adapter, says so",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "for those who have forgotten theirs",
    "account_reset_password_done": "same",
    "account_reset_password_from_key": "same; the key is the proof",
    "account_reset_password_from_key_done": "same",
    "account_confirm_login_code": "allauth's; answers only in the middle of a login",
    "account_email_verification_sent": "allauth's; says that a mail was sent",
    "account_confirm_email": "allauth's; the key is the proof",
    "galleri": "components with invented data",
    "svarslank": "a signed link is the proof; it leads to one question",
    "svarslank_oppnad": "the question that a signed link has opened in this browser; 404 for all others",
    "mfa_authenticate": "allauth's; answers only in the middle of a login",
    "mfa_login_webauthn": "a passkey is a way to log in",
    "tillganglighet": "the law demands that it can be read",
    "synpunkt": "the law demands that anybody can say what does not work; a few an hour from each address",
    "personuppgifter": "GDPR art. 13",
    "hjalp": "how to use the portal",
    "utseende": "a cookie for light or dark",
}
"""The one written list: address name and why it is open."""

SAMPLES: dict[type, Any] = {
    ActConverter: Act.BESLUTA_START,
    AdminactConverter: Adminact.GE_ROLL,
    SlagConverter: Dokumentslag.UPPDRAG,
    FormatConverter: Format.PDF,
}


def patterns(
    resolver: URLResolver | None = None, outer: dict[str, Any] | None = None
) -> Iterator[tuple[URLPattern, dict[str, Any]]]:
    """Every address of the portal, whatever file it stands in, with its converters and those of what it stands in."""
    for item in (resolver or get_resolver()).url_patterns:
        converters = {**(outer or {}), **getattr(item.pattern, "converters", {})}
        if isinstance(item, URLResolver):
            yield from patterns(item, converters)
        else:
            yield item, converters


def sample(converter: object) -> Any:
    if type(converter) in SAMPLES:
        return SAMPLES[type(converter)]
    return 1 if type(converter).__name__ == "IntConverter" else "x"


def addresses() -> list[tuple[str, str]]:
    """Name and an example of every address."""
    found = []
    for pattern, converters in patterns():
        named = {name: sample(c) for name, c in converters.items()}
        if not named and getattr(pattern.pattern, "_regex", None):
            groups = pattern.pattern.regex.groupindex  # allauth's own, as regular expressions
            named = dict.fromkeys(groups, "1")
        found.append((str(pattern.name), reverse(str(pattern.name), kwargs=named)))
    return sorted(set(found))


def opened(name: str) -> bool:
    return name in OPEN


def test_every_address_has_a_name() -> None:
    assert all(pattern.name for pattern, _ in patterns())
    assert len(addresses()) > 25


def test_login_is_asked_for_before_any_view_runs() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def test_the_list_of_open_addresses_names_only_addresses_that_exist() -> None:
    assert set(OPEN) <= {name for name, _ in addresses()}


@pytest.mark.parametrize(("name", "address"), addresses(), ids=lambda x: x)
def test_a_view_is_open_only_if_it_is_on_the_list(name: str, address: str) -> None:
    view = resolve(address).func
    assert getattr(view, "login_required", True) is not opened(name), f"{name} is open and not on the list"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "address"), addresses(), ids=lambda x: x)
def test_a_stranger_is_sent_to_the_login(client: Client, name: str, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    if opened(name):
        assert "?next=" not in answer.headers.get("Location", "")
        return
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?next=")


@pytest.mark.django_db
def test_an_unknown_address_is_404_without_saying_more(client: Client) -> None:
    assert client.get("/finns-inte/").status_code in {302, 404}
    assert client.get("/delprojekt/1/gor/hitta-pa/").status_code in {302, 404}


OTHERS = ("account_", "mfa_", "usersessions_")
"""Addresses of allauth, which answers in its own way."""


@pytest.mark.django_db
def test_no_address_answers_whoever_opens_it_with_an_empty_405(walked: Walked) -> None:
    """What only takes a form leads to the page that has the form."""
    client = walked.client("roll.administrator")
    found = {name: client.get(address) for name, address in addresses() if not name.startswith(OTHERS)}
    assert {name for name, answer in found.items() if answer.status_code == 405} == set()
    leads = {
        name: found[name].headers["Location"] for name in ("installning_region", "bestall", "synpunkt", "utseende")
    }
    assert leads == {
        "installning_region": "/installningar/",
        "bestall": "/delprojekt/1/dokument/uppdrag/",
        "synpunkt": "/tillganglighetsredogorelse/",
        "utseende": "/",
    }
    assert client.put("/installningar/x/").status_code == 405
