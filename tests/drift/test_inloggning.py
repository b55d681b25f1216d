"""The door: everybody may see the login page, nobody may make an account."""

from delprojekt.models import Konto


def test_the_login_page_stands_open_behind_its_policy(client, db):
    response = client.get("/konto/login/")
    assert response.status_code == 200
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_nobody_can_sign_up(client, db):
    before = Konto.objects.count()
    client.post("/konto/signup/", {"email": "ny@exempel.se", "password1": "langt-losenord-2026"})
    assert Konto.objects.count() == before
    assert "_auth_user_id" not in client.session


def test_guessing_a_password_is_stopped_after_five_tries(client, db):
    """Per account, whatever address the guesses come from."""
    codes = [
        client.post(
            "/konto/login/",
            {"login": "gissad@exempel.se", "password": f"gissning-{number}"},
            REMOTE_ADDR=f"198.51.100.{number}",
        ).content.decode()
        for number in range(7)
    ]
    assert "För många" not in codes[4]
    assert "För många" in codes[6]
