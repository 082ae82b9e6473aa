"""What the staff are told by mail: one row for each thing and each person who is told of it."""

from django.conf import settings
from django.db import models

from embassy.models.scoped import ScopedQuerySet


class Letter(models.Model):
    """A line of a letter to one of the staff; only `letters` writes it.

    `about` and `key` name the thing in a way that whoever registered it understands. Lines with
    the same `post` leave in one letter.
    """

    class Why(models.TextChoices):
        """Why somebody is told."""

        WAITS = "waits", "waits for them"
        CAME_BACK = "came_back", "came back to them"

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    # Without a constraint: checking it waits for whoever holds the row of an account, and two who
    # each hold their own and write to the other would wait for ever.
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_constraint=False, on_delete=models.CASCADE, related_name="+"
    )
    why = models.CharField(max_length=10, choices=Why.choices)
    about = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    post = models.UUIDField(db_index=True)
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["to", "about", "key", "why"], name="nobody_is_told_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.key}"
