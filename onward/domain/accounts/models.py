import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.accounts.choices import (
    OF_ONE_ROLE,
    ROLES,
    Area,
    ExperienceLevel,
    LinkPurpose,
    ProviderName,
    RoleName,
    Visibility,
    WorkType,
)
from onward.platform.record import Record, name_key
from onward.platform.record.zones import known_zone


def zone_of_the_server() -> str:
    """Return the time zone that new accounts begin with."""
    zone: str = settings.NEW_ACCOUNT_TIME_ZONE
    return zone


def printable(name: str) -> None:
    """Refuse a name with signs in it that cannot be seen; a validator for model fields.

    :raises ValidationError: when there are any
    """
    if not name.isprintable():
        raise ValidationError("Enter a name without characters that cannot be seen.", code="printable")


class UserManager(BaseUserManager["User"]):
    """Makes accounts for Django's own commands; people register through the services."""

    def create_user(self, email: str, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, username: str, password: str | None = None, **fields: Any) -> "User":
        fields = {"is_staff": True, "is_superuser": True, "is_email_verified": True, **fields}
        return self.create_user(email, username, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class UsernameKey(models.CharField):  # type: ignore[type-arg]
    """The username without regard to case and width, brought up to date with every save."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        key = name_key(model_instance.username)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


class User(Record, AbstractBaseUser, PermissionsMixin):
    """One person's account, the same for all five APIs and the web app."""

    # Kept in small letters, so that an address is the same however it is typed.
    email = models.EmailField(max_length=254, unique=True)
    username = models.CharField(max_length=150, validators=[printable])
    # What makes a username one of its kind: the databases disagree about the case of anything beyond ASCII.
    username_key = UsernameKey(max_length=1000, editable=False)
    # What others see instead of the username; null where its owner wants none.
    display_name = models.CharField(max_length=100, null=True, blank=True)
    bio = models.TextField(default="", blank=True)
    profile_visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    first_name = models.CharField(max_length=150, default="", blank=True)
    last_name = models.CharField(max_length=150, default="", blank=True)
    phone = models.CharField(max_length=30, default="", blank=True)
    linkedin_url = models.URLField(max_length=500, default="", blank=True)
    portfolio_url = models.URLField(max_length=500, default="", blank=True)
    github_url = models.URLField(max_length=500, default="", blank=True)
    # Of a picture elsewhere, which is never fetched, or of one that is kept here: there is one at most.
    profile_picture_url = models.URLField(max_length=500, default="", blank=True)
    picture_key = models.CharField(max_length=100, default="", blank=True, editable=False)
    # Further addresses of theirs, by what they call them.
    social_links = models.JSONField(default=dict, blank=True)
    # What they study; null and empty where they have not said.
    graduation_year = models.PositiveSmallIntegerField(null=True, blank=True)
    programme = models.CharField(max_length=255, default="", blank=True)
    # On whatever scale their school has.
    gpa = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    # Whether they may work here without asking anybody first.
    work_authorised = models.BooleanField(null=True, blank=True)
    # Skills as their owner lists them; what a résumé shows are facts.
    skills = models.JSONField(default=list, blank=True)
    experience_level = models.CharField(max_length=10, choices=ExperienceLevel, default="", blank=True)
    preferred_locations = models.JSONField(default=list, blank=True)
    # Names of companies that are not to be proposed.
    excluded_companies = models.JSONField(default=list, blank=True)
    daily_application_goal = models.PositiveSmallIntegerField(default=10)
    desired_role = models.CharField(max_length=200, default="", blank=True)
    desired_salary_min = models.PositiveIntegerField(null=True, blank=True)
    desired_salary_max = models.PositiveIntegerField(null=True, blank=True)
    preferred_work_type = models.CharField(max_length=10, choices=WorkType, default=WorkType.ANY)
    # An IANA name; it decides when "today" begins.
    timezone = models.CharField(max_length=64, default=zone_of_the_server, validators=[known_zone])
    # Views of the board and the table that they have kept: {"id", "name", "query", "pinned"}, by name.
    views = models.JSONField(default=list, blank=True, editable=False)
    # Columns of the board and the table as they have them; services/columns.py says what stands in it.
    columns = models.JSONField(default=dict, blank=True, editable=False)
    is_email_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    # The area whose admin made the account; empty where its owner or staff did.
    made_in = models.CharField(max_length=20, choices=Area, default="", blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["username"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            # Always true. PostgreSQL holds up whoever refers to a row while a column changes that could be its key, as
            # those of a unique index without a condition could: a new name would wait for what its owner does at the
            # moment, and that for it.
            models.UniqueConstraint(
                fields=["username_key"],
                condition=Q(username_key__isnull=False),
                name="username_is_one_whatever_its_case",
            ),
            models.CheckConstraint(
                condition=Q(preferred_work_type__in=WorkType.values), name="user_work_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(profile_visibility__in=Visibility.values), name="user_visibility_is_known"
            ),
            models.CheckConstraint(
                condition=Q(experience_level__in=["", *ExperienceLevel.values]), name="user_experience_is_known"
            ),
            models.CheckConstraint(condition=Q(made_in__in=["", *Area.values]), name="user_made_in_is_known"),
        ]
        indexes = [
            # Private is what an account is at first: those who are shown to others may be few among many.
            models.Index(
                fields=["username_key"],
                condition=Q(is_active=True) & ~Q(profile_visibility=Visibility.PRIVATE),
                name="user_shown",
            ),
        ]

    def __str__(self) -> str:
        return self.email


def _known_roles() -> Q:
    known = Q()
    for area, roles in ROLES.items():
        known |= Q(area=area, role__in=roles)
    return known


class Role(models.Model):
    """What somebody is in an area; in some they may be several things, at the desk one.

    Without a row they are nothing there, but superusers are its admins.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="roles", db_index=False)
    area = models.CharField(max_length=20, choices=Area)
    role = models.CharField(max_length=20, choices=RoleName)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "area", "role"], name="role_is_given_once"),
            models.UniqueConstraint(
                fields=["user", "area"],
                condition=Q(area__in=OF_ONE_ROLE),
                name="role_is_one_in_its_area",
                violation_error_message="They have a role in this area already: change that one.",
            ),
            models.CheckConstraint(condition=_known_roles(), name="role_is_known_in_its_area"),
        ]
        indexes = [
            # Who is in an area.
            models.Index(fields=["area", "role"], name="role_team"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.area}"


class Link(models.Model):
    """A link that was sent by mail: good once, for a while.

    The row holds nothing that opens anything. What stands in the mail is made from the row and the server's key.
    """

    # Names the request for it: a job that runs twice makes one link and sends it once.
    request = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=LinkPurpose)
    # A changed address voids a link that was sent to the old one.
    email = models.EmailField(max_length=254)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=LinkPurpose.values), name="link_purpose_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.email}"


class Departure(models.Model):
    """An account whose owner has closed it, until everything of theirs is erased."""

    user = models.OneToOneField(User, models.CASCADE, related_name="departure")
    # Where they are told of it; the account's own address is free from then on.
    email = models.EmailField(max_length=254)
    closed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"departure of account {self.user_id}"


class SecondFactor(models.Model):
    """A person's authenticator app: set up, then confirmed by a first code."""

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The time step (30 s) of the last code that was accepted: no code opens twice.
    last_step = models.BigIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class BackupCode(models.Model):
    """One of ten codes for the day the phone is lost. Only its keyed hash is kept."""

    second_factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="backup_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["second_factor", "digest"], name="backup_code_is_one"),
        ]

    def __str__(self) -> str:
        return f"backup code #{self.pk}"


class Identity(models.Model):
    """An account that somebody has elsewhere, at an OpenID provider, and may come in by."""

    user = models.ForeignKey(User, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    # What the provider calls them for good; addresses change hands.
    subject = models.CharField(max_length=255)
    # The address by which it was linked.
    email = models.EmailField(max_length=254)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_is_one_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.email} at {self.issuer}"


class SignInRequest(models.Model):
    """Somebody on their way to a provider and back; then, for a minute, a code that opens their account.

    What opens anything is kept as a digest: the state, which is good once, what their browser holds, and the code.
    """

    provider = models.CharField(max_length=20, choices=ProviderName)
    state = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=64)
    # Where the code is brought to; empty where the callback answers by itself.
    return_to = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)
    # Set when the provider has said who they are.
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__in=ProviderName.values), name="sign_in_request_provider_is_known"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="sign_in_request_old")]

    def __str__(self) -> str:
        return f"sign-in at {self.provider}"
