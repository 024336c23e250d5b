"""The words of dates, amounts and units, with what they stand for."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}

NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "lakh": 10**5, "million": 10**6,
    "crore": 10**7, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
SHORT_SCALES = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12,
    "trn": 10**12,
}  # fmt: skip

# What stands before a number, and how that is written.
BOUNDS = {
    "~": (
        "about", "around", "approximately", "approx", "approx.", "roughly", "some", "nearly",
        "almost", "close to", "an estimated", "circa", "~", "≈",
    ),
    ">": (
        "more than", "over", "at least", "upwards of", "no fewer than", "no less than",
        "not less than", "in excess of", "greater than", "exceeding", "just over", "well over",
        "above", "a minimum of",
    ),
    "<": (
        "less than", "fewer than", "under", "up to", "at most", "no more than", "not more than",
        "below", "just under", "as many as", "as much as", "a maximum of",
    ),
}  # fmt: skip

SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW", "₪": "ILS", "₦": "NGN",
    "Rs.": "INR", "Rs": "INR",
}  # fmt: skip
CODES = (
    "USD", "EUR", "GBP", "JPY", "CNY", "INR", "RUB", "UAH", "TRY", "KRW", "ILS", "CHF", "SEK",
    "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "CAD", "AUD", "NZD", "HKD", "SGD", "BRL", "MXN",
    "ZAR", "SAR", "AED", "EGP", "NGN", "KES", "PKR", "IDR", "THB", "MYR", "PHP", "VND", "ARS",
)  # fmt: skip
CURRENCIES = {
    "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD",
    "australian dollar": "AUD", "new zealand dollar": "NZD", "hong kong dollar": "HKD",
    "singapore dollar": "SGD", "dollar": "USD", "euro": "EUR", "british pound": "GBP",
    "pound sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "indian rupee": "INR",
    "pakistani rupee": "PKR", "rupee": "INR", "rouble": "RUB", "ruble": "RUB", "hryvnia": "UAH",
    "hryvnya": "UAH", "turkish lira": "TRY", "lira": "TRY", "shekel": "ILS", "swiss franc": "CHF",
    "zloty": "PLN", "swedish krona": "SEK", "norwegian krone": "NOK", "danish krone": "DKK",
    "brazilian real": "BRL", "mexican peso": "MXN", "naira": "NGN", "baht": "THB", "ringgit": "MYR",
    "rupiah": "IDR", "rand": "ZAR", "dirham": "AED", "riyal": "SAR", "won": "KRW",
}  # fmt: skip
PLURALS = {
    "pound sterling": "pounds sterling", "brazilian real": "brazilian reais",
    "swedish krona": "swedish kronor", "norwegian krone": "norwegian kroner",
    "danish krone": "danish kroner",
}  # fmt: skip
AMONG_MILLIONS = {"pounds": "GBP", "pound": "GBP"}  # by themselves they may as well be a weight

# Units as words, their plural with s unless it stands here too, and their symbols.
UNITS = {
    "kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m", "centimetre": "cm",
    "centimeter": "cm", "millimetre": "mm", "millimeter": "mm", "mile": "mi",
    "nautical mile": "nmi", "yard": "yd", "foot": "ft", "feet": "ft", "inch": "in",
    "inches": "in", "square kilometre": "km²", "square kilometer": "km²", "square metre": "m²",
    "square meter": "m²", "square mile": "mi²", "square foot": "ft²", "square feet": "ft²",
    "hectare": "ha", "acre": "acre", "cubic metre": "m³", "cubic meter": "m³", "gram": "g",
    "gramme": "g", "kilogram": "kg", "kilogramme": "kg", "kilo": "kg", "milligram": "mg",
    "pound": "lb", "ounce": "oz", "tonne": "t", "metric ton": "t", "ton": "ton", "litre": "l",
    "liter": "l", "millilitre": "ml", "milliliter": "ml", "gallon": "gal", "barrel": "bbl",
    "kilometres per hour": "km/h", "kilometers per hour": "km/h", "kilometres an hour": "km/h",
    "kilometers an hour": "km/h", "miles per hour": "mph", "miles an hour": "mph",
    "metres per second": "m/s", "meters per second": "m/s", "knot": "kn", "watt": "W",
    "kilowatt": "kW", "megawatt": "MW", "gigawatt": "GW", "kilowatt hour": "kWh",
    "megawatt hour": "MWh", "kilowatt-hour": "kWh", "megawatt-hour": "MWh",
    "degrees celsius": "°C", "degrees fahrenheit": "°F", "kilobyte": "kB", "megabyte": "MB",
    "gigabyte": "GB", "terabyte": "TB", "percentage point": "pp", "percent": "%", "per cent": "%",
}  # fmt: skip
SYMBOLS = {
    "km": "km", "cm": "cm", "mm": "mm", "ft": "ft", "km²": "km²", "km2": "km²", "sq km": "km²",
    "m²": "m²", "m2": "m²", "sq m": "m²", "sq ft": "ft²", "sq mi": "mi²", "m³": "m³", "m3": "m³",
    "ha": "ha", "kg": "kg", "mg": "mg", "lb": "lb", "lbs": "lb", "oz": "oz", "km/h": "km/h",
    "kph": "km/h", "kmh": "km/h", "mph": "mph", "m/s": "m/s", "ml": "ml", "kW": "kW", "MW": "MW",
    "GW": "GW", "kWh": "kWh", "MWh": "MWh", "GWh": "GWh", "TWh": "TWh", "°C": "°C", "°F": "°F",
    "MB": "MB", "GB": "GB", "TB": "TB", "mi": "mi", "nmi": "nmi", "pc": "%", "%": "%", "m": "m",
}  # fmt: skip

# What is counted, in the plural where that has an s; the singular is worked out.
COUNTED = (
    "people", "persons", "troops", "soldiers", "servicemen", "fighters", "militants", "rebels",
    "separatists", "insurgents", "officers", "policemen", "police", "guards", "recruits",
    "conscripts", "reservists", "veterans", "personnel", "mercenaries", "civilians", "residents",
    "inhabitants", "citizens", "men", "women", "children", "boys", "girls", "students", "pupils",
    "teachers", "workers", "employees", "staff", "doctors", "nurses", "patients", "passengers",
    "crew", "sailors", "pilots", "drivers", "journalists", "reporters", "protesters",
    "demonstrators", "activists", "supporters", "members", "delegates", "lawmakers", "ministers",
    "deputies", "senators", "judges", "lawyers", "officials", "diplomats", "experts", "scientists",
    "voters", "candidates", "refugees", "migrants", "asylum seekers", "prisoners", "hostages",
    "detainees", "suspects", "victims", "casualties", "deaths", "fatalities", "injuries", "bodies",
    "survivors", "families", "households", "customers", "users", "subscribers", "followers",
    "players", "athletes", "spectators", "visitors", "tourists", "guests", "farmers", "animals",
    "devices", "drones", "tanks", "missiles", "rockets", "shells", "bombs", "mines", "weapons",
    "guns", "rifles", "howitzers", "launchers", "aircraft", "planes", "jets", "airplanes",
    "helicopters", "ships", "vessels", "boats", "submarines", "warships", "vehicles", "cars",
    "trucks", "buses", "trains", "units", "systems", "houses", "homes", "buildings", "apartments",
    "flats", "schools", "hospitals", "factories", "plants", "bridges", "companies", "firms",
    "banks", "shops", "stores", "countries", "nations", "states", "cities", "towns", "villages",
    "regions", "districts", "seats", "votes", "jobs", "cases", "infections", "tests", "doses",
    "vaccines", "documents", "pages", "books", "copies", "flights", "attacks", "strikes",
    "explosions", "incidents", "accidents", "crimes", "arrests", "trees", "eggs", "goals",
    "medals", "products", "projects", "centres", "centers", "facilities", "satellites",
    "computers", "phones", "servers", "messages", "emails", "tweets",
)  # fmt: skip
SINGULARS = {
    "people": "person", "men": "man", "women": "woman", "children": "child",
    "servicemen": "serviceman", "policemen": "policeman", "buses": "bus",
}  # fmt: skip
UNTOUCHED = ("killed", "dead", "wounded", "injured", "missing", "displaced", "arrested", "detained")

# Words after which a number is a name: "Flight 370 passengers", "Article 5 members".
NUMBERED = (
    "No", "No.", "Number", "Article", "Chapter", "Section", "Page", "Flight", "Route", "Boeing",
    "Airbus", "Apollo", "Type", "Mark", "Mk", "Level", "Phase", "Area", "Resolution", "Channel",
    "Formula", "Group of", "Windows", "iPhone", "Volume", "Room", "Model",
)  # fmt: skip
