from django.urls import path

from onward.web.pages import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("pictures/<str:name>", views.picture, name="picture"),
    path("app/manifest.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
]
