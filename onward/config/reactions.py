"""What happens when…: every event that somebody reacts to, and who does.

``now`` runs in the transaction of the change; ``later`` becomes a job with it.
"""

from onward.domain.accounts import tasks as accounts
from onward.domain.accounts.events import (
    BackupCodesRegenerated,
    BackupCodeUsed,
    PasswordChanged,
    PasswordReset,
    Registered,
    SecondFactorDisabled,
    SecondFactorEnabled,
)
from onward.domain.accounts.reactions import newcomer, notice
from onward.domain.activity import reactions as activity
from onward.domain.applications import reactions as applications
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationUpdated,
    NoteAdded,
    StatusChanged,
)
from onward.domain.assistant.events import Generated
from onward.domain.companies.events import CompanyCreated, CompanyDeleted
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.notifications import reactions as notifications
from onward.domain.resumes import tasks as resumes
from onward.domain.resumes.events import ResumeAdded, ResumeDeleted
from onward.domain.webhooks import reactions as webhooks
from onward.domain.webhooks import tasks as webhook_tasks
from onward.domain.webhooks.events import EndpointPaused
from onward.platform.events import Event, Reaction, later, now
from onward.platform.tokens.events import RefreshReused

REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {
    Registered: (later(accounts.welcome, with_=newcomer),),
    PasswordChanged: (later(accounts.send_notice, with_=notice),),
    PasswordReset: (later(accounts.send_notice, with_=notice),),
    SecondFactorEnabled: (later(accounts.send_notice, with_=notice),),
    SecondFactorDisabled: (later(accounts.send_notice, with_=notice),),
    BackupCodeUsed: (later(accounts.send_notice, with_=notice),),
    BackupCodesRegenerated: (later(accounts.send_notice, with_=notice),),
    RefreshReused: (later(accounts.send_notice, with_=notice),),
    ApplicationCreated: (now(activity.application_created), now(webhooks.application_created)),
    ApplicationUpdated: (now(activity.application_updated), now(webhooks.application_updated)),
    StatusChanged: (now(activity.status_changed), now(notifications.status_changed), now(webhooks.status_changed)),
    ApplicationDeleted: (now(activity.application_deleted), now(webhooks.application_deleted)),
    NoteAdded: (now(activity.note_added),),
    InterviewScheduled: (
        now(activity.interview_scheduled),
        now(notifications.interview_scheduled),
        now(webhooks.interview_scheduled),
    ),
    InterviewUpdated: (
        now(activity.interview_updated),
        now(notifications.interview_updated),
        now(webhooks.interview_updated),
    ),
    InterviewCompleted: (
        now(activity.interview_completed),
        now(notifications.interview_over),
        now(webhooks.interview_completed),
    ),
    InterviewCancelled: (
        now(activity.interview_cancelled),
        now(notifications.interview_over),
        now(webhooks.interview_cancelled),
    ),
    ResumeAdded: (
        now(activity.resume_added),
        later(resumes.tidy, with_=lambda event: {"owner_id": event.owner_id}),
    ),
    ResumeDeleted: (later(resumes.tidy, with_=lambda event: {"owner_id": event.owner_id}),),
    Generated: (now(activity.generated),),
    CompanyCreated: (now(activity.company_created), now(webhooks.company_created)),
    EndpointPaused: (later(webhook_tasks.tell_paused, with_=webhooks.paused),),
    CompanyDeleted: (now(applications.leave_with_company),),
}
