"""The words of matching."""

from onward.domain.assistant.choices import OPEN, TaskStatus

__all__ = ["OPEN", "TaskStatus"]
