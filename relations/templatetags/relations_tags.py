"""What the home page shows of the news."""

from django import template

from embassy.pages import open_to_all
from relations.models import NewsPage

register = template.Library()

ON_HOME = 3


@register.simple_tag(takes_context=True)
def home_news(context) -> list[NewsPage]:
    """Give the latest news of the mission whose home page this is."""
    home = context["page"]
    return list(open_to_all(NewsPage.objects.descendant_of(home)).latest_first()[:ON_HOME])
