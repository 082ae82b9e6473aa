"""What the guides quote: names as the screens write them, roles as they are, pictures if made."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext

from embassy import guides
from embassy.roles import ROLES, roles_that_may

register = template.Library()


@register.simple_tag
def on_screen(name: str) -> SafeString:
    """Quote the name of a button, a link or a heading in the language the screens have it in."""
    return format_html('<b class="guide__name">{}</b>', gettext(name))


@register.simple_tag
def role(code: str) -> str:
    """Give the name of a role."""
    return str(ROLES[code].name)


@register.simple_tag
def roles_for(action: str, model: str) -> str:
    """Name the roles that may do something with rows of a mission."""
    return get_text_list(roles_that_may(action, model), gettext("or"))


@register.inclusion_tag("embassy/guides/picture.html")
def picture(screen: str, words: str) -> dict:
    """Show the picture of a screen with what it shows in words; nothing where there is none."""
    return {"picture": guides.picture_of(screen, guides.language()), "words": words}
