"""What the people of the demo do among each other."""

from datetime import datetime, timedelta
from functools import partial

from onward.demo.story import Step
from onward.demo.vocabulary import GROUP, PAIR, POSTS, Told
from onward.domain.accounts.choices import Visibility
from onward.domain.accounts.models import User
from onward.domain.accounts.services import profiles
from onward.domain.community.models import Group
from onward.domain.community.services import follows, groups, posts, progress

BIO = "Looking for a calm team with interesting data."


def steps(*, demo: User, member: User, begun: datetime, at: datetime) -> list[Step]:
    """Return how they show themselves, follow each other, meet in groups and post, and when."""
    people = Circle(demo, member)
    met = at - timedelta(days=20)
    found: list[Step] = [(begun, partial(people.appear, begun)), (met, partial(people.meet, met))]
    for told in POSTS:
        then = at - timedelta(days=told.days_ago)
        found.append((then, partial(people.tell, told, then)))
    return found


class Circle:
    """The demo user and the second member, and the group that they meet in."""

    def __init__(self, demo: User, member: User) -> None:
        self.demo = demo
        self.member = member
        self.group: Group

    def appear(self, at: datetime) -> None:
        """Let them come in, and show themselves to everybody."""
        for person, bio in ((self.demo, BIO), (self.member, "")):
            progress.record_sign_in(user_id=person.pk, at=at)
            shown = {
                "profile_visibility": Visibility.PUBLIC,
                "display_name": f"{person.first_name} {person.last_name}",
                "bio": bio,
            }
            profiles.change(user_id=person.pk, changes=shown, demands={}, at=at)

    def meet(self, at: datetime) -> None:
        """Let them follow each other, and meet in a group for everybody and in one of their own."""
        follows.follow(follower_id=self.demo.pk, following=self.member, at=at)
        follows.follow(follower_id=self.member.pk, following=self.demo, at=at)
        for (name, description), is_public in ((GROUP, True), (PAIR, False)):
            group = groups.create(
                creator_id=self.demo.pk, name=name, description=description, is_public=is_public, at=at
            )
            groups.join(group=group, user_id=self.member.pk, at=at)
            if is_public:
                self.group = group

    def tell(self, told: Told, at: datetime) -> None:
        """Let one of them post, and the other one say what they think of it."""
        by_demo = told.by == "demo"
        author, other = (self.demo, self.member) if by_demo else (self.member, self.demo)
        post = posts.share(
            author_id=author.pk,
            content=told.text,
            title=told.title,
            post_type=told.kind,
            group_id=self.group.pk if told.in_group else None,
            at=at,
        )
        if told.reaction:
            posts.react(post=post, user_id=other.pk, reaction=told.reaction, at=at)
