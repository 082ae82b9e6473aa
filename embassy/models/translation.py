"""How a translated page stands to the page it is made from, and who typed which of its texts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class TranslationStanding(models.Model):
    """Of what words a translation was made, and since when readers of the first language know more.

    A mark (`translations.memory.digest_of`) stands for the words of the first language.
    """

    page = models.OneToOneField(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="standing"
    )
    revision = models.PositiveBigIntegerField(
        _("revision handed in last"),
        default=0,
        help_text=_("The number of the revision, which may be gone."),
    )
    made_of = models.CharField(_("made of"), max_length=64, blank=True, help_text=_("A mark."))
    public_of = models.CharField(
        _("what readers have is made of"), max_length=64, blank=True, help_text=_("A mark.")
    )
    behind_since = models.DateTimeField(
        _("behind since"),
        null=True,
        blank=True,
        help_text=_("When words went out in the first language that readers lack in this one."),
    )

    class Meta:
        verbose_name = _("standing of a translation")
        verbose_name_plural = _("standings of translations")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.behind_since or 'in step'}"


class TextTypistQuerySet(models.QuerySet):
    """Who typed texts that are not public as they typed them."""

    def of(self, page: Page) -> "TextTypistQuerySet":
        """Keep those of one page."""
        return self.filter(page_id=page.pk)


class TextTypist(models.Model):
    """Somebody who typed a text of a translation since that text went out; `typists` writes it.

    It stays while the original does without the text, and counts again when the text is back.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=50, help_text="Which text or address, by its numbers.")
    revision = models.BigIntegerField(null=True, help_text="With which it was handed in last.")

    objects = TextTypistQuerySet.as_manager()

    class Meta:
        verbose_name = _("typist of a text")
        constraints = [
            models.UniqueConstraint(fields=["page", "user", "text"], name="typist_once_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.text})"
