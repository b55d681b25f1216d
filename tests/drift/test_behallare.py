"""Dockerfile, docker-compose.yml and .env.example, read as they stand (no container engine is needed)."""

import re

import pytest
import yaml
from django.conf import settings

HEALTH_NOT_NEEDED = {"installera"}  # runs once and ends


def read(name: str) -> str:
    return (settings.BASE_DIR / name).read_text()


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("docker-compose.yml"))


@pytest.fixture(scope="module")
def dockerfile():
    """Instructions with their continuation lines joined, of the last stage."""
    text = re.sub(r"\\\n", " ", read("Dockerfile"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    start = max(number for number, line in enumerate(lines) if line.startswith("FROM"))
    return [tuple(line.split(None, 1)) for line in lines[start:]]


def example_variables() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", read(".env.example"), re.MULTILINE))


def variables_of_the_settings() -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', read("sfbv/settings.py")))


def variables_of_compose() -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", read("docker-compose.yml")))


def test_every_variable_that_the_settings_read_is_in_the_example():
    assert len(variables_of_the_settings()) > 10
    assert variables_of_the_settings() - example_variables() == set()


def test_every_variable_of_compose_is_in_the_example():
    assert len(variables_of_compose()) > 5
    assert variables_of_compose() - example_variables() == set()


def test_the_example_names_nothing_that_nobody_reads():
    assert example_variables() - variables_of_the_settings() - variables_of_compose() == set()


def test_the_example_holds_no_secret():
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "DATABAS_AGARE_LOSENORD", "DATABAS_APP_LOSENORD"):
        assert re.search(rf"^{name}=$", read(".env.example"), re.MULTILINE), name


def test_compose_has_every_part_of_the_portal(compose):
    assert set(compose["services"]) == {"installera", "web", "worker", "beat", "databas", "ko", "post"}
    assert compose["services"]["databas"]["image"] == "postgres:18"
    assert compose["services"]["ko"]["image"].startswith("valkey/valkey:")


def test_every_service_that_stays_has_a_health_check(compose):
    for name, service in compose["services"].items():
        if name not in HEALTH_NOT_NEEDED:
            assert service["healthcheck"]["test"], name


def test_the_database_sorts_as_the_embedded_one_does(compose):
    arguments = compose["services"]["databas"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert arguments == "--locale-provider=builtin --builtin-locale=C.UTF-8"


def test_what_must_last_lies_in_volumes(compose):
    assert compose["services"]["databas"]["volumes"] == ["databas:/var/lib/postgresql"]
    assert compose["services"]["ko"]["volumes"] == ["ko:/data"]
    assert compose["services"]["web"]["volumes"] == ["media:/data/media", "karantan:/data/karantan"]
    assert set(compose["volumes"]) == {"databas", "ko", "media", "karantan"}


def test_only_the_installation_knows_the_owners_login(compose):
    knowing = {name for name, s in compose["services"].items() if "DATABASE_OWNER_URL" in s.get("environment", {})}
    assert knowing == {"installera"}


def test_no_secret_stands_in_compose(compose):
    for name, service in compose["services"].items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|LOSENORD|DATABASE", key):
                assert "${" in value, f"{name}: {key}"


def test_ports_are_open_to_the_machine_itself_only(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_portals_containers_may_do_as_little_as_possible(compose):
    for name in ("installera", "web", "worker", "beat"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_image_does_not_run_as_root(dockerfile):
    users = [value for word, value in dockerfile if word == "USER"]
    assert users == ["portal"]
    assert [word for word, _ in dockerfile].index("USER") < [word for word, _ in dockerfile].index("CMD")


def test_the_image_has_a_health_check_and_installs_by_hash(dockerfile):
    assert any(word == "HEALTHCHECK" and "sfbv.prob" in value for word, value in dockerfile)
    assert "--require-hashes -r /tmp/requirements.lock" in read("Dockerfile")


def test_the_image_has_what_pdf_needs(dockerfile):
    packages = " ".join(value for word, value in dockerfile if word == "RUN")
    for package in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
        assert package in packages


def test_the_clock_exists_exactly_once(compose):
    commands = [" ".join(service.get("command", [])) for service in compose["services"].values()]
    assert len([command for command in commands if re.search(r"\bbeat\b|\s-B\b", command)]) == 1
