"""Short folders for sockets: the kernel takes at most 107 bytes, and a project may lie deep."""

import hashlib
import tempfile
from pathlib import Path

LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


def socket_folder(folder: Path, kind: str) -> Path:
    """The short folder of the socket that belongs to ``folder``: always the same for the same folder, started or not.

    The name can be foreseen, so whoever makes it must check its owner."""
    name = f"sfbv-{kind}-{hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:12]}"
    place = Path(tempfile.gettempdir()) / name
    return place if len(str(place)) <= LONGEST_FOLDER else Path("/tmp") / name  # noqa: S108
