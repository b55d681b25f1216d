"""The portal's own settings, told that this is a test before they are read."""

import os

os.environ["SFBV_LAGE"] = "test"

from sfbv.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests log in a thousand times
