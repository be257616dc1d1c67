from django.contrib import admin

from onward.domain.outreach.models import (
    CalendarLink,
    FollowUp,
    Lead,
    LeadActivity,
    LeadStatusChange,
    Message,
    Remark,
    RemovedLead,
)
from onward.platform.record.admin import ReadOnlyAdmin, ReadOnlyInline


class LeadStatusChangeInline(ReadOnlyInline):
    model = LeadStatusChange
    fields = ["changed_at", "before", "after", "changed_by"]
    ordering = ["id"]


class RemarkInline(ReadOnlyInline):
    model = Remark
    fields = ["created_at", "author", "text"]
    ordering = ["id"]


class FollowUpInline(ReadOnlyInline):
    model = FollowUp
    fields = ["due_date", "assigned_to", "notes", "completed_at", "completed_by"]
    ordering = ["due_date", "id"]


@admin.register(Lead)
class LeadAdmin(ReadOnlyAdmin):
    """Leads. The desk works on them through its API."""

    inlines = [LeadStatusChangeInline, RemarkInline, FollowUpInline]
    list_display = ["posting", "status", "assigned_to", "touched_at", "created_at"]
    list_filter = ["status", "created_at", "touched_at"]
    list_select_related = ["posting", "assigned_to"]
    search_fields = ["posting__title", "posting__company_name", "assigned_to__email"]
    ordering = ["-created_at", "-id"]


@admin.register(LeadStatusChange)
class LeadStatusChangeAdmin(ReadOnlyAdmin):
    list_display = ["changed_at", "lead", "before", "after", "changed_by"]
    list_filter = ["after", "changed_at"]
    list_select_related = ["lead", "changed_by"]
    search_fields = ["lead__posting__title", "changed_by__email"]
    ordering = ["-id"]


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "lead", "author", "text"]
    list_filter = ["created_at"]
    list_select_related = ["lead", "author"]
    search_fields = ["text", "lead__posting__title", "author__email"]
    ordering = ["-id"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    list_display = ["due_date", "lead", "assigned_to", "completed_at", "told_at"]
    list_filter = ["due_date", ("completed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["lead", "assigned_to"]
    search_fields = ["notes", "lead__posting__title", "assigned_to__email"]
    ordering = ["-due_date", "-id"]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "lead", "employer", "message_type", "tone", "version", "author", "sent_at"]
    list_filter = ["message_type", "tone", ("sent_at", admin.EmptyFieldListFilter)]
    list_select_related = ["lead", "employer", "author"]
    search_fields = ["subject", "text", "lead__posting__title", "employer__name", "author__email"]
    ordering = ["-id"]


@admin.register(LeadActivity)
class LeadActivityAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "actor", "action", "description", "lead", "employer"]
    list_filter = ["action", "created_at"]
    list_select_related = ["actor", "lead", "employer"]
    search_fields = ["description", "actor__email", "employer__name"]
    ordering = ["-id"]


@admin.register(RemovedLead)
class RemovedLeadAdmin(ReadOnlyAdmin):
    list_display = ["removed_at", "posting", "removed_by"]
    list_filter = ["removed_at"]
    list_select_related = ["posting", "removed_by"]
    search_fields = ["posting__title", "posting__company_name", "removed_by__email"]
    ordering = ["-id"]


@admin.register(CalendarLink)
class CalendarLinkAdmin(ReadOnlyAdmin):
    """Who has a link to a calendar of their follow-ups. What opens it stands nowhere."""

    fields = ["owner", "created_at"]
    list_display = ["owner", "created_at"]
    list_filter = ["created_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__email", "owner__username"]
    ordering = ["-created_at"]
