"""Addresses of ``make bench``: the portal's, and Django's own admin list of the same rows. Never in the portal."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path

from sfbv.urls import urlpatterns as portal


class OpenSite(admin.AdminSite):
    """Lets in whoever has logged in to the portal: here, permissions are not what is measured."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Return True."""
        return True


class DelprojektAdmin(admin.ModelAdmin):
    """Shows what the portal's list shows, read as well as Django can: no count of all rows, whom it lies with ahead."""

    list_display = ("beteckning", "benamning", "steg", "ligger_hos", "stegat_at", "frist")
    list_filter = ("steg", "pausat")
    search_fields = ("benamning",)
    ordering = ("-nummer", "-skapat_at", "pk")
    list_per_page = 50
    show_full_result_count = False
    list_select_related: ClassVar = ["sjukvardsregion"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows with what they wait for."""
        return super().get_queryset(request).prefetch_related("vantar__region")

    def ligger_hos(self, row: Any) -> str:
        """Return whom it lies with."""
        return ", ".join(f"{v.get_roll_display()} {v.region or ''}" for v in row.vantar.all())

    def frist(self, row: Any) -> Any:
        """Return the first deadline."""
        return min((v.frist_date for v in row.vantar.all() if v.frist_date), default=None)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return True."""
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return True."""
        return True

    has_add_permission = has_change_permission = has_delete_permission = lambda self, request, obj=None: False


site = OpenSite(name="admin")
site.register(apps.get_model("delprojekt", "Delprojekt"), DelprojektAdmin)
urlpatterns = [path("jamfor/", site.urls), *portal]
