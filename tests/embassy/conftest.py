"""Files of the demo mission that no page uses yet, and a page in two languages."""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Page

from embassy.models import ContentPage, MissionDocument, MissionImage, MissionSettings
from embassy.translations import memory, steps
from tests.embassy.photos import photo_with_traces
from tests.embassy.translating import begun_by, say
from tests.two_people import approved_on_desk


@pytest.fixture
def collection(site):
    """The folder of the mission's files."""
    return MissionSettings.for_site(site).collection


@pytest.fixture
def image(collection) -> MissionImage:
    """A picture with what a camera writes into it."""
    file = ContentFile(photo_with_traces("JPEG"), "river.jpg")
    return MissionImage.objects.create(title="River", file=file, collection=collection)


@pytest.fixture
def document(collection) -> MissionDocument:
    """A document."""
    file = ContentFile(b"%PDF-1.4 fees", "fees.pdf")
    return MissionDocument.objects.create(title="Fees", file=file, collection=collection)


@pytest.fixture
def french(home, staff) -> Page:
    """A French page that the public reads, translated from an English one."""
    page = begun_by(staff["section_editor"], home)
    say(memory.translation_of(page), staff["section_editor"], title="Congés")
    steps.hand_in(page, staff["section_editor"])
    approved_on_desk(page, staff["approver"])
    return ContentPage.objects.get(pk=page.pk)
