"""The queue's server goes away: the portal goes on, without its cache and with its jobs waiting."""

import subprocess
import time

import pytest
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from sfbv.adresser import cache_location
from sfbv.cache import ForgivingCache
from sfbv.lokal import valkey
from tests.drift.portal import python, until

NOBODY = "redis://192.0.2.1:6379/0"  # an address that nobody has
SHORT = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}


class Server:
    """An embedded queue in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        valkey.prepare(folder)
        self.start()

    def start(self):
        self.process = subprocess.Popen(valkey.command(self.folder), stdout=subprocess.DEVNULL)
        until(lambda: valkey.is_up(self.folder))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def cache(self, kind=ForgivingCache):
        return kind(cache_location(valkey.url(self.folder)), {"OPTIONS": SHORT})


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path / "kö med å")
    yield running
    running.kill()
    valkey.socket_path(running.folder).unlink(missing_ok=True)
    valkey.clean_up(running.folder)


def test_what_was_written_survives_kill_9(server):
    server.cache().set("ord", "Åre", timeout=None)
    server.kill()
    server.start()
    assert server.cache().get("ord") == "Åre"


def test_the_cache_remembers_and_forgets_while_it_is_there(server):
    cache = server.cache()
    assert cache.add("ord", 1) is True
    assert cache.add("ord", 2) is False
    assert cache.incr("ord") == 2
    assert cache.get_many(["ord", "annat"]) == {"ord": 2}
    cache.set_many({"a": 1, "b": 2})
    cache.delete_many(["a", "ord"])
    assert (cache.has_key("a"), cache.has_key("b"), cache.touch("b", 10), cache.delete("b")) == (
        False,
        True,
        True,
        True,
    )


def test_the_cache_is_empty_and_quick_while_its_server_is_away(server):
    cache = server.cache()
    cache.set("ord", 1)
    server.kill()
    begun = time.monotonic()
    assert cache.get("ord", "inget") == "inget"
    cache.set("ord", 2)
    cache.set_many({"a": 1})
    assert cache.add("ord", 3) is True
    assert (cache.get_many(["ord"]), cache.has_key("ord"), cache.delete("ord"), cache.touch("ord")) == (
        {},
        False,
        False,
        False,
    )
    with pytest.raises(ValueError, match="ord"):
        cache.incr("ord")
    assert time.monotonic() - begun < 1


def test_the_cache_comes_back_by_itself(server, monkeypatch):
    monkeypatch.setattr("sfbv.cache.REST_SECONDS", 0.1)
    cache = server.cache()
    server.kill()
    assert cache.get("ord") is None
    server.start()
    time.sleep(0.2)
    cache.set("ord", 1)
    assert cache.get("ord") == 1


def test_djangos_own_cache_would_have_raised(server):
    server.kill()
    with pytest.raises(RedisError):
        server.cache(RedisCache).get("ord")


@pytest.mark.parametrize("address", [NOBODY, "redis+socket:///finns/inte.sock?virtual_host=0"])
def test_a_job_that_cannot_be_queued_says_so_quickly(address):
    code = "import sfbv, time; from delprojekt.jobs import Job, enqueue; enqueue(Job.SOPA); begun = time.monotonic(); "
    code += "print(enqueue(Job.SOPA), time.monotonic() - begun)"
    queued, seconds = python(code, BROKER_URL=address).stdout.split()
    assert queued == "False"
    assert float(seconds) < 1.5
