"""Addresses of what is taken back, and of the bin."""

from django.urls import path

from onward.web.undo import views

app_name = "undo"

urlpatterns = [
    path("undo/<uuid:uid>/", views.undo, name="undo"),
    path("undo/<uuid:uid>/day/", views.date_anew, name="date"),
    path("deleted/", views.deleted, name="deleted"),
    path("deleted/<int:pk>/", views.restore, name="restore"),
]
