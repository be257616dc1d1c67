"""What happens when…: every event that somebody reacts to, and who does.

``now`` runs in the transaction of the change; ``later`` becomes a job with it.
"""

from onward.apis.tracker import payloads as webhooks
from onward.domain.accounts.events import (
    AccountDisabled,
    BackupCodesRegenerated,
    BackupCodeUsed,
    EmailVerified,
    IdentityLinked,
    MemberAdded,
    PasswordChanged,
    PasswordReset,
    ProfileChanged,
    Registered,
    RoleRevoked,
    SecondFactorDisabled,
    SecondFactorEnabled,
    SignedIn,
)
from onward.domain.accounts.reactions import added, invited, newcomer, notice
from onward.domain.activity import reactions as activity
from onward.domain.applications import reactions as applications
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationUpdated,
    DocumentAdded,
    JobSaved,
    NoteAdded,
    OutcomeChanged,
    OutcomeRecorded,
    ReflectionWritten,
    StatusChanged,
    TagAssigned,
    TagCreated,
)
from onward.domain.assistant.events import Generated
from onward.domain.board.events import PostingChanged, PostingClosed, PostingPublished, PostingWithdrawn
from onward.domain.community import reactions as progress
from onward.domain.community.events import Followed, GroupJoined, PostShared
from onward.domain.companies.events import CompanyCreated, CompanyDeleted, EmployerAdded, EmployerChanged
from onward.domain.contacts.events import ContactAdded
from onward.domain.feed.reactions import postings_changed
from onward.domain.help.events import FeedbackAnswered
from onward.domain.ingestion.events import PostingsRead, RunEnded, StatesChanged
from onward.domain.interviews import reactions as interviews
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.notifications import reactions as notifications
from onward.domain.notifications.events import Announced
from onward.domain.outreach import reactions as desk
from onward.domain.outreach.events import (
    DraftsEnded,
    FollowUpChanged,
    FollowUpCompleted,
    FollowUpPlanned,
    LeadAdded,
    LeadAssigned,
    LeadChanged,
    LeadClosed,
    LeadConverted,
    LeadFound,
    LeadMoved,
    LeadRemoved,
    LeadReopened,
    LeadReposted,
    MessageSaved,
    MessageSent,
    Remarked,
)
from onward.domain.reminders.events import ReminderChanged, ReminderCompleted, ReminderCreated
from onward.domain.resumes import reactions as resumes
from onward.domain.resumes.events import ResumeAdded, ResumeDeleted, ResumeFileReplaced
from onward.domain.webhooks.events import EndpointPaused
from onward.domain.webhooks.reactions import paused
from onward.domain.writing.events import EntryWritten, Mentioned
from onward.domain.writing.reactions import entries_changed
from onward.platform.bin.events import Restored
from onward.platform.events import Event, Reaction, later, now
from onward.platform.tokens.events import RefreshReused

REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {
    # An action is counted after everything else that follows from it: the count is the last row that is locked.
    EmailVerified: (now(notifications.address_verified),),
    Registered: (later("accounts.welcome", with_=newcomer), now(progress.began)),
    MemberAdded: (
        later("accounts.invite", with_=invited),
        later("accounts.welcome", with_=added),
        now(progress.began),
    ),
    SignedIn: (now(progress.began),),
    ProfileChanged: (
        now(interviews.clock_changed),
        now(notifications.clock_changed),
        now(progress.clock_changed),
    ),
    AccountDisabled: (now(desk.has_left),),
    RoleRevoked: (now(desk.has_left),),
    PasswordChanged: (later("accounts.send_notice", with_=notice),),
    PasswordReset: (later("accounts.send_notice", with_=notice),),
    SecondFactorEnabled: (later("accounts.send_notice", with_=notice),),
    SecondFactorDisabled: (later("accounts.send_notice", with_=notice),),
    IdentityLinked: (later("accounts.send_notice", with_=notice),),
    BackupCodeUsed: (later("accounts.send_notice", with_=notice),),
    BackupCodesRegenerated: (later("accounts.send_notice", with_=notice),),
    RefreshReused: (later("accounts.send_notice", with_=notice),),
    ApplicationCreated: (
        now(activity.write_line, together=activity.write_lines),
        now(webhooks.announce, together=webhooks.announce_all),
        now(progress.applied, together=progress.applied_often),
    ),
    ApplicationUpdated: (now(activity.write_line), now(webhooks.announce)),
    StatusChanged: (now(activity.write_line), now(notifications.status_changed), now(webhooks.announce)),
    ApplicationDeleted: (now(activity.write_line), now(webhooks.announce)),
    NoteAdded: (now(activity.write_line), now(progress.acted)),
    OutcomeRecorded: (now(activity.write_line), now(progress.recorded)),
    OutcomeChanged: (now(progress.became),),
    ReflectionWritten: (now(activity.write_line), now(progress.reflected)),
    DocumentAdded: (now(activity.write_line), now(progress.acted)),
    TagCreated: (now(progress.acted),),
    TagAssigned: (now(activity.write_line), now(progress.acted)),
    # A job that is converted counts as the application that comes of it.
    JobSaved: (now(activity.write_line), now(progress.acted)),
    ContactAdded: (now(activity.write_line), now(progress.acted)),
    ReminderCreated: (
        now(activity.write_line),
        now(notifications.reminder_created),
        now(progress.acted),
    ),
    ReminderChanged: (now(notifications.reminder_changed),),
    ReminderCompleted: (
        now(activity.write_line),
        now(notifications.reminder_completed),
        now(progress.acted),
    ),
    InterviewScheduled: (
        now(activity.write_line),
        now(notifications.interview_scheduled),
        now(webhooks.announce),
        now(progress.acted),
    ),
    InterviewUpdated: (
        now(activity.write_line),
        now(notifications.interview_updated),
        now(webhooks.announce),
    ),
    InterviewCompleted: (
        now(activity.write_line),
        now(notifications.interview_over),
        now(webhooks.announce),
    ),
    InterviewCancelled: (
        now(activity.write_line),
        now(notifications.interview_over),
        now(webhooks.announce),
    ),
    ResumeAdded: (
        now(activity.write_line),
        later("resumes.tidy", with_=lambda event: {"owner_id": event.owner_id}),
        now(progress.acted),
    ),
    ResumeFileReplaced: (later("resumes.tidy", with_=lambda event: {"owner_id": event.owner_id}),),
    ResumeDeleted: (later("resumes.tidy", with_=lambda event: {"owner_id": event.owner_id}),),
    Restored: (now(resumes.came_back),),
    Generated: (now(activity.generated),),
    CompanyCreated: (
        now(activity.write_line, together=activity.write_lines),
        now(webhooks.announce, together=webhooks.announce_all),
    ),
    EndpointPaused: (later("webhooks.tell_paused", with_=paused),),
    Followed: (now(progress.followed),),
    GroupJoined: (now(progress.joined),),
    PostShared: (now(progress.posted),),
    CompanyDeleted: (now(applications.leave_with_company),),
    PostingsRead: (now(notifications.postings_read), now(desk.postings_read), now(postings_changed)),
    StatesChanged: (now(notifications.states_changed), now(desk.states_changed), now(postings_changed)),
    PostingChanged: (now(postings_changed),),
    PostingClosed: (now(notifications.posting_closed), now(desk.posting_closed), now(postings_changed)),
    FeedbackAnswered: (now(notifications.feedback_answered),),
    EntryWritten: (now(notifications.answered), now(entries_changed)),
    Mentioned: (now(notifications.mentioned),),
    RunEnded: (now(notifications.run_ended),),
    Announced: (later("notifications.announce", with_=lambda event: {"announcement_id": event.announcement_id}),),
    # The revision of the desk's record is the last row that is locked.
    LeadFound: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    LeadAdded: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    LeadChanged: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    LeadMoved: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    LeadClosed: (now(desk.write_line, together=desk.write_lines),),
    LeadReopened: (now(desk.write_line, together=desk.write_lines),),
    LeadReposted: (now(desk.write_line, together=desk.write_lines),),
    LeadAssigned: (
        now(desk.write_line, together=desk.write_lines),
        now(notifications.lead_assigned, together=notifications.leads_assigned),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    LeadConverted: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    FollowUpPlanned: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    FollowUpChanged: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    FollowUpCompleted: (
        now(desk.write_line, together=desk.write_lines),
        now(desk.counted_anew, together=desk.all_counted_anew),
    ),
    LeadRemoved: (now(desk.counted_anew),),
    Remarked: (now(desk.write_line, together=desk.write_lines),),
    MessageSaved: (now(desk.write_line),),
    MessageSent: (now(desk.write_line),),
    DraftsEnded: (now(notifications.drafts_ended),),
    EmployerAdded: (now(desk.employer_told), now(desk.counted_anew)),
    EmployerChanged: (now(desk.employer_told), now(desk.counted_anew)),
    PostingPublished: (now(notifications.posting_published), now(desk.counted_anew), now(postings_changed)),
    PostingWithdrawn: (now(notifications.posting_closed), now(desk.counted_anew), now(postings_changed)),
}
