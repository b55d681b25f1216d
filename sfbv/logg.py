"""What must not stand in the log: a personal link is a key as long as it is open."""

import logging
import re

_LANK = re.compile(r"/lank/[^/\s'\"]+")


class HidesLinks(logging.Filter):
    """Writes ``/lank/‹…›`` in the place of a personal link, whoever logs it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the line is kept, without the key."""
        text = record.getMessage()
        if "/lank/" in text:
            record.msg, record.args = _LANK.sub("/lank/‹…›", text), ()
        return True
