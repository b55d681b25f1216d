"""Addresses from the environment (``postgres://…``, ``smtp://…``) turned into what Django's settings want."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

POSTGRES_SCHEMES = {"postgres", "postgresql"}
MAIL_BACKENDS = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "smtp+tls": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
}


def _part(value: str | None) -> str:
    return unquote(value or "")


def _host(parts: SplitResult) -> str:
    """The host with its case kept (a socket folder is a path), which ``urlsplit().hostname`` does not do."""
    address = parts.netloc.rpartition("@")[2]
    return _part(address if parts.port is None else address.rpartition(":")[0]).strip("[]")


def database_settings(url: str) -> dict[str, Any]:
    """``postgres://user:password@host:port/name?sslmode=require`` as an entry of ``DATABASES``.

    A socket folder is given percent-encoded as host. Raises ValueError for anything but PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme not in POSTGRES_SCHEMES:
        raise ValueError("Databasens adress ska börja med postgres://; portalen använder bara PostgreSQL.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _part(parts.path.removeprefix("/")),
        "USER": _part(parts.username),
        "PASSWORD": _part(parts.password),
        "HOST": _host(parts),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def mail_settings(url: str) -> dict[str, Any]:
    """``smtp://user:password@host:port``, ``smtp+tls://…`` (STARTTLS), ``smtps://…``, ``file:///folder``,
    ``console:`` or ``memory:`` as Django's ``EMAIL_…`` settings.

    Raises ValueError for an unknown kind."""
    parts = urlsplit(url)
    if parts.scheme not in MAIL_BACKENDS:
        raise ValueError(f"EMAIL_URL ska börja med något av {', '.join(f'{name}:' for name in MAIL_BACKENDS)}")
    settings: dict[str, Any] = {"EMAIL_BACKEND": MAIL_BACKENDS[parts.scheme]}
    if parts.scheme == "file":
        return settings | {"EMAIL_FILE_PATH": _part(parts.path)}
    if not parts.scheme.startswith("smtp"):
        return settings
    default_port = {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme]
    return settings | {
        "EMAIL_HOST": _host(parts),
        "EMAIL_PORT": parts.port or default_port,
        "EMAIL_HOST_USER": _part(parts.username),
        "EMAIL_HOST_PASSWORD": _part(parts.password),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def cache_location(broker_url: str, number: int = 1) -> str:
    """The broker's server as cache address, with a database number of its own so that neither sweeps away the other's
    keys."""
    parts = urlsplit(broker_url)
    if parts.scheme == "redis+socket":
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()
