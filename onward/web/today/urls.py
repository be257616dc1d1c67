"""The first page, and what is done on it."""

from django.urls import path

from onward.web.today import views

app_name = "today"

urlpatterns = [
    path("", views.today, name="today"),
    path("today/reminders/<int:pk>/", views.reminder, name="reminder"),
    path("today/actions/<int:pk>/", views.action, name="action"),
    path("today/settle/", views.settle, name="settle"),
    path("today/follow-ups/<int:pk>/", views.follow_up, name="follow_up"),
]
