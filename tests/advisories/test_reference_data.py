"""Kinds of alert and indicators are data that administrators change."""

import pytest
from bs4 import BeautifulSoup

from advisories.models import AlertKind, AlertPreset, Indicator

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


def as_shown(page: str) -> dict:
    """Give what a browser posts of a form of the Django admin when nothing is touched."""
    form = BeautifulSoup(page, "html.parser").find(
        "form", id=lambda name: (name or "") != "logout-form"
    )
    data = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if (
            not name
            or kind in ("submit", "file")
            or (kind == "checkbox" and field.get("checked") is None)
        ):
            continue
        if field.name == "select":
            data[name] = [one["value"] for one in field.find_all("option", selected=True)]
        else:
            data[name] = (
                field.text.removeprefix("\n")
                if field.name == "textarea"
                else field.get("value", "")
            )
    return data


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
def test_an_administrator_changes_a_name(client, staff, model):
    client.force_login(staff["administrator"])
    row = model.objects.order_by("pk").first()
    address = f"/django-admin/advisories/{model._meta.model_name}/{row.pk}/change/"
    data = as_shown(client.get(address, **HOST).content.decode())
    assert "name_en" in data
    answer = client.post(address, data | {"name_en": "Called otherwise"}, **HOST)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    row.refresh_from_db()
    assert row.name["en"] == "Called otherwise"
    assert row.name["fr"] == data["name_fr"]
