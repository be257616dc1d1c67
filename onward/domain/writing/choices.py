"""The words of what members write."""

from django.db.models import TextChoices


class EntryKind(TextChoices):
    """What an entry is."""

    BLOG = "blog", "Blog"
    THREAD = "thread", "Thread"
    POST = "post", "Post"
    VIDEO = "video", "Video"
    COMMENT = "comment", "Comment"


class EntryStatus(TextChoices):
    """Whether others see it: in lists, where they are given its id, or not at all."""

    PUBLISHED = "published", "Published"
    UNLISTED = "unlisted", "Unlisted"
    DRAFT = "draft", "Draft"


class Verdict(TextChoices):
    """What a moderator has decided about a flag."""

    KEEP = "keep", "Keep"
    REMOVE = "remove", "Remove"


# What stands below another entry.
BELOW = (EntryKind.POST, EntryKind.COMMENT)
# What others may see, where they know of it.
SEEN = (EntryStatus.PUBLISHED, EntryStatus.UNLISTED)
