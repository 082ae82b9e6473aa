"""The signs between a warning's words are those of its language, in every face of plain text."""

from django.utils.translation import override

from advisories.faces.feed_entry import calls_of, where_of
from advisories.faces.mail_body import subject
from advisories.faces.read_aloud import read_aloud
from advisories.models import Issue, Issued
from advisories.vocabulary import Act, Status


def french_row() -> Issued:
    """Give a French text of an update, with a sign in its location that begins no line."""
    phone = {"label": "Standard", "display": "+223 2070 2300", "extension": "", "is_phone": True}
    where = {"name": "location", "heading": "Lieu", "text": "Bamako\u00a0: centre\nKati"}
    content = {
        "kind": {"code": "alert", "name": "Alerte"},
        "title": "Routes",
        "blocks": [where],
        "contacts": [phone, phone],
    }
    issue = Issue(act=Act.UPDATE, status=Status.ACTUAL)
    return Issued(issue=issue, language="fr", content=content)


def test_signs_are_those_of_the_language(compiled):
    row = french_row()
    assert subject(row) == "Mise à jour\u00a0: Routes"
    assert "Standard\u00a0: 2 2 3, 2 0 7 0, 2 3 0 0." in read_aloud(row, "UTC")
    with override("fr"):
        assert where_of(row) == "Lieu\u00a0: Bamako\u00a0: centre Kati"
        assert "2300\u00a0; Standard" in calls_of(row)
