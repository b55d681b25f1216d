"""Addresses of the pages about the portal itself. They are open, all but the one where the
statement is changed: nothing in them is about a delprojekt."""

from django.urls import path

from delprojekt.web.views import om

urlpatterns = [
    path("galleri/", om.galleri, name="galleri"),
    path("tillganglighetsredogorelse/", om.tillganglighet, name="tillganglighet"),
    path("tillganglighetsredogorelse/synpunkt/", om.synpunkt, name="synpunkt"),
    path("tillganglighetsredogorelse/andra/", om.redogorelse, name="redogorelse"),
    path("personuppgifter/", om.personuppgifter, name="personuppgifter"),
    path("hjalp/", om.hjalp, name="hjalp"),
    path("utseende/", om.utseende, name="utseende"),
]
