"""Where the embedded servers of a folder are found; known before they run, so the settings need not ask them."""

from pathlib import Path

from sfbv.lokal import postgres, valkey


def database_folder(lokal: Path, *, test: bool = False) -> Path:
    """The folder of the embedded PostgreSQL; tests have one of their own."""
    return lokal / "test" / "databas" if test else lokal / "databas"


def app_url(lokal: Path, *, test: bool = False) -> str:
    """The database as the app's role."""
    return postgres.url(database_folder(lokal, test=test), postgres.APP_ROLE)


def owner_url(lokal: Path, *, test: bool = False) -> str:
    """The database as the owner of the tables."""
    return postgres.url(database_folder(lokal, test=test), postgres.OWNER_ROLE)


def queue_folder(lokal: Path) -> Path:
    """The folder of the embedded broker."""
    return lokal / "ko"


def broker_url(lokal: Path) -> str:
    """The embedded broker."""
    return valkey.url(queue_folder(lokal))
