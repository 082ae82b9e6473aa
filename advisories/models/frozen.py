"""Rows that are written once: the database refuses to change them, and so does the model."""

from django.core.exceptions import PermissionDenied
from django.db import models


class Frozen(models.Model):
    """A row that stays on record as it was written."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Store a new row; a stored one never changes."""
        if self.pk:
            raise PermissionDenied("What was issued cannot be changed; issue an update.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refuse: what was issued stays on record."""
        raise PermissionDenied("What was issued cannot be deleted.")
