"""What the models share: a closed set is a TextChoices with a CHECK constraint beside it."""

from django.db import models


def closed_set(field: str, choices: type[models.TextChoices], *, blank: bool = False) -> models.CheckConstraint:
    """Return the CHECK constraint that holds ``field`` to its choices (and to "", if ``blank``)."""
    values = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_vald", condition=models.Q((f"{field}__in", values))
    )
