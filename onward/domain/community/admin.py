from django.contrib import admin

from onward.domain.community.models import Follow, Group, Membership, Post, Reaction
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
