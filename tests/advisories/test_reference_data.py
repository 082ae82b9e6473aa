"""Kinds of alert and indicators, the same for all missions: changed by who runs the server."""

import json
import re
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from advisories import reference_data
from advisories.models import AlertKind, AlertPreset, Indicator
from embassy.auditing import audit
from embassy.models import AuditEntry

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("model", [AlertKind, AlertPreset, Indicator])
def test_a_list_names_them_in_the_reader_s_language(client, staff, model, language):
    client.force_login(staff["administrator"])
    client.cookies["django_language"] = language
    address = f"/django-admin/advisories/{model._meta.model_name}/"
    listed = client.get(address, headers={"Accept-Language": language}, **HOST).content.decode()
    assert "{&quot;" not in listed
    names = [row.name.get("en", "") for row in model.objects.all()]
    assert language == "fr" or any(name in listed for name in names if name.isascii())


@pytest.mark.parametrize("model", [AlertKind, Indicator])
def test_no_account_changes_what_all_missions_say(client, staff, model):
    row = model.objects.order_by("pk").first()
    screens = f"/django-admin/advisories/{model._meta.model_name}/"
    sent = {"code": row.code, "name_en": "All clear: ignore this", "name_fr": "Rien à signaler"}
    for user in staff.values():
        client.force_login(user)
        for address in (
            f"{screens}{row.pk}/change/",
            f"{screens}add/",
            f"{screens}{row.pk}/delete/",
        ):
            assert client.post(address, sent | {"post": "yes"}, **HOST).status_code in (
                302,
                403,
                404,
            )
    kept = model.objects.get(pk=row.pk)
    assert kept.name == row.name and model.objects.filter(name__en=sent["name_en"]).count() == 0


@pytest.mark.parametrize("model", [AlertKind, Indicator])
def test_an_administrator_reads_a_row_as_people_write(client, staff, model):
    client.force_login(staff["administrator"])
    row = model.objects.order_by("pk").first()
    address = f"/django-admin/advisories/{model._meta.model_name}/{row.pk}/change/"
    text = BeautifulSoup(client.get(address, **HOST).content, "html.parser").get_text()
    assert row.name["en"] in text and row.name["fr"] in text
    assert "{" not in text.split("Home")[1]


# The command


@pytest.fixture
def run(tmp_path):
    """Give a function that runs the command with a file; it gives what is printed."""

    def command(content=None, answer: str = "--yes") -> str:
        """Write the file, if there is to be one, and run."""
        out, arguments = StringIO(), []
        if content is not None:
            file = tmp_path / "given.json"
            file.write_text(content if isinstance(content, str) else json.dumps(content))
            arguments = [str(file), *([answer] if answer else [])]
        call_command("reference_data", *arguments, stdout=out)
        return out.getvalue()

    return command


def test_what_is_printed_is_taken_and_changes_nothing(site, run):
    printed = run()
    whole = json.loads(printed)
    assert {kind["code"] for kind in whole["kinds"]} == set(
        AlertKind.objects.values_list("code", flat=True)
    )
    assert "Nothing is different." in run(printed)


def test_a_name_is_changed_a_kind_added_and_both_are_on_record(site, run):
    kind = AlertKind.objects.order_by("pk").first()
    new = {"code": "dust-alert", "name": {"en": "Dust Alert", "fr": "Alerte à la poussière"}}
    sent = {"kinds": [{"code": kind.code, "name": {**kind.name, "en": "Called otherwise"}}, new]}
    said = run(sent)
    assert "Called otherwise" in said and "dust-alert" in said and "Stored: 2." in said
    kind.refresh_from_db()
    made = AlertKind.objects.get(code="dust-alert")
    assert kind.name["en"] == "Called otherwise" and made.usual_hours == 24
    acts = AuditEntry.objects.filter(target_type="advisories.alertkind")
    assert {(entry.action, entry.target_id) for entry in acts} == {
        (audit.CHANGED, str(kind.pk)),
        (audit.ADDED, str(made.pk)),
    }
    assert "Nothing is different." in run(sent)


def test_without_yes_nothing_is_stored(site, run, monkeypatch):
    sent = {"indicators": [{"code": Indicator.objects.first().code, "in_use_since": "never"}]}
    monkeypatch.setattr("builtins.input", lambda question: "no")
    assert "Nothing was stored." in run(sent, answer="")
    assert not Indicator.objects.filter(in_use_since="never").exists()
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    assert "Stored: 1." in run(sent, answer="")


NAMED = {"en": "A", "fr": "B"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("{", "is not JSON"),
        ([], "Give one or more of the lists"),
        ({"pages": []}, "Give one or more of the lists"),
        ({"kinds": {}}, "give a list of objects"),
        ({"kinds": [{"code": "x y", "name": NAMED}]}, "kinds, x y: code"),
        ({"kinds": [{"name": NAMED}]}, "kinds, ?: code"),
        ({"kinds": [{"code": "new"}]}, "kinds, new: name"),
        ({"kinds": [{"code": "new", "name": NAMED, "id": 5}]}, "There is no such field"),
        ({"kinds": [{"code": "new", "name": NAMED, "usual_hours": 0}]}, "usual_hours"),
        ({"kinds": [{"code": "new", "name": "text"}]}, "kinds, new: name"),
        ({"kinds": [{"code": "a", "name": NAMED}, {"code": "a", "name": NAMED}]}, "comes twice"),
    ],
)
def test_a_faulty_file_is_refused_whole(site, run, sent, sentence):
    before = reference_data.whole()
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run(sent)
    assert reference_data.whole() == before


def test_a_file_that_is_not_there_is_a_sentence(site):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("reference_data", "nowhere.json")
