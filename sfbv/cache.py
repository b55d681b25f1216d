"""A cache that may go away: with the broker's server down the portal goes on, slower but whole."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

REST_SECONDS = 5.0


class ForgivingClient(RedisCacheClient):
    """Answers like an empty cache while the server is away, and leaves it alone for a few seconds after each
    failure."""

    _closed_until = 0.0

    def _try(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self._closed_until:
            return otherwise
        try:
            return ask()
        except RedisError as error:
            self._closed_until = time.monotonic() + REST_SECONDS
            logger.warning("Cachen svarar inte, portalen går vidare utan den: %s", error)
            return otherwise

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        """True when the value was new; also when the cache is away, for nobody else can have put it there."""
        return bool(self._try(lambda: RedisCacheClient.add(self, key, value, timeout), True))

    def get(self, key: str, default: Any) -> Any:
        """The value or the default."""
        return self._try(lambda: RedisCacheClient.get(self, key, default), default)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        """Store the value if there is anywhere to store it."""
        self._try(lambda: RedisCacheClient.set(self, key, value, timeout), None)

    def touch(self, key: str, timeout: int | None) -> bool:
        """True when the key exists."""
        return bool(self._try(lambda: RedisCacheClient.touch(self, key, timeout), False))

    def delete(self, key: str) -> bool:
        """True when something was deleted."""
        return bool(self._try(lambda: RedisCacheClient.delete(self, key), False))

    def get_many(self, keys: Any) -> dict[str, Any]:
        """Those that exist."""
        found: dict[str, Any] = self._try(lambda: RedisCacheClient.get_many(self, keys), {})
        return found

    def has_key(self, key: str) -> bool:
        """True when the key exists."""
        return bool(self._try(lambda: RedisCacheClient.has_key(self, key), False))

    def incr(self, key: str, delta: int) -> int:
        """The new value. Raises ValueError for an unknown key, as an empty cache does."""
        value = self._try(lambda: RedisCacheClient.incr(self, key, delta), None)
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return int(value)

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        """Store them if there is anywhere to store them."""
        self._try(lambda: RedisCacheClient.set_many(self, data, timeout), None)

    def delete_many(self, keys: Any) -> None:
        """Delete them if they are there."""
        self._try(lambda: RedisCacheClient.delete_many(self, keys), None)

    def clear(self) -> bool:
        """True when the cache was emptied."""
        return bool(self._try(lambda: RedisCacheClient.clear(self), False))


class ForgivingCache(RedisCache):
    """Django's Redis cache with the forgiving client."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
