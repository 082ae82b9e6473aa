"""Which mission a thing belongs to, worded once; forms refuse what is another mission's.

A page belongs to the mission in whose tree it stands, a file to the one that owns its collection,
anything else to the one its `site` says. What belongs to none is open to all.
"""

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, Site


def home_path(page: Page) -> str | None:
    """Give the tree path of the home page above a page; None for the root itself."""
    return page.path[: page.steplen * 2] if page.depth > 1 else None


def site_of(page: Page) -> Site | None:
    """Give the mission in whose tree a page stands, whatever the page's language."""
    home = Page.objects.filter(path=home_path(page) or "").first()
    if home is None:
        return None
    homes = home.get_translations(inclusive=True)
    return Site.objects.filter(root_page__in=homes).select_related("root_page").first()


def owner_of(collection: Collection) -> Site | None:
    """Give the mission that owns a collection; None for those all missions share."""
    settings = apps.get_model("embassy", "MissionSettings")
    for mission in settings.objects.exclude(collection=None).select_related("collection", "site"):
        if collection.path.startswith(mission.collection.path):
            return mission.site
    return None


def mission_of(target: Model) -> Site | None:
    """Give the mission a thing belongs to; None for what belongs to all."""
    if isinstance(target, Site):
        return target
    if isinstance(target, Page):
        return site_of(target)
    if getattr(target, "site_id", None):
        return target.site
    if getattr(target, "collection_id", None):
        return owner_of(target.collection)
    return None


def references_in(form) -> Iterator[tuple[str, Model]]:
    """Give (field name, thing) for everything a valid model form refers to."""
    for name, value in form.cleaned_data.items():
        if isinstance(value, Model):
            yield name, value
        elif isinstance(value, (QuerySet, list, tuple)):
            yield from ((name, item) for item in value if isinstance(item, Model))
        elif value and name in {field.name for field in form._meta.model._meta.fields}:
            field = form._meta.model._meta.get_field(name)
            if hasattr(field, "extract_references"):
                yield from ((name, thing) for thing in things_in(field, value))


def things_in(field, value) -> Iterator[Model]:
    """Give what a rich text or StreamField refers to."""
    for model, pk, _model_path, _content_path in field.extract_references(value):
        thing = model._base_manager.filter(pk=pk).first()
        if thing is not None:
            yield thing


class OneMissionForm:
    """Mixin for Wagtail's forms: everything chosen must belong to the form's mission."""

    def mission_site(self) -> Site | None:
        """The mission whose thing the form edits."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """After all else is valid, look at what was chosen, in this form and its rows."""
        if not super().is_valid():
            return False
        site = self.mission_site()
        rows = [form for formset in self.formsets.values() for form in formset.forms]
        refused = [form for form in [self, *rows] if site and self.refuse_foreign(form, site)]
        return not refused

    @staticmethod
    def refuse_foreign(form, site: Site) -> bool:
        """Add an error for each thing of another mission; say whether there was one."""
        found = False
        for name, thing in list(references_in(form)):
            owner = mission_of(thing)
            if owner is not None and owner != site:
                found = True
                sentence = _(
                    "“%(thing)s” belongs to another mission. Choose one of this mission's."
                )
                form.add_error(name, ValidationError(sentence, params={"thing": thing}))
        return found
