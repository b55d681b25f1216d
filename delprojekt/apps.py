from django.apps import AppConfig


class DelprojektConfig(AppConfig):
    name = "delprojekt"
    verbose_name = "Delprojekt"
