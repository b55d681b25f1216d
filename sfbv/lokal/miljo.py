"""The environment of a machine that has only Python and make: ``.venv`` from a lock with hashes, Pango for PDF,
Chromium.

Run by the Makefile with the system's own Python, so only the standard library is at hand here:

    python3 sfbv/lokal/miljo.py --las requirements-lokal.lock [--pdf] [--webblasare] -- command …

prepares and then becomes the command, with the environment variables it needs.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
LOKAL = Path(os.environ.get("SFBV_LOKAL") or ROOT / ".lokal")
INSTALLED = VENV / "installerat.json"
UNPACKED = LOKAL / "apt"

PDF_LIBRARIES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0")
PDF_LIBRARIES += ("libharfbuzz-subset.so.0", "libfontconfig.so.1")
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
# Playwright's driver is a program of its own, which a bare Debian cannot run without libatomic1.
DRIVER_LIBRARIES, DRIVER_PACKAGES = ("libatomic.so.1",), ("libatomic1",)
BROWSER_PACKAGES = ("chromium",)
# What each lock also contains: whoever has the last has the others.
LOCKS = ("requirements.lock", "requirements-lokal.lock", "requirements-dev.lock")


class PreparationError(RuntimeError):
    """Something is missing that we cannot bring about; the text says what to do."""


def say(text: str) -> None:
    """A line to the one who waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two ``make`` at once take turns."""
    LOKAL.mkdir(parents=True, exist_ok=True)
    with (LOKAL / "miljo.las").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# -- Python ------------------------------------------------------------------------------------------------------------


def digest(lock: str) -> str:
    """The fingerprint of a lock file."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """Lock files that ``.venv`` was made from, with their fingerprints then."""
    try:
        found: dict[str, str] = json.loads(INSTALLED.read_text())
    except (OSError, ValueError):
        return {}
    return found


def prepare_python(lock: str) -> None:
    """``.venv`` with exactly what the lock says; nothing is done when it already has it. A linked ``.venv`` is used
    as it is.

    Raises PreparationError when Debian's python3-venv is missing or the install fails."""
    if VENV.is_symlink() or installed().get(lock) == digest(lock):
        return
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is also run by whatever python3 the machine has)
        raise PreparationError(f"Portalen kräver Python 3.11 eller senare; här är {sys.version.split()[0]}.")
    if not (VENV / "bin" / "python").exists() or run([VENV / "bin" / "python", "-m", "pip", "--version"]).returncode:
        say("Skapar .venv …")
        if run([sys.executable, "-m", "venv", VENV]).returncode:
            raise PreparationError("Det gick inte att skapa .venv. Installera paketet: apt install python3-venv")
    say(f"Installerar det som {lock} räknar upp …")
    pip = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if run([*pip, "--require-hashes", "-r", ROOT / lock], show=True).returncode:
        raise PreparationError("Installationen misslyckades, se ovan.")
    parts = LOCKS[: LOCKS.index(lock) + 1]
    INSTALLED.write_text(json.dumps({part: digest(part) for part in parts}))


def run(command: Sequence[object], *, show: bool = False, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; its words are shown or kept."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=False, text=True, capture_output=not show, **options)  # type: ignore[call-overload,no-any-return]  # noqa: S603


# -- programs that are not Python --------------------------------------------------------------------------------------


def unpacked_environment(folder: Path) -> dict[str, str]:
    """What a program needs to find the libraries and fonts that were unpacked in ``folder``; empty when none were."""
    if not folder.exists():
        return {}
    words = sorted({str(library.parent) for library in folder.rglob("lib*.so*")}, key=lambda word: (len(word), word))
    if os.environ.get("LD_LIBRARY_PATH"):
        words.append(os.environ["LD_LIBRARY_PATH"])
    return {"LD_LIBRARY_PATH": ":".join(words), "FONTCONFIG_FILE": str(write_font_configuration(folder))}


def libraries_load(names: Sequence[str], environment: dict[str, str]) -> bool:
    """True when all of the libraries can be opened."""
    code = f"import ctypes\nfor name in {names!r}: ctypes.CDLL(name)"
    return run([sys.executable, "-c", code], env={**os.environ, **environment}).returncode == 0


def prepare_libraries(names: Sequence[str], packages: Sequence[str], folder: Path) -> dict[str, str] | None:
    """Libraries that are already here, come by apt as root, or are unpacked into a folder of their own.

    Out: the variables to run with, None when nothing helped."""
    if libraries_load(names, {}):
        return {}
    if not libraries_load(names, unpacked_environment(folder)):
        say(f"Hämtar {', '.join(packages)} …")
        if os.geteuid() == 0 and apt_install(packages) and libraries_load(names, {}):
            return {}
        apt_unpack(packages, folder)
    environment = unpacked_environment(folder)
    return environment if libraries_load(names, environment) else None


def prepare_pdf() -> dict[str, str]:
    """Pango for WeasyPrint. Out: the variables to run with; ``PDF_AV=1`` without it, which the portal says plainly."""
    environment = prepare_libraries(PDF_LIBRARIES, PDF_PACKAGES, UNPACKED / "pdf")
    if environment is None:
        say(f"PDF blir avstängt: det gick inte att hämta {', '.join(PDF_PACKAGES)}.")
        return {"PDF_AV": "1"}
    return environment


def prepare_browser() -> dict[str, str]:
    """Debian's Chromium and what Playwright's driver needs, for the tests in a browser. Out: the variables to run with.

    Raises PreparationError, naming the packages, when they can only be asked for."""
    driver = prepare_libraries(DRIVER_LIBRARIES, DRIVER_PACKAGES, UNPACKED / "drivrutin")
    browser = None if driver is None else find_chromium(UNPACKED / "chromium")
    if driver is None or browser is None:
        packages = " ".join((*BROWSER_PACKAGES, *DRIVER_PACKAGES))
        raise PreparationError(f"Proven behöver Chromium. Installera paketen: sudo apt install {packages}")
    return driver | browser


def find_chromium(folder: Path) -> dict[str, str] | None:
    """Chromium: already here, by apt as root, or unpacked in ``folder`` and first in PATH. None when nothing helped."""
    if shutil.which("chromium"):
        return {}
    if not chromium_starts(folder):
        say("Hämtar Chromium, som behövs för proven …")
        if os.geteuid() == 0 and apt_install(BROWSER_PACKAGES) and shutil.which("chromium"):
            return {}
        apt_unpack(BROWSER_PACKAGES, folder)
    return {"PATH": f"{folder}:{os.environ.get('PATH', os.defpath)}"} if chromium_starts(folder) else None


def chromium_starts(folder: Path) -> bool:
    """Write a starter that knows where the unpacked libraries lie, and try it."""
    program, starter = folder / "usr" / "lib" / "chromium" / "chromium", folder / "chromium"
    if not program.exists():
        return False
    variables = unpacked_environment(folder).items()
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in variables]
    starter.write_text("#!/bin/sh\n" + "".join(lines) + f'exec {shlex.quote(str(program))} "$@"\n')
    starter.chmod(0o755)
    return run([starter, "--version"]).returncode == 0


def apt_install(packages: Sequence[str]) -> bool:
    """Install as root; the package lists are fetched when they are missing or too old. False when it cannot be done."""
    if not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if run(install, env=environment).returncode == 0:
        return True
    return run(["apt-get", "update"], env=environment).returncode == 0 and not run(install, env=environment).returncode


def apt_unpack(packages: Sequence[str], folder: Path) -> bool:
    """Without root: download the packages and what they need, and unpack them. False when it cannot be done."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return False
    with tempfile.TemporaryDirectory(prefix="sfbv-apt-") as temporary:
        lists = Path(temporary) / "lists"
        (lists / "partial").mkdir(parents=True)
        apt = ["apt-get", "-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={temporary}"]
        if run([*apt, "update"]).returncode:
            return False
        plan = run([*apt, "-s", "--no-install-recommends", "install", *packages])
        names = re.findall(r"^Inst (\S+)", plan.stdout, re.MULTILINE)
        if plan.returncode or not names or run([*apt, "download", *names], cwd=temporary).returncode:
            return False
        unfinished = folder.with_suffix(".ny")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        if any(run(["dpkg", "-x", package, unfinished]).returncode for package in Path(temporary).glob("*.deb")):
            return False
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    return True


def merged(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """Both sets of variables; of the folders with libraries, all."""
    paths = [found["LD_LIBRARY_PATH"] for found in (first, second) if "LD_LIBRARY_PATH" in found]
    return first | second | ({"LD_LIBRARY_PATH": ":".join(paths)} if paths else {})


def write_font_configuration(folder: Path) -> Path:
    """Fontconfig reads its settings from ``/etc``, which is not ours: give it a file of its own."""
    fonts = [folder / "usr" / "share" / "fonts", Path("/usr/share/fonts")]
    lines = "".join(f"<dir>{escape(str(place))}</dir>" for place in fonts)
    cache = f"<cachedir>{escape(str(LOKAL / 'typsnitt'))}</cachedir>"
    file = folder / "fonts.conf"
    file.write_text(f'<?xml version="1.0"?>\n<fontconfig>{lines}{cache}</fontconfig>\n')
    return file


# -- the door ----------------------------------------------------------------------------------------------------------


def main() -> int:
    """Prepare what is asked for, then become the command. 1 when something is missing, said in one line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--las", choices=LOCKS, required=True)
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--webblasare", action="store_true")
    parser.add_argument("command", nargs="+")
    wishes = parser.parse_args()
    try:
        with one_at_a_time():
            prepare_python(wishes.las)
            environment = merged(prepare_browser() if wishes.webblasare else {}, prepare_pdf() if wishes.pdf else {})
    except PreparationError as error:
        say(str(error))
        return 1
    return become(wishes.command, environment)


def become(command: list[str], environment: dict[str, str]) -> int:
    """Go on as the command; never returns when it can be started."""
    os.execve(command[0], command, {**os.environ, **environment})  # noqa: S606  (our own Makefile asks)
    return 1


if __name__ == "__main__":
    sys.exit(main())
