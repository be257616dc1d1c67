"""Addresses of the applications' pages."""

from django.urls import path

from onward.web.applications import views

app_name = "applications"

urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.application, name="application"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/notes/", views.add_note, name="add_note"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
