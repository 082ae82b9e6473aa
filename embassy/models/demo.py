"""What demo content has made, so that nothing of it is ever made a second time."""

from django.apps import apps
from django.db import models


class DemoRecord(models.Model):
    """One thing that demo content made, under a key that stays whatever the thing is called now.

    Without a number it stands for a thing that was missing already when records began to be kept.
    """

    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.CASCADE, related_name="demo_records"
    )
    key = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    model = models.CharField(max_length=100)
    number = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "key"], name="one_demo_record_per_key")
        ]

    def __str__(self) -> str:
        return self.key

    def thing(self) -> models.Model | None:
        """Give the thing as it is now, or nothing when somebody deleted it."""
        if self.number is None:
            return None
        return apps.get_model(self.model)._base_manager.filter(pk=self.number).first()
