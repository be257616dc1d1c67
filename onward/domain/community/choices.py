"""The words of the community."""

from django.db.models import TextChoices


class GroupRole(TextChoices):
    """What somebody is in a group."""

    ADMIN = "admin", "Admin"
    MEMBER = "member", "Member"


class PostType(TextChoices):
    """What a post is."""

    UPDATE = "update", "Update"
    TIP = "tip", "Tip"
    MILESTONE = "milestone", "Milestone"
    QUESTION = "question", "Question"
    RESOURCE = "resource", "Resource"
    CELEBRATION = "celebration", "Celebration"


class ReactionType(TextChoices):
    """What somebody thinks of a post."""

    LIKE = "like", "Like"
    CELEBRATE = "celebrate", "Celebrate"
    SUPPORT = "support", "Support"
    INSIGHTFUL = "insightful", "Insightful"
