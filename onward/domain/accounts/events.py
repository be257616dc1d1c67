"""What happens to an account."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class Registered(Event):
    """Somebody has an account now; their address is not verified yet."""

    name: ClassVar[str] = "account.registered"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """Somebody has proved who they are, with their second factor where they have one."""

    name: ClassVar[str] = "account.signed_in"

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class EmailVerified(Event):
    """The address of an account is known to be its owner's."""

    name: ClassVar[str] = "account.email_verified"


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Event):
    """An account has another address, which is not verified yet."""

    name: ClassVar[str] = "account.email_changed"


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """The owner, or staff, changed what an account says about its owner. :ivar fields: which fields"""

    name: ClassVar[str] = "account.profile_changed"

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """The owner gave the old password and chose another one."""

    name: ClassVar[str] = "account.password_changed"


@dataclass(frozen=True, kw_only=True)
class PasswordReset(Event):
    """Somebody who can read the owner's mail chose another password."""

    name: ClassVar[str] = "account.password_reset"


@dataclass(frozen=True, kw_only=True)
class SecondFactorEnabled(Event):
    """From now on a code is asked for besides the password."""

    name: ClassVar[str] = "account.second_factor_enabled"


@dataclass(frozen=True, kw_only=True)
class SecondFactorDisabled(Event):
    """The password alone opens the account again."""

    name: ClassVar[str] = "account.second_factor_disabled"


@dataclass(frozen=True, kw_only=True)
class IdentityLinked(Event):
    """An account elsewhere opens this one from now on. :ivar issuer: whose account it is"""

    name: ClassVar[str] = "account.identity_linked"

    issuer: str


@dataclass(frozen=True, kw_only=True)
class BackupCodeUsed(Event):
    """One of the backup codes was used instead of the authenticator. :ivar remaining: how many are left"""

    name: ClassVar[str] = "account.backup_code_used"

    remaining: int


@dataclass(frozen=True, kw_only=True)
class BackupCodesRegenerated(Event):
    """There are ten new backup codes, and the old ones are void."""

    name: ClassVar[str] = "account.backup_codes_regenerated"


@dataclass(frozen=True, kw_only=True)
class AccountDisabled(Event):
    """Nobody comes in by an account any more. :ivar by_id: the admin of an area who did it; none where staff did"""

    name: ClassVar[str] = "account.disabled"

    by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """An area's admin made an account for somebody. :ivar invited: they have no password yet"""

    name: ClassVar[str] = "account.member_added"

    area: str
    by_id: int
    invited: bool


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """Somebody is something in an area. :ivar before: what they were there instead; empty for nothing"""

    name: ClassVar[str] = "role.granted"

    area: str
    role: str
    before: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Event):
    """Somebody is something in an area no more. :ivar before: what they were"""

    name: ClassVar[str] = "role.revoked"

    area: str
    before: str
    by_id: int | None
