"""The StreamField vocabulary: each block has a preview, and refuses what it cannot show."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.coreutils import get_dummy_request

from embassy.blocks import BodyBlock, LinkBlock
from tests.embassy.full_pages import Targets

pytestmark = pytest.mark.django_db
NAMES = sorted(BodyBlock().child_blocks)


@pytest.mark.parametrize("name", NAMES)
def test_every_block_has_a_preview(name, editor_client):
    block = BodyBlock().child_blocks[name]
    assert block.is_previewable, name


@pytest.mark.parametrize("name", NAMES)
def test_every_block_can_be_rendered_from_its_preview(name, home):
    block = BodyBlock().child_blocks[name]
    request = get_dummy_request(path="/", site=home.get_site())
    context = {"request": request, "page": home}
    if getattr(block.meta, "preview_template", None):
        html = render_to_string(block.meta.preview_template, context)
    else:
        html = block.render(block.get_preview_value(), context)
    assert html.strip()


def test_a_picture_that_stands_first_loads_at_once_and_all_others_as_they_are_reached(home):
    image = Targets(home.specific, home.get_site(), 2).images[0]
    picture = {"type": "picture", "value": {"image": {"image": image.pk, "alt_text": "A river"}}}
    text = {"type": "paragraph", "value": "<p>A river.</p>"}
    for body, ways in (([picture, picture], ["eager", "lazy"]), ([text, picture], ["lazy"])):
        html = BodyBlock().render(BodyBlock().to_python(body))
        assert re.findall(r'loading="(\w+)"', html) == ways


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"words": ""}, "Write what this is called"),
        ({"words": "x", "address": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_link_without_target_needs_words_and_addresses_must_be_plain(value, words):
    block = LinkBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"page": None, "document": None, "address": "", **value}))
    assert words in str(refused.value.as_json_data())


def test_link_has_one_target(home):
    block = LinkBlock()
    value = block.to_python({"words": "x", "page": home.pk, "address": "https://example.org/"})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "Keep one target" in str(refused.value.as_json_data())


def test_link_within_the_mission_never_names_the_host(home, dakar):
    value = LinkBlock().to_python({"words": "x", "page": home.pk})
    assert value.url == "/"


def test_preview_in_the_editor_is_dressed_like_the_site(editor_client):
    url = reverse("wagtailadmin_block_preview")
    html = editor_client.get(
        url, {"id": BodyBlock().child_blocks["faq"].definition_prefix}, HTTP_HOST="localhost"
    )
    assert html.status_code in (200, 404)
