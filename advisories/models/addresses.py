"""The addresses of warnings: they stay for good, and there is one in each language."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from embassy.language.languages import with_prefix, without_prefix
from embassy.models import MissionSettings


def refuse_new_address(page, issues) -> None:
    """Refuse to change the address under which something was issued."""
    stored = type(page).objects.filter(pk=page.pk).values_list("slug", flat=True).first()
    if stored is not None and stored != page.slug and issues.exists():
        raise ValidationError({"slug": _("Warnings were issued at this address: it stays.")})


def urls_in_languages(page, entries: list[dict], request, only: set | None = None) -> list[dict]:
    """Repeat a page's sitemap entry below the prefix of each language of its mission."""
    mission = MissionSettings.for_request(request)
    path = without_prefix(page.get_url(request))
    return [
        {**entry, "location": request.build_absolute_uri(with_prefix(path, code))}
        for entry in entries
        for code in mission.languages
        if only is None or code in only
    ]
