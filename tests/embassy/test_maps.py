"""Maps: right places, small drawings, words that do not collide, and the same facts in text."""

import math
import re

import pytest
from django.utils import translation
from lxml import etree

from embassy.drawing import canvas, maps, svg
from embassy.drawing.maps import Mark, Place

SVG = "{http://www.w3.org/2000/svg}"
WASHINGTON = Place("Washington", 38.9072, -77.0369)
BAMAKO = Place("Bamako", 12.6392, -8.0029)
CITIES = [
    BAMAKO,
    Place("Kati", 12.7441, -8.0726),
    Place("Koulikoro", 12.8627, -7.5599),
    Place("Ségou", 13.4317, -6.2157),
    Place("Sikasso", 11.3176, -5.6665),
    Place("Gao", 16.2717, -0.0447),
    Place("Timbuktu", 16.7735, -3.0074),
    Place("Hombori", 15.2831, -1.6956),
]
REGIONS = ["ML-1", "ML-2", "ML-3", "ML-4", "ML-5", "ML-6", "ML-7", "ML-8", "ML-BKO"]
LEVEL_4 = Mark("level-4", "4", "Level 4: Do Not Travel")


@pytest.fixture(autouse=True)
def english():
    """Words in English unless a test says otherwise."""
    with translation.override("en"):
        yield


def locator(**options):
    """The locator of the relations page."""
    countries = {"US": "United States", "ML": "Mali"}
    options = {"prefix": "where", "title": "Mali and the United States"} | options
    return maps.locator(maps.geodata("atlantic"), countries, **options)


def mali(**options):
    """The map of Mali's regions."""
    options = {"prefix": "mali", "title": "Mali"} | options
    return maps.region_map(maps.geodata("mali-regions"), **options)


def elements(drawing, tag, kind=""):
    """The elements of a drawing with this tag and, where given, this class."""
    found = etree.fromstring(drawing.svg).iter(f"{SVG}{tag}")
    return [element for element in found if kind in element.get("class", "").split() or not kind]


def boxes(drawing):
    """The room each line of text takes: left, top, right, bottom."""
    found = {}
    for text in elements(drawing, "text"):
        width = svg.text_width(text.text, canvas.LABEL)
        start = {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
        left, base = float(text.get("x")) - width * start, float(text.get("y"))
        found[text.text] = (left, base - 10, left + width, base + 2)
    return found


# The locator


def test_the_locator_is_small():
    drawing = locator(places=[WASHINGTON, BAMAKO], line=True)
    assert len(drawing.svg.encode()) <= 12 * 1024


def test_both_countries_are_drawn_named_and_told():
    drawing = locator(places=[WASHINGTON, BAMAKO])
    assert len(elements(drawing, "path", "map__country")) == 2
    assert {"United States", "Mali", "Washington", "Bamako"} == set(boxes(drawing))
    assert drawing.text == [
        "Highlighted: United States, Mali.",
        "Washington: 38.9°\xa0N, 77.0°\xa0W",
        "Bamako: 12.6°\xa0N, 8.0°\xa0W",
    ]
    assert "not authoritative" in drawing.note


def test_the_distance_is_told_only_with_the_line():
    assert not any("km" in sentence for sentence in locator(places=[WASHINGTON, BAMAKO]).text)
    drawn = locator(places=[WASHINGTON, BAMAKO], line=True)
    assert drawn.text[-1].startswith("From Washington to Bamako: about 7")
    assert len(elements(drawn, "path", "map__line")) == 1


def test_the_distance_agrees_with_the_law_of_cosines():
    a, b = math.radians(WASHINGTON.latitude), math.radians(BAMAKO.latitude)
    turn = math.radians(WASHINGTON.longitude - BAMAKO.longitude)
    angle = math.acos(math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn))
    expected = 6371.0088 * angle
    assert maps.distance_km(WASHINGTON, BAMAKO) == pytest.approx(expected, rel=1e-9)
    assert maps.distance_km(BAMAKO, BAMAKO) == 0


def test_the_great_circle_runs_north_of_the_straight_line():
    way = maps.great_circle(WASHINGTON, BAMAKO)
    assert way[0] == pytest.approx(WASHINGTON[1:])
    assert way[-1] == pytest.approx(BAMAKO[1:])
    assert way[len(way) // 2][0] > (WASHINGTON.latitude + BAMAKO.latitude) / 2


def test_a_shape_on_the_180th_meridian_stays_in_one_piece():
    """The Aleutians lie on both sides of it: neighbors there must be neighbors in the drawing."""
    drawing = canvas.Canvas.of_view(maps.ATLANTIC)
    east, west = drawing.point((52.0, 179.9)), drawing.point((52.0, -179.9))
    assert math.dist(east, west) < 1
    bands = [
        point
        for path in elements(locator(), "path", "map__country")
        for point in re.findall(r"M(-?[\d.]+)", path.get("d"))
    ]
    assert all(-5 <= float(x) <= canvas.WIDTH + 5 for x in bands)


def test_an_unknown_country_is_named():
    with pytest.raises(ValueError, match="does not know “SN”"):
        maps.locator(maps.geodata("atlantic"), {"SN": "Senegal"}, prefix="x", title="x")


# Mali's regions


def test_the_map_of_mali_is_small():
    everything = mali(places=CITIES, marks=dict.fromkeys(REGIONS, LEVEL_4))
    assert len(everything.svg.encode()) <= 8 * 1024


def test_the_nine_regions_have_codes_of_their_own():
    features = maps.geodata("mali-regions")["features"]
    assert [feature["id"] for feature in features] == REGIONS


@pytest.mark.parametrize(
    ("city", "region"),
    [
        ("Bamako", "ML-BKO"),
        ("Kati", "ML-2"),
        ("Ségou", "ML-4"),
        ("Sikasso", "ML-3"),
        ("Gao", "ML-7"),
        ("Timbuktu", "ML-6"),
        ("Hombori", "ML-5"),
    ],
)
def test_the_simplified_regions_still_hold_their_cities(city, region):
    place = next(place for place in CITIES if place.name == city)
    holding = {
        feature["id"]
        for feature in maps.geodata("mali-regions")["features"]
        for polygon in canvas.polygons(feature["geometry"])
        if canvas.contains(polygon[0], (place.longitude, place.latitude))
    }
    assert region in holding


def test_north_is_up_and_east_is_right():
    drawing = canvas.Canvas.of_view(canvas.view_of(maps.geodata("mali-regions")))
    dots = {place.name: drawing.point(place[1:]) for place in CITIES}
    assert dots["Timbuktu"][1] < dots["Bamako"][1] < dots["Sikasso"][1]
    assert dots["Bamako"][0] < dots["Ségou"][0] < dots["Gao"][0]


def test_close_places_share_a_dot_and_every_name_is_written():
    drawing = mali(places=CITIES)
    assert len(elements(drawing, "circle", "map__dot")) == 7
    assert {place.name for place in CITIES} <= set(boxes(drawing))
    assert [line.split(":")[0] for line in drawing.text] == [place.name for place in CITIES]


@pytest.mark.parametrize(
    "options",
    [
        {"places": CITIES},
        {"places": CITIES[::-1]},
        {"marks": dict.fromkeys(REGIONS, LEVEL_4)},
        {"places": CITIES, "marks": {"ML-5": LEVEL_4, "ML-BKO": LEVEL_4}},
        {},
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_words_collide_or_leave_the_drawing(options, language):
    with translation.override(language):
        drawing = mali(**options)
    _x, _y, width, height = map(float, etree.fromstring(drawing.svg).get("viewBox").split())
    taken = list(boxes(drawing).items())
    for i, (words, box) in enumerate(taken):
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height, words
        for other_words, other in taken[:i]:
            apart = box[0] >= other[2] or other[0] >= box[2] or box[1] >= other[3]
            assert apart or other[1] >= box[3], (words, other_words)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_at_the_end_of_a_leader_stand_off_every_region(language):
    with translation.override(language):
        drawing = mali(marks=dict.fromkeys(REGIONS, LEVEL_4))
    plan = canvas.Canvas.of_view(canvas.view_of(maps.geodata("mali-regions")))
    for feature in maps.geodata("mali-regions")["features"]:
        plan.keep_off(feature)
    outside = [text.text for text in elements(drawing, "text", "map__name") if text.text != "4"]
    assert outside == ["Koulikoro", "Bamako"]
    for words in outside:
        left, top, right, bottom = boxes(drawing)[words]
        spots = [(x, y) for x in (left, right) for y in (top, bottom)]
        assert not any(canvas.contains(one, spot) for one in plan.regions for spot in spots), words


def test_a_mark_is_a_class_a_number_on_the_map_and_words():
    drawing = mali(marks={"ML-5": LEVEL_4, "ML-BKO": LEVEL_4})
    assert len(elements(drawing, "path", "map__region--level-4")) == 2
    assert len(elements(drawing, "path", "map__region")) == 9
    assert [text.text for text in elements(drawing, "text")].count("4") == 2
    assert drawing.text == ["Mopti: Level 4: Do Not Travel", "Bamako: Level 4: Do Not Travel"]


def test_regions_are_named_in_the_active_language():
    with translation.override("fr"):
        assert "Tombouctou" in boxes(mali())
    assert "Timbuktu" in boxes(mali())


def test_a_place_outside_the_map_is_told_but_not_drawn():
    drawing = mali(places=[WASHINGTON])
    assert elements(drawing, "circle") == []
    assert drawing.text == ["Washington: 38.9°\xa0N, 77.0°\xa0W"]


# Both


def test_it_is_one_named_image_without_styles_of_its_own():
    for one in (locator(title="A & B"), mali(title="A & B", places=CITIES)):
        root = etree.fromstring(one.svg)
        prefix = root.get("aria-labelledby").split("-")[0]
        assert root.get("role") == "img"
        assert root.find(f"{SVG}title").text == "A & B"
        assert root.find(f"{SVG}title").get("id") == f"{prefix}-title"
        for element in root.iter():
            assert not {"style", "fill", "stroke"} & set(element.attrib)


def test_names_are_escaped():
    drawing = mali(places=[("<script>x</script>", 14.0, -5.0)], title="</title><script>")
    assert "<script" not in drawing.svg


@pytest.mark.parametrize("place", [("X", 91, 0), ("X", 0, 181), ("X", float("nan"), 0)])
def test_a_position_off_the_earth_is_refused(place):
    with pytest.raises(ValueError, match="“X” has no position on earth"):
        mali(places=[place])


@pytest.mark.parametrize("name", ["nowhere", "../settings/base", "", "mali-regions.geojson"])
def test_unknown_map_data_is_named(name):
    with pytest.raises(ValueError, match="no map data"):
        maps.geodata(name)


def test_an_unknown_region_is_named():
    with pytest.raises(ValueError, match="does not know “ML-10”"):
        mali(marks={"ML-10": LEVEL_4})


def test_a_feature_that_is_no_area_is_named():
    point = {"id": "p", "properties": {"name": "P"}, "geometry": {"type": "Point"}}
    with pytest.raises(ValueError, match="not “Point”"):
        maps.region_map({"features": [point]}, prefix="x", title="x")
    with pytest.raises(ValueError, match="empty"):
        maps.region_map({"features": []}, prefix="x", title="x")


def test_the_data_files_are_small():
    for path in maps.GEODATA.glob("*.geojson"):
        assert path.stat().st_size < 40_000, path.name
