"""The words of what somebody seeks, as the database's ``sv_sok`` writes them: å ä ö are letters of their own."""

import re

_BLANK = re.compile("[\\s\\u00a0\\u00ad\\u2010-\\u2015\\u2212/-]+")
MOST = 8
STAVNINGAR = (
    ("chefsamråd", "chefssamråd"),
    ("huvudmansbeslut", "huvudmannabeslut"),
    ("protokollsutdrag", "protokollutdrag"),
)
"""Words that people spell in more than one way: whoever seeks one way finds the other too."""


def words(text: str) -> list[str]:
    """Return the words, in small letters; dashes part words as spaces do. At most eight."""
    return same_name(text).split()[:MOST]


def same_name(text: str) -> str:
    """Return a name as it is compared with another: in small letters, every run of dashes and blanks one space."""
    return _BLANK.sub(" ", text.lower()).strip()


def spellings(text: str) -> list[str]:
    """Return a text in every way it can be spelled, itself first; also inside a longer word."""
    found = [text]
    for ways in STAVNINGAR:
        found += [one.replace(way, other) for one in found for way in ways if way in one for other in ways]
    return list(dict.fromkeys(found))
