"""The words of what somebody seeks, as the database's ``sv_sok`` writes them: å ä ö are letters of their own."""

import re

_BLANK = re.compile("[\\s\\u00a0\\u00ad\\u2010-\\u2015\\u2212/-]+")
MOST = 8


def words(text: str) -> list[str]:
    """Return the words, in small letters; dashes part words as spaces do. At most eight."""
    return same_name(text).split()[:MOST]


def same_name(text: str) -> str:
    """Return a name as it is compared with another: in small letters, every run of dashes and blanks one space."""
    return _BLANK.sub(" ", text.lower()).strip()
