"""The portal's own settings, told that this is a test before they are read, and strict where the portal is lenient."""

import os

os.environ["SFBV_LAGE"] = "test"

from sfbv.settings import *  # noqa: F403
from sfbv.settings import TEMPLATES


class UnknownVariable(str):
    """Django puts this in place of a template variable that does not exist; here that is an error (house rule 4)."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"Mallen använder en variabel som inte finns: {variable}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("okänd variabel")  # type: ignore[index]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests log in a thousand times
