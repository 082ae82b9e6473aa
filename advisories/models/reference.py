"""Reference data of warnings: risk indicators and kinds of alert, the same for all missions."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advisories.vocabulary import Category
from embassy.fields import TextsField


class Indicator(models.Model):
    """A risk indicator of travel advisories, known by its letter."""

    code = models.CharField(_("letter"), max_length=2, unique=True)
    name = TextsField(_("name"))
    in_use_since = models.CharField(_("in use since"), max_length=40, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["sort_order", "code"]
        verbose_name = _("risk indicator")
        verbose_name_plural = _("risk indicators")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class AlertKind(models.Model):
    """A kind of alert under the name it is issued by, with what it starts out as."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = TextsField(_("name"))
    category = models.CharField(
        _("category"), max_length=10, choices=Category.choices, default=Category.SAFETY
    )
    usual_hours = models.PositiveSmallIntegerField(
        _("usually lasts, in hours"), default=24, validators=[MinValueValidator(1)]
    )
    longest_hours = models.PositiveSmallIntegerField(
        _("lasts at most, in hours"),
        default=168,
        validators=[MinValueValidator(1)],
        help_text=_("An alert that must last longer is extended by an update."),
    )
    in_use = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Untick for names of the past, like Emergency Message."),
    )
    used_from_to = models.CharField(_("used"), max_length=40, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["sort_order", "code"]
        verbose_name = _("kind of alert")
        verbose_name_plural = _("kinds of alert")

    def __str__(self) -> str:
        return str(self.name)
