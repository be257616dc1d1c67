"""The pages that links in mails lead to. Their paths stand in those mails."""

from django.urls import re_path

from onward.web.accounts import views

urlpatterns = [
    re_path(r"^verify-email/?$", views.verify_email, name="verify-email"),
    re_path(r"^reset-password/?$", views.reset_password, name="reset-password"),
]
