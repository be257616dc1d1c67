"""Address of the palette."""

from django.urls import path

from onward.web.palette import views

app_name = "palette"

urlpatterns = [path("palette/", views.palette, name="palette")]
