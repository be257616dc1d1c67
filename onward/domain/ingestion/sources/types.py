"""What sources' words for kinds of work mean."""

import re

# Only where a source names the type of an opening; what titles say is judged elsewhere.
_INTERNSHIP = re.compile(
    r"\b(?:intern(?:s|ship|ships)?|co-?op|placement|praktik(?:um|a|ant|antin)|werkstudent(?:in)?|working student|stage"
    r"|stagiaire|stagista|tirocinio|pr[aá]cticas|becari[oa]|est[aá]gio|sta[zż]|stażyst[aak]+|praktyki)\b",
    re.IGNORECASE,
)
_HYBRID = re.compile(r"\bhybrid\w*", re.IGNORECASE)
_REMOTE = re.compile(r"\b(?:remote\w*|telecommut\w*|anywhere|worldwide|work from home|home ?office)\b", re.IGNORECASE)
_ONSITE = re.compile(r"\bon[ _-]?site\b|\bin[ _-]office\b", re.IGNORECASE)


def says_internship(*texts: str) -> bool | None:
    """Return True when a source's own type of an opening is an internship; None when it is another or none.

    That an opening is full-time says nothing about it.
    """
    return True if any(_INTERNSHIP.search(text.replace("_", " ")) for text in texts) else None


def is_internship(text: str) -> bool | None:
    """Return whether a word of a vocabulary that knows internships says one; None when there is no word."""
    return bool(says_internship(text)) if text else None


def work_mode_of(*texts: str) -> str:
    """Return what the first text that says how the work is done says: remote, hybrid, onsite; empty when none does."""
    for text in texts:
        for mode, pattern in (("hybrid", _HYBRID), ("remote", _REMOTE), ("onsite", _ONSITE)):
            if pattern.search(text):
                return mode
    return ""
