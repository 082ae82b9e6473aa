"""What Wagtail's real editor would post for a page as it is: every field, row and block."""

import re

from django.db.models import QuerySet
from django.forms import BoundField, DateTimeInput
from django.forms.models import model_to_dict
from django.http import QueryDict
from wagtail import blocks
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text


def posted(page, user) -> dict[str, object]:
    """Give the data an editor posts who opens a page and changes nothing."""
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=user, parent_page=page.get_parent())
    data: dict[str, object] = {}
    add_form(data, form, "")
    for name, formset in form.formsets.items():
        data[f"{name}-TOTAL_FORMS"] = len(formset.initial_forms)
        data[f"{name}-INITIAL_FORMS"] = len(formset.initial_forms)
        data[f"{name}-MIN_NUM_FORMS"] = 0
        data[f"{name}-MAX_NUM_FORMS"] = 1000
        for number, row in enumerate(formset.initial_forms):
            add_form(data, row, f"{name}-{number}-")
            data[f"{name}-{number}-id"] = row.instance.pk
            data[f"{name}-{number}-ORDER"] = number + 1
            data[f"{name}-{number}-DELETE"] = ""
    data.update(marks_of(page))
    return {key: value for key, value in data.items() if value is not None}


def marks_of(page) -> dict[str, str]:
    """Give by what an editor says which version was opened; nothing of a page that has none."""
    latest = Page.objects.get(pk=page.pk).latest_revision if page.pk else None
    if latest is None:
        return {}
    return {
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }


def add_form(data: dict, form, prefix: str) -> None:
    """Add the fields of a form or of one row."""
    for field in form:
        if field.name not in ("ORDER", "DELETE", "id"):
            add_field(data, form, field, prefix)


def add_field(data: dict, form, field: BoundField, prefix: str) -> None:
    """Add one field as its widget posts it."""
    name = f"{prefix}{field.name}"
    value = field.value()
    if isinstance(value, blocks.StreamValue):
        data.update(block_data(value.stream_block, value, name))
    elif type(field.field.widget).__name__.startswith("DraftailRichTextArea"):
        data[name] = rich_text(value or "")
    elif isinstance(field.field.widget, DateTimeInput):
        data[name] = field.field.widget.format_value(value) or ""
    elif hasattr(field.field.widget, "decompress") and isinstance(value, dict):
        for suffix, text in zip(
            field.field.widget.widgets_names, field.field.widget.decompress(value), strict=True
        ):
            data[f"{name}{suffix}"] = text
    elif isinstance(value, bool):
        data[name] = "on" if value else None
    elif isinstance(value, (list, tuple)):
        data[name] = [getattr(item, "pk", item) for item in value]
    else:
        data[name] = "" if value is None else field.field.prepare_value(value)


def block_data(block: blocks.Block, value, prefix: str) -> dict[str, object]:
    """Give what the widget of a StreamField block posts for a value."""
    if isinstance(block, blocks.StreamBlock):
        children = [(child.block, child.value, child.block_type) for child in value]
        return sequence(children, prefix, typed=True)
    if isinstance(block, blocks.ListBlock):
        return sequence([(block.child_block, item, "") for item in value], prefix, typed=False)
    if isinstance(block, blocks.StructBlock):
        found: dict[str, object] = {}
        for name, child in block.child_blocks.items():
            found.update(block_data(child, value[name], f"{prefix}-{name}"))
        return found
    if isinstance(block, blocks.RichTextBlock):
        return {prefix: rich_text(value.source if value else "")}
    if isinstance(value, bool):
        return {prefix: "on" if value else None}
    return {prefix: "" if value is None else getattr(value, "pk", value)}


def sequence(children: list[tuple], prefix: str, typed: bool) -> dict[str, object]:
    """Give what a stream or a list posts."""
    found: dict[str, object] = {f"{prefix}-count": len(children)}
    for number, (block, value, name) in enumerate(children):
        found[f"{prefix}-{number}-deleted"] = ""
        found[f"{prefix}-{number}-order"] = number
        found[f"{prefix}-{number}-id"] = ""
        if typed:
            found[f"{prefix}-{number}-type"] = name
        found.update(block_data(block, value, f"{prefix}-{number}-value"))
    return found


def stored(page) -> dict:
    """Give what is stored of a page, without what every save changes."""
    changing = {"latest_revision", "live_revision", "draft_title", "has_unpublished_changes"}
    return {
        name: plain(list(value) if isinstance(value, QuerySet) else value)
        for name, value in model_to_dict(page).items()
        if name not in changing and not name.endswith("_at")
    }


def plain(value) -> str:
    """Give a stored value without the marks by which the rich text editor knows its paragraphs."""
    text = re.sub(r' data-block-key="\w+"', "", str(value))
    return re.sub(r"<p></p>|\s+", " ", text).strip()


def query(data: dict) -> QueryDict:
    """Give the data as a browser would encode them."""
    encoded = QueryDict(mutable=True)
    for name, value in data.items():
        encoded.setlist(name, value if isinstance(value, list) else [value])
    return encoded
