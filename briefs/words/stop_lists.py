"""The words that say nothing of a subject, by language (ISO 639-1)."""

# ruff: noqa: RUF001 - a one-letter word of Ukrainian or Russian looks like a Latin letter

STOP_WORDS = {
    "en": """
        a about above across after again against ago all almost along already also although always
        am among amid an and another any anybody anyone anything are aren't around as at away
        back be became because been before behind being below beside besides between beyond both
        but by came can can't cannot come could couldn't did didn't do does doesn't doing don't
        done down during each either else enough even ever every everyone everything except few
        for from further get gets getting give given go goes going gone got had hadn't has hasn't
        have haven't having he he'd he'll he's hence her here hers herself him himself his how
        however i i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just
        last later least less let like likely made make makes making many may maybe me meanwhile
        might mine more moreover most mr mrs ms much must my myself near nearly neither never
        nevertheless next no nobody none nor not nothing now of off often on once one only onto or
        other others otherwise our ours ourselves out over own per perhaps put quite rather really
        said same say saying says see seem seemed seems seen several shall she she'd she'll she's
        should shouldn't since so some somebody someone something soon still such take taken than
        that that's the their theirs them themselves then there there's therefore these they
        they'd they'll they're they've this those though through throughout thus till to together
        told too took toward towards under unless until up upon us very was wasn't we we'd we'll
        we're we've well went were weren't what what's whatever when where whether which while who
        who's whole whom whose why will with within without won't would wouldn't yes yet you you'd
        you'll you're you've your yours yourself
    """,
    "de": """
        aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da
        damit dann das dass dein dem den denn der des dessen deren die dies diese diesem diesen
        dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch für
        gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre
        ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes jener kann kein
        keine keinem keinen keiner können könnte machen man mehr mein meine mich mir mit muss
        müssen nach nicht nichts noch nun nur ob oder ohne sagt sagte schon sehr sei sein seine
        seinem seinen seiner seit sich sie sind so sollen sollte sondern sonst soweit über um und
        uns unser unter viel vom von vor wann war waren warum was weil weiter welche welcher wenn
        wer werde werden wie wieder will wir wird wo wollen worden wurde wurden zu zum zur
        zwischen
    """,
    "fr": """
        à ai ainsi alors après au aucun aussi autre autres aux avait avant avec avoir c'est car ce
        ceci cela celle celles celui ces cet cette ceux chez comme d d'un d'une dans de depuis des
        deux dit donc dont du elle elles en encore entre est et était étaient été être eu eux fait
        faire faut fois font il ils j je l la là le les leur leurs lors lui m ma mais me même mes
        moi moins mon n ne ni non nos notre nous on ont ou où par parce pas peu peut plus pour
        pourquoi qu quand que quel quelle qui quoi s sa sans se sera ses si son sont sous sur ta
        te tes toi ton tous tout toute toutes très tu un une vers vos votre vous y
    """,
    "es": """
        a al algo alguna algunas alguno algunos ante antes aquel aquella así aún aunque bajo bien
        cada casi como con contra cual cuando cuya cuyo de del desde dice dijo donde dos durante e
        el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está estaba están
        estas este esto estos fue fueron ha haber había habían han hasta hay hizo la las le les lo
        los luego más me mi mientras mis misma mismo mucho muy nada ni no nos nosotros o os otra
        otras otro otros para pero poco por porque pues que qué quien se sea según ser será si sí
        siempre sin sino sobre son su sus también tan tanto te tenía ti tiene tienen toda todas
        todo todos tras tu tus un una unas uno unos usted y ya yo
    """,
    "ru": """
        а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже
        для до его ее её если есть еще ещё же за здесь и из или им их к как какая какой когда
        который которая которое которые кто куда ли либо лишь между меня мне много может можно мы
        на над надо нам нас не него нее неё нет ни ним них но о об однако он она они оно от очень
        по под после потом потому при про раз с сам сама сами свой своей своих себе себя сейчас со
        сказал сказала так также такой там тебя тем теперь то тогда того тоже только том тот ту ты
        у уже хотя чего чем через что чтобы эта эти это этого этой этом этот эту я
    """,
    "uk": """
        а аби або адже але без би більш була були було бути був в вам вас весь вже ви від він вона
        вони воно все всі всіх де для до дуже є ж з за зі і із й його її їх коли крім кого який
        яка яке які хто куди лише між мене мені ми може можна на над нам нас нас не нею неї ним
        них ні ніж о об однак він от під по потім при про та так також такий там тебе тепер ти то
        тобто тоді того тоді тому той тільки треба ту у усі хоча це цей ця ці цього цьому через чи
        чого що щоб як якщо я
    """,
}  # fmt: skip
