"""Rule 6: every job name is a registered task, and can also be run as a management command."""

from functools import wraps
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from delprojekt import tasks
from delprojekt.jobs import Job
from delprojekt.management.commands import kor_jobb
from sfbv.celery import app


def test_every_job_name_is_a_registered_task() -> None:
    app.loader.import_default_modules()
    own = {name for name in app.tasks if not name.startswith("celery.")}
    assert own == {job.value for job in Job}


@pytest.mark.parametrize("job", list(Job))
def test_every_job_can_be_run_as_a_command(
    job: Job, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called: list[tuple[Any, ...]] = []
    task = app.tasks[job.value]
    wants = kor_jobb.arguments(job)
    monkeypatch.setattr(task, "run", wraps(task.run)(lambda *args: called.append(args) or 3))
    call_command("kor_jobb", job.name.lower(), *range(1, wants + 1))
    assert called == [tuple(range(1, wants + 1))]
    assert "3" in capsys.readouterr().out


def test_a_job_that_needs_a_row_says_so() -> None:
    with pytest.raises(CommandError, match="nyckel"):
        call_command("kor_jobb", Job.GOR_DOKUMENT.name.lower())


def test_an_unknown_job_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("kor_jobb", "nagot_annat")


def test_the_sweep_runs_by_itself() -> None:
    """A broker may lose a task; then only the sweep finds the row again."""
    assert Job.SOPA.value in {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_the_schedule_names_only_jobs_without_arguments() -> None:
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in {job.value for job in Job}
        assert kor_jobb.arguments(Job(entry["task"])) == len(entry.get("args", ()))


def test_tasks_hold_nothing_but_doors() -> None:
    assert {name for name in vars(tasks) if not name.startswith("_")} >= {job.name.lower() for job in Job}
