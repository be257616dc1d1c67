"""Work on accounts that is done later: mails."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from onward.domain.accounts import links, mails
from onward.domain.accounts.choices import LinkPurpose, Notice
from onward.domain.accounts.models import Link, User
from onward.domain.accounts.services import identities, leaving, pictures
from onward.domain.accounts.services import links as link_services
from onward.platform.jobs import job, periodic, progress

SUBJECTS = {LinkPurpose.VERIFY_EMAIL: "Verify your email address", LinkPurpose.RESET_PASSWORD: "Reset your password"}

# Who is invited may be away.
INVITATION = timedelta(days=7)


@job(max_attempts=8)
def welcome(*, user_id: int) -> None:
    """Send the verification link that follows a registration."""
    if user := User.objects.filter(pk=user_id, is_email_verified=False, is_active=True).first():
        # An account registers once, so its own name names the request.
        _send_link(user, LinkPurpose.VERIFY_EMAIL, request=user.uid)


@job(max_attempts=8)
def invite(*, user_id: int) -> None:
    """Send the link that leads somebody to their first password, whose account others have made."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.has_usable_password():
        return
    purpose = LinkPurpose.RESET_PASSWORD
    link = link_services.issue(user=user, purpose=purpose, request=user.uid, at=timezone.now(), lifetime=INVITATION)
    if link is not None:
        _mail_link(user, link, subject="You have an account at Onward", template="invitation")


@job(max_attempts=8)
def send_verification(*, email: str, request: str) -> None:
    """Send a verification link to an address that somebody has and that is not verified yet."""
    if user := User.objects.filter(email=email, is_email_verified=False, is_active=True).first():
        _send_link(user, LinkPurpose.VERIFY_EMAIL, request=UUID(request))


@job(max_attempts=8)
def send_password_reset(*, email: str, request: str) -> None:
    """Send a link to choose another password with to an address that somebody has."""
    if user := User.objects.filter(email=email, is_active=True).first():
        _send_link(user, LinkPurpose.RESET_PASSWORD, request=UUID(request))


@job(max_attempts=8)
def send_notice(*, user_id: int, notice: str, at: str) -> None:
    """Mail an account's owner about a change that they want to know of if it was not theirs."""
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        _mail_notice(user, Notice(notice), to=user.email, moment=datetime.fromisoformat(at))


@job(max_attempts=8)
def tell_old_address(*, user_id: int, email: str, at: str) -> None:
    """Mail the address that an account had until now: whoever reads it wants to know if it was not they."""
    if user := User.objects.filter(pk=user_id, is_active=True).first():
        _mail_notice(user, Notice.EMAIL_CHANGED, to=email, moment=datetime.fromisoformat(at))


@periodic(daily="03:20")
@job(max_attempts=3)
def forget_links() -> int:
    """Remove mailed links that have been of no use for a month."""
    return link_services.forget_old(at=timezone.now())


@periodic(daily="03:30")
@job(max_attempts=3)
def sweep_pictures() -> int:
    """Remove pictures that no profile names."""
    return pictures.sweep(at=timezone.now())


@periodic(daily="03:25")
@job(max_attempts=3)
def forget_sign_ins() -> int:
    """Remove sign-ins at providers that have led nowhere."""
    return identities.forget_old(at=timezone.now())


# Seconds, for an account that has been there for long.
LONGEST_ERASING = 1200


@job(max_attempts=8, time_limit=LONGEST_ERASING)
def erase(*, user_id: int) -> None:
    """Erase what is kept of an account that was closed, and tell its owner, whose address is what goes last."""
    at = timezone.now()
    departure = leaving.erase(user_id=user_id, at=at, wanted=lambda: progress(0))
    if departure is None:
        return
    if at < departure.closed_at + leaving.TOLD_WITHIN:
        mails.send(
            to=departure.email,
            subject="Your account is closed",
            template="closed",
            name=f"closed.{departure.user_id}.{int(departure.closed_at.timestamp())}",
            context={"at": departure.closed_at},
        )
    while not leaving.forget(user_id=user_id):
        leaving.erase(user_id=user_id, at=at, wanted=lambda: progress(0))


@periodic(every=timedelta(hours=1))
@job(max_attempts=3)
def finish_leaving() -> int:
    """Ask again for the erasing of accounts that were closed and are still there; returns how many they are."""
    unfinished = leaving.unfinished()
    for user_id in unfinished:
        leaving.ask_to_erase(user_id=user_id)
    return len(unfinished)


def _mail_notice(user: User, kind: Notice, *, to: str, moment: datetime) -> None:
    mails.send(
        to=to,
        subject=str(kind.label),
        template="notice",
        name=f"{kind}.{user.uid}.{int(moment.timestamp() * 1e6)}",
        context={"notice": kind.value, "at": moment},
    )


def _send_link(user: User, purpose: LinkPurpose, *, request: UUID) -> None:
    link = link_services.issue(user=user, purpose=purpose, request=request, at=timezone.now())
    if link is not None:
        _mail_link(user, link, subject=SUBJECTS[purpose], template=purpose.value)


def _mail_link(user: User, link: Link, *, subject: str, template: str) -> None:
    mails.send(
        to=user.email,
        subject=subject,
        template=template,
        name=f"{template}.{link.request}",
        context={"link": links.address(link)},
    )
    link_services.mark_sent(link=link, at=timezone.now())
