"""What an account says about its owner."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from onward.domain.accounts.demands import Demands, unmet
from onward.domain.accounts.events import ProfileChanged
from onward.domain.accounts.models import User
from onward.domain.accounts.services.registration import Taken, taken_names
from onward.platform import record, storage
from onward.platform.events import publish
from onward.platform.record import locked, name_key
from onward.platform.record.zones import is_zone
from onward.platform.refusals import Invalid

WEB_ADDRESSES = ("linkedin_url", "portfolio_url", "github_url", "profile_picture_url")
# Each name once, whatever its case.
LISTS = ("skills", "preferred_locations", "excluded_companies")
LONGEST_NAME = 100
NULLABLE = frozenset(
    {"display_name", "desired_salary_min", "desired_salary_max", "graduation_year", "gpa", "work_authorised"}
)
MOST_LINKS = 20
EDITABLE = frozenset(
    {
        "username",
        "bio",
        "profile_visibility",
        "first_name",
        "last_name",
        "phone",
        *WEB_ADDRESSES,
        *LISTS,
        "experience_level",
        "daily_application_goal",
        "desired_role",
        *NULLABLE,
        "preferred_work_type",
        "timezone",
        "programme",
        "social_links",
    }
)


@transaction.atomic
def change(*, user_id: int, changes: Mapping[str, Any], demands: Demands, at: datetime) -> None:
    """Change what was given and leave the rest; nothing happens where nothing is different.

    :param changes: new values by field; what is not the owner's to change is passed over
    :param demands: what the API asks of a new ``username``; one that stays is as good as it was
    :raises Invalid: naming what cannot be accepted
    :raises Taken: naming the username, where somebody has it already
    """
    user = locked(User(pk=user_id))
    wanted = {name: value for name, value in changes.items() if name in EDITABLE}
    if "username" in wanted:
        wanted["username"] = User.normalize_username(wanted["username"])
    for name in wanted.keys() & set(LISTS):
        if _are_names(wanted[name]):
            wanted[name] = list({name_key(one): one for one in reversed(wanted[name])}.values())[::-1]
    if "profile_picture_url" in wanted and user.picture_key:
        # There is one picture at most.
        storage.delete_file(user.picture_key)
        wanted["picture_key"] = ""
    changed = tuple(record.change(user, wanted, wanted))
    if not changed:
        return
    _check(user, changed, demands)
    user.updated_at = at
    following = ["username_key"] if "username" in changed else []
    try:
        with transaction.atomic():
            user.save(update_fields=[*changed, *following, "updated_at"])
    except IntegrityError:
        taken = taken_names(user)
        if not taken:
            raise
        raise Taken(fields=taken) from None
    publish(ProfileChanged(owner_id=user.pk, at=at, fields=changed))


def _are_names(value: Any) -> bool:
    """Whether a value is a list of names, none of them empty or longer than one is."""
    return isinstance(value, list) and all(isinstance(one, str) and 0 < len(one) <= LONGEST_NAME for one in value)


def _are_links(value: Any) -> bool:
    """Whether a value is addresses by name, as many and as long as a profile has."""
    return (
        isinstance(value, dict)
        and len(value) <= MOST_LINKS
        and all(0 < len(name) <= LONGEST_NAME for name in value)
        and all(isinstance(one, str) and urlsplit(one).scheme.lower() in {"http", "https"} for one in value.values())
    )


def _check(user: User, changed: tuple[str, ...], demands: Demands) -> None:
    wrong = unmet(demands, {name: getattr(user, name) for name in changed}, user=user)
    try:
        user.clean_fields(exclude={f.name for f in User._meta.fields} - set(changed))
    except ValidationError as error:
        # What the record itself needs comes first.
        wrong = {**wrong, **error.message_dict}
    for name in changed:
        # A blank is fine in most fields; nothing at all only where it means "not known".
        if getattr(user, name) is None and name not in NULLABLE:
            wrong[name] = ["This field may not be null."]
    for name in LISTS:
        if name in changed and not _are_names(getattr(user, name)):
            wrong[name] = ["Enter a list of names."]
    for name in WEB_ADDRESSES:
        # The model's own check would let ftp through.
        value = getattr(user, name)
        if name in changed and value and urlsplit(value).scheme.lower() not in {"http", "https"}:
            wrong[name] = ["Enter a valid URL."]
    if "social_links" in changed and not _are_links(user.social_links):
        wrong["social_links"] = [f"Enter {MOST_LINKS} web addresses at most, each with what it is called."]
    if "timezone" in changed and not is_zone(user.timezone):
        wrong["timezone"] = ["There is no such time zone."]
    low, high = user.desired_salary_min, user.desired_salary_max
    if not wrong and low is not None and high is not None and low > high:
        wrong[""] = ["The desired minimum salary must not be more than the maximum."]
    if wrong:
        raise Invalid(fields=wrong)
