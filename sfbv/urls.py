"""The portal's addresses; everything that means something lives in ``delprojekt.web``."""

from django.urls import include, path
from django.views.generic import RedirectView

from sfbv.halsa import halsa

urlpatterns = [
    path("halsa/", halsa, name="halsa"),
    path("konto/email/", RedirectView.as_view(pattern_name="konto"), name="account_email"),  # kansli has the addresses
    path("konto/", include("allauth.urls")),
    path("", include("delprojekt.web.urls")),
]

handler500 = "delprojekt.web.views.fel.serverfel"
