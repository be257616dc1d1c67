"""Reading a résumé. Every fact keeps the line that it comes from."""

from onward.domain.assistant.offline.resumes.facts import Bullet, Position, Resume, Study
from onward.domain.assistant.offline.resumes.held import without
from onward.domain.assistant.offline.resumes.positions import latest
from onward.domain.assistant.offline.resumes.reading import read

__all__ = ["Bullet", "Position", "Resume", "Study", "latest", "read", "without"]
