"""The limit on the doors that stand open without a login: so many tries an hour from each address."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = int(timedelta(hours=1).total_seconds())
NETWORK = 64
"""One household or workplace has a whole network of IPv6 addresses."""


def may_try(request: HttpRequest, door: str) -> bool:
    """Count a try at a door of ``settings.SPARRAR``, and tell whether it is within the limit.

    With the cache away nobody is stopped: the doors must open, and what they ask for is still checked.
    """
    key = f"sparr:{door}:{_source(get_adapter(request).get_client_ip(request))}"
    cache.add(key, 0, HOUR)
    try:
        return bool(cache.incr(key) <= settings.SPARRAR[door])
    except ValueError:
        return True


def _source(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, NETWORK), strict=False)) if isinstance(found, IPv6Address) else address
