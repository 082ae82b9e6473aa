"""Whether an office takes questions by form, and where they go."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from embassy.pages import BasePage


class TakesQuestions(models.Model):
    """Mixin for an office that may take questions by form; its translations do what it does."""

    takes_questions = models.BooleanField(
        _("takes questions by form"),
        default=False,
        help_text=_("Readers then find a form on this page. Somebody must read what comes."),
    )
    questions_to = models.EmailField(
        _("mail address for the questions"),
        blank=True,
        help_text=_(
            "Where they are sent. Readers do not see it. They also stand in the menu of staff."
        ),
    )
    questions_authority = models.CharField(
        _("authority"),
        max_length=200,
        blank=True,
        help_text=_(
            "The law that lets the office ask for a name and an address, with its section. The "
            "notice below the form names it."
        ),
    )

    questions_panels = [
        FieldPanel("takes_questions"),
        FieldPanel("questions_to"),
        FieldPanel("questions_authority"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("takes_questions", overridable=False),
        SynchronizedField("questions_to", overridable=False),
    ]

    class Meta:
        abstract = True


def refuse_nowhere(cleaned: dict) -> None:
    """Refuse questions that would go nowhere."""
    if cleaned.get("takes_questions") and not cleaned.get("questions_to"):
        wrong = _("Enter the mail address that the questions are sent to.")
        raise ValidationError({"questions_to": wrong})
