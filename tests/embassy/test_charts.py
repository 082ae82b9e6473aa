"""Charts: what is drawn is what the figures say, and nothing else gets into the page."""

from decimal import Decimal

import pytest
from django.utils import translation
from lxml import etree

from embassy.drawing import charts, svg
from embassy.drawing.charts import Bar

SVG = "{http://www.w3.org/2000/svg}"

# The poll of 2012 as its source prints it: 101 in all.
POLL = [Bar("Favorable", 87, "87 %"), Bar("Unfavorable", 10, "10 %"), Bar("No answer", 4, "4 %")]
YEARS = [Bar(f"FY {year}", value, str(value)) for year, value in ((2013, 141), (2014, 70.5))]


def parsed(chart):
    """The drawing as XML: it must be well formed on its own."""
    return etree.fromstring(chart.svg)


def lengths(chart, kind="chart__bar", side="width"):
    """The lengths of the bars of a chart, in the order drawn."""
    return [float(r.get(side)) for r in parsed(chart).iter(f"{SVG}rect") if r.get("class") == kind]


def words(chart):
    """Every line of text in the drawing."""
    return [text.text for text in parsed(chart).iter(f"{SVG}text")]


@pytest.fixture(autouse=True)
def english():
    """Sentences in English unless a test says otherwise."""
    with translation.override("en"):
        yield


def test_bars_are_proportional_from_zero():
    eighty_seven, ten, four = lengths(charts.bar_chart("Poll", POLL, prefix="poll"))
    assert ten / eighty_seven == pytest.approx(10 / 87, abs=0.001)
    assert four / eighty_seven == pytest.approx(4 / 87, abs=0.001)


def test_a_maximum_sets_the_full_length():
    chart = charts.bar_chart("Poll", POLL, prefix="poll", maximum=100)
    track = lengths(chart, "chart__track")
    assert lengths(chart)[0] / track[0] == pytest.approx(0.87, abs=0.001)
    assert len(track) == 3


def test_without_a_maximum_there_is_no_track():
    assert lengths(charts.bar_chart("Poll", POLL, prefix="poll"), "chart__track") == []


def test_every_value_is_printed_and_fits_the_drawing():
    chart = charts.bar_chart("Poll", POLL, prefix="poll")
    assert {"87 %", "10 %", "4 %"} <= set(words(chart))
    for text in parsed(chart).iter(f"{SVG}text"):
        right = float(text.get("x")) + svg.text_width(text.text, charts.TEXT)
        assert right <= charts.WIDTH


def test_the_table_and_the_summary_say_the_same():
    chart = charts.bar_chart("Poll", POLL, prefix="poll", unit="percent")
    assert [tuple(row) for row in chart.table] == [(b.label, b.display, "") for b in POLL]
    assert chart.summary == (
        "3 figures, in percent. Largest: Favorable, 87 %. Smallest: No answer, 4 %."
    )
    one = charts.bar_chart("One", [Bar("Aid", Decimal("80.5"), "$80.5 million")], prefix="one")
    assert one.summary == "1 figure. Aid: $80.5 million."


def test_it_is_one_named_image_without_styles_of_its_own():
    chart = charts.bar_chart("Opinion in 2012", POLL, prefix="poll-2012")
    root = parsed(chart)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "poll-2012-title poll-2012-desc"
    assert root.find(f"{SVG}title").text == "Opinion in 2012"
    assert root.find(f"{SVG}desc").text == chart.summary
    for element in root.iter():
        assert not {"style", "fill", "stroke", "onload"} & set(element.attrib)


def test_two_charts_share_no_id():
    ids = [
        element.get("id")
        for prefix in ("a", "b")
        for element in parsed(charts.bar_chart("Poll", POLL, prefix=prefix)).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.parametrize("prefix", ["", "1a", "a b", 'a"><script>', "é"])
def test_a_prefix_that_cannot_stand_in_an_id_is_refused(prefix):
    with pytest.raises(ValueError, match="starts with a letter"):
        charts.bar_chart("Poll", POLL, prefix=prefix)


def test_everything_is_escaped():
    nasty = '</text><script>alert("1")</script>&'
    chart = charts.bar_chart(nasty, [Bar(nasty, 1, nasty, note=nasty)], prefix="x", unit=nasty)
    assert "<script" not in chart.svg
    assert parsed(chart).find(f"{SVG}title").text == nasty


@pytest.mark.parametrize(
    ("bars", "maximum", "sentence"),
    [
        ([], None, "at least one figure"),
        ([Bar("Aid", -1, "-1")], None, "“Aid” is below zero"),
        ([Bar("Aid", float("nan"), "?")], None, "“Aid” is not a number"),
        ([Bar("Aid", Decimal("sNaN"), "?")], None, "“Aid” is not a number"),
        ([Bar("Aid", float("inf"), "?")], None, "“Aid” is not a number"),
        ([Bar("Aid", "12", "12")], None, "“Aid” is not a number"),
        ([Bar("Aid", 101, "101")], 100, "“Aid” is larger"),
        ([Bar("Aid", 0, "0")], 0, "must be above zero"),
        ([Bar("Aid", 1, "1")], float("nan"), "must be above zero"),
    ],
)
@pytest.mark.parametrize("draw", [charts.bar_chart, charts.column_chart])
def test_figures_that_cannot_be_drawn_give_a_sentence(draw, bars, maximum, sentence):
    with pytest.raises(ValueError, match=sentence):
        draw("Title", bars, prefix="x", maximum=maximum)


def test_all_zero_is_drawn_without_bars():
    assert lengths(charts.bar_chart("None", [Bar("Aid", 0, "0")], prefix="x")) == [0]


def test_long_words_wrap_and_lose_nothing():
    label = "Humanitarian assistance for refugees and people in need " * 4 + "x" * 200
    chart = charts.bar_chart("Long", [Bar(label, 1, "$1")], prefix="x")
    drawn = [line for line in words(chart) if line != "$1"]
    assert "".join(drawn).replace(" ", "") == label.replace(" ", "")
    assert all(svg.text_width(line, charts.TEXT) <= charts.WIDTH for line in drawn)


def test_a_long_value_stands_above_its_bar():
    chart = charts.bar_chart(
        "Aid", [Bar("2015", 80, "more than $80 million since October 2014")], prefix="x"
    )
    value = next(t for t in parsed(chart).iter(f"{SVG}text") if t.get("class") == "chart__value")
    assert value.get("x") == "0"
    assert lengths(chart) == [charts.WIDTH]


def test_right_to_left_bars_start_on_the_right():
    with translation.override("ar"):
        chart = charts.bar_chart("Poll", POLL, prefix="poll")
    first = next(r for r in parsed(chart).iter(f"{SVG}rect") if r.get("class") == "chart__bar")
    assert float(first.get("x")) + float(first.get("width")) == charts.WIDTH


def test_columns_stand_on_one_line_and_are_proportional():
    chart = charts.column_chart("Aid", YEARS, prefix="aid")
    first, second = lengths(chart, side="height")
    assert second / first == pytest.approx(0.5)
    bottoms = {float(r.get("y")) + float(r.get("height")) for r in parsed(chart).iter(f"{SVG}rect")}
    assert len(bottoms) == 1
    assert 'class="chart chart--column"' in chart.svg


def test_columns_that_would_touch_are_drawn_as_bars():
    many = [Bar(f"Fiscal year {year}", 1, "$1 million") for year in range(2001, 2016)]
    assert 'class="chart chart--bar"' in charts.column_chart("Aid", many, prefix="aid").svg
