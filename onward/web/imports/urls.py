"""Addresses of the imports."""

from django.urls import path

from onward.web.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/", views.one, name="import"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/start/", views.start, name="start"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/broken.csv", views.broken, name="broken"),
]
