"""``make lock``: make the lock files anew from the lists, with the hashes of every published file.

Run by the system's own Python; the tool that resolves lives in a folder of its own, never in ``.venv``. What a machine
has by way of extra indexes and wheel folders is left out of account: a lock must hold on any machine.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOOL = Path(os.environ.get("SFBV_LOKAL") or ROOT / ".lokal") / "las"
TOOL_PIN = "pip-tools==7.6.2"
LISTS = ("requirements", "requirements-lokal", "requirements-dev")
QUIET = ("--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host")


def environment() -> dict[str, str]:
    """Ours, without what would make this machine's answer differ from another's."""
    kept = {key: value for key, value in os.environ.items() if key not in {"PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"}}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "CUSTOM_COMPILE_COMMAND": "make lock"}


def run(*words: str) -> None:
    """Run it; its own words tell what went wrong."""
    subprocess.run(words, check=True, cwd=ROOT, env=environment())  # noqa: S603  (our own words)


def main() -> int:
    """0 when all locks are made."""
    python = str(TOOL / "bin" / "python")
    if not Path(python).exists():
        run(sys.executable, "-m", "venv", str(TOOL))
        run(python, "-m", "pip", "install", "--quiet", TOOL_PIN)
    smaller: list[str] = []
    for name in LISTS:
        command = [
            python,
            "-m",
            "piptools",
            "compile",
            "--quiet",
            "--generate-hashes",
            "--strip-extras",
            "--allow-unsafe",
        ]
        run(*command, *QUIET, *smaller, "--output-file", f"{name}.lock", f"{name}.txt")
        smaller = ["--constraint", f"{name}.lock"]  # what the next one also holds, it holds in the same version
    return 0


if __name__ == "__main__":
    sys.exit(main())
