from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import admin as auth
from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from onward.domain.accounts import guards
from onward.domain.accounts.choices import OF_ONE_ROLE, ROLES, Area
from onward.domain.accounts.events import PasswordChanged, SecondFactorDisabled
from onward.domain.accounts.models import BackupCode, Departure, Identity, Link, Role, SecondFactor, SignInRequest, User
from onward.domain.accounts.services import roles, second_factor, staff
from onward.platform import tokens
from onward.platform.events import publish
from onward.platform.record import name_key
from onward.platform.record.admin import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin
from onward.platform.refusals import Refusal


class StaffSignIn(AdminAuthenticationForm):
    """Staff prove who they are as everybody does: with their second factor if they have one, and not by guessing."""

    code = forms.CharField(label="Code of your second factor, if you have one", required=False, max_length=32)
    code.widget.attrs["autocomplete"] = "one-time-code"

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("username", "").strip().lower()
        here = (email, self.request.client_address)  # type: ignore[union-attr]
        try:
            with guards.sign_in(*here) as guess:
                try:
                    cleaned: dict[str, Any] = super().clean()
                except ValidationError:
                    guess.wrong()
                    raise
                self._check_second_factor()
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None
        guards.LOGIN_FROM_ADDRESS.forget(*here)
        return cleaned

    def _check_second_factor(self) -> None:
        user: Any = self.get_user()
        if not SecondFactor.objects.filter(user_id=user.pk, confirmed_at__isnull=False).exists():
            return
        second_factor.verify(
            user_id=user.pk,
            session_id=None,
            code=self.cleaned_data.get("code", ""),
            at=self.request.now,  # type: ignore[union-attr]
        )


admin.site.login_form = StaffSignIn
admin.site.login_template = "accounts/staff_sign_in.html"
admin.site.site_header = admin.site.site_title = "Onward"
admin.site.index_title = "The record"


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """Addresses and usernames are compared as the record compares them."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_username(self) -> str:
        username: str = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username_key=name_key(username)).exclude(pk=self.instance.pk).exists():
            raise ValidationError("A user with that username already exists.")
        return username


class AddForm(AccountForm, auth_forms.AdminUserCreationForm):
    """A new account, made by staff."""

    class Meta:
        model = User
        fields = ["email", "username"]


class ChangeForm(AccountForm, auth_forms.UserChangeForm):  # type: ignore[type-arg]
    """An account; its password has a page of its own."""

    class Meta:
        model = User
        fields = ["email", "username"]


@admin.register(User)
class UserAdmin(auth.UserAdmin):  # type: ignore[type-arg]
    """Accounts. They are switched off rather than deleted: only their owners may take their record with them."""

    form = ChangeForm
    add_form = AddForm
    fieldsets = [
        (None, {"fields": ["email", "username", "password", "is_email_verified"]}),
        ("The person", {"fields": ["first_name", "last_name", "phone", "timezone"]}),
        ("What others see", {"fields": ["display_name", "bio", "profile_visibility"]}),
        (
            "On the web",
            {"fields": ["linkedin_url", "portfolio_url", "github_url", "social_links", "profile_picture_url"]},
        ),
        ("What they study", {"fields": ["programme", "graduation_year", "gpa", "work_authorised"]}),
        (
            "What they look for",
            {
                "fields": [
                    "desired_role",
                    "desired_salary_min",
                    "desired_salary_max",
                    "preferred_work_type",
                    "experience_level",
                ]
            },
        ),
        ("What they may do", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        ("The row", {"fields": ["uid", "last_login", "created_at", "updated_at"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "username", "usable_password", "password1", "password2"]}),
    ]
    readonly_fields = ["uid", "last_login", "created_at", "updated_at"]
    list_display = ["email", "username", "is_email_verified", "is_active", "is_staff", "last_login", "created_at"]
    list_filter = ["is_active", "is_staff", "is_superuser", "is_email_verified", "created_at"]
    search_fields = ["email", "username", "first_name", "last_name"]
    ordering = ["email"]
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Whoever could change the account of other staff, or make their own one theirs, would be them.
        is_staffs = obj is not None and (obj.is_superuser or obj.is_staff) and obj.pk != request.user.pk
        out_of_reach = is_staffs and not getattr(request.user, "is_superuser", False)
        return not out_of_reach and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        powers = ["is_staff", "is_superuser", "groups", "user_permissions"]
        return [*self.readonly_fields, *([] if getattr(request.user, "is_superuser", False) else powers)]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        changed = form.changed_data if change else ()
        staff.change_account(user=obj, changed=changed, at=request.now)  # type: ignore[attr-defined]

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = self.get_object(request, id)
            assert user is not None
            self._end_sessions(request, user.pk, "password changed by staff")
            publish(PasswordChanged(owner_id=user.pk, at=request.now))  # type: ignore[attr-defined]
        return response

    def _end_sessions(self, request: HttpRequest, user_id: int, reason: str) -> None:
        tokens.end_sessions(user_id=user_id, except_id=None, reason=reason, at=request.now)  # type: ignore[attr-defined]


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role that there is in its area."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        area = cleaned.get("area") or self.instance.area
        role = cleaned.get("role")
        if area and role and role not in ROLES[Area(area)]:
            self.add_error("role", f"There is no such role in this area; there are {', '.join(ROLES[Area(area)])}.")
        return cleaned


@admin.register(Role)
class RoleAdmin(RecordAdmin):
    """Who is what in an area: at the desk one thing, on campus several. The last admin of an area stays."""

    form = RoleForm
    fields = ["user", "area", "role", "created_at", "updated_at"]
    autocomplete_fields = ["user"]
    list_display = ["user", "area", "role", "created_at"]
    list_filter = ["area", "role", "created_at"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username"]
    ordering = ["area", "role", "id"]

    def get_readonly_fields(self, request: HttpRequest, obj: Role | None = None) -> list[str]:
        held = [] if obj is None else ["user", "area", *([] if obj.area in OF_ONE_ROLE else ["role"])]
        return [*held, "created_at", "updated_at"]

    def save_model(self, request: HttpRequest, obj: Role, form: Any, change: Any) -> None:
        by: Any = request.user
        at = request.now  # type: ignore[attr-defined]
        obj.pk = roles.grant(user=obj.user, area=obj.area, role=obj.role, by_id=by.pk, at=at).pk

    def delete_model(self, request: HttpRequest, obj: Role) -> None:
        by: Any = request.user
        at = request.now  # type: ignore[attr-defined]
        roles.revoke(user=obj.user, area=obj.area, role=obj.role, by_id=by.pk, at=at)


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin):
    """Links that were mailed. What opens them is made with the server's key and stands nowhere."""

    list_display = ["user", "purpose", "email", "created_at", "sent_at", "expires_at", "used_at"]
    list_filter = ["purpose", "created_at", ("used_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["email", "user__email", "user__username"]
    ordering = ["-created_at"]


@admin.register(Departure)
class DepartureAdmin(ReadOnlyAdmin):
    """Accounts that are closed and not erased yet: what stays here for long is a job that fails."""

    list_display = ["user", "closed_at"]
    list_filter = ["closed_at"]
    list_select_related = ["user"]
    search_fields = ["email", "user__username"]
    ordering = ["closed_at"]


class BackupCodeInline(ReadOnlyInline):
    model = BackupCode
    fields = ["id", "used_at"]
    show_change_link = False


@admin.register(SecondFactor)
class SecondFactorAdmin(ReadOnlyAdmin):
    """Who has a second factor; never its secret. Deleting one helps somebody who has lost their phone and the codes."""

    fields = ["user", "confirmed_at", "last_used_at", "created_at"]
    inlines = [BackupCodeInline]
    list_display = ["user", "confirmed_at", "last_used_at", "created_at"]
    list_filter = [("confirmed_at", admin.EmptyFieldListFilter), "created_at"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username"]
    ordering = ["-created_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: SecondFactor) -> None:
        super().delete_model(request, obj)
        publish(SecondFactorDisabled(owner_id=obj.user_id, at=request.now))  # type: ignore[attr-defined]


@admin.register(Identity)
class IdentityAdmin(ReadOnlyAdmin):
    """By which accounts elsewhere people come in. Deleting one closes that way; its owner may link it again."""

    list_display = ["user", "issuer", "subject", "email", "created_at", "last_used_at"]
    list_filter = ["issuer", "created_at"]
    list_select_related = ["user"]
    search_fields = ["email", "subject", "user__email", "user__username"]
    ordering = ["-created_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(getattr(request.user, "is_superuser", False))


@admin.register(SignInRequest)
class SignInRequestAdmin(ReadOnlyAdmin):
    """Who is on their way to a provider and back. What opens anything is kept as a digest, and not shown."""

    fields = ["provider", "user", "return_to", "created_at", "returned_at", "expires_at"]
    list_display = ["provider", "user", "created_at", "returned_at", "expires_at"]
    list_filter = ["provider", "created_at"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username"]
    ordering = ["-created_at"]
