"""Addresses of the interviews' pages."""

from django.urls import path

from onward.web.interviews import views

app_name = "interviews"

urlpatterns = [
    path("applications/<int:pk>/interviews/new/", views.new, name="new"),
    path("interviews/<int:pk>/", views.edit, name="edit"),
    path("interviews/<int:pk>/interview.ics", views.calendar, name="calendar"),
    path("interviews/<int:pk>/delete/", views.delete, name="delete"),
]
