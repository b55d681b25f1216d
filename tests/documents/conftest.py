"""Random texts are drawn on busy machines too: only a wrong answer fails, never a slow one."""

from hypothesis import HealthCheck, settings

settings.register_profile("dokument", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dokument")
