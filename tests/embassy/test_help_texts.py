"""Every field an officer fills in says what belongs there, in English and in French."""

import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.encoding import force_str
from django.utils.translation import gettext, override
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, PanelGroup
from wagtail.contrib.settings.registry import registry
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from embassy.clock.clock_forms import ClockPanel
from embassy.models import ContactPoint
from embassy.texts.numbers import check_phone
from tests.test_page_types import page_types

APPS = ("embassy", "sections", "relations", "advisories")

# Wagtail's own fields of every page say themselves what they are: title, slug, what searches show.
EVIDENT = {field.name for field in Page._meta.get_fields()}


def edited_models() -> list[type]:
    """Give every model that has an editor: pages, facts and settings."""
    models = [*get_snippet_models(), *registry]
    return [*page_types(), *(model for model in models if model._meta.app_label in APPS)]


def form_of(model: type) -> tuple:
    """Give the panels of a model's editor, and the form they are shown on."""
    if issubclass(model, Page):
        handler = model.get_edit_handler()
    elif hasattr(model, "snippet_viewset"):
        handler = model.snippet_viewset.get_edit_handler()
    else:
        handler = get_setting_edit_handler(model)
    return handler, handler.get_form_class()


def fields_of(panel, form) -> Iterator[tuple]:
    """Give the panels of single fields below a panel, rows included, each with its form."""
    if isinstance(panel, InlinePanel):
        rows = form.formsets[panel.relation_name].form
        yield from fields_of(panel.child_edit_handler, rows)
    elif isinstance(panel, PanelGroup):
        for child in panel.children:
            yield from fields_of(child, form)
    elif isinstance(panel, FieldPanel):
        yield panel, form


def every_field() -> Iterator[tuple[str, FieldPanel, type]]:
    """Give name, panel and form of every field of every editor."""
    for model in edited_models():
        for panel, form in fields_of(*form_of(model)):
            is_of_page = issubclass(panel.model, Page) and panel.field_name in EVIDENT
            if not is_of_page and panel.field_name != "comments":
                yield f"{panel.model._meta.label}.{panel.field_name}", panel, form


def stored_field(panel: FieldPanel) -> Field | None:
    """Give the field of the model that a panel fills; none for what only the form asks."""
    names = {field.name: field for field in panel.model._meta.get_fields()}
    return names.get(panel.field_name)


def help_of(panel: FieldPanel, form: type) -> str:
    """Give what an editor reads below a field, in the active language."""
    if isinstance(panel, ClockPanel):
        return gettext("On the clock of the time zone chosen above.")  # or of another, by page
    field = form.base_fields.get(panel.field_name)
    stored = stored_field(panel)
    return force_str(
        panel.help_text or getattr(field, "help_text", "") or getattr(stored, "help_text", "")
    )


def every_block() -> Iterator[tuple[str, blocks.Block]]:
    """Give each block that an editor may choose; where lines are of one kind the field says it."""
    for name, panel, _form in every_field():
        field = stored_field(panel)
        kinds = field.stream_block.child_blocks if isinstance(field, StreamField) else {}
        for kind, block in kinds.items():
            if isinstance(block, blocks.StructBlock) or len(kinds) > 1:
                yield f"{name}.{kind}", block


def help_of_block(block: blocks.Block) -> str:
    """Give what an editor reads of a block, in the active language."""
    field = getattr(block, "field", None)
    return force_str(getattr(block.meta, "help_text", "") or getattr(field, "help_text", ""))


def silent_blocks() -> list[str]:
    """Give the blocks that say nothing."""
    return [name for name, block in every_block() if not help_of_block(block).strip()]


def test_every_field_says_what_belongs_there(db):
    fields = list(every_field())
    assert len(fields) > 100
    assert [name for name, panel, form in fields if not help_of(panel, form).strip()] == []


def test_every_block_says_what_it_is_for(db):
    assert len(list(every_block())) > 60
    assert silent_blocks() == []


def test_it_says_so_in_french_too(db, compiled):
    seen = []
    for language in ("en", "fr"):
        with override(language):
            texts = {name: help_of(panel, form) for name, panel, form in every_field()}
            seen.append(texts | {name: help_of_block(block) for name, block in every_block()})
    english, french = seen
    assert [name for name in english if english[name] == french[name]] == []


def test_a_block_that_says_nothing_is_found(db, monkeypatch):
    name = "embassy.ContentPage.body.heading"
    monkeypatch.setattr(dict(every_block())[name].meta, "help_text", "")
    assert name in silent_blocks()


def test_how_a_number_is_written_is_told_with_no_missions_number():
    with pytest.raises(ValidationError) as refused:
        check_phone("no number")
    told = ContactPoint._meta.get_field("value").help_text
    for sentence in (str(told), *refused.value.messages):
        assert "country code" in sentence and not re.search(r"\d", sentence)
