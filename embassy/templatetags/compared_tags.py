"""How a template shows a comparison of Wagtail's."""

from django import template

from embassy.release import compared

register = template.Library()
register.filter("marked", compared.marked)
