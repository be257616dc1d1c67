"""What a calendar program reads. Its path stands in the link."""

from django.urls import re_path

from onward.domain.outreach.calendar import PATH
from onward.web.outreach import views

urlpatterns = [re_path(rf"^{PATH}/?$", views.calendar, name="followups-calendar")]
