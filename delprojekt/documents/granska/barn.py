"""The process that looks: ``python -m delprojekt.documents.granska.barn <path>``. Prints one line of JSON.

It limits itself before it opens the file, in memory, time and files, and shuts the doors to the network, to other
programs and to writing. It knows nothing of Django, the database or any secret.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from delprojekt.documents.granska.bild import granska_bild
from delprojekt.documents.granska.office import granska_office
from delprojekt.documents.granska.pdf import granska_pdf
from delprojekt.documents.granska.slag import Filslag, ett_slag
from delprojekt.documents.granska.utslag import MB, MINNE_MB, SEKUNDER, Avvisad, Filfel

_GRANSKARE: dict[Filslag, Callable[[Path], Filslag | None]] = {
    Filslag.PDF: granska_pdf,
    Filslag.DOCX: granska_office,
    Filslag.ODT: granska_office,
    Filslag.PNG: granska_bild,
    Filslag.JPEG: granska_bild,
    Filslag.TIFF: granska_bild,
}
_STANGT = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "ctypes.")


def begransa(memory_mb: int = MINNE_MB, seconds: int = SEKUNDER, file_mb: int = 1) -> None:
    """Take away what looking at a file does not need. It cannot be given back in this process.

    ``file_mb``: the longest answer that it may write.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MB, memory_mb * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_mb * MB, file_mb * MB))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_stang)


def _stang(event: str, args: tuple[object, ...]) -> None:
    if event.startswith(_STANGT):
        raise PermissionError(event)
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        raise PermissionError(event)


def granska_har(path: Path) -> dict[str, str]:
    """Return the verdict on a file: ``{"slag": …}`` when it is taken, ``{"fel": …}`` when it is not."""
    try:
        slag = ett_slag(path)
        slag = _GRANSKARE[slag](path) or slag
    except Avvisad as error:
        return {"fel": error.fel.name}
    except MemoryError:
        return {"fel": Filfel.FOR_STOR_UPPACKAD.name}
    except RecursionError:
        return {"fel": Filfel.SKADAD.name}
    return {"slag": slag.name}


def _memory_mb() -> float:
    """Return the most memory that this process has held, in MB, as the kernel counts it."""
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    begransa()
    found = granska_har(Path(sys.argv[1]))
    sys.stdout.write(json.dumps({**found, "minne_mb": _memory_mb()}))
