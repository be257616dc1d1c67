from onward.domain.community.models.follow import Follow
from onward.domain.community.models.group import Group, Membership
from onward.domain.community.models.post import Post, Reaction
from onward.domain.community.models.progress import Award, Milestone, Progress

__all__ = ["Award", "Follow", "Group", "Membership", "Milestone", "Post", "Progress", "Reaction"]
