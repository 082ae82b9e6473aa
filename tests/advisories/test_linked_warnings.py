"""Links to warnings, which are one record in all languages, stay in the reader's language."""

import re

import pytest
from django.utils.translation import override
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

from advisories.models import AlertIndexPage, TravelAdvisoryPage
from advisories.models.frozen_text import freeze_html
from embassy.blocks import LinkBlock
from embassy.models import ContentPage
from tests.french import in_french

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


def body(*targets) -> list:
    """Give a link block and a paragraph that link to pages."""
    links = [
        {"words": "There", "page": page.pk, "document": None, "address": "", "unverified": False}
        for page in targets
    ]
    linked = "".join(f'<a linktype="page" id="{page.pk}">there</a> ' for page in targets)
    return [
        {"type": "links", "value": {"title": "", "links": links}},
        {"type": "paragraph", "value": f"<p>{linked}</p>"},
    ]


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("fr", "/fr")])
def test_links_to_warnings_keep_to_the_language_of_the_page(home, client, language, prefix):
    own = in_french(home) if language == "fr" else home
    targets = [TravelAdvisoryPage.objects.get(), AlertIndexPage.objects.child_of(home).get()]
    page = ContentPage(title="Notice", slug="notice", locale=own.locale, body=body(*targets))
    own.add_child(instance=page)
    shown = client.get(f"{prefix}/notice/", **HOST).content.decode()
    main = shown.split("<main")[1].split("</main>")[0]
    hrefs = re.findall(r'href="([^"]*(?:travel-advisory|alerts)/)"', main)
    assert hrefs == [f"{prefix}/travel-advisory/", f"{prefix}/alerts/"] * 2


def test_a_warning_that_leads_to_a_page_leads_there_in_its_own_language(home, dakar):
    advisory = TravelAdvisoryPage.objects.get()
    text = f'<p><a linktype="page" id="{advisory.pk}">x</a></p>'
    assert freeze_html(text) == '<p><a href="/travel-advisory/">x</a></p>'
    with override("fr"):
        assert freeze_html(text) == '<p><a href="/fr/travel-advisory/">x</a></p>'


def test_a_link_to_a_warning_needs_words_of_its_own(home):
    link = LinkBlock()
    advisory = Page.objects.get(pk=TravelAdvisoryPage.objects.get().pk)
    with pytest.raises(StructBlockValidationError) as refused:
        link.clean(link.to_python({"words": "", "page": advisory.pk}))
    assert "Write what the link says" in str(refused.value.block_errors["words"])
    assert link.clean(link.to_python({"words": "The advisory", "page": advisory.pk}))
    assert link.clean(link.to_python({"words": "", "page": home.pk}))
