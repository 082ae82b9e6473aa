"""The rows of a mission's settings, and which role of it a group of accounts stands for."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from embassy.fields import TextsField
from embassy.models.schedules import Schedule


class ServiceHours(Orderable):
    """When one service of the mission is open to the public."""

    mission = ParentalKey(
        "embassy.MissionSettings", on_delete=models.CASCADE, related_name="service_hours"
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("hours"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Made under Mission facts, Opening hours."),
    )
    note = TextsField(
        _("note"),
        blank=True,
        help_text=_("One short sentence beside the hours: “By appointment only.”"),
    )

    panels = [FieldPanel("schedule"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("service hours")

    def clean(self) -> None:
        """Refuse another mission's hours."""
        if self.schedule_id and self.mission_id and self.schedule.site_id != self.mission.site_id:
            raise ValidationError({"schedule": _("Choose hours of the same mission.")})


class SocialPage(Orderable):
    """A page of the mission elsewhere; without an address it is named but not linked."""

    mission = ParentalKey(
        "embassy.MissionSettings", on_delete=models.CASCADE, related_name="social_pages"
    )
    name = TextsField(
        _("network"), help_text=_("The network as people know it, and whose page it is.")
    )
    url = models.URLField(
        _("address"), blank=True, help_text=_("Leave empty until somebody has checked it.")
    )

    panels = [FieldPanel("name"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("social page")


class MissionRole(models.Model):
    """Says which role of which mission a group of accounts stands for."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="mission_role")
    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.CASCADE, related_name="mission_roles"
    )
    role = models.CharField(_("role"), max_length=40)

    class Meta:
        verbose_name = _("role of a mission")
        constraints = [
            models.UniqueConstraint(fields=["site", "role"], name="one_group_per_mission_and_role")
        ]

    def __str__(self) -> str:
        return self.group.name
