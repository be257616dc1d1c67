from django.urls import re_path

from onward.web.board import views

app_name = "board"
KIND = "(?P<kind>jobs|internships)"
urlpatterns = [
    re_path(f"^board/{KIND}/?$", views.postings, name="postings"),
    re_path(rf"^board/{KIND}/(?P<pk>[0-9]{{1,18}})/?$", views.posting, name="posting"),
]
