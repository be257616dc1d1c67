"""Section 9 of the tracker's document: two-factor authentication."""

from typing import Any

from django.http import JsonResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.tracker.schemas.accounts import (
    BackupCodesOut,
    CodeIn,
    DisableIn,
    NotVerifiedOut,
    SecondFactorOut,
    SetupOut,
    SwitchedOut,
    VerifiedOut,
)
from onward.domain.accounts import codes, queries
from onward.domain.accounts.choices import Method
from onward.domain.accounts.services import second_factor
from onward.platform import tokens
from onward.platform.wire import Reading

router = Router(tags=["Two-factor authentication"])

STATUS = Reading(SecondFactorOut, queries.account)


@router.get("/status/", response=SecondFactorOut, summary="Get 2FA status")
def status(request: Request) -> Any:
    """Tell whether a second factor is on, and how many backup codes are left."""
    return answer(STATUS.required(user_id=request.auth.user_id))


@router.post("/setup/", response=SetupOut, summary="Setup 2FA")
def set_up(request: Request) -> Any:
    """Begin: a secret for the authenticator app, and backup codes. Nothing is asked for until it is confirmed."""
    made = second_factor.set_up(user_id=request.auth.user_id, at=request.now)
    return {
        "secret": made.secret,
        "qr_code": codes.picture(made.otpauth_url),
        "backup_codes": made.backup_codes,
        "otpauth_url": made.otpauth_url,
        "message": "Scan the QR code with your authenticator app, then confirm with a code.",
    }


@router.post("/confirm/", response=SwitchedOut, summary="Confirm 2FA setup")
def confirm(request: Request, body: CodeIn) -> Any:
    """Switch it on, by a first code from the app."""
    second_factor.confirm(user_id=request.auth.user_id, code=body.code, at=request.now)
    return {"message": "2FA has been enabled for your account.", "enabled": True}


@router.post(
    "/verify/",
    auth=tokens.signed_in_or_awaiting_second_factor,
    response={200: VerifiedOut, 401: NotVerifiedOut},
    exclude_none=True,
    summary="Verify 2FA code",
)
def verify(request: Request, body: CodeIn) -> Any:
    """Give a code after signing in; from then on the same tokens open everything."""
    try:
        method = second_factor.verify(
            user_id=request.auth.user_id, session_id=request.auth.session_id, code=body.code, at=request.now
        )
    except second_factor.WrongCode as refusal:
        return JsonResponse({"error": refusal.message, "verified": False}, status=401)
    warning = "Backup code used. Consider regenerating your backup codes." if method == Method.BACKUP_CODE else None
    return {"verified": True, "method": method, "warning": warning}


@router.post("/disable/", response=SwitchedOut, summary="Disable 2FA")
def disable(request: Request, body: DisableIn) -> Any:
    """Switch it off, by the password and a code."""
    second_factor.disable(user_id=request.auth.user_id, password=body.password, code=body.code, at=request.now)
    return {"message": "2FA has been disabled for your account.", "enabled": False}


@router.post("/backup-codes/regenerate/", response=BackupCodesOut, summary="Regenerate backup codes")
def regenerate_backup_codes(request: Request, body: CodeIn) -> Any:
    """Replace all backup codes by ten new ones."""
    made = second_factor.regenerate_backup_codes(user_id=request.auth.user_id, code=body.code, at=request.now)
    return {"backup_codes": made, "message": "Backup codes regenerated. Save these securely."}
