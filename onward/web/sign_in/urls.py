"""Addresses of the ways in."""

from django.urls import path

from onward.web.sign_in import views

app_name = "sign_in"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.second_step, name="second_factor"),
    path("sign-up/", views.sign_up, name="sign_up"),
    path("forgot/", views.forgot, name="forgot"),
    path("closed/", views.closed, name="closed"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
