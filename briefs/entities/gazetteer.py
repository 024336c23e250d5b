"""Closed lists of what is named often: countries with their peoples, cities, armed groups.

All folded. They only vote: the words around a name, and what the recogniser saw, vote too.
"""

# country: what its own is called. "*" marks a country that is as often a person's name.
_COUNTRIES = """
afghanistan: afghan
albania: albanian
algeria: algerian
angola: angolan
argentina: argentine argentinian
armenia: armenian
australia: australian
austria: austrian
azerbaijan: azerbaijani azeri
bahrain: bahraini
bangladesh: bangladeshi
belarus: belarusian
belgium: belgian
bolivia: bolivian
bosnia: bosnian
botswana:
brazil: brazilian
bulgaria: bulgarian
burkina faso:
burundi:
cambodia: cambodian
cameroon: cameroonian
canada: canadian
*chad: chadian
chile: chilean
china: chinese
colombia: colombian
congo: congolese
costa rica:
croatia: croatian
*cuba: cuban
cyprus: cypriot
czech republic: czech
denmark: danish
ecuador: ecuadorian
egypt: egyptian
el salvador: salvadoran
england: english
eritrea: eritrean
estonia: estonian
ethiopia: ethiopian
fiji: fijian
finland: finnish
*france: french
*georgia: georgian
germany: german
ghana: ghanaian
greece: greek
guatemala: guatemalan
guinea:
haiti: haitian
honduras: honduran
hungary: hungarian
iceland: icelandic
*india: indian
indonesia: indonesian
iran: iranian
iraq: iraqi
*ireland: irish
*israel: israeli
italy: italian
jamaica: jamaican
japan: japanese
*jordan: jordanian
kazakhstan: kazakh
*kenya: kenyan
kosovo: kosovar
kuwait: kuwaiti
kyrgyzstan: kyrgyz
laos:
latvia: latvian
lebanon: lebanese
liberia: liberian
libya: libyan
lithuania: lithuanian
luxembourg:
madagascar:
malawi:
malaysia: malaysian
*mali: malian
malta: maltese
mauritania:
mexico: mexican
moldova: moldovan
mongolia: mongolian
montenegro:
morocco: moroccan
mozambique: mozambican
myanmar: burmese
namibia:
nepal: nepalese
netherlands: dutch
new zealand:
nicaragua: nicaraguan
*niger:
nigeria: nigerian
north korea:
north macedonia: macedonian
northern ireland:
norway: norwegian
oman: omani
pakistan: pakistani
panama: panamanian
papua new guinea:
paraguay: paraguayan
peru: peruvian
philippines: filipino
poland: polish
portugal: portuguese
qatar: qatari
romania: romanian
russia: russian
rwanda: rwandan
saudi arabia: saudi
scotland: scottish
senegal: senegalese
serbia: serbian
sierra leone:
singapore: singaporean
slovakia: slovak
slovenia: slovenian
somalia: somali
south africa:
south korea:
south sudan:
soviet union: soviet
spain: spanish
sri lanka:
sudan: sudanese
sweden: swedish
switzerland: swiss
syria: syrian
taiwan: taiwanese
tajikistan: tajik
tanzania: tanzanian
thailand: thai
togo:
tunisia: tunisian
turkey: turkish
turkmenistan: turkmen
uganda: ugandan
ukraine: ukrainian
united arab emirates: emirati
united kingdom: british
united states: american
uruguay: uruguayan
uzbekistan: uzbek
venezuela: venezuelan
vietnam: vietnamese
*wales: welsh
yemen: yemeni
zambia: zambian
zimbabwe: zimbabwean
"""


def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (line.partition(":") for line in _COUNTRIES.strip().splitlines())
    return tuple((name, tuple(people.split())) for name, _, people in rows)


def _set(words: str) -> frozenset[str]:
    return frozenset(name.strip() for name in words.replace("\n", " ").split(","))


# Every country; those that are no person's name as well; and the country of "ukrainian".
COUNTRIES = frozenset(name.lstrip("*") for name, _ in _rows())
ONLY_COUNTRIES = frozenset(name for name, _ in _rows() if not name.startswith("*"))
COUNTRY_OF = {each: name.lstrip("*") for name, people in _rows() for each in people}

# Cities, and regions that are named like them, that are hardly ever a person's name.
CITIES = _set("""abu dhabi, abuja, accra, addis ababa, aden, aleppo, algiers, amman, amsterdam,
ankara, antananarivo, ashgabat, asmara, astana, athens, baghdad, baku, bamako, bangkok, barcelona,
basra, beijing, beirut, belfast, belgrade, berlin, bogota, brasilia, bratislava, brussels,
bucharest, budapest, buenos aires, bujumbura, cairo, canberra, caracas, chernihiv, chisinau,
cologne, colombo, conakry, copenhagen, crimea, dakar, damascus, dar es salaam, dhaka, djibouti,
dnipro, doha, donbas, donetsk, dubai, dublin, dushanbe, edinburgh, frankfurt, freetown, gaza,
gaza city, geneva, glasgow, grozny, guangzhou, hanoi, harare, havana, helsinki, hiroshima, homs,
hong kong, idlib, islamabad, istanbul, jakarta, jeddah, jerusalem, johannesburg, juba, kabul,
kampala, kandahar, karachi, kathmandu, kazan, kharkiv, khartoum, kherson, kigali, kinshasa,
kolkata, kosovo, kuala lumpur, kunduz, kyiv, kyoto, lagos, lahore, leipzig, libreville, lilongwe,
lisbon, liverpool, ljubljana, luanda, luhansk, lusaka, lviv, lyon, madrid, managua, manila, maputo,
mariupol, marrakesh, marseille, mecca, mogadishu, monrovia, montevideo, montreal, moscow, mosul,
mumbai, munich, mykolaiv, nagorno karabakh, nairobi, new delhi, niamey, nicosia, nouakchott,
odesa, osaka, oslo, ottawa, ouagadougou, palmyra, phnom penh, podgorica, port au prince, prague,
pretoria, pristina, pyongyang, quito, rabat, ramallah, raqqa, reykjavik, riga, riyadh, rotterdam,
saint petersburg, san francisco, san salvador, sanaa, sao paulo, sarajevo, seoul, sevastopol,
shanghai, shenzhen, skopje, sochi, stockholm, strasbourg, taipei, tallinn, tashkent, tbilisi,
tegucigalpa, tehran, tel aviv, tokyo, toronto, tripoli, tunis, ulaanbaatar, vancouver, vienna,
vientiane, vilnius, vladivostok, volgograd, warsaw, windhoek, wuhan, yangon, yaounde, yerevan,
zagreb, zaporizhzhia, zurich, los angeles, new york, chicago, philadelphia, boston, seattle,
detroit, miami, california, texas, florida, alaska, hawaii, europe, africa, asia""")

# Bodies that recognisers take for a person or a place.
GROUPS = _set("""hezbollah, hizbollah, hizballah, hamas, fatah, taliban, islamic state, isis, isil,
daesh, al qaeda, al qaida, al shabaab, boko haram, houthis, farc, pkk, ypg, muslim brotherhood,
islamic jihad, wagner group, al jazeera, reuters, interpol, europol, gazprom, rosneft""")
