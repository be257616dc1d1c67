from django.contrib import admin

from onward.domain.community.models import Award, Follow, Group, Membership, Milestone, Post, Progress, Reaction
from onward.platform.record.admin import ReadOnlyAdmin


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "follower", "following"]
    list_filter = ["created_at"]
    list_select_related = ["follower", "following"]
    search_fields = ["follower__email", "follower__username", "following__email", "following__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ["name", "creator", "is_public", "created_at", "updated_at"]
    list_filter = ["is_public", "created_at"]
    list_select_related = ["creator"]
    search_fields = ["name", "description", "creator__email", "creator__username"]
    ordering = ["-created_at", "-id"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["joined_at", "group", "user", "role"]
    list_filter = ["role", "joined_at"]
    list_select_related = ["group", "user"]
    search_fields = ["group__name", "user__email", "user__username"]
    ordering = ["-joined_at", "-id"]


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "author", "group", "post_type", "title", "is_public"]
    list_filter = ["post_type", "is_public", "created_at"]
    list_select_related = ["author", "group"]
    search_fields = ["title", "content", "author__email", "author__username", "group__name"]
    ordering = ["-created_at", "-id"]


@admin.register(Reaction)
class ReactionAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "user", "reaction", "post"]
    list_filter = ["reaction", "created_at"]
    list_select_related = ["user", "post"]
    search_fields = ["user__email", "user__username", "post__title"]
    ordering = ["-created_at", "-id"]


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    list_display = ["name", "key", "description"]
    search_fields = ["name", "key", "description"]
    ordering = ["created_at", "id"]


@admin.register(Award)
class AwardAdmin(ReadOnlyAdmin):
    list_display = ["reached_at", "user", "milestone"]
    list_filter = ["milestone", "reached_at"]
    list_select_related = ["user", "milestone"]
    search_fields = ["user__email", "user__username", "milestone__name"]
    ordering = ["-reached_at", "-id"]


@admin.register(Progress)
class ProgressAdmin(ReadOnlyAdmin):
    list_display = ["user", "last_active_at", "last_active_on", "streak_days", "applications", "reflections", "offers"]
    list_filter = ["last_active_at"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__username"]
    ordering = ["-last_active_at", "-user_id"]
