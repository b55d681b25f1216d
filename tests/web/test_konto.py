"""Your own account: second factor, sessions, guessing, and what is stored about you."""

import json
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from delprojekt.models import Innehav, Konto, Person, Utskick
from delprojekt.process.roller import Roll
from delprojekt.queries.losenord import password_link
from sfbv.tvafaktor import ALWAYS_REACHED, SecondFactorAdapter
from tests.world import PASSWORD, person

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Tries are counted in the cache; each test begins without any."""
    cache.clear()
    yield
    cache.clear()


def log_in(who: str, password: str = PASSWORD, **extra: Any) -> tuple[Client, Any]:
    client = Client(**extra)
    return client, client.post("/konto/login/", {"login": f"{who}@exempel.se", "password": password})


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def with_app(who: str) -> Konto:
    konto: Konto = person(who).konto
    TOTP.activate(konto, SECRET)
    RecoveryCodes.activate(konto)
    return konto


def with_key(who: str) -> Authenticator:
    """A passkey as it is stored; the ceremony itself is the browser's (tests/browser)."""
    stored = {"id": "aa", "response": {"attestationObject": "", "clientDataJSON": ""}, "type": "public-key"}
    data = {"name": "Jobbdatorn", "credential": stored, "passwordless": True}
    return Authenticator.objects.create(user=person(who).konto, type=Authenticator.Type.WEBAUTHN, data=data)


def confirmed(who: str) -> Client:
    """Somebody who has logged in and shown once more that it is still her."""
    client, _ = log_in(who)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("who", ["kansli", "kansli2"])
def test_the_kansli_reaches_nothing_without_a_second_factor_where_it_is_asked_for(who: str, settings: Settings) -> None:
    person(who)
    settings.KRAV_PA_TVAFAKTOR = True
    client, _ = log_in(who)
    for path in ("/", "/delprojekt/", "/personer/", "/process/", "/konto/", "/utkorg/", "/konto/mina-uppgifter.json"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/konto/2fa/"), path
    assert client.post("/delprojekt/nytt/", {"benamning": "x"}).headers["Location"] == "/konto/2fa/"
    page = client.get("/konto/2fa/").content.decode()
    assert "Din roll kräver en andra faktor" in page
    assert client.get("/hjalp/").status_code == 200, "what is open to everybody stays open"


def test_with_the_factor_the_kansli_goes_on(settings: Settings) -> None:
    settings.KRAV_PA_TVAFAKTOR = True
    with_app("kansli")
    client, answer = log_in("kansli")
    assert answer.headers["Location"] == "/konto/2fa/authenticate/"
    assert client.get("/delprojekt/").status_code == 302, "the password alone lets nobody in"
    client.post("/konto/2fa/authenticate/", {"code": code()})
    assert client.get("/delprojekt/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(settings: Settings) -> None:
    settings.KRAV_PA_TVAFAKTOR = True
    konto = person("kansli").konto
    client = confirmed("kansli")
    RecoveryCodes.activate(konto)
    assert client.get("/").headers["Location"] == "/konto/2fa/"


@pytest.mark.parametrize("who", ["region.skane", "ordforande"])
def test_others_are_not_asked_for_it(who: str, settings: Settings) -> None:
    person(who)
    settings.KRAV_PA_TVAFAKTOR = True
    assert confirmed(who).get("/").status_code == 200


def test_it_is_not_asked_for_in_a_demo(settings: Settings) -> None:
    person("kansli")
    assert settings.KRAV_PA_TVAFAKTOR is False
    assert confirmed("kansli").get("/").status_code == 200


def test_what_is_reached_without_the_factor_is_only_the_way_to_it_and_out() -> None:
    assert all(name.startswith(("mfa_", "account_reauthenticate", "account_logout")) for name in ALWAYS_REACHED)


def test_an_app_is_tied_and_taken_away_and_a_wrong_code_is_said_in_swedish(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person("ledamot")
    client = confirmed("ledamot")
    page = client.get("/konto/2fa/totp/activate/")
    assert "QR-kod" in page.content.decode()
    wrong = client.post("/konto/2fa/totp/activate/", {"code": "000000"})
    assert "kod" in wrong.content.decode().lower()
    assert "Incorrect" not in wrong.content.decode()
    secret = client.session["mfa.totp.secret"]
    right = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/konto/2fa/totp/activate/", {"code": right})
    assert answer.headers["Location"] == "/konto/2fa/recovery-codes/"
    codes = client.get("/konto/2fa/recovery-codes/").content.decode()
    assert "10 av 10 koder" in codes
    assert client.get("/konto/2fa/recovery-codes/download/").content.decode().startswith("Reservkoder")
    gone = client.post("/konto/2fa/totp/deactivate/", follow=True).content.decode()
    assert "Appen" in gone


def test_the_secret_is_not_readable_in_the_database() -> None:
    konto = with_app("ledamot")
    stored = Authenticator.objects.get(user=konto, type=Authenticator.Type.TOTP).data["secret"]
    assert SECRET not in stored
    assert SecondFactorAdapter().decrypt(stored) == SECRET


def test_a_secret_is_still_read_after_the_key_has_been_changed(settings: Settings) -> None:
    old = SecondFactorAdapter().encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "en-annan-nyckel" + "y" * 40
    assert SecondFactorAdapter().decrypt(old) == SECRET


ENGLISH = ("Sign ", "Authenticator", "Recovery", "Security key", "Passkey", "Master key", "Name:", "Tredje")


def test_who_has_no_password_yet_sets_one_on_a_page_of_ours() -> None:
    client = confirmed("ledamot")
    konto = person("ledamot").konto
    konto.set_unusable_password()
    konto.save()
    client.force_login(konto)
    page = client.get("/konto/password/set/")
    assert page.status_code == 200
    assert 'class="formular"' in page.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/konto/",
        "/konto/2fa/",
        "/konto/2fa/totp/deactivate/",
        "/konto/2fa/recovery-codes/",
        "/konto/2fa/recovery-codes/generate/",
        "/konto/2fa/webauthn/",
        "/konto/mina-uppgifter/",
        "/konto/mina-uppgifter/andra/",
        "/konto/sessions/",
        "/konto/password/change/",
        "/konto/reauthenticate/",
        "/konto/2fa/reauthenticate/",
    ],
)
def test_each_page_of_the_account_is_in_our_words_and_look(path: str) -> None:
    with_app("ledamot")
    client, _ = log_in("ledamot")
    client.post("/konto/2fa/authenticate/", {"code": code()})
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    page = client.get(path)
    assert page.status_code == 200, path
    html = page.content.decode()
    assert 'class="sidhuvud"' in html
    assert not [word for word in ENGLISH if word in html]


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_a_key_has_a_name_that_can_be_changed_and_can_be_taken_away(what: str) -> None:
    person("ledamot")
    client = confirmed("ledamot")
    key = with_key("ledamot")
    page = client.get(f"/konto/2fa/webauthn/keys/{key.pk}/{what}/")
    assert "Jobbdatorn" in page.content.decode()
    client.post(f"/konto/2fa/webauthn/keys/{key.pk}/{what}/", {"name": "Hemma"})
    left = Authenticator.objects.filter(pk=key.pk).first()
    assert (left.data["name"] if left else None) == ("Hemma" if what == "edit" else None)


def test_the_login_page_offers_the_key_without_inline_script(client: Client) -> None:
    html = client.get("/konto/login/").content.decode()
    assert "Logga in med nyckel" in html
    assert "webauthn" in html
    assert client.get("/konto/2fa/webauthn/login/", headers={"accept": "application/json"}).json()["request_options"]


def test_a_wrong_key_lets_nobody_in(client: Client) -> None:
    answer = client.post("/konto/2fa/webauthn/login/", {"credential": json.dumps({"id": "x"})})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_other_sessions_are_seen_and_ended() -> None:
    person("ledamot")
    here, _ = log_in("ledamot", headers={"user-agent": "Datorn"})
    there, _ = log_in("ledamot", headers={"user-agent": "Telefonen"})
    page = here.get("/konto/sessions/").content.decode()
    assert "Datorn" in page
    assert "Telefonen" in page
    here.post("/konto/sessions/")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def tries(who: str, count: int) -> list[str]:
    """Guess from a new address each time, as an attacker would."""
    found = []
    for number in range(count):
        answer = Client(REMOTE_ADDR=f"198.51.100.{number}").post(
            "/konto/login/", {"login": who, "password": f"gissning-{number}"}
        )
        found.append(answer.content.decode())
    return found


def test_guessing_stops_at_five_for_one_account_and_no_other() -> None:
    """quality.md §1 row 26."""
    person("ledamot")
    person("ordforande")
    answers = tries("ledamot@exempel.se", 7)
    assert "För många" not in answers[4]
    assert "För många" in answers[5]
    assert confirmed("ordforande").get("/").status_code == 200


def test_the_real_user_is_locked_out_five_minutes_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    person("ledamot")
    tries("ledamot@exempel.se", 7)
    client, _ = log_in("ledamot")
    assert client.get("/").status_code == 302, "right password, but the account rests"
    later = time.time() + 301
    monkeypatch.setattr("time.time", lambda: later)
    client, _ = log_in("ledamot")
    assert client.get("/").status_code == 200


def test_a_new_password_lets_the_real_user_in_at_once() -> None:
    """Whoever is locked out by somebody else's guesses need not wait: the mail is hers alone."""
    from delprojekt.queries.losenord import password_link

    konto = person("ledamot").konto
    tries("ledamot@exempel.se", 7)
    client = Client()
    page = client.get("/" + password_link(konto).split("/", 3)[3], follow=True)
    new = "en helt ny mening att minnas"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert Konto.objects.get(pk=konto.pk).check_password(new)


def plain(html: str, *addresses: str) -> str:
    import re

    for address in addresses:
        html = html.replace(address, "adress")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/konto/login/", {"password": "fel-losenord"}),
        ("/konto/password/reset/", {}),
    ],
)
def test_an_unknown_account_gets_the_same_answer(path: str, form: dict[str, str]) -> None:
    """quality.md §1 row 27."""
    person("ledamot")
    found = []
    for address in ("ledamot@exempel.se", "finnsinte@exempel.se"):
        name = "login" if "login" in path else "email"
        answer = Client().post(path, {name: address, **form})
        found.append((answer.status_code, answer.headers.get("Location"), plain(answer.content.decode(), address)))
    assert found[0] == found[1]


def test_what_is_stored_about_you_is_yours_to_read_and_take() -> None:
    """GDPR art. 15: own data, and nobody else's."""
    person("ledamot")
    client = confirmed("ledamot")
    page = client.get("/konto/mina-uppgifter/").content.decode()
    assert "Petra Wikström" in page
    answer = client.get("/konto/mina-uppgifter.json")
    data = json.loads(answer.content)
    assert data["uppgifter"]["epost"] == "ledamot@exempel.se"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert str(person("ordforande").epost) not in answer.content.decode()
    assert "mina-uppgifter" in client.get("/personuppgifter/").content.decode()
    assert "mina-uppgifter" not in Client().get("/personuppgifter/").content.decode()


def test_when_somebody_was_last_here_is_noted_once_an_hour() -> None:
    person("ledamot")
    client = confirmed("ledamot")
    client.get("/")
    first = Person.objects.get(epost="ledamot@exempel.se").konto.senast_sedd_at
    assert first is not None
    client.get("/")
    assert Person.objects.get(epost="ledamot@exempel.se").konto.senast_sedd_at == first


def test_whoever_is_invited_chooses_a_password_and_is_told_the_rules_in_plain_swedish(db: None) -> None:
    konto = person("ledamot").konto
    for usable, heading in ((False, "<h1>Välj ett lösenord</h1>"), (True, "<h1>Välj ett nytt lösenord</h1>")):
        konto.set_password(PASSWORD if usable else None)
        konto.save()
        client = Client()
        page = client.get(password_link(konto), follow=True)
        assert heading in page.content.decode()
        url = page.redirect_chain[-1][0]
        short = client.post(url, {"password1": "kort", "password2": "kort"}).content.decode()
        assert "Lösenordet är för kort. Det ska ha minst 12 tecken." in short
        assert "personliga information" not in short
        other = client.post(url, {"password1": "en lång fras om hösten", "password2": "en annan fras"}).content.decode()
        assert "Lösenorden är olika. Skriv samma lösenord två gånger." in other
        like = client.post(url, dict.fromkeys(("password1", "password2"), "ledamot@exempel.se")).content.decode()
        assert "för likt din e-postadress" in like
        common = client.post(url, dict.fromkeys(("password1", "password2"), "qwertyuiop123")).content.decode()
        assert "ett av de vanligaste" in common or "Lösenordet" in common


EGNA = "/konto/mina-uppgifter/andra/"


def own_form(client: Client, **changed: str) -> dict[str, Any]:
    form = client.get(EGNA).context["form"]
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()} | changed


def test_you_change_what_you_keep_up_to_date_and_nothing_else() -> None:
    """What it was stays in the row history (GDPR art. 16)."""
    them = person("ledamot")
    client, _ = log_in("ledamot")
    said = own_form(client, telefon="070-123 45 67", befattning="Överläkare", fornamn="Kapad", region="1")
    page = client.post(EGNA, said, follow=True).content.decode()
    assert "Dina uppgifter är ändrade." in page
    assert "070-123 45 67" in page
    assert "Ändrade sina egna uppgifter: telefon, befattning." in page
    now = person("ledamot")
    assert (now.telefon, now.befattning, now.fornamn, now.region) == (
        "070-123 45 67",
        "Överläkare",
        them.fornamn,
        them.region,
    )
    history = apps.get_model("delprojekt", "PersonEvent").objects.filter(pgh_obj=them).order_by("pgh_id")
    assert [row.befattning for row in history][-2:] == [them.befattning, "Överläkare"]
    assert "Inget var ändrat." in client.post(EGNA, own_form(client), follow=True).content.decode()


def test_a_telephone_number_is_refused_with_an_example_and_kept() -> None:
    person("ledamot")
    client, _ = log_in("ledamot")
    answer = client.post(EGNA, own_form(client, telefon="ring växeln"))
    assert answer.status_code == 422
    assert "Skriv numret med siffror, till exempel 070-123 45 67." in answer.content.decode()
    assert 'value="ring växeln"' in answer.content.decode()


def test_a_new_address_is_asked_for_and_changed_by_the_administrator_only() -> None:
    """Whoever holds the address can choose a new password: it is not changed by whoever sits at an open page."""
    keeper = person("kansli2")
    Innehav.objects.create(person=keeper, roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    them = person("ledamot")
    client, _ = log_in("ledamot")
    for _ in range(2):
        page = client.post(EGNA, own_form(client, epost="ny@exempel.se"), follow=True).content.decode()
        assert "Administratören har" in page
    assert (person("ledamot").epost, person("ledamot").konto.email) == ("ledamot@exempel.se", "ledamot@exempel.se")
    letter = Utskick.objects.get(person=keeper)
    assert "ny@exempel.se" in letter.text
    assert f"/personer/{them.pk}/gor/andra-person/" in letter.text
    assert person("ledamot").forvaltning.get().mening == "Bad om en ny e-postadress: ny@exempel.se."
