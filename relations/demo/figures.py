"""Figures that both the relations page and the fact sheet show, worded once."""

from embassy.demo.sources import FACT_SHEET
from embassy.demo.words import bar, chart, figure

AS_OF = "October 15, 2015"

SHARED_MEMBERSHIPS = [
    "United Nations",
    "International Monetary Fund",
    "World Bank",
    "World Trade Organization",
]

EMBASSY_OF_MALI = "Embassy of Mali\n2130 R Street NW\nWashington, DC 20008"

ASSISTANCE = chart(
    "U.S. foreign assistance to Mali by fiscal year",
    bar("FY 2014", "135.4", "more than $135.4 million"),
    bar("FY 2015", "130", "$130 million", "officially requested"),
    unit="million dollars",
    dated=AS_OF,
    source=FACT_SHEET,
)

STRATEGY = figure(
    "$690 million",
    "USAID/Mali’s projected investment for FY 2016–2020",
    AS_OF,
    FACT_SHEET,
)

ECOWAS = figure(
    "15",
    "member countries of the Economic Community of West African States (ECOWAS), of which Mali was "
    "one",
    AS_OF,
    FACT_SHEET,
)

CILSS = figure(
    "12",
    "member countries of the Permanent Interstates Committee for Drought Control in the Sahel "
    "(CILSS), of which Mali was one",
    AS_OF,
    FACT_SHEET,
)
