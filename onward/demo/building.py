"""Letting the story happen, day by day, through the services that people's own changes go through."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import typst
from django.core.files.base import ContentFile
from django.db import transaction

from onward.demo import DOMAIN, PASSWORD, among, beside, boards, chats, courses, forums, lectures, vocabulary
from onward.demo.story import OLDEST, Meeting, Move, Pursuit, Remark, Step, tell
from onward.domain.accounts.models import User
from onward.domain.applications import services as application_services
from onward.domain.applications.choices import OutcomeStatus, Status
from onward.domain.applications.models import Application, Outcome, Tag
from onward.domain.companies import services as company_services
from onward.domain.companies.models import Company
from onward.domain.contacts import services as contact_services
from onward.domain.contacts.choices import ContactType
from onward.domain.interviews import services as interview_services
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.notifications.choices import SWITCHES
from onward.domain.notifications.services import preferences
from onward.domain.resumes import services as resume_services
from onward.domain.resumes.choices import Standing

HERE = Path(__file__).parent
# What somebody thinks about afterwards.
OVER = frozenset({Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demo."""

    email: str
    password: str
    holds: str


@transaction.atomic
def build(*, at: datetime) -> list[Account]:
    """Make the demo accounts and everything in them; a failure leaves nothing of it."""
    begun = at - timedelta(days=OLDEST + 2)
    demo = _account("demo", ("Demo", "User"), begun)
    member = _account("member", ("Second", "Member"), begun)
    admin = _account("admin", ("Demo", "Admin"), begun, is_staff=True, is_superuser=True)
    for person in (demo, member, admin):
        # Nobody reads mail there.
        preferences.change(owner_id=person.pk, changes=dict.fromkeys(SWITCHES.values(), False), at=begun)
    pursuits = tell(at=at)
    resumes = _resumes(demo.pk, begun)
    # A few of their own, so that one can see that nobody sees another's.
    few = [pursuit for pursuit in pursuits if pursuit.status in {Status.APPLIED, Status.REJECTED}][:5]
    _happen(
        [
            *_search(demo.pk, pursuits, resumes, _tags(demo.pk, begun), at),
            *_search(member.pk, few, {}, {}, at),
            *beside.steps(owner_id=demo.pk, at=at),
            *among.steps(demo=demo, member=member, begun=begun, at=at),
            *courses.steps(teacher=admin, demo=demo, member=member, at=at),
        ]
    )
    published = boards.publish(by_id=admin.pk, at=at)
    lectures.show(by_id=admin.pk, student_id=demo.pk, at=at)
    chats.talk(people=(member.pk, demo.pk), at=at)
    forums.write(people=(member.pk, demo.pk), at=at)
    meetings = sum(len(pursuit.meetings) for pursuit in pursuits)
    return [
        Account(
            demo.email,
            PASSWORD,
            f"{len(pursuits)} applications at {len({pursuit.firm.name for pursuit in pursuits})} companies, "
            f"{meetings} interviews, {sum(pursuit.offered is not None for pursuit in pursuits)} offers, "
            f"{sum(len(pursuit.remarks) for pursuit in pursuits)} notes, {len(resumes)} résumés, "
            f"{len(vocabulary.FINDS)} saved jobs",
        ),
        Account(
            member.email,
            PASSWORD,
            f"a second member: {len(few)} applications of their own, and two groups with the first",
        ),
        Account(
            admin.email,
            PASSWORD,
            f"staff: everything under /admin/, {published} postings on the board, and {len(courses.COURSES)} courses",
        ),
    ]


def _account(name: str, names: tuple[str, str], at: datetime, **rights: bool) -> User:
    return User.objects.create_user(
        f"{name}@{DOMAIN}",
        name,
        PASSWORD,
        first_name=names[0],
        last_name=names[1],
        is_email_verified=True,
        desired_role="Backend Engineer",
        created_at=at,
        updated_at=at,
        **rights,
    )


def _resumes(owner_id: int, at: datetime) -> dict[str, int]:
    """Upload both versions, as PDFs made here, and give their ids by name."""
    made = {}
    for number, (name, version) in enumerate(json.loads((HERE / "resumes.json").read_text())["versions"].items()):
        resume = resume_services.upload(
            owner_id=owner_id,
            file=ContentFile(resume_pdf(name)),
            file_name=version["file"],
            version_name=name,
            standing=Standing.BESIDE,
            at=at + timedelta(days=number),
        )
        made[name] = resume.pk
    return made


def resume_pdf(version: str) -> bytes:
    """Typeset one version of the demo user's résumé: the same bytes each time, with no font of the machine's."""
    pdf: bytes = typst.compile(
        HERE / "resume.typ", root=HERE, ignore_system_fonts=True, sys_inputs={"version": version}
    )
    return pdf


def _tags(owner_id: int, at: datetime) -> dict[str, Tag]:
    return {
        name: application_services.create_tag(owner_id=owner_id, name=name, color=color, at=at)
        for name, color in vocabulary.TAGS.items()
    }


def _search(
    owner_id: int, pursuits: list[Pursuit], resumes: Mapping[str, int], tags: Mapping[str, Tag], at: datetime
) -> list[Step]:
    companies: dict[str, Company] = {}
    chapters = [Chapter(owner_id, pursuit, companies, resumes, tags, at) for pursuit in pursuits]
    return [step for chapter in chapters for step in chapter.steps()]


def _happen(steps: list[Step]) -> None:
    """Carry out what happens in its order, so that histories and timelines read as if it had been lived."""
    for _, step in sorted(steps, key=lambda one: one[0]):
        step()


class Chapter:
    """One pursuit on its way into the record."""

    def __init__(
        self,
        owner_id: int,
        pursuit: Pursuit,
        companies: dict[str, Company],
        resumes: Mapping[str, int],
        tags: Mapping[str, Tag],
        at: datetime,
    ) -> None:
        self.owner_id = owner_id
        self.pursuit = pursuit
        self.companies = companies
        self.resumes = resumes
        self.tags = tags
        self.at = at
        self.application: Application
        self.outcome: Outcome

    def steps(self) -> list[Step]:
        """Return what is to be done and when, in its order where it falls on the same moment."""
        pursuit = self.pursuit
        first, *later = pursuit.moves
        last = pursuit.moves[-1]
        found: list[Step] = [(first.at, partial(self._begin, first))]
        found += [(move.at, partial(self._move, move)) for move in later]
        found += [(meeting.arranged_at, partial(self._meet, meeting)) for meeting in pursuit.meetings]
        found += [(remark.at, partial(self._remark, remark)) for remark in pursuit.remarks]
        found.append((last.at, self._plan))
        if pursuit.meetings:
            found.append((pursuit.meetings[0].arranged_at, self._know))
        if pursuit.offered:
            found.append((pursuit.offered, self._offer))
            if pursuit.status == Status.WITHDRAWN:
                found.append((last.at, self._decline))
        if pursuit.meetings and pursuit.status in OVER:
            found.append((min(self.at, last.at + timedelta(hours=3)), self._reflect))
        return found

    def _begin(self, move: Move) -> None:
        firm, role, pursuit = self.pursuit.firm, self.pursuit.role, self.pursuit
        if firm.name not in self.companies:
            self.companies[firm.name] = company_services.create(
                owner_id=self.owner_id,
                name=firm.name,
                at=move.at,
                website=f"https://www.{firm.address}",
                industry=firm.industry,
                location=firm.location,
                size=firm.size,
                glassdoor_rating=firm.rating,
                notes=firm.notes,
            )
        self.application = application_services.create(
            owner_id=self.owner_id,
            company_id=self.companies[firm.name].pk,
            job_title=pursuit.title,
            at=move.at,
            status=move.to,
            job_url=f"https://careers.{firm.address}/jobs/{pursuit.number}",
            job_description=_description(pursuit),
            priority=pursuit.priority,
            work_type=pursuit.work_type,
            location=firm.location,
            salary_min=role.pay[0] * 1000,
            salary_max=role.pay[1] * 1000,
            source=pursuit.source,
            referrer_name=vocabulary.REFERRERS[pursuit.number % 3] if pursuit.source == "referral" else "",
            cover_letter=pursuit.letter.format(title=pursuit.title, industry=firm.industry.lower()),
            resume_id=self.resumes.get(role.resume) if move.to != Status.WISHLIST else None,
            applied_date=move.at.date() if move.to != Status.WISHLIST else None,
        )
        wanted = {
            "Remote": pursuit.work_type == "remote",
            "Top choice": pursuit.priority == "high",
            "Through somebody": pursuit.source == "referral",
        }
        for name, tag in self.tags.items():
            if wanted[name]:
                application_services.assign_tag(application=self.application, tag=tag, at=move.at)

    def _move(self, move: Move) -> None:
        if move.to == Status.APPLIED:
            self.application = application_services.update(
                application=self.application,
                at=move.at,
                status=move.to,
                applied_date=move.at.date(),
                resume_id=self.resumes.get(self.pursuit.role.resume),
            )
        else:
            self.application = application_services.change_status(application=self.application, to=move.to, at=move.at)

    def _meet(self, meeting: Meeting) -> None:
        interview = interview_services.create(
            owner_id=self.owner_id,
            application_id=self.application.pk,
            scheduled_at=meeting.scheduled_at,
            at=meeting.arranged_at,
            round_number=meeting.round_number,
            interview_type=meeting.kind,
            duration_minutes=meeting.minutes,
            meeting_link=f"https://meet.{self.pursuit.firm.address}/{self.pursuit.number}-{meeting.round_number}"
            if meeting.kind != "onsite"
            else "",
            meeting_location=self.pursuit.firm.location if meeting.kind == "onsite" else "",
            interviewer_titles=meeting.titles,
            preparation_notes=vocabulary.PREPARATION[meeting.kind],
        )
        if meeting.status == InterviewStatus.COMPLETED:
            interview_services.update(
                interview=interview,
                at=meeting.scheduled_at + timedelta(minutes=meeting.minutes),
                status=meeting.status,
                outcome=meeting.outcome,
                post_interview_notes=meeting.after,
                questions_asked=vocabulary.QUESTIONS[meeting.kind],
            )
        elif meeting.status != InterviewStatus.SCHEDULED:
            interview_services.update(
                interview=interview, at=min(self.at, meeting.scheduled_at - timedelta(hours=3)), status=meeting.status
            )

    def _know(self) -> None:
        firm, meeting = self.pursuit.firm, self.pursuit.meetings[0]
        contact_services.add(
            owner_id=self.owner_id,
            application_id=self.application.pk,
            name=f"Recruiter at {firm.name}",
            email=f"jobs@{firm.address}",
            job_title="Recruiter",
            company_name=firm.name,
            contact_type=ContactType.RECRUITER,
            last_contacted=meeting.arranged_at.date(),
            at=meeting.arranged_at,
        )

    def _offer(self) -> None:
        pursuit = self.pursuit
        assert pursuit.offered is not None, "an offer has its day"
        self.outcome = application_services.record_outcome(
            application=self.application,
            at=pursuit.offered,
            salary=sum(pursuit.role.pay) * 500,
            equity=vocabulary.EQUITY if pursuit.firm.size in {"startup", "small"} else "",
            start_date=pursuit.offered.date() + timedelta(days=75),
            deadline=self._deadline(pursuit.offered),
            **vocabulary.TERMS,
        )

    def _deadline(self, offered: datetime) -> date:
        two_weeks = offered.date() + timedelta(days=14)
        return max(two_weeks, self.at.date() + timedelta(days=4)) if self.pursuit.status == Status.OFFER else two_weeks

    def _decline(self) -> None:
        application_services.update_outcome(
            outcome=self.outcome, status=OutcomeStatus.WITHDRAWN, at=self.pursuit.moves[-1].at
        )

    def _reflect(self) -> None:
        which = self.pursuit.number % 3
        application_services.write_reflection(
            application=self.application,
            at=min(self.at, self.pursuit.moves[-1].at + timedelta(hours=3)),
            what_worked=vocabulary.WORKED[which],
            what_failed=vocabulary.FAILED[which],
            skill_gaps=vocabulary.GAPS[which],
            improvement_plan=vocabulary.PLANS[which],
        )

    def _remark(self, remark: Remark) -> None:
        application_services.add_note(
            application=self.application, content=remark.text, at=remark.at, note_type=remark.kind
        )

    def _plan(self) -> None:
        if self.pursuit.next_action:
            self.application = application_services.update(
                application=self.application,
                at=self.pursuit.moves[-1].at,
                next_action=self.pursuit.next_action,
                next_action_date=self.pursuit.next_action_date,
            )


def _description(pursuit: Pursuit) -> str:
    return vocabulary.DESCRIPTION.format(
        firm=pursuit.firm.name,
        title=pursuit.title,
        team=5 + pursuit.number % 9,
        location=pursuit.firm.location,
        skills=pursuit.role.skills,
        industry=pursuit.firm.industry.lower(),
        pay_low=pursuit.role.pay[0],
        pay_high=pursuit.role.pay[1],
        leave=26 + pursuit.number % 5,
        work_type=pursuit.work_type,
    )
