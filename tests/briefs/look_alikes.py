"""Pairs of events of one kind, three reports of each: all made up, in the manner of agencies."""

EVENTS: dict[str, tuple[str, str, str]] = {
    "quake Orvane": (
        "A magnitude 6.1 earthquake struck the coast near Orvane early on Tuesday, killing "
        "nine people and damaging hundreds of houses, the civil protection agency said. The quake "
        "hit at 04:12 and was felt in Pellora. Rescue teams searched the rubble of a school.",
        "Nine people died when a strong earthquake shook Orvane before dawn on Tuesday. Rescuers "
        "dug through a collapsed school, and residents of Pellora ran into the streets. The quake "
        "had a magnitude of 6.1, the civil protection agency reported.",
        "Orvane woke to ruins on Tuesday after a quake of magnitude 6.1 brought down houses and a "
        "school. Nine are dead and dozens hurt. In Pellora, 40 kilometres away, walls cracked, but "
        "nobody was injured.",
    ),
    "quake Tashmir": (
        "An earthquake of magnitude 5.4 hit the mountain district of Tashmir on Sunday evening, "
        "killing four people, the interior ministry said. Landslides blocked the road to Gulbek, "
        "and rescue teams had to be flown in. Houses of clay collapsed in two villages.",
        "Four people were killed in Tashmir when a quake of magnitude 5.4 set off landslides on "
        "Sunday. The interior ministry sent helicopters because the road to Gulbek was blocked. "
        "Two villages were badly damaged.",
        "Helicopters brought rescuers to Tashmir after Sunday's earthquake, which killed four. The "
        "only road, from Gulbek, lies under a landslide. The magnitude was 5.4, and the interior "
        "ministry expects aftershocks.",
    ),
    "election Karvia": (
        "The Social Democrats of Lena Aho won the parliamentary election in Karvia with 31 percent "
        "of the vote, the electoral commission said on Monday. The ruling Centre Party of prime "
        "minister Pekka Suvanto fell to 22 percent. Turnout was 68 percent.",
        "Lena Aho claimed victory in Karvia's election after her Social Democrats took 31 percent. "
        "Prime minister Pekka Suvanto conceded on Monday: his Centre Party lost a third of its "
        "seats. Coalition talks begin this week.",
        "Karvia is set for a change of government. Voters gave the Social Democrats 31 percent, "
        "and party leader Lena Aho will be asked to form a coalition. Suvanto's Centre Party won "
        "22 percent, its worst result in decades.",
    ),
    "election Belmora": (
        "The Liberal Party of president Tomas Reyes kept its majority in Belmora's parliamentary "
        "election, winning 48 percent of the vote, the electoral commission said on Monday. The "
        "opposition National Front of Ines Duarte received 37 percent. Turnout was 55 percent.",
        "President Tomas Reyes will keep his majority in parliament: his Liberals won 48 percent "
        "in Belmora's election. Ines Duarte of the National Front, with 37 percent, said she would "
        "ask the court to look at the count in two provinces.",
        "In Belmora the opposition disputes Sunday's election. The Liberals of Tomas Reyes have 48 "
        "percent, by the official count, and Duarte's National Front 37. Observers saw long queues "
        "but no fraud.",
    ),
    "launch Nimbus": (
        "Velora unveiled its new phone, the Nimbus 9, at an event in Harrowgate on Wednesday. It "
        "has a 6.4-inch screen, three cameras and costs 799 dollars. Chief executive Mira Kahn "
        "said it would be in the shops on 20 September.",
        "The Nimbus 9, Velora's new phone, will cost 799 dollars and go on sale on 20 September. "
        "Mira Kahn, who leads the company, showed it in Harrowgate and praised its three cameras. "
        "Analysts expect sales of 30 million.",
        "Velora hopes that a better camera will sell its Nimbus 9. The phone, which was shown on "
        "Wednesday in Harrowgate, has a screen of 6.4 inches. At 799 dollars it is dearer than the "
        "Nimbus 8.",
    ),
    "launch Quill": (
        "Ostrava Mobile presented its new phone, the Quill X, in Lindholm on Thursday. It folds, "
        "has a 7.1-inch screen and costs 1,299 dollars. Chief executive Jonas Feld said the shops "
        "would have it on 3 October.",
        "Ostrava Mobile's first folding phone, the Quill X, goes on sale on 3 October. Jonas Feld, "
        "the chief executive, folded it on a stage in Lindholm more than twenty times. It costs "
        "1,299 dollars.",
        "A phone that folds: the Quill X of Ostrava Mobile has a screen of 7.1 inches and a price "
        "of 1,299 dollars. Feld showed it in Lindholm on Thursday. Analysts doubt that the hinge "
        "will last.",
    ),
    "strike Marlow": (
        "Bus drivers in Marlow went on strike on Monday over pay, leaving 200,000 people without "
        "transport. The Transit Workers' Union wants a rise of 8 percent, and City Lines offers 3. "
        "Union leader Carol Bright said the strike would last until Friday.",
        "No buses ran in Marlow on Monday. Drivers of City Lines want 8 percent more pay, and the "
        "company offers 3. Talks failed on Saturday, Carol Bright of the Transit Workers' Union "
        "said. The strike is to end on Friday.",
        "Commuters in Marlow walked or cycled as the bus strike began. City Lines called the "
        "demand of 8 percent impossible. Bright said that drivers had lost a tenth of their pay to "
        "inflation.",
    ),
    "strike Dunhaven": (
        "Bus and tram drivers in Dunhaven walked out on Monday in a dispute over night shifts. The "
        "Federation of Transport Staff wants a second driver after 23:00. Metro Dunhaven says it "
        "cannot pay for that. Mayor Otto Lang offered to mediate.",
        "Trams and buses stood still in Dunhaven on Monday because drivers refuse to work alone at "
        "night. Mayor Otto Lang invited the Federation of Transport Staff and Metro Dunhaven to "
        "the town hall.",
        "Dunhaven's mayor wants to end the strike of tram drivers. Otto Lang met the Federation of "
        "Transport Staff, which demands that nobody drives alone after 23:00. Metro Dunhaven "
        "called the walkout unlawful.",
    ),
    "match spring": (
        "Rovers beat Athletic 3-1 in the league on Saturday. Danny Mott scored twice before half "
        "time, and Kofi Baidoo added a third from a free kick. Athletic's goal came from Luis "
        "Prado. Rovers go second in the table with 54 points.",
        "Danny Mott's two goals gave Rovers a 3-1 win over Athletic. Kofi Baidoo's free kick "
        "settled it after Luis Prado had scored for Athletic. Rovers, on 54 points, are second in "
        "the league.",
        "Rovers are second in the league with 54 points. Against Athletic on Saturday Mott scored "
        "two and Baidoo one, from a free kick. Prado's goal for Athletic was not enough: it ended "
        "3-1.",
    ),
    "match cup": (
        "Athletic knocked Rovers out of the cup on penalties after a goalless draw on Wednesday. "
        "Goalkeeper Sven Holm saved two penalties, and captain Marco Teller converted the last. "
        "Athletic meet Harbour Town in the quarter-final.",
        "Goalkeeper Sven Holm was the hero as Athletic beat Rovers on penalties in the cup. Marco "
        "Teller scored the decisive one after 120 minutes without a goal. Harbour Town await in "
        "the quarter-final.",
        "Two saves by Holm took Athletic to the quarter-final of the cup, where Harbour Town wait. "
        "Rovers missed twice in the shoot-out. Teller, the captain, scored the last penalty.",
    ),
    "fire Glenfield": (
        "A fire destroyed a furniture warehouse in Glenfield on Thursday night. Eighty "
        "firefighters fought it. Nobody was hurt, the fire chief, Anna Weiss, said. The warehouse "
        "of Norden Möbel had been empty since March.",
        "Eighty firefighters needed all night to put out a fire in Glenfield. It burnt down the "
        "empty warehouse of Norden Möbel. Fire chief Anna Weiss said nobody was in it.",
        "The former warehouse of Norden Möbel in Glenfield is gone. It burnt from Thursday to "
        "Friday morning. Police ask why, since the building was empty and had no power, Weiss "
        "said.",
    ),
    "fire Ashby": (
        "A fire in a paint factory in Ashby injured three workers on Thursday and sent black smoke "
        "over the town. Residents were told to keep their windows shut. Police closed the A12. The "
        "factory belongs to Corran Coatings.",
        "Three workers were hurt when a paint factory burnt in Ashby. Corran Coatings said a tank "
        "of solvent had caught fire. The A12 was closed, and residents kept their windows shut.",
        "Smoke from Corran Coatings' factory darkened Ashby on Thursday. Three workers are in "
        "hospital with burns. A tank of solvent exploded, the company said. The A12 is open "
        "again.",
    ),
    "verdict Brandt": (
        "A court in Westerhaven sentenced the former banker Erik Brandt to seven years in prison "
        "for fraud on Friday. Brandt had taken 40 million euros from clients of Hansa Invest. His "
        "lawyer, Petra Lund, said he would appeal.",
        "Erik Brandt must go to prison for seven years. The court in Westerhaven found that the "
        "banker had cheated clients of Hansa Invest of 40 million euros. Petra Lund, who defends "
        "him, will appeal.",
        "Seven years for fraud: the judges in Westerhaven did not believe Brandt, who said that "
        "Hansa Invest knew where the 40 million euros went. Clients applauded.",
    ),
    "verdict Salcedo": (
        "A court in Puerto Alba sentenced the former mayor Rosa Salcedo to four years in prison "
        "for bribery on Friday. Salcedo had taken 600,000 euros from the builder Grupo Mareas. Her "
        "lawyer, Hugo Nieto, said she would appeal.",
        "Rosa Salcedo, once mayor of Puerto Alba, was given four years for taking bribes. Grupo "
        "Mareas paid her 600,000 euros for permits on the beach, the court found. Hugo Nieto, her "
        "lawyer, spoke of an error.",
        "Puerto Alba's former mayor goes to prison. Salcedo sold permits to Grupo Mareas, the "
        "judges said, for 600,000 euros in all. She was sentenced to four years on Friday.",
    ),
}
