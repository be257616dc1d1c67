from django.urls import path

from onward.web.pages import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
