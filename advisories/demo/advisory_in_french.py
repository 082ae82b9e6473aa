"""The advisory's French words, as a French editor would write them."""

from advisories.demo import addresses
from embassy.demo.words import link_out, prose

TITLE = "Avis aux voyageurs pour le Mali"

SUMMARY = prose(
    "<b>Ne vous rendez au Mali sous aucun prétexte</b> : criminalité, terrorisme, enlèvements, "
    "troubles et situation sanitaire."
)

POSTURE = prose(
    "Le 30 octobre 2025, le Département d’État a ordonné aux employés non essentiels et aux "
    "membres de leur famille de quitter le Mali en raison des risques pour leur sécurité. Depuis "
    "le 9 janvier 2026, cet ordre est levé pour les employés non essentiels de l’ambassade et les "
    "membres de leur famille. L’ambassade fonctionne de nouveau normalement, dans les conditions "
    "décrites ici."
)

STAFF = prose(
    [
        "En raison des risques pour leur sécurité, les employés du gouvernement américain en poste "
        "au Mali ne sont pas autorisés à se déplacer hors de Bamako.",
        "Les autres citoyens américains présents dans le pays devraient prendre les mêmes "
        "précautions.",
    ]
)

CRIME = prose(
    "Les crimes violents sont fréquents dans tout le Mali : enlèvements, agressions, vols à main "
    "armée, cambriolages de domiciles occupés et vols de voiture avec violence. Ils sont un sujet "
    "de préoccupation majeur à Bamako, surtout pendant les fêtes locales et les événements "
    "saisonniers.",
    [
        "Des barrages sont dressés dans tout le pays, parfois par des groupes armés.",
        "En ville, des contrôles de police sont possibles, surtout la nuit.",
        "Sur les grandes routes de tout le pays, des cibles gouvernementales, civiles et "
        "commerciales sont souvent attaquées.",
    ],
)

TERRORISM = prose(
    "Il existe au Mali un risque de violences terroristes, y compris d’attentats. Pour en savoir "
    "plus, consultez les "
    + link_out(addresses.TERRORISM_REPORTS, "rapports par pays sur le terrorisme")
    + " du Département d’État.",
    "Des groupes terroristes et armés prennent des étrangers pour cible afin de les enlever contre "
    "rançon.",
    "Des terroristes peuvent frapper sans prévenir. Cibles possibles :",
    [
        "les lieux fréquentés par des étrangers, partout dans le pays",
        "les boîtes de nuit",
        "les hôtels",
        "les restaurants",
        "les lieux de culte",
        "les missions diplomatiques internationales",
        "les forces de sécurité locales et les civils",
    ],
)

KIDNAPPING = prose(
    "La menace d’enlèvement d’Occidentaux par des groupes criminels ou terroristes reste élevée "
    "dans toute la région. L’extorsion et les enlèvements contre rançon sont d’importantes sources "
    "de revenus pour ces groupes."
)

UNREST = prose(
    "Des manifestations de rue ont lieu de temps à autre dans tout le Mali. Certaines sont prévues "
    "et pacifiques, mais elles peuvent aussi être spontanées et devenir violentes. Les forces de "
    "sécurité contiennent la plupart d’entre elles. Les citoyens américains doivent se tenir à "
    "l’écart des manifestations de rue et rester à tout moment attentifs à leur sécurité."
)

ARMED_CONFLICT = prose(
    "Les conflits armés entre le gouvernement malien et des groupes armés sont fréquents dans tout "
    "le pays, où de nombreux groupes terroristes et séparatistes sont actifs. Ceux-ci peuvent "
    "préparer et mener des attaques meurtrières contre des installations du gouvernement et de "
    "l’armée du Mali, y compris à Bamako et aux alentours. Les affrontements entre ces groupes "
    "font souvent des victimes civiles."
)

AIR_TRAVEL = prose(
    "En raison des risques pour l’aviation civile au Mali ou à proximité, l’Administration "
    "fédérale de l’aviation (FAA) a publié un avis aux navigants (NOTAM) et un règlement spécial "
    "(SFAR). Les citoyens américains trouveront plus d’informations dans les "
    + link_out(addresses.FLIGHT_RESTRICTIONS, "interdictions, restrictions et avis de la FAA")
    + "."
)

HEALTH = prose(
    "Les services médicaux sont limités, pour les soins courants comme pour les urgences. Les "
    "grandes villes ont des établissements de santé ; en zone rurale, il peut être plus difficile "
    "de trouver des soins adéquats.",
    [
        "Les dispensaires publics manquent de moyens et de fournitures de base.",
        "Tous les frais de transfert vers un hôpital ou entre hôpitaux sont à la charge du "
        "patient.",
        "Les services psychologiques et psychiatriques sont limités, même dans les grandes villes.",
        "Seuls les établissements publics assurent des soins hospitaliers.",
        "Les conseils de voyage pour le Mali sur travel.state.gov comportent une partie sur la "
        "santé.",
    ],
)

CITIZENS = prose(
    "Le Département d’État exhorte les citoyens américains à ne pas se rendre au Mali. Si vous y "
    "êtes, ou si vous y allez malgré tout :",
    [
        "Préparez un plan de départ d’urgence qui ne dépende pas de l’aide du gouvernement "
        "américain. Voir " + link_out(addresses.CRISES, "Crises et évacuations") + ".",
        "Établissez votre propre plan de sécurité avec votre employeur ou l’organisation qui vous "
        "accueille, et envisagez de consulter des professionnels de la sécurité.",
        "Inscrivez-vous au "
        + link_out(addresses.STEP, "Smart Traveler Enrollment Program (STEP)")
        + ". Vous recevrez les informations et les alertes de l’ambassade, qui pourra vous "
        "joindre, ou joindre votre personne de contact, en cas d’urgence.",
        "Lisez le "
        + link_out(addresses.SECURITY_REPORT, "rapport de sécurité de l’OSAC")
        + " sur le Mali (OSAC : anciennement Overseas Security Advisory Council).",
        "Suivez l’actualité dans les médias locaux et soyez prêt à modifier vos projets.",
        "Rédigez un testament. Désignez les bons bénéficiaires de vos assurances ou établissez "
        "une procuration.",
        "Convenez avec vos proches de la prise en charge ou de la garde des enfants, des animaux, "
        "des biens, des effets personnels, des actifs non liquides (collections, œuvres d’art) et "
        "de vos souhaits pour des obsèques.",
        "Confiez à vos proches les documents importants, vos identifiants et des points de "
        "contact, afin qu’ils puissent gérer vos affaires si vous ne pouvez pas rentrer aux "
        "États-Unis.",
        "Convenez avec votre famille, votre employeur ou l’organisation qui vous accueille de la "
        "façon de suivre votre sécurité et vos déplacements dans les zones à haut risque : comment "
        "confirmer que vous êtes sain et sauf (message, appel), à quelle fréquence, et qui "
        "prévenir en premier.",
        "Dressez la liste de ceux qui pourraient vous aider, vous et votre famille, en cas "
        "d’urgence : l’ambassade ou le consulat des États-Unis, le FBI, le Département d’État, "
        "votre employeur si vous voyagez pour affaires, des amis ou de la famille dans la zone.",
        "Choisissez un membre de votre famille comme point de contact. En cas d’enlèvement ou de "
        "prise d’otages, cette personne pourra parler avec les ravisseurs, les médias, les "
        "services gouvernementaux américains et étrangers et les membres du Congrès.",
        "Convenez avec vos proches d’une preuve de vie : des questions et des réponses grâce "
        "auxquelles ils pourront s’assurer que vous êtes bien détenu et en vie.",
        "Laissez des échantillons d’ADN à votre médecin, au cas où votre famille en aurait besoin "
        "pour une identification.",
        "Utilisez toutes les mesures de sécurité de votre domicile ou de votre hôtel ; verrouillez "
        "toujours portes et fenêtres et branchez l’alarme.",
        "Si la police vous demande de vous arrêter, ne le faites que dans un endroit bien éclairé "
        "ou là où plusieurs agents sont postés.",
        "Avant de partir, supprimez photos, commentaires et contenus sensibles qui pourraient "
        "paraître polémiques ou déplacés au Mali : réseaux sociaux, appareils photo, ordinateurs, "
        "téléphones, autres comptes et appareils.",
        "Laissez chez vous ce qui a une grande valeur, marchande ou sentimentale.",
        "Consultez la liste de "
        + link_out(addresses.MEDICAL_PROVIDERS, "prestataires médicaux")
        + " de l’ambassade.",
        "Assurez-vous que votre assurance couvre l’évacuation médicale.",
        "Demandez à votre médecin, avant d’aller au Mali, quels vaccins et quelles injections "
        "exige une exposition à haut risque.",
        "Souscrivez une assurance voyage avant de partir : c’est vivement recommandé. "
        "Renseignez-vous auprès de votre "
        + link_out(addresses.INSURANCE, "assureur voyage")
        + " sur l’évacuation, l’assurance médicale et l’annulation.",
        "Lisez les dernières "
        + link_out(addresses.TRAVEL_HEALTH, "informations de santé des CDC")
        + " pour votre voyage.",
        "À lire aussi : "
        + ", ".join(
            [
                link_out(addresses.HIGH_RISK_AREAS, "voyager dans les zones à haut risque"),
                link_out(addresses.CRIME, "la criminalité à l’étranger"),
                link_out(addresses.VICTIMS_OF_CRIME, "les victimes de crimes"),
                link_out(addresses.TERRORISM, "le terrorisme"),
                link_out(addresses.MISSING_ABROAD, "les citoyens américains disparus à l’étranger"),
            ]
        )
        + ".",
    ],
)

ADVICE = [
    ("Criminalité", CRIME),
    ("Terrorisme", TERRORISM),
    ("Enlèvements", KIDNAPPING),
    ("Troubles", UNREST),
    ("Conflit armé", ARMED_CONFLICT),
    ("Transport aérien", AIR_TRAVEL),
    ("Santé", HEALTH),
    ("Conseils aux citoyens américains au Mali", CITIZENS),
]
