"""A template that asks for something that does not exist is an error in the tests."""

import pytest
from django.template import Context, Template


def test_an_unknown_template_variable_is_an_error():
    with pytest.raises(AssertionError, match="finns_inte"):
        Template("{{ finns_inte }}").render(Context({}))


def test_an_unknown_attribute_is_an_error_too():
    with pytest.raises(AssertionError, match=r"sak\.finns_inte"):
        Template("{{ sak.finns_inte }}").render(Context({"sak": {}}))


def test_a_condition_may_still_ask_whether_something_exists():
    assert Template("{% if finns_inte %}ja{% else %}nej{% endif %}").render(Context({})) == "nej"


def test_the_login_page_renders_without_unknown_variables(client, db):
    response = client.get("/konto/login/")
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"]


def test_nobody_can_sign_up(client, db):
    response = client.post("/konto/signup/", {"email": "ny@exempel.se", "password1": "langt-losenord-2026"})
    assert b"ny@exempel.se" not in response.content
    assert not client.session.get("_auth_user_id")
