"""The portal's addresses; everything that means something lives in ``delprojekt.web``."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("", include("delprojekt.web.urls")),
]
