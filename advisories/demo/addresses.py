"""Where the advisory of January 9, 2026 sends its readers; addresses as it was served next day."""

TRAVEL = "https://travel.state.gov/en/international-travel"

TERRORISM_REPORTS = "https://www.state.gov/country-reports-on-terrorism/"
FLIGHT_RESTRICTIONS = "https://www.faa.gov/air_traffic/publications/us_restrictions"
CRISES = f"{TRAVEL}/help-abroad/crisis-response.html"
STEP = "https://mytravel.state.gov/s/step"
SECURITY_REPORT = (
    "https://www.osac.gov/Country/Mali/Content/Detail/Report/f711d1b4-e5be-497c-8ca5-1d3b74655825"
)
MEDICAL_PROVIDERS = "https://ml.usembassy.gov/services/#local"
INSURANCE = f"{TRAVEL}/planning/guidance/insurance.html"
TRAVEL_HEALTH = "https://wwwnc.cdc.gov/travel"
HIGH_RISK_AREAS = "https://travel.state.gov/content/passports/en/go/TraveltoHighRiskAreas.html"
CRIME = f"{TRAVEL}/travel-advisories/crime.html"
VICTIMS_OF_CRIME = f"{TRAVEL}/help-abroad/victims-crime.html"
TERRORISM = f"{TRAVEL}/travel-advisories/global-events/terrorism.html"
MISSING_ABROAD = f"{TRAVEL}/help-abroad/missing-us-citizen.html"
