"""Addresses of the saved jobs."""

from django.urls import path

from onward.web.saved import views

app_name = "saved"

urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/board/", views.convert, name="convert"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
