"""Files of the demo mission that no page uses yet."""

import pytest
from django.core.files.base import ContentFile

from embassy.models import MissionDocument, MissionImage, MissionSettings
from tests.embassy.photos import photo_with_traces


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
