"""All addresses of the portal, in Swedish, ASCII."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
