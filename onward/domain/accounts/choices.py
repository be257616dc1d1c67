"""The words of an account."""

from django.db.models import TextChoices


class WorkType(TextChoices):
    """How somebody would like to work."""

    REMOTE = "remote", "Remote"
    HYBRID = "hybrid", "Hybrid"
    ONSITE = "onsite", "On-site"
    ANY = "any", "Any"


class ProviderName(TextChoices):
    """By whose accounts people may sign in."""

    GOOGLE = "google", "Google"
    OIDC = "oidc", "OpenID provider"


class ExperienceLevel(TextChoices):
    """How far somebody is in their work."""

    JUNIOR = "junior", "Junior"
    MID = "mid", "Mid-level"
    SENIOR = "senior", "Senior"


class Visibility(TextChoices):
    """Who may see somebody's profile."""

    PRIVATE = "private", "Only me"
    FOLLOWERS = "followers", "My followers"
    GROUPS = "groups", "Members of my groups"
    PUBLIC = "public", "Everybody"


class LinkPurpose(TextChoices):
    """What a link in a mail is good for."""

    VERIFY_EMAIL = "verify_email", "Verify email"
    RESET_PASSWORD = "reset_password", "Reset password"


class Method(TextChoices):
    """How somebody proved their second factor."""

    TOTP = "totp", "Authenticator app"
    BACKUP_CODE = "backup_code", "Backup code"


class Notice(TextChoices):
    """A change that the owner of an account is told of. The label is the mail's subject."""

    PASSWORD_CHANGED = "password_changed", "Your password was changed"
    PASSWORD_RESET = "password_reset", "Your password was reset"
    EMAIL_CHANGED = "email_changed", "Your account has another email address"
    SECOND_FACTOR_ENABLED = "second_factor_enabled", "Two-factor authentication is on"
    SECOND_FACTOR_DISABLED = "second_factor_disabled", "Two-factor authentication is off"
    BACKUP_CODE_USED = "backup_code_used", "A backup code was used"
    BACKUP_CODES_REGENERATED = "backup_codes_regenerated", "You have new backup codes"
    IDENTITY_LINKED = "identity_linked", "There is another way to sign in to your account"
    REFRESH_REUSED = "refresh_reused", "A session was ended for your safety"


class Area(TextChoices):
    """A part of the server in which some people may do more than others."""

    OUTREACH = "outreach", "Outreach desk"
    CAMPUS = "campus", "Campus"


class RoleName(TextChoices):
    """What somebody is in an area."""

    ADMIN = "admin", "Admin"
    MEMBER = "member", "Member"
    INSTRUCTOR = "instructor", "Instructor"
    MODERATOR = "moderator", "Moderator"


# Which roles there are in each area.
ROLES = {
    Area.OUTREACH: (RoleName.ADMIN, RoleName.MEMBER),
    Area.CAMPUS: (RoleName.INSTRUCTOR, RoleName.MODERATOR),
}
# Where somebody is one thing at most; elsewhere they may be several.
OF_ONE_ROLE = (Area.OUTREACH,)
