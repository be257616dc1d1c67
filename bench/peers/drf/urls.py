"""The routes."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from bench.peers.drf.views import (
    ApplicationViewSet,
    ChatListView,
    DashboardView,
    LeadListView,
    MessageCreateView,
    NestedView,
    OffersView,
    PostListView,
)

router = DefaultRouter()
router.register("applications", ApplicationViewSet, basename="application")

urlpatterns = [
    path("api/v1/", include(router.urls)),
    path("api/v1/bench/nested/", NestedView.as_view()),
    path("offers/api/v1/applications/", OffersView.as_view()),
    path("outreach/internships", LeadListView.as_view()),
    path("campus/api/chats/", ChatListView.as_view()),
    path("campus/api/chats/<int:chat>/messages/", MessageCreateView.as_view()),
    path("campus/api/forums/<int:forum>/threads/<int:thread>/posts/", PostListView.as_view()),
    path("api/v1/analytics/dashboard/", DashboardView.as_view()),
]
