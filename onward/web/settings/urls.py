"""Addresses of the settings."""

from django.urls import path

from onward.web.settings import views

app_name = "settings"

urlpatterns = [
    path("", views.settings, name="settings"),
    path("profile/", views.profile, name="profile"),
    path("email/", views.email, name="email"),
    path("password/", views.password, name="password"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("second-factor/off/", views.second_factor_off, name="second_factor_off"),
    path("sessions/<uuid:pk>/", views.end_session, name="end_session"),
    path("look/", views.look, name="look"),
    path("mails/", views.mails, name="mails"),
    path("export/", views.export, name="export"),
]
