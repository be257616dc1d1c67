from django.urls import re_path

from onward.web.certificates import views

app_name = "certificates"
urlpatterns = [re_path(r"^certificates/(?P<uid>[0-9a-fA-F-]{36})/?$", views.certificate, name="certificate")]
