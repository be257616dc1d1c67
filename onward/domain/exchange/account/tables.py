"""What is one's own, table by table: what goes out with the ZIP, and what comes in again.

A table says which rows are its owner's and what does not leave the server. Its columns are the model's: one that is
added to a model goes out from then on, and the tests ask for it in docs/taking-it-along.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import models

from onward.domain.accounts.models import BackupCode, Departure, Identity, Link, Role, SecondFactor, SignInRequest
from onward.domain.activity.models import Activity
from onward.domain.applications.models import (
    Application,
    Document,
    Note,
    Outcome,
    Reflection,
    SavedJob,
    StatusChange,
    Tag,
    Tagging,
    TakenBackMove,
)
from onward.domain.assistant.models import Generation, Task
from onward.domain.assistant.providers.models import CachedAnswer, Call
from onward.domain.community.models import Award, Follow, Group, Membership, Milestone, Post, Progress, Reaction
from onward.domain.companies.models import Company
from onward.domain.contacts.models import Contact
from onward.domain.exchange.models import Import
from onward.domain.feed.models import Dismissal, SavedSearch
from onward.domain.help.models import Feedback, HelpfulVote
from onward.domain.ingestion.models import Reading, Run, Sighting
from onward.domain.interviews.models import Interview
from onward.domain.learning.models import Attempt, Certificate, Course, Enrolment, Lesson, LessonDone, Question, Quiz
from onward.domain.matching.models import Ranking
from onward.domain.messaging.models import Chat, MessageFlag, MessageVersion, Participant, Update
from onward.domain.messaging.models import Message as ChatMessage
from onward.domain.messaging.models import Reaction as MessageReaction
from onward.domain.notifications.models import Announcement, Notice, Notification, Preferences
from onward.domain.outreach.models import (
    CalendarLink,
    FollowUp,
    Lead,
    LeadActivity,
    LeadStatusChange,
    Message,
    Remark,
    RemovedLead,
)
from onward.domain.reminders.models import Reminder
from onward.domain.resumes.models import Fact, Resume, ResumeText, Upload
from onward.domain.undo.models import Undo
from onward.domain.video.models import Caption, Video
from onward.domain.video.models import Upload as VideoUpload
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.domain.writing.models import Bookmark, Entry, Flag, Like, Mention, ReadPosition, Version, Visit
from onward.platform.bin.models import Binned, BinnedFile
from onward.platform.events.models import EventRecord
from onward.platform.tokens.models import Session, SocketToken

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field

# Counted up when an archive can no longer be read by what reads the one before.
FORMAT = 1

User = get_user_model()


class Column(NamedTuple):
    """One value of a row.

    :ivar source: where it comes from, as ``values_list`` knows it: a row that is referred to is called by its uid, a
        person by their username, a milestone by its key
    """

    name: str
    source: str
    field: Field


@dataclass(frozen=True)
class Table:
    """The rows of one model that belong to a person.

    :param name: what its file is called
    :param owner: the path to the person whose row it is
    :param only: the columns that go out, where not all do
    :param kept_back: the columns that do not
    :param comes_back: whether its rows are made again elsewhere
    :param same: the columns by which a row is the same as one that is there, whatever its uid
    :param once: a mark of which there is one at most, and within which rows
    :param given: what rows that come back have instead of what they had
    :param keyed: whether its rows have a name that is theirs alone
    :param merged: whether what a row says is joined with what the one that is there says
    :param shared: a row that is referred to, and the mark of being for everybody that goes where that row is not here
    :param with_others: whether rows may refer to other people's, with whom they stay
    """

    name: str
    model: type[models.Model]
    owner: str = "owner"
    only: tuple[str, ...] = ()
    kept_back: frozenset[str] = frozenset()
    comes_back: bool = True
    same: tuple[str, ...] | None = None
    once: tuple[str, str] | None = None
    given: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    keyed: bool = False
    merged: bool = False
    shared: tuple[str, str] | None = None
    with_others: bool = False

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What goes out of a row, in this order."""
        hidden = {"id", self.owner, *self.kept_back, *({"name_key"} if self.keyed else ())}
        found = []
        for own in self.model._meta.concrete_fields:
            if own.name in hidden or (self.only and own.name not in self.only):
                continue
            if own.primary_key and not own.is_relation:
                continue
            source = f"{own.name}__{_called(own.related_model)}" if own.is_relation else own.name
            found.append(Column(own.name, source, own))
        return tuple(found)


def _called(model: Any) -> str:
    return {User: "username", Milestone: "key", Video: "entry__uid"}.get(model, "uid")


_SAID_OF_ONESELF = (
    *("email", "username", "display_name", "bio", "profile_visibility", "first_name", "last_name", "phone"),
    *("linkedin_url", "portfolio_url", "github_url", "desired_role", "desired_salary_min", "desired_salary_max"),
    *("preferred_work_type", "timezone", "profile_picture_url", "skills", "experience_level"),
    *("preferred_locations", "excluded_companies", "daily_application_goal", "social_links", "programme"),
    *("graduation_year", "gpa", "work_authorised", "created_at", "updated_at"),
)

# Where the account says nothing of its owner yet, it says then what the archive says.
PROFILE = Table("profile", User, "pk", only=_SAID_OF_ONESELF, comes_back=False)

# In the order in which they come in again: what is referred to stands before what refers to it.
TABLES = (
    PROFILE,
    Table("preferences", Preferences, same=()),
    # Who else knows the company, the server that it comes to finds out by itself.
    Table("companies", Company, kept_back=frozenset({"employer"}), same=("name_key",), keyed=True),
    Table("resumes", Resume, kept_back=frozenset({"file_key"}), once=("is_default", "owner_id")),
    Table("facts", Fact, "resume__owner", same=("resume_id", "kind", "text")),
    Table("applications", Application, kept_back=frozenset({"posting"})),
    Table(
        "status_history",
        StatusChange,
        "application__owner",
        kept_back=frozenset({"displaced"}),
        same=("application_id", "before", "after", "changed_at", "recorded_at"),
    ),
    Table("notes", Note, "application__owner", once=("is_main", "application_id")),
    Table("tags", Tag, same=("name_key",), keyed=True),
    Table("taggings", Tagging, "application__owner", same=("application_id", "tag_id")),
    Table("documents", Document, "application__owner", kept_back=frozenset({"file_key"})),
    Table("outcomes", Outcome, "application__owner", same=("application_id",)),
    Table("reflections", Reflection, "application__owner", same=("application_id",)),
    Table("saved_jobs", SavedJob, kept_back=frozenset({"posting"})),
    Table("saved_searches", SavedSearch, same=("name",), kept_back=frozenset({"seen_until", "told_on"})),
    Table("interviews", Interview),
    Table("contacts", Contact),
    Table("reminders", Reminder),
    Table("assistant_history", Generation),
    Table("activity", Activity),
    Table("groups", Group, "creator"),
    Table("memberships", Membership, "user", same=("group_id",), with_others=True),
    # What was told a group is no news for everybody.
    Table("posts", Post, "author", shared=("group", "is_public")),
    Table("reactions", Reaction, "user", same=("post_id",), with_others=True),
    Table("milestones", Award, "user", same=("milestone_id",)),
    Table("progress", Progress, "user", same=(), merged=True),
    # Nothing is sent until its owner has given the receiver the new secret.
    Table(
        "webhooks",
        Endpoint,
        kept_back=frozenset({"secret", "former_secrets", "holder", "claimed_until"}),
        given={"is_active": lambda: False},
    ),
    # What was done with other people, or by this server, is told and not done again.
    Table("feedback", Feedback, kept_back=frozenset({"answered_by"}), comes_back=False),
    Table("follows", Follow, "follower", comes_back=False),
    Table("entries", Entry, "author", kept_back=frozenset({"removed_by", "popularity"}), comes_back=False),
    Table("videos", Video, "entry__author", kept_back=frozenset({"owner", "file_key", "poster_key"}), comes_back=False),
    Table("captions", Caption, "video__entry__author", comes_back=False),
    Table("likes", Like, "user", comes_back=False),
    Table("bookmarks", Bookmark, "user", comes_back=False),
    Table("flags", Flag, "user", kept_back=frozenset({"resolved_by"}), comes_back=False),
    Table("courses", Course, "instructor", comes_back=False),
    Table("quizzes", Quiz, "course__instructor", comes_back=False),
    Table("questions", Question, "quiz__course__instructor", comes_back=False),
    Table("lessons", Lesson, "course__instructor", comes_back=False),
    Table("enrolments", Enrolment, "user", comes_back=False),
    # What is right, and of which answer, is the teacher's to tell.
    Table("attempts", Attempt, "user", kept_back=frozenset({"keys", "marks"}), comes_back=False),
    Table("lessons_done", LessonDone, "enrolment__user", comes_back=False),
    Table("certificates", Certificate, "user", kept_back=frozenset({"instructor"}), comes_back=False),
    Table("chats", Participant, "user", only=("chat", "joined_at", "archived_at"), comes_back=False),
    Table("messages", ChatMessage, "sender", kept_back=frozenset({"reply_to", "place"}), comes_back=False),
    Table("message_reactions", MessageReaction, "user", kept_back=frozenset({"message"}), comes_back=False),
    Table("assistant_tasks", Task, comes_back=False),
    Table("rankings", Ranking, comes_back=False),
    Table(
        "notifications",
        Notification,
        kept_back=frozenset({"claimed_until", "attempts", "held_since", "error"}),
        comes_back=False,
    ),
    Table("notices", Notice, kept_back=frozenset({"lead", "key"}), comes_back=False),
    Table("deliveries", Delivery, comes_back=False),
    # By which accounts elsewhere this one opens is proved there, anew on each server.
    Table("identities", Identity, "user", comes_back=False),
    Table(
        "sessions",
        Session,
        "user",
        kept_back=frozenset({"refresh_id", "refresh_issued_at", "previous_refresh_id"}),
        comes_back=False,
    ),
)

_OF_THE_DESK = (Lead, LeadStatusChange, Remark, FollowUp, Message, LeadActivity, RemovedLead, Run, Reading, Sighting)
# What belongs to a person and does not go out, and why.
LEFT_OUT: dict[str, str] = {
    Link._meta.label: "opens an account by mail, for an hour",
    SignInRequest._meta.label: "opens an account, for a minute",
    SecondFactor._meta.label: "a secret that this server and an authenticator share",
    BackupCode._meta.label: "opens an account",
    Departure._meta.label: "that an account is being erased",
    Upload._meta.label: "how far this server is with reading a file",
    VideoUpload._meta.label: "a file on its way, for a week; the video that is made of it goes out",
    ResumeText._meta.label: "read from a résumé's file, and again where that comes in",
    CachedAnswer._meta.label: "repeats the assistant's history for a while",
    Call._meta.label: "the operator's bills",
    EventRecord._meta.label: "how this server tells itself of changes; people are told by the history and the activity",
    TakenBackMove._meta.label: "what never happened",
    Binned._meta.label: "what its owner has deleted",
    BinnedFile._meta.label: "what its owner has deleted",
    Undo._meta.label: "how this server takes back what its owner did last",
    Import._meta.label: "a file that its owner brought, for a month; what was taken of it goes out",
    Dismissal._meta.label: "what its owner does not want to see of this server's postings",
    Role._meta.label: "rights on this server",
    **{model._meta.label: "the desk's, whoever of it wrote it" for model in _OF_THE_DESK},
    SocketToken._meta.label: "opens a line, for a minute",
    CalendarLink._meta.label: "opens a calendar",
    Announcement._meta.label: "what the server's admins told everybody; the feed has it",
    HelpfulVote._meta.label: "counts for an article of this server",
    Version._meta.label: "what an entry said before; its author reads it where the entry is",
    Mention._meta.label: "whom an entry names; its text says so",
    Visit._meta.label: "counts for a blog or a video of this server",
    Chat._meta.label: "who has begun a chat; that one takes part goes out",
    MessageVersion._meta.label: "what a message said before; its sender reads it where the message is",
    MessageFlag._meta.label: "which message a flag is about",
    Update._meta.label: "how this server tells of changes in chats, for thirty days",
    ReadPosition._meta.label: "how far a thread of this server was read",
    "accounts.User_groups": "rights on this server",
    "accounts.User_user_permissions": "rights on this server",
    "admin.LogEntry": "what staff did on this server",
}
