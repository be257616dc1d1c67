"""Writing postings as people do. What sources say of them is written by those who read them.

What a person wrote of a posting is theirs from then on: its field is named in `Posting.written`, and no reading
changes it. Once it is published no reading changes anything that it says, but whether it is still there.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from onward.domain.board.choices import PostingState
from onward.domain.board.events import PostingChanged, PostingClosed, PostingPublished, PostingWithdrawn
from onward.domain.board.models import Posting
from onward.platform.events import publish as announce
from onward.platform.record import change, locked, save
from onward.platform.refusals import Invalid

# What a person may write of a posting.
FIELDS = frozenset(
    {
        *("company_name", "title", "description", "is_internship", "internship_type", "job_type", "location", "places"),
        *("work_mode", "pay_min", "pay_max", "pay_currency", "pay_period", "stipend", "skills", "department", "level"),
        *("language", "url", "apply_url", "posted_on", "closes_on", "closes_at", "seats", "eligibility"),
    }
)
# What follows from a field: written with it, and as much a person's.
_FOLLOWS: dict[str, dict[str, Any]] = {
    "description": {"description_html": ""},
    "location": {"places": []},
    "closes_on": {"closes_at": None},
}
REMOVED = "Removed from the board"


@transaction.atomic
def enter(*, title: str, company_name: str, employer_id: int | None, at: datetime, **fields: Any) -> Posting:
    """Take an opening into the record that a person knows of, and no source.

    :param fields: `FIELDS`, and what it is compared by
    :raises Invalid: when the pay contradicts itself
    """
    values = {"title": title, "company_name": company_name, **fields}
    _check_pay(values)
    return Posting.objects.create(
        **values,
        employer_id=employer_id,
        # What they left empty a source may tell.
        written=sorted(name for name in FIELDS & values.keys() if values[name] not in ("", None, [])),
        state_changed_at=at,
        first_seen_at=at,
        last_seen_at=at,
        created_at=at,
        updated_at=at,
    )


@transaction.atomic
def post(
    *, title: str, company_name: str, employer_id: int | None, by_id: int | None, at: datetime, **fields: Any
) -> Posting:
    """Take an opening into the record, and put it on this server's own board at once, though it be over already.

    :param fields: as `enter` takes them
    :raises Invalid: when the pay contradicts itself
    """
    posting = enter(title=title, company_name=company_name, employer_id=employer_id, at=at, published_at=at, **fields)
    announce(PostingPublished(**_about(posting, by_id, at)))
    return posting


@transaction.atomic
def update(*, posting: Posting, by_id: int | None, at: datetime, **changes: Any) -> Posting:
    """Change what a posting says. What is not named stays as it is; what is named and the same is no change.

    :param changes: `FIELDS`; a new description has no HTML, a new location no places, unless they come with it
    :raises Invalid: when the pay then contradicts itself
    """
    posting = locked(posting)
    _write(posting, changes, by_id, at)
    if {"closes_on", "closes_at"} & changes.keys() and "state" not in posting.written:
        _reopen(posting, at)
    return posting


def _reopen(posting: Posting, at: datetime) -> None:
    """Have a posting that its closing day had closed be open, where it now closes later."""
    if posting.state == PostingState.CLOSED and not is_over(posting, at=at):
        posting.state, posting.state_reason, posting.state_changed_at = PostingState.LIVE, "", at
        save(posting, ["state", "state_reason", "state_changed_at"], at=at)


def is_over(posting: Posting, *, at: datetime) -> bool:
    """Return whether the closing time of a posting has passed, whatever its state says yet."""
    if posting.closes_at is not None:
        return posting.closes_at <= at
    return posting.closes_on is not None and posting.closes_on < at.astimezone(UTC).date()


def _write(posting: Posting, changes: dict[str, Any], by_id: int | None, at: datetime) -> None:
    wanted = {name: value for name, value in changes.items() if name in FIELDS}
    before = {name: getattr(posting, name) for name in wanted}
    changed = change(posting, FIELDS, wanted)
    if not changed:
        return
    _check_pay(vars(posting))
    following = {
        name: value for field in changed for name, value in _FOLLOWS.get(field, {}).items() if name not in changes
    }
    for name, value in following.items():
        setattr(posting, name, value)
    posting.written = sorted({*posting.written, *changed, *following})
    save(posting, [*changed, *following, "written"], at=at)
    told = {name: [before[name], getattr(posting, name)] for name in changed}
    announce(PostingChanged(**_about(posting, by_id, at), changes=told))


@transaction.atomic
def publish(*, posting: Posting, by_id: int | None, at: datetime, **text: Any) -> bool:
    """Put a posting on this server's own board, with a person's text; once, however often and by how many it is asked.

    :param text: `FIELDS` that it says from then on; where it is published already they change nothing
    :returns: whether it is published now, and was not before
    :raises Invalid: when its closing day is over, or the pay contradicts itself
    """
    posting = locked(posting)
    if posting.published_at is not None:
        return False
    _write(posting, text, by_id, at)
    if posting.closes_on is not None and posting.closes_on < at.date():
        raise Invalid(fields={"closes_on": ["The closing day is over."]})
    posting.published_at = at
    if posting.removed_at is not None:
        # Whoever publishes it takes back that it was removed.
        posting.removed_at, posting.state, posting.state_reason = None, PostingState.LIVE, ""
        posting.written = [name for name in posting.written if name != "state"]
    save(posting, ["published_at", "removed_at", "state", "state_reason", "written"], at=at)
    announce(PostingPublished(**_about(posting, by_id, at)))
    return True


def belong_to(*, posting: Posting, employer_id: int | None) -> None:
    """Tie a posting to an employer."""
    Posting.objects.filter(pk=posting.pk).update(employer_id=employer_id)


@transaction.atomic
def withdraw(*, posting: Posting, by_id: int | None, at: datetime) -> None:
    """Take a posting off this server's own board. Repeating it is no change."""
    posting = locked(posting)
    if posting.published_at is None:
        return
    posting.published_at = None
    save(posting, ["published_at"], at=at)
    announce(PostingWithdrawn(**_about(posting, by_id, at)))


@transaction.atomic
def remove(*, posting: Posting, by_id: int | None, at: datetime) -> None:
    """Take a posting off this server's own board for good: it is closed, and applications to it stay.

    Repeating it is no change.
    """
    posting = locked(posting)
    if posting.published_at is None:
        return
    posting.published_at, posting.removed_at = None, at
    posting.state, posting.state_reason, posting.state_changed_at = PostingState.CLOSED, REMOVED, at
    posting.written = sorted({*posting.written, "state"})
    save(posting, ["published_at", "removed_at", "state", "state_reason", "state_changed_at", "written"], at=at)
    announce(PostingWithdrawn(**_about(posting, by_id, at)))


@transaction.atomic
def close(*, posting: Posting, reason: str, by_id: int | None, at: datetime) -> None:
    """Say that an opening cannot be applied for any more. Repeating it is no change."""
    posting = locked(posting)
    if posting.state == PostingState.CLOSED:
        return
    before = posting.state
    posting.state, posting.state_reason, posting.state_changed_at = PostingState.CLOSED, reason, at
    posting.written = sorted({*posting.written, "state"})
    save(posting, ["state", "state_reason", "state_changed_at", "written"], at=at)
    announce(PostingClosed(**_about(posting, by_id, at), before=before, reason=reason))


def _check_pay(values: dict[str, Any]) -> None:
    low, high = values.get("pay_min"), values.get("pay_max")
    if low is not None and high is not None and low > high:
        raise Invalid(fields={"pay_max": ["The lowest pay must not be greater than the highest."]})


def _about(posting: Posting, by_id: int | None, at: datetime) -> dict[str, Any]:
    return {
        "owner_id": None,
        "at": at,
        "posting_id": posting.pk,
        "employer_id": posting.employer_id,
        "title": posting.title,
        "by_id": by_id,
    }
