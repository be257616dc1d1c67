"""The words of chats."""

from django.db.models import TextChoices


class UpdateKind(TextChoices):
    """What has happened in a chat."""

    CHAT = "chat", "Title"
    PEOPLE = "people", "People"
    MESSAGE = "message", "Message"
    EDIT = "edit", "Edit"
    DELETION = "deletion", "Deletion"
    REACTION = "reaction", "Reaction"
    READ = "read", "Read"
    END = "end", "End"
