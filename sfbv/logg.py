"""What must not stand in the log: a personal link is a key as long as it is open."""

import logging
import re

_SVARSLANK = re.compile(r"/svarslank/(?!oppnad/)[^/\s'\"]+")


class HidesLinks(logging.Filter):
    """Writes ``/svarslank/‹…›`` in the place of a personal link, whoever logs it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the line is kept, without the key."""
        text = record.getMessage()
        if "/svarslank/" in text:
            record.msg, record.args = _SVARSLANK.sub("/svarslank/‹…›", text), ()
        return True
