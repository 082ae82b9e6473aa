"""Dates in the editor: what was typed stays, even where it is no date, and is refused in words."""

import json

import pytest
from django.apps import apps
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.snippets.models import get_snippet_models

from embassy.models import MissionSettings
from embassy.pages import BasePage

PICKERS = (AdminDateInput, AdminDateTimeInput, AdminTimeInput)
PAGES = [model for model in apps.get_models() if issubclass(model, BasePage)]


def forms_of(model: type) -> list[type]:
    """Give the form of an editor, and those of the rows in it."""
    panels = model.get_edit_handler() if issubclass(model, BasePage) else get_edit_handler(model)
    form = panels.get_form_class()
    return [form, *(rows.form for rows in form.formsets.values())]


def pickers_of(model: type) -> list:
    """Give the widgets of an editor that open a calendar or a clock."""
    fields = [field for form in forms_of(model) for field in form.base_fields.values()]
    return [field.widget for field in fields if isinstance(field.widget, PICKERS)]


@pytest.mark.parametrize("model", [*PAGES, *get_snippet_models(), MissionSettings])
def test_no_picker_rewrites_what_was_typed(model):
    for picker in pickers_of(model):
        shown = picker.get_context("day", None, {"id": "day"})
        assert json.loads(shown["widget"]["config_json"])["validateOnBlur"] is False


def test_there_are_pickers_of_every_sort():
    found = {kind for model in [*PAGES, *get_snippet_models()] for kind in pickers_of(model)}
    sorts = {sort for sort in PICKERS for picker in found if isinstance(picker, sort)}
    assert sorts == set(PICKERS)
