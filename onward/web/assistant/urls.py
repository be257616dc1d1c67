"""Addresses of what is written for an application."""

from django.urls import include, path

from onward.web.assistant import views

app_name = "assistant"

_OF_ONE = [
    path("favourite/", views.favourite, name="favourite"),
    path("rating/", views.rate, name="rate"),
    path("document/", views.keep, name="keep"),
    path("delete/", views.delete, name="delete"),
]
urlpatterns = [
    path("", views.index, name="desk"),
    path("ask/<slug:kind>/", views.ask, name="ask"),
    path("tasks/<int:task_id>/stop/", views.stop, name="stop"),
    path("written/<int:written_id>/", include(_OF_ONE)),
]
