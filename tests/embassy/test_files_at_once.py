"""A file that is changed at the moment in which words that name it are submitted."""

import threading

from wagtail.log_actions import LogContext
from wagtail.models import Collection

from embassy.demo import demo_site
from embassy.files import in_use
from embassy.models import MissionDocument
from embassy.release import publishing
from tests.embassy.test_file_writers import with_body
from tests.embassy.test_in_use import other_file
from tests.embassy.test_privacy import offers, page_with
from tests.embassy.test_two_people_at_once import people, together
from tests.receivers import PATIENCE


def test_words_are_not_submitted_while_a_file_of_theirs_is_being_changed(
    committed_database, monkeypatch
):
    staff, home = people(), demo_site().root_page.specific
    document = MissionDocument.objects.create(
        title="Fees",
        file=other_file(MissionDocument()),
        collection=Collection.get_first_root_node(),
    )
    page = page_with(home, live=False)
    page = with_body(page, staff["section_editor"], offers(document))
    looked, submitted, begun, order = in_use.is_held, threading.Event(), threading.Event(), []

    def look_slowly(file) -> bool:
        """Look; where nothing keeps them apart, the words are submitted before it is stored."""
        found = looked(file)
        begun.set()
        submitted.wait(timeout=2)
        return found

    def change_it() -> None:
        """Store another title."""
        with LogContext(user=staff["public_affairs"]):
            document.title = "Other"
            document.save()
        order.append("changed")

    def submit_it() -> None:
        """Submit as soon as the change is under way."""
        begun.wait(timeout=PATIENCE)
        publishing.submit(page, staff["section_editor"])
        order.append("submitted")
        submitted.set()

    monkeypatch.setattr(in_use, "is_held", look_slowly)
    together(change_it, submit_it)
    assert order == ["changed", "submitted"]
    assert staff["public_affairs"].pk in publishing.writers_of(page)
