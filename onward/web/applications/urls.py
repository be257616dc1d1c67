"""Addresses of the applications' pages."""

from django.urls import path, re_path

from onward.web.applications import acts, beside, views, views_kept

app_name = "applications"

urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("views/", views_kept.keep, name="keep_view"),
    re_path(r"^views/(?P<view_id>[0-9a-f]{32})/$", views_kept.change, name="change_view"),
    path("many/", acts.many, name="many"),
    re_path(r"^export\.(?P<kind>csv|xlsx)$", views.export, name="export"),
    path("<int:pk>/", views.application, name="application"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/move/", acts.move, name="move"),
    path("<int:pk>/change/", acts.change, name="change"),
    path("<int:pk>/notes/", acts.add_note, name="add_note"),
    path("<int:pk>/moves/<int:move_id>/", acts.mend, name="mend"),
    path("<int:pk>/tags/", beside.tag, name="tag"),
    path("<int:pk>/tags/<int:tag_id>/", beside.untag, name="untag"),
    path("<int:pk>/reminders/", beside.remind, name="remind"),
    path("<int:pk>/people/", beside.person, name="person"),
    path("<int:pk>/reflection/", beside.reflection, name="reflection"),
    path("<int:pk>/documents/", beside.keep_document, name="keep_document"),
    path("<int:pk>/documents/<int:document_id>/", beside.document, name="document"),
    path("<int:pk>/documents/<int:document_id>/delete/", beside.delete_document, name="delete_document"),
    path("<int:pk>/offer/", beside.offer, name="offer"),
    path("<int:pk>/delete/", acts.delete, name="delete"),
]
