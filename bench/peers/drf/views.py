"""Views: a ModelViewSet, a nested list and a dashboard of counts."""

from django.db.models import Avg, Count, Exists, F, OuterRef
from django.utils import timezone
from rest_framework import generics, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.peers.drf.models import Application, Chat, Entry, Interview, Lead, Like
from bench.peers.drf.serializers import (
    ApplicationListSerializer,
    ApplicationNestedSerializer,
    ApplicationSerializer,
    ChatSerializer,
    LeadListSerializer,
    MessageSerializer,
    OfferedApplicationSerializer,
    PostSerializer,
)


class ApplicationViewSet(viewsets.ModelViewSet):
    def get_queryset(self):
        queryset = Application.objects.filter(owner=self.request.user).select_related("company")
        if self.action == "retrieve":
            queryset = queryset.prefetch_related("notes")
        return queryset

    def get_serializer_class(self):
        if self.action == "list":
            return ApplicationListSerializer
        return ApplicationSerializer

    def perform_create(self, serializer):
        serializer.save(owner=self.request.user)


class NestedView(generics.ListAPIView):
    serializer_class = ApplicationNestedSerializer
    pagination_class = None

    def get_queryset(self):
        applications = Application.objects.filter(owner=self.request.user)
        return applications.select_related("company").prefetch_related("notes", "interviews")[:100]


class OffersView(generics.ListAPIView):
    serializer_class = OfferedApplicationSerializer
    pagination_class = None

    def get_queryset(self):
        applications = Application.objects.filter(owner=self.request.user).order_by("-created_at")
        related = ("company", "owner", "resume_version", "outcome", "reflection")
        return applications.select_related(*related).prefetch_related("notes", "interviews")[:100]


class LeadListView(generics.ListAPIView):
    serializer_class = LeadListSerializer

    def get_queryset(self):
        leads = Lead.objects.select_related("posting__employer").order_by("-created_at", "-id")
        return leads.prefetch_related("posting__sightings__source", "followups")


class ChatListView(generics.ListAPIView):
    serializer_class = ChatSerializer

    def get_queryset(self):
        chats = Chat.objects.filter(participants__user=self.request.user, participants__archived_at=None)
        return chats.prefetch_related("participants__user").order_by("-active_at", "-id")


class MessageCreateView(generics.CreateAPIView):
    serializer_class = MessageSerializer

    def perform_create(self, serializer):
        chats = Chat.objects.filter(participants__user=self.request.user)
        chat = generics.get_object_or_404(chats, pk=self.kwargs["chat"])
        serializer.save(chat=chat, sender=self.request.user)


class PostListView(generics.ListAPIView):
    serializer_class = PostSerializer

    def get_queryset(self):
        shown = Entry.objects.filter(kind="post", removed_at=None, hidden_at=None, parent__removed_at=None)
        posts = shown.filter(forum_id=self.kwargs["forum"], parent_id=self.kwargs["thread"])
        liked = Like.objects.filter(entry=OuterRef("pk"), user=self.request.user)
        counted = posts.annotate(like_count=Count("likes"), liked=Exists(liked))
        return counted.select_related("author").order_by("id")


class DashboardView(APIView):
    def get(self, request):
        applications = Application.objects.filter(owner=request.user)
        sent = applications.exclude(status="wishlist")
        sent_count = sent.count()
        answered = sent.filter(response_date__isnull=False)
        answered_count = answered.count()
        average = answered.filter(applied_date__isnull=False).aggregate(
            average=Avg(F("response_date") - F("applied_date"))
        )["average"]
        breakdown = applications.order_by().values("status").annotate(count=Count("id"))
        return Response(
            {
                "total_applications": applications.count(),
                "active_applications": applications.filter(
                    status__in=["applied", "screening", "interviewing", "offer"]
                ).count(),
                "offers_received": applications.filter(status__in=["offer", "accepted"]).count(),
                "interviews_scheduled": Interview.objects.filter(
                    owner=request.user, status="scheduled", scheduled_at__gt=timezone.now()
                ).count(),
                "response_rate": round(answered_count / sent_count * 100, 1) if sent_count else 0,
                "avg_response_days": round(average.total_seconds() / 86400, 1) if average is not None else None,
                "status_breakdown": {row["status"]: row["count"] for row in breakdown},
            }
        )
