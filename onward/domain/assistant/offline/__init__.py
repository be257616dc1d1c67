"""The offline writer: letters, matches and questions without a provider. Pure functions of their input."""

from onward.domain.assistant.offline.writer import OfflineWriter

__all__ = ["OfflineWriter"]
