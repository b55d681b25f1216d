"""The supervisor: starts children in order, restarts those that fall, stops all in the opposite order.

Every child is the leader of a session of its own, so that Ctrl-C in the terminal reaches only the supervisor and so
that whatever a killed child leaves behind is found again, also by the next supervisor when this one was killed.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sfbv.lokal.processer import in_session, start_time

LOG_LIMIT = 5 * 1024 * 1024
SHORTEST_REST, LONGEST_REST = 0.5, 15.0
STABLE_AFTER = 30.0


@dataclass
class Service:
    """What is to run: how it is started and asked to stop, what comes before each start and after the last stop."""

    name: str
    command: Callable[[], Sequence[str]]
    environment: Mapping[str, str]
    folder: Path
    identity: Mapping[str, object] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None


class Child:
    """One service while it runs."""

    def __init__(self, service: Service, log: Path) -> None:
        self.service = service
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.born = 0
        self.started = 0.0
        self.rest = SHORTEST_REST
        self.due = 0.0

    def start(self) -> None:
        """Start the process; its words go to the log file."""
        self.service.before()
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  (our own commands)
                list(self.service.command()),
                cwd=self.service.folder,
                env=dict(self.service.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.service.identity,  # type: ignore[call-overload]
            )
        self.started = time.monotonic()
        self.born = start_time(self.process.pid)

    def has_fallen(self) -> bool:
        """True once for each fall: the process is reaped and what it left behind is cleared away."""
        if self.process is None or self.process.poll() is None:
            return False
        end_session(self.process.pid, self.born)
        lived = time.monotonic() - self.started
        self.rest = SHORTEST_REST if lived > STABLE_AFTER else min(self.rest * 2, LONGEST_REST)
        self.due = time.monotonic() + self.rest
        self.process = None
        return True

    def stop(self) -> None:
        """Ask it to stop, wait, and use force on what remains."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.service.stop_signal)
            try:
                self.process.wait(self.service.patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        end_session(self.process.pid, self.born)
        self.process = None

    def last_words(self, lines: int = 15) -> str:
        """The end of the log, for the one who must know why it fell."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""


def end_session(leader: int, born: int) -> None:
    """Kill what is left of a session whose leader is dead; nothing when the number now belongs to somebody else."""
    if start_time(leader) not in (0, born):
        return
    for pid in in_session(leader):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


class Supervisor:
    """The children of one portal, in the order they were started."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.state = folder / "processer.json"
        self.logs = folder / "logg"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.say = say
        self.children: list[Child] = []
        self.stopping = False

    def ask_to_stop(self, *_signal: object) -> None:
        """The signal handler: everything that waits looks at ``stopping``."""
        self.stopping = True

    def add(self, service: Service) -> Child:
        """Start a service and mind it from now on."""
        child = Child(service, self.logs / f"{service.name}.log")
        self.children.append(child)
        child.start()
        self._remember()
        return child

    def _remember(self) -> None:
        """Write down who our children are, for the next supervisor if this one is killed."""
        rows = [(c.service.name, c.process.pid, c.born) for c in self.children if c.process is not None]
        unfinished = self.state.with_suffix(".ny")
        unfinished.write_text(json.dumps(rows))
        unfinished.replace(self.state)

    def wait_for(self, child: Child, is_ready: Callable[[], bool], patience: float = 60.0) -> None:
        """Wait until the service answers, restarting it when it falls. Raises RuntimeError when it never does."""
        deadline = time.monotonic() + patience
        while not is_ready():
            self.mind()
            if self.stopping:
                raise KeyboardInterrupt
            if time.monotonic() > deadline:
                raise RuntimeError(f"{child.service.name} startade inte. Loggen slutar så här:\n{child.last_words()}")
            time.sleep(0.05)

    def run(self, name: str, service: Service) -> None:
        """Run a step to its end, while the others are minded. Raises RuntimeError with its last words when it fails."""
        step = Child(service, self.logs / f"{name}.log")
        step.start()
        process = step.process
        assert process is not None  # noqa: S101  (just started)
        try:
            while process.poll() is None and not self.stopping:
                self.mind()
                time.sleep(0.05)
        finally:
            step.stop()
        if self.stopping:
            raise KeyboardInterrupt
        if process.returncode != 0:
            raise RuntimeError(f"{service.name} misslyckades. Loggen slutar så här:\n{step.last_words()}")

    def mind(self) -> None:
        """Restart what has fallen, after a rest that grows for each fall."""
        for child in self.children:
            if child.has_fallen():
                self.say(f"{child.service.name} föll och startas om om {child.rest:.1f} s (logg: {child.log}).")
            if child.process is None and time.monotonic() >= child.due:
                child.start()
                self._remember()

    def mind_until_stopped(self) -> None:
        """The long wait."""
        while not self.stopping:
            self.mind()
            time.sleep(0.2)

    def stop_all(self) -> None:
        """Stop in the opposite order of the start."""
        for child in reversed(self.children):
            self.say(f"Stoppar {child.service.name} …")
            child.stop()
            child.service.after()
        self.children.clear()
        self.state.unlink(missing_ok=True)

    def stop_orphans(self) -> None:
        """Stop the children of a supervisor that was killed, last started first."""
        try:
            rows = json.loads(self.state.read_text())
        except (OSError, ValueError):
            return
        for name, pid, born in reversed(rows):
            if any(in_session(pid)) and start_time(pid) in (0, born):
                self.say(f"Stoppar {name} från en tidigare körning …")
                _stop_session(pid, born)
        self.state.unlink(missing_ok=True)


def _stop_session(leader: int, born: int, patience: float = 15.0) -> None:
    """Politely, then by force. SIGINT: for PostgreSQL it means stop now and keep all, for the others the same."""
    if start_time(leader) == born:
        os.kill(leader, signal.SIGINT)
    deadline = time.monotonic() + patience
    while start_time(leader) == born and time.monotonic() < deadline:
        time.sleep(0.05)
    end_session(leader, born)
