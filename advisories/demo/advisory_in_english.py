"""The advisory's English words: complete in what they say, and our own sentences."""

from advisories.demo import addresses
from embassy.demo.words import link_out, prose

TITLE = "Travel advisory for Mali"

SUMMARY = prose(
    "<b>Whatever the reason, do not travel to Mali</b>, because of crime, terrorism, kidnapping, "
    "unrest and health."
)

POSTURE = prose(
    "Since October 30, 2025, non-emergency employees and family members had been under orders of "
    "the Department of State to leave Mali, because of risks to their safety. As of January 9, "
    "2026, that order is lifted for the embassy’s non-emergency employees and the members of their "
    "families. Operations at the embassy are normal again, under the conditions described here."
)

STAFF = prose(
    [
        "Those who work in Mali for the U.S. government may not travel beyond Bamako, because of "
        "risks to their safety.",
        "Other U.S. citizens in the country should take the same precautions.",
    ]
)

CRIME = prose(
    "Violent crime is common in all of Mali: carjacking, home invasion, armed robbery, assault, "
    "kidnapping. Bamako is no exception; it is a major concern there, above all around local "
    "holidays and seasonal events.",
    [
        "There are roadblocks throughout the country, some of them set up by armed groups.",
        "In cities, expect that police may set up checkpoints, especially at night.",
        "On highways across the country, government, civilian and commercial targets are often "
        "attacked.",
    ],
)

TERRORISM = prose(
    "There is a risk of terrorist violence in Mali, attacks included. The Department of State’s "
    + link_out(addresses.TERRORISM_REPORTS, "country reports on terrorism")
    + " say more.",
    "Terrorist and armed groups seek out foreigners to kidnap them for ransom.",
    "Attacks by terrorists can come without warning. Possible targets:",
    [
        "places that foreigners visit, anywhere in the country",
        "night clubs",
        "hotels",
        "restaurants",
        "places of worship",
        "international diplomatic missions",
        "local security forces and civilians",
    ],
)

KIDNAPPING = prose(
    "The threat that criminal or terrorist groups kidnap Westerners remains high in the whole "
    "region. Kidnapping for ransom and extortion are important sources of money for these groups."
)

UNREST = prose(
    "Street demonstrations take place throughout Mali from time to time. Some are planned and "
    "peaceful, but they can also arise on the spot and turn violent. Security forces contain most "
    "of them. U.S. citizens should keep away from street demonstrations and stay aware of their "
    "security at all times."
)

ARMED_CONFLICT = prose(
    "All over the country, armed conflict between Mali’s government and armed groups is common; "
    "many terrorist and separatist groups are active there. They may plan deadly attacks on "
    "facilities of the Malian government and military and carry them out, in and around Bamako "
    "too. Fighting between these groups often kills or injures civilians."
)

AIR_TRAVEL = prose(
    "Because of risks to civil aviation in or near Mali, a Notice to Airmen (NOTAM) and a Special "
    "Federal Aviation Regulation (SFAR) were issued by the Federal Aviation Administration (FAA). "
    "U.S. citizens find more in the FAA’s "
    + link_out(addresses.FLIGHT_RESTRICTIONS, "Prohibitions, Restrictions and Notices")
    + "."
)

HEALTH = prose(
    "Medical services are limited, for routine and for emergency care. There are health facilities "
    "in major cities; in rural areas adequate care may be harder to find.",
    [
        "Public clinics lack basic resources and supplies.",
        "Patients pay all costs of a transfer to a hospital or from one to another.",
        "Psychological and psychiatric services are limited, in larger cities too.",
        "Only government institutions offer hospital care.",
        "The travel guidance for Mali on travel.state.gov has a section on health.",
    ],
)

CITIZENS = prose(
    "The Department of State urges U.S. citizens to refrain from travel to Mali. If you are there, "
    "or go nevertheless:",
    [
        "Plan how you would leave in an emergency without help from the U.S. government. See "
        + link_out(addresses.CRISES, "Crisis and Evacuations")
        + ".",
        "Make your own security plan together with your employer or host organization, and "
        "consider asking a professional security organization.",
        "Enroll in the "
        + link_out(addresses.STEP, "Smart Traveler Enrollment Program (STEP)")
        + ". You receive the embassy’s updates and alerts, and the embassy can reach you, or the "
        "contact you named, when there is an emergency.",
        "Read the "
        + link_out(addresses.SECURITY_REPORT, "OSAC Country Security Report")
        + " for Mali (OSAC: formerly the Overseas Security Advisory Council).",
        "Follow breaking news in the local media, and be ready to change your plans.",
        "Draft a will. Name the right beneficiaries of your insurance, or draft a power of "
        "attorney.",
        "Agree with those close to you on the care or custody of children, on pets, property, "
        "belongings, non-liquid assets such as collections or artwork, and on your wishes for a "
        "funeral.",
        "Give them important documents, login details and points of contact, so that they can "
        "take care of your affairs should you be unable to come back to the United States.",
        "Agree with family, employer or host organization on how they follow your safety and "
        "whereabouts in high-risk areas: how you confirm that you are safe (text, call), how "
        "often, and whom you tell first.",
        "List who could help you and your family in an emergency: the local U.S. embassy or "
        "consulate, the FBI, the State Department, your employer if you travel on business, "
        "friends or family in the area.",
        "Choose one family member as point of contact. Should you be kidnapped or held hostage, "
        "that person can talk to the kidnappers or hostage-takers, the media, U.S. and foreign "
        "government agencies, and members of Congress.",
        "Agree on a proof of life with those close to you: questions and answers by which they can "
        "make sure that hostage-takers hold you and that you are alive.",
        "Have DNA samples kept by your medical provider: your family may need them for "
        "identification.",
        "Use every safety measure of your home or hotel; always lock doors and windows, and set "
        "the alarm.",
        "If police ask you to stop, stop only where it is well lit or where several officers are "
        "posted.",
        "Before you travel, delete sensitive photos, comments and other content that could be seen "
        "as controversial or inappropriate in Mali: in social media and other accounts, on "
        "cameras, laptops, phones and other devices.",
        "Leave behind what is expensive or dear to you.",
        "See the embassy’s list of "
        + link_out(addresses.MEDICAL_PROVIDERS, "medical providers")
        + ".",
        "Make sure that your insurance covers medical evacuation.",
        "Ask your doctor, before you go to Mali, which vaccines and shots high-risk exposure "
        "requires.",
        "Buy travel insurance before you travel; this is highly recommended. Ask your "
        + link_out(addresses.INSURANCE, "travel insurance provider")
        + " about evacuation, medical insurance and trip cancellation.",
        "Read the CDC’s latest "
        + link_out(addresses.TRAVEL_HEALTH, "Travel Health Information")
        + " for your trip.",
        "Read also: "
        + ", ".join(
            [
                link_out(addresses.HIGH_RISK_AREAS, "Travel to High-Risk Areas"),
                link_out(addresses.CRIME, "Crime Abroad"),
                link_out(addresses.VICTIMS_OF_CRIME, "Victims of Crime"),
                link_out(addresses.TERRORISM, "Terrorism"),
                link_out(addresses.MISSING_ABROAD, "U.S. Citizens Missing Abroad"),
            ]
        )
        + ".",
    ],
)

ADVICE = [
    ("Crime", CRIME),
    ("Terrorism", TERRORISM),
    ("Kidnapping", KIDNAPPING),
    ("Unrest", UNREST),
    ("Armed conflict", ARMED_CONFLICT),
    ("Air travel", AIR_TRAVEL),
    ("Health", HEALTH),
    ("Advice for U.S. citizens in Mali", CITIZENS),
]
