"""The desk of a page opens whatever its blocks hold, and tells only what was really changed."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from wagtail.fields import StreamField

from embassy.release import publishing
from tests.two_people import HOST, approved_on_desk

pytestmark = pytest.mark.django_db
MORE = "One word more."


def typed_anew(value) -> str:
    """Give blocks as the editor sends them: as they were, each paragraph known by a key."""
    text = json.dumps(value.get_prep_value(), cls=DjangoJSONEncoder)
    return text.replace("<p>", '<p data-block-key=\\"a1b2c\\">')


@pytest.mark.parametrize("slug", ["relations", "2015-10-15"])
def test_figures_are_read_and_approved(home, staff, slug):
    page = home.get_descendants().get(slug=slug).specific
    writer, second = staff["section_editor"], staff["approver"]
    desk = Client(HTTP_HOST=HOST)
    desk.force_login(second)
    streams = [one.name for one in page._meta.get_fields() if isinstance(one, StreamField)]
    for name in streams:
        setattr(page, name, typed_anew(getattr(page, name)))
    page.summary = MORE
    page.save_revision(user=writer)
    publishing.submit(page, writer)
    said = desk.get(f"/admin/publishing/{page.pk}/").content.decode()
    assert MORE in said
    assert approved_on_desk(page, second).status_code == 302
    assert type(page).objects.get(pk=page.pk).summary == MORE
