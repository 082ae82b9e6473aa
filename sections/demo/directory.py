"""The offices of the demo mission: agencies with their sections and offices below them."""

from embassy.demo import contacts as known
from embassy.demo.words import heading, link, links, text
from sections.demo.office import AGENCY, OFFICE, Office
from sections.demo.public_affairs import PUBLIC_AFFAIRS

CONSULAR = Office(
    title="Consular Section",
    summary="Serves U.S. citizens in Mali and processes applications for non-immigrant visas.",
    body=(
        text(
            "U.S. citizens turn to this section for everything an embassy does for its own "
            "citizens. Travelers who need a non-immigrant visa for the United States are served "
            "here too."
        ),
    ),
    services=("The full range of services for U.S. citizens", "Processing of non-immigrant visas"),
    contacts=(known.SWITCHBOARD, known.CONSULAR_MAIL, known.DUTY),
)

MANAGEMENT = Office(
    title="Management Section",
    summary="Staffs, equips and supports the embassy as a whole, for more than 300 employees.",
    body=(
        text("The mission has 300-plus employees. For them, the section takes care of:"),
        text(
            [
                "personnel",
                "building maintenance",
                "fiscal management",
                "transportation",
                "information systems",
                "communications",
            ]
        ),
    ),
)

POLITICAL = Office(
    title="Political Section",
    summary="Follows political life in Mali and manages the embassy’s political portfolios.",
    body=(
        text("Its portfolios include:"),
        text(
            [
                "counter-terrorism",
                "human rights",
                "democratization",
                "elections",
                "party politics",
            ]
        ),
    ),
)

ECONOMIC = Office(
    title="Economic and Commercial Section",
    summary=(
        "Manages the embassy’s economic portfolios, promotes U.S. trade in Mali, and runs the "
        "Ambassador’s Special Self Help Fund."
    ),
    body=(
        text("Its economic portfolios include:"),
        text(["agriculture", "tourism", "mining and industrial development", "civil aviation"]),
        heading("Economic sources"),
        text(
            "The section’s own list of key economic and commercial links did not reach this site. "
            "The fact sheet of October 15, 2015 names these:"
        ),
        links(
            "",
            link("Investment Climate Statements"),
            link("Office of the U.S. Trade Representative", "https://ustr.gov/"),
            link("U.S. Census Bureau, foreign trade statistics", "https://www.census.gov/"),
            link("Travel and Business Information"),
        ),
    ),
    services=(
        "Promotion of U.S. commercial efforts in Mali",
        "Applications to the Ambassador’s Special Self Help Fund",
    ),
    documents=(
        {
            "title": "Self Help Fund Application Form",
            "stated_type": "PDF",
            "stated_size": "115KB",
        },
    ),
)

POLITICAL_AND_ECONOMIC = Office(
    title="Political and Economic Section",
    summary=(
        "Handles the embassy’s political, economic and commercial affairs, reports on them, and "
        "supports the goals of U.S. policy."
    ),
    body=(
        text("The policy goals it supports concern:"),
        text(
            [
                "counter-terrorism",
                "democratization",
                "trafficking in persons",
                "the environment",
                "science and technology",
                "organized labor",
            ]
        ),
        text("For the Department of Commerce, the section also promotes U.S. commercial programs."),
    ),
    below=(POLITICAL, ECONOMIC),
)

REGIONAL_SECURITY = Office(
    title="Regional Security Office",
    kind=OFFICE,
    summary=(
        "Answers for all security programs of the embassy and keeps in touch with Malian law "
        "enforcement and security agencies."
    ),
)

DEFENSE_ATTACHE = Office(
    title="Defense Attaché Office",
    kind=OFFICE,
    also_known_as="United States Defense Attaché Office (USDAO)",
    summary="Represents the civilian and military leaders of U.S. defense in Mali.",
    body=(
        text("It acts as representative of:"),
        text(
            [
                "the Secretary of Defense",
                "the Secretaries of the Military Services",
                "the Joint Chiefs of Staff",
                "the Chiefs of the U.S. Military Services",
                "the Commander of the U.S. Africa Command",
            ]
        ),
    ),
    contacts=(known.DEFENSE_ATTACHE, known.OPERATIONS, known.SECURITY_COOPERATION),
    address=(
        "American Embassy Bamako\nDefense Attaché Office\nRue 243 Porte 297 ACI 2000\n"
        "B.P. 34\nBamako"
    ),
    head="Defense Attaché",
)

DIRECTORY = (
    Office(
        title="Department of State",
        kind=AGENCY,
        summary="The sections of the embassy that belong to the Department of State.",
        below=(
            CONSULAR,
            MANAGEMENT,
            POLITICAL_AND_ECONOMIC,
            PUBLIC_AFFAIRS,
            REGIONAL_SECURITY,
        ),
    ),
    Office(
        title="Department of Defense",
        kind=AGENCY,
        summary="The office of the embassy that belongs to the Department of Defense.",
        below=(DEFENSE_ATTACHE,),
    ),
)
