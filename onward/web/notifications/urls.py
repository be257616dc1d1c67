"""The page by which somebody is rid of mails. Its path stands in those mails."""

from django.urls import re_path

from onward.web.notifications import views

urlpatterns = [re_path(r"^unsubscribe/?$", views.unsubscribe, name="unsubscribe")]
