"""Addresses of the first five minutes."""

from django.urls import path

from onward.web.start import views

app_name = "start"

urlpatterns = [
    path("", views.start, name="start"),
    path("capture/", views.capture, name="capture"),
    path("anywhere/", views.anywhere, name="anywhere"),
    path("quick/", views.quick, name="quick"),
]
