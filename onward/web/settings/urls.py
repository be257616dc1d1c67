"""Addresses of the settings."""

from django.urls import path

from onward.web.settings import columns, views

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
    path("columns/", columns.columns, name="columns"),
    path("columns/usual/", columns.usual, name="usual_columns"),
    path("columns/table/", columns.table, name="table_columns"),
    path("columns/board/<slug:key>/", columns.column, name="column"),
    path("mails/", views.mails, name="mails"),
    path("close/", views.close, name="close"),
    path("export/", views.export, name="export"),
]
