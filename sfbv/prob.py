"""The container's own health probe: ``python -m sfbv.prob`` asks ``/halsa/`` from inside, as the proxy would.

It fails only when the web itself or its database is away: a queue that rests is no reason to take the web away."""

import json
import os
import sys
import urllib.error
import urllib.request


def web_is_well(port: str, host: str) -> bool:
    """True when the web answers and reaches its database."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/halsa/", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4) as response:  # noqa: S310  (our own address)
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        answer = json.load(error) if error.code == 503 else {}
    except (OSError, ValueError):
        return False
    return bool(answer.get("databas") == "ok")


if __name__ == "__main__":
    first_host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    sys.exit(0 if web_is_well(os.environ.get("PORT") or "8000", first_host) else 1)
