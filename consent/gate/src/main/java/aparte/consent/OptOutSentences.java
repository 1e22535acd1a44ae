package aparte.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences that ask to be left alone, in English and French: a closed set, written for this library.
 *
 * <p>A clause is an opt-out if it holds one of the cores, before it nothing but polite beginnings, and after it nothing
 * but closed endings or a reason ("because …"). With other words around it, a core that names the person or the messages
 * is unclear, and any other is nothing; with a negation, a question or a condition before it ("you did not stop …")
 * every core is nothing.
 *
 * <p>Each pattern is a chain of alternatives of fixed words; a list that may repeat is possessive or stops after eight. So
 * matching takes time linear in the text.
 */
final class OptOutSentences {
    private static final int LONGEST_BROKEN_SENTENCE = 160;
    private static final Map<String, Grammar> GRAMMARS = Map.of("en", english(), "fr", french());

    private OptOutSentences() {}

    /**
     * Reads what the person wrote, without quotes and signature.
     *
     * @param languages those tried; the ones without sentences are passed over
     */
    static Optional<ReplyReading> read(String written, Set<String> languages) {
        List<String> clauses =
                new ArrayList<>(List.of(ReplyText.clauses(written).split("\n", -1)));
        if (clauses.size() > 1 && written.length() <= LONGEST_BROKEN_SENTENCE) {
            clauses.add(ReplyText.normalise(written)); // a sentence that an emoji or a line end breaks
        }
        Optional<ReplyReading> unclear = Optional.empty();
        for (String language : languages) {
            Grammar grammar = GRAMMARS.get(language);
            if (grammar == null) {
                continue;
            }
            for (String clause : clauses) {
                Optional<ReplyReading> reading = grammar.read(clause);
                if (reading.filter(found -> found.kind() == ReplyReading.Kind.OPT_OUT)
                        .isPresent()) {
                    return reading;
                }
                unclear = unclear.or(() -> reading);
            }
        }
        return unclear;
    }

    private static Grammar english() {
        String messages = "(?:(?:text |sms |promotional |promo |marketing |spam |advertising |chat |whatsapp )?"
                + "(?:messages?|messaging|msgs?|texts?|sms|mms|ads?|adverts?|advertising|advertisements?|promos?"
                + "|promotions?|promotionals?|marketing|spam|offers?|newsletters?|notifications?|updates?|alerts?"
                + "|e ?mails?|mails?))";
        String which =
                "(?: (?:all of|all|any more|anymore|any|more|so many|too many|such|of|other|further|the|these|those"
                        + "|this|that|your|stupid|annoying|unwanted|unsolicited|daily)(?= |$))*+";
        String me = "(?: (?:to )?(?:me|us|my (?:phone|number|cell|mobile)|this (?:phone|number)))";
        String not = "(?:do not|don ?t|dnt|never|no longer|not)";
        String write = "(?:text|message|msg|contact|write|sms|whatsapp|spam|bother|disturb|harass|ping|dm)";
        String writing = "(?:texting|messaging|contacting|writing|spamming|bothering|bugging|harassing|disturbing"
                + "|pestering|annoying|pinging|bombarding|whatsapping)";
        String list =
                "(?: (?:off|out|from))?(?: of)?(?: (?:your|ur|the|this|that|these|all|any|mailing|contact|contacts"
                        + "|marketing|messaging|sms|text|broadcast|distribution|whatsapp|customer|phone)(?= |$))*+"
                        + "(?: (?:lists?|database|db|systems?|records?|files?|groups?|subscriptions?|contacts|"
                        + messages + "))?";
        String leave = "(?:unsubscribe|unsub|opt out|optout|be removed|be taken off|be unsubscribed|be left alone"
                + "|stop (?:receiving|getting)(?: any| these| those| your| the| all)?(?: " + messages + ")?)";
        return new Grammar("en")
                .signs(
                        "stop",
                        "quit",
                        "cease",
                        "end",
                        "cancel",
                        "no",
                        "enough",
                        "do",
                        "don",
                        "dont",
                        "dnt",
                        "never",
                        "not",
                        "take",
                        "get",
                        "cut",
                        "strike",
                        "drop",
                        "remove",
                        "removed",
                        "delete",
                        "erase",
                        "unlist",
                        "unsubscribe",
                        "unsubscribed",
                        "unsub",
                        "opt",
                        "optout",
                        "sign",
                        "taken",
                        "left",
                        "revoke",
                        "withdraw",
                        "leave",
                        "lose",
                        "forget")
                .lead(
                        "please|pls|plz|ok|okay|hi|hello|hey|dear|sir|madam|guys|team|all|kindly|just|now|so|and|but|well|yes"
                                + "|no|sorry|thanks|thank you|thx|omg|again|once again|stop|enough|you|u|i"
                                + "|for the last time|(?:can|could|would|will) (?:you|u|i|we)(?: guys| all)?|may i"
                                + "|you (?:must|should|need to|have to)"
                                + "|(?:i|we) (?:want|need|would like|d like|asked|told|ask|beg|demand|am asking|m asking) (?:you|u)"
                                + "(?: guys| all)? to|(?:i|we) (?:already |have )?(?:said|asked|told you)(?: you)?(?: to)?"
                                + "|it would be nice if you|i would appreciate it if you|i want to|i need to|i would like to"
                                + "|i d like to|i wish to|i wanna")
                .tail(
                        "please|pls|plz|thanks|thank you|thx|ty|now|right now|immediately|at once|asap|today|forever|for good"
                                + "|permanently|already|again|ever again|ever|any ?more|any longer|at all|ok|okay|guys|sir|madam"
                                + "|from (?:now on|you|u|your company|your shop|your store|your service|this number|here)"
                                + "|in (?:the )?future|(?:on|via|by|through|over) (?:whatsapp|viber|messenger|sms|text"
                                + "|my phone|this number|here)|to (?:me|us|this number|my number|my phone)|completely|kindly"
                                + "|you|and thanks|and thank you|i said|i beg you|have a (?:nice|good) day")
                .reason(
                        "because|cause|cuz|coz|as|since|or|otherwise|and|but|i|we|it|its|this is|they|these are|you|thats")
                .excuse(
                        "do not|don ?t|dnt|never|not|didn ?t|doesn ?t|won ?t|can ?t|cannot|couldn ?t|wouldn ?t|shouldn ?t"
                                + "|isn ?t|if|did|does|why|when|until|unless|without|before")
                .firm("stop-sending", "(?:stop|quit|cease) sending" + me + "?" + which + " " + messages + me + "?")
                .firm(
                        "stop-writing",
                        "(?:stop|quit|cease) (?:" + writing + me + "|sending" + me + "(?: stuff| things)?)" + which
                                + "(?: " + messages + ")?")
                .bare(
                        "stop-sending",
                        "(?:stop|quit|cease) (?:sending" + which + "(?: stuff| things| it)?|" + writing + ")")
                .firm(
                        "stop-messages",
                        "(?:stop|end|quit|no more|enough|enough of|enough with)" + which + " " + messages)
                .bare(
                        "stop-messages",
                        "(?:cancel|no)" + which
                                + " (?:(?:marketing|promo|promotional|spam) (?:messages?|texts?)|messages|texts|marketing|spam)")
                .bare(
                        "stop-now",
                        "stop (?:it|this|that|everything|now|right now|immediately|at once|already|asap|forever"
                                + "|for good|permanently|contact|please|pls|plz)|(?:please|pls|plz) stop"
                                + "|(?:(?:can|could|would|will) (?:you|u)|you (?:must|need to|should|have to)|(?:i|we) (?:said|want to"
                                + "|need to|(?:want|need|told|asked|said|beg) (?:you|u) to))(?: please| pls| plz| just)? stop")
                .firm(
                        "make-it-stop",
                        "(?:want|need|would like|d like) (?:this|it|these|them|the messages|these messages"
                                + "|those messages) to stop")
                .firm(
                        "do-not-write",
                        not + "(?: ever)? (?:" + write + me + "|send" + me + which + " (?:" + messages
                                + "|stuff|anything|any ?more))(?: " + messages + ")?")
                .bare(
                        "do-not-write",
                        not + "(?: ever)? (?:text|message|contact|spam|disturb"
                                + "|send(?: me| us)? (?:any ?more|more|anything|these|this|those))")
                .firm(
                        "do-not-want",
                        "(?:i|we) " + not + " (?:want|wish|like|need|care|agree|consent)"
                                + " (?:(?:to|for) (?:receive|get|see|have|read|be sent)" + which + " " + messages
                                + "|to be (?:contacted|messaged|texted|disturbed|bothered|subscribed|on (?:your|this|the) list)"
                                + "|to (?:hear|receive anything|get anything|receive (?:them|these|this|it)|get (?:them|these))"
                                + "(?: any ?more)?(?: from (?:you|u|your company|them))?"
                                + "|you to " + write + me
                                + "|(?:to |for )?(?:any more|any|more|your|these|those|this|the|such)"
                                + which + " " + messages + ")")
                .firm(
                        "off-the-list",
                        "(?:(?:take|get|cut|strike|drop) (?:me|us|my (?:number|name|phone|contact))"
                                + " (?:off" + list
                                + "|(?:out of|from)(?: (?:your|ur|the|this|that|all|any|mailing|contact"
                                + "|marketing|sms)(?= |$))*+ (?:lists?|database|group))|(?:remove|delete|erase|unlist) (?:me|us"
                                + "|my (?:phone |mobile |cell |whatsapp )?(?:number|nr|name|contacts?|contact details|phone|details"
                                + "|data|info|information)|this number)" + list + ")")
                .firm(
                        "unsubscribe",
                        "(?:(?:unsubscribe|unsub|opt) (?:me|us|my (?:number|phone)|this number)(?: out)?"
                                + "|sign me (?:off|out)|(?:unsubscribe|unsub|opt out)(?= from| of))" + list)
                .bare("unsubscribe", "(?:" + leave + list + "|(?:i|we) (?:hereby )?(?:unsubscribe|opt out))")
                .firm(
                        "want-to-leave",
                        "(?:i|we) (?:want|wanna|wish|need|would like|d like|would love|ask|demand|request"
                                + "|am asking|m asking|have decided)(?: to)? " + leave + list)
                .firm("revoke-consent", "(?:revoke|withdraw|cancel) (?:my |all |any )?(?:consent|permission)")
                .bare("leave-me-alone", "(?:leave (?:me|us) alone|(?:lose|forget) my number)")
                .unclear(
                        "how-to-leave",
                        "how (?:do|can|could|to|should|would)(?: i| we| you)? (?:unsubscribe|unsub|opt out" + "|stop"
                                + which + " " + messages + "|get off)")
                .unclear("cancel-subscription", "(?:cancel|stop|end) (?:my|the|this) (?:subscription|membership)")
                .unclear("stop-calling", "stop (?:calling|phoning|ringing|emailing) (?:me|us)");
    }

    private static Grammar french() {
        String messages =
                "(?:messages?|msgs?|sms|mms|textos?|pubs?|publicites?|promos?|promotions?|offres?|newsletters?"
                        + "|e ?mails?|mails?|notifications?|notifs?|spams?|communications?|sollicitations?|actualites"
                        + "|informations?|infos?)(?: (?:publicitaires?|commerciaux|commerciales?|promotionnels?|marketing|sms))?";
        String which =
                "(?: (?:tous|toutes|tout|aucune?|de|des|d|les|la|le|l|un|une|vos|votre|tes|ces|cette|cet|ce genre"
                        + "|autres?|moindre|plus|autant|avec|a|aux|au)(?= |$))*+";
        String me = "(?:m|me|nous)";
        String imperative = "(?:ecri(?:vez|s|t|ve)|(?:contact|recontact|derang|sollicit|importun|harcel|spamm|embet"
                + "|textot)(?:ez|e|es|er))";
        String send = "(?:envo(?:yez|ie|ies|yer)|adress(?:ez|e|es|er))";
        String halt = "(?:(?:arret|cess|stopp)(?:ez|e|es|er)|stop)";
        String infinitive = "(?:ecrire|contacter|recontacter|deranger|solliciter|importuner|harceler|spammer|embeter"
                + "|emmerder|saouler|relancer)";
        String never = "(?:plus jamais|jamais plus|plus(?! tard)|pas|jamais)";
        String want = "(?:veux|veut|voulons|souhaite|souhaitons|desire|desirons|voudrais|voulais|accepte|aimerais) ";
        String list =
                "(?: (?:de|des|d|du|sur))?(?: (?:votre|vos|cette|ces|la|le|les|l|toutes|tous|ta|tes|de|liste|listes"
                        + "|fichier|fichiers|base de|diffusion|contacts)(?= |$))*+(?: (?:listes?|fichiers?|base|bases|donnees|repertoire"
                        + "|envois?|diffusion|contacts|systeme|" + messages + "))?";
        return new Grammar("fr")
                .signs(
                        "stop",
                        "arreter",
                        "assez",
                        "marre",
                        "halte",
                        "fini",
                        "plus",
                        "pas",
                        "jamais",
                        "ne",
                        "n",
                        "desabonner",
                        "desabonne",
                        "desabonnons",
                        "desinscrire",
                        "desinscris",
                        "desinscrit",
                        "desinscrivez",
                        "inscrit",
                        "abonne",
                        "retirer",
                        "supprimer",
                        "enlever",
                        "rayer",
                        "radier",
                        "effacer",
                        "oter",
                        "arrete",
                        "arretez",
                        "arretes",
                        "cesse",
                        "cessez",
                        "cesser",
                        "cesses",
                        "stoppe",
                        "stoppez",
                        "stopper",
                        "stoppes",
                        "retire",
                        "retirez",
                        "retires",
                        "supprime",
                        "supprimez",
                        "supprimes",
                        "enleve",
                        "enlevez",
                        "enleves",
                        "efface",
                        "effacez",
                        "effaces",
                        "raye",
                        "rayez",
                        "rayes",
                        "radie",
                        "radiez",
                        "radies",
                        "ote",
                        "otez",
                        "otes",
                        "desabonnez",
                        "desabonnes",
                        "laisse",
                        "laissez",
                        "laisser",
                        "laisses",
                        "lache",
                        "lachez",
                        "lacher",
                        "laches",
                        "sortez",
                        "sors",
                        "fichez",
                        "foutez",
                        "fiche",
                        "fous",
                        "oubliez",
                        "etre",
                        "revoque",
                        "revoquer",
                        "annule",
                        "resilier")
                .lead(
                        "je|j|nous|on|je ne|svp|stp|s il vous plait|s il te plait|merci de|merci|bonjour|bonsoir|salut|veuillez|priere de|ok|oui"
                                + "|non|alors|donc|maintenant|et|mais|pouvez vous|pourriez vous|peux tu|je vous (?:prie|demande) de"
                                + "|je vous ai (?:deja )?(?:dit|demande) de|madame|monsieur|stop|ca suffit|de bien vouloir"
                                + "|je (?:veux|voudrais|souhaite|desire|demande)(?: a| que vous)?|j aimerais|vous pouvez|encore une fois"
                                + "|il faut|est ce que vous pouvez|est ce que je peux|puis je|je peux|comme deja dit|surtout")
                .tail("svp|stp|s il vous plait|s il te plait|merci|merci d avance|merci beaucoup|d avance|maintenant"
                        + "|immediatement|tout de suite|desormais|dorenavant|du tout|jamais|a l avenir|definitivement|vite"
                        + "|bonne (?:journee|soiree)|de votre part|de vous|venant de vous|cordialement|vraiment|quoi"
                        + "|(?:sur|par) (?:whatsapp|viber|messenger|sms|messages?|ce numero|mon numero|mon telephone"
                        + "|mon portable|ici)|a ce numero|a mon numero|plus|rien|et merci|encore")
                .reason("car|parce qu|parce que|puisque|sinon|et|mais|ca|c est|je|j|vous|ou")
                .excuse("ne|n|pas|jamais|si|pourquoi|quand|sans|avant|avez|est ce que vous avez")
                .firm(
                        "n-ecrivez-plus",
                        "(?:(?:ne |n )(?:" + me + " )?|" + me + " )(?:" + imperative + " " + never
                                + "(?: " + messages + ")?|" + send + " " + never + "(?: (?:rien|quoi que ce soit)|"
                                + which + " "
                                + messages + "))")
                .bare("n-ecrivez-plus", "(?:ne |n )(?:" + me + " )?" + send + " (?:plus jamais|plus|jamais)")
                .firm(
                        "ne-plus-ecrire",
                        "(?:ne |n )?" + never + " (?:" + me + " " + infinitive + "|(?:" + me
                                + " )?(?:envoyer|adresser|recevoir|avoir)(?: rien|" + which + " " + messages + ")"
                                + "|etre (?:contacte|sollicite|derange|harcele|importune)e?s?)")
                .bare(
                        "ne-plus-ecrire",
                        "(?:ne )(?:plus|jamais) (?:rien )?(?:" + me + " )?(?:envoyer|adresser|recevoir)")
                .firm(
                        "arretez",
                        halt + "(?: de| d)? (?:" + me + " " + infinitive + "|(?:" + me + " )?(?:envoyer|adresser)"
                                + which + " " + messages + "|" + me + " envoyer ca)")
                .firm("stop-messages", "(?:" + halt + "|assez|marre|halte|fini)(?: tout)?" + which + " " + messages)
                .bare(
                        "plus-de-messages",
                        "(?<!veux |voudrais |souhaite |aimerais )plus (?:jamais|aucune?|de|d)(?: de| d)?"
                                + " (?:messages?|sms|textos?|pubs?|publicites?|spams?)")
                .bare(
                        "arretez",
                        halt + "(?: (?:ca|tout|tout ca|maintenant|immediatement|tout de suite|svp|stp"
                                + "|s il vous plait)| (?:de |d )?(?:" + me
                                + " )?(?:envoyer|adresser)| (?:de |d )ecrire)"
                                + "|(?:(?:pouvez|pourriez) vous|merci d|merci de|veuillez|je veux|je (?:vous |te )?demande d"
                                + "|je (?:vous |te )?demande de)(?: svp| s il vous plait)? (?:arreter|cesser|stopper)")
                .firm(
                        "ne-veux-plus",
                        want + never + " (?:rien )?(?:(?:recevoir|avoir|lire|voir)(?: rien|" + which + " "
                                + messages + "|(?= de vous| de votre part|$))|(?:les |en )(?:recevoir|avoir)"
                                + "|etre (?:contacte|sollicite|derange|harcele|importune|inscrit|abonne|sur votre liste)e?s?"
                                + "|que vous " + me
                                + " (?:ecriviez|contactiez|envoyiez|derangiez|sollicitiez|envoyez|contactez)"
                                + "(?:" + which + " " + messages + ")?|entendre parler de vous)")
                .firm("ne-veux-plus", "(?:ne |n )" + want + never + which + " " + messages)
                .firm(
                        "retirez-moi",
                        "(?:retire[zr]?|supprime[zr]?|enleve[zr]?|efface[zr]?|raye[zr]?|radie[zr]?|ote[zr]?"
                                + "|sortez|sors|desinscri(?:vez|s|re)|desabonne[zr]?|desinscrivez) (?:moi|nous|mon (?:numero|nom|contact|adresse"
                                + "|telephone|tel|portable)(?: de telephone)?|mes (?:coordonnees|donnees|informations))"
                                + list)
                .firm(
                        "desabonner",
                        "(?:me|m|nous|se) (?:desabonner?|desinscrire|desinscris|desabonnons|retirer|supprimer|enlever|rayer|radier)"
                                + list)
                .firm(
                        "etre-retire",
                        "etre (?:retire|supprime|enleve|desinscrit|desabonne|raye|efface|radie)e?s?" + list)
                .firm("retrait-consentement", "(?:retire|revoque|annule|retirer|revoquer) mon (?:consentement|accord)")
                .bare(
                        "laissez-moi",
                        "(?:laisse[zr]? (?:moi|nous)(?: tranquilles?| en paix)|lache[zr]?(?: moi| nous)"
                                + "|(?:fichez|foutez|fiche|fous) (?:moi|nous) la paix|oubliez (?:moi|mon numero))")
                .unclear(
                        "comment",
                        "comment (?:(?:se|me|m|faire pour(?: me| m)?) )?(?:desabonner|desinscrire|ne plus recevoir"
                                + "|arreter" + which + " " + messages + ")")
                .unclear("resilier", "resilier (?:mon|l|cet) abonnement");
    }

    /** How sure a core is when it stands alone, and when other words stand around it. */
    private enum Strength {
        FIRM,
        BARE,
        UNCLEAR
    }

    private record Rule(String name, Strength strength, Pattern core) {}

    /** The sentences of one language; filled once, then only read. */
    private static final class Grammar {
        private final String language;
        private final List<Rule> rules = new ArrayList<>();
        private Set<String> signs = Set.of();
        private Pattern lead = Pattern.compile("");
        private Pattern tail = Pattern.compile("");
        private Pattern excuse = Pattern.compile("");
        private String endings = "";

        private Grammar(String language) {
            this.language = language;
        }

        /** Words of which every core has one; without them a clause needs no closer look. */
        private Grammar signs(String... words) {
            signs = Set.of(words);
            return this;
        }

        private Grammar lead(String words) {
            lead = Pattern.compile("(?:(?:" + words + ") ){0,8}");
            return this;
        }

        private Grammar tail(String words) {
            endings = "(?: (?:" + words + ")(?= |$)){0,8}";
            return this;
        }

        private Grammar reason(String words) {
            tail = Pattern.compile(endings + "(?: (?:" + words + ")(?: .*)?)?");
            return this;
        }

        private Grammar excuse(String words) {
            excuse = Pattern.compile("(?<![^ ])(?:" + words + ")(?![^ ])");
            return this;
        }

        private Grammar firm(String name, String core) {
            return rule(name, Strength.FIRM, core);
        }

        private Grammar bare(String name, String core) {
            return rule(name, Strength.BARE, core);
        }

        private Grammar unclear(String name, String core) {
            return rule(name, Strength.UNCLEAR, core);
        }

        private Grammar rule(String name, Strength strength, String core) {
            rules.add(new Rule(language + ":" + name, strength, Pattern.compile("(?<![^ ])(?:" + core + ")(?![^ ])")));
            return this;
        }

        private boolean hasSign(String clause) {
            int start = 0;
            for (int end = clause.indexOf(' '); end >= 0; end = clause.indexOf(' ', start)) {
                if (signs.contains(clause.substring(start, end))) {
                    return true;
                }
                start = end + 1;
            }
            return signs.contains(clause.substring(start));
        }

        private Optional<ReplyReading> read(String clause) {
            if (!hasSign(clause)) {
                return Optional.empty();
            }
            Optional<ReplyReading> unclear = Optional.empty();
            for (Rule rule : rules) {
                Matcher core = rule.core.matcher(clause);
                if (!core.find()) {
                    continue;
                }
                String before = clause.substring(0, core.start());
                boolean alone = lead.matcher(before).matches()
                        && tail.matcher(clause.substring(core.end())).matches();
                if (alone && rule.strength != Strength.UNCLEAR) {
                    return Optional.of(new ReplyReading(ReplyReading.Kind.OPT_OUT, 3, rule.name));
                }
                if ((alone || rule.strength != Strength.BARE)
                        && !excuse.matcher(before).find()) {
                    unclear = unclear.or(() -> Optional.of(new ReplyReading(ReplyReading.Kind.UNCLEAR, 4, rule.name)));
                }
            }
            return unclear;
        }
    }
}
