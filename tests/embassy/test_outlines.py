"""Outlines of places as staff paste them in."""

import json

import pytest
from django.core.exceptions import ValidationError

from embassy.drawing.outlines import MOST_POINTS, OutlineField, outline_of, rings_of
from embassy.models import Place
from tests.second_person import confirm_all

SQUARE = [[[-8, 12], [-7, 12], [-7, 13], [-8, 13], [-8, 12]]]
POLYGON = {"type": "Polygon", "coordinates": SQUARE}


@pytest.mark.parametrize(
    "data",
    [
        POLYGON,
        {"type": "Feature", "geometry": POLYGON, "properties": {}},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POLYGON}]},
    ],
)
def test_an_outline_is_found_in_what_is_pasted(data):
    assert outline_of(data) == POLYGON
    assert rings_of(POLYGON) == [SQUARE[0]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([1, 2], "Paste an area"),
        ({"type": "Point", "coordinates": [1, 2]}, "Paste an area"),
        ({"type": "FeatureCollection", "features": []}, "one area only"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [1, 2]]]}, "at least four points"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "must close"),
        ({"type": "Polygon", "coordinates": "x"}, "cannot be read"),
        ({"type": "Polygon", "coordinates": [[[12, 95], [1, 0], [1, 1], [12, 95]]]}, "off the"),
        ({"type": "Polygon", "coordinates": [[[0, 0]] * (MOST_POINTS + 1)]}, "more than"),
    ],
)
def test_what_is_wrong_is_said(data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        outline_of(data)


@pytest.mark.parametrize("text", ["{", '{"type": NaN}', "[" * 100_000, "a place"])
def test_what_is_no_geojson_is_said(text):
    with pytest.raises(ValidationError, match="not GeoJSON"):
        OutlineField().clean(text)


@pytest.mark.django_db
def test_the_editor_keeps_what_was_typed_and_stores_what_is_right(editor_client, site):
    place = Place.objects.get(site=site, code="kati")
    address = f"/admin/snippets/embassy/place/edit/{place.pk}/"
    fields = {
        "site": site.pk,
        "name_en": "Kati",
        "name_fr": "Kati",
        "code": "kati",
        "iso_code": "",
        "latitude": "12.74",
        "longitude": "-8.07",
        "source": "",
    }
    answer = editor_client.post(address, {**fields, "geometry": '{"type": "Point"}'})
    assert "Paste an area" in answer.content.decode()
    assert "{&quot;type&quot;: &quot;Point&quot;}" in answer.content.decode()
    answer = editor_client.post(address, {**fields, "geometry": json.dumps(POLYGON)})
    confirm_all()
    place.refresh_from_db()
    assert place.geometry == POLYGON
