"""The limit on the doors that stand open without a login."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from delprojekt.web import sparr
from delprojekt.web.sparr import may_try

MOST = 3


@pytest.fixture(autouse=True)
def few(settings: object) -> None:
    cache.clear()
    settings.SPARRAR = {"a": MOST, "b": MOST}


def tries(address: str, door: str = "a", count: int = 1) -> list[bool]:
    asks = RequestFactory().get("/", REMOTE_ADDR=address)
    return [may_try(asks, door) for _ in range(count)]


def test_each_address_has_its_tries_at_each_door() -> None:
    assert tries("192.0.2.1", count=MOST + 1) == [True] * MOST + [False]
    assert tries("192.0.2.1", "b") == [True]
    assert tries("192.0.2.2") == [True]


def test_a_network_of_ipv6_addresses_is_one() -> None:
    assert [tries(f"2001:db8:0:1::{n:x}") for n in range(1, MOST + 2)] == [[True]] * MOST + [[False]]
    assert tries("2001:db8:0:2::1") == [True]


def test_the_doors_open_when_the_cache_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(key: str) -> int:
        raise ValueError(key)

    monkeypatch.setattr(sparr.cache, "incr", away)
    assert tries("192.0.2.1", count=MOST + 2) == [True] * (MOST + 2)
