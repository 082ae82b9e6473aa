"""What the templates of the editor ask about a draft."""

from django import template
from wagtail.models import Page

from embassy.texts.writing import Remark, remarks_in_editor

register = template.Library()


@register.simple_tag
def writing_remarks(page: Page) -> list[Remark]:
    """Give the hints on a draft as it is stored now."""
    return remarks_in_editor(page)
