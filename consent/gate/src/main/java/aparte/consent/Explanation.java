package aparte.consent;

import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.Refusal;
import aparte.SenderId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Says in sentences why a message left or did not, with the entries behind it. In French, or else in English. */
final class Explanation {
    private static final Map<ConsentEntry.Kind, String> ENGLISH = Map.ofEntries(
            Map.entry(ConsentEntry.Kind.REQUESTED, "a request"),
            Map.entry(ConsentEntry.Kind.PENDING, "a question without an answer"),
            Map.entry(ConsentEntry.Kind.GRANTED, "an agreement"),
            Map.entry(ConsentEntry.Kind.CONFIRMED, "a confirmed agreement"),
            Map.entry(ConsentEntry.Kind.RENEWED, "a renewed agreement"),
            Map.entry(ConsentEntry.Kind.REFUSED, "a no to a question"),
            Map.entry(ConsentEntry.Kind.WITHDRAWN, "an opt-out"),
            Map.entry(ConsentEntry.Kind.OBJECTED, "an objection"),
            Map.entry(ConsentEntry.Kind.HELD, "an unclear reply"),
            Map.entry(ConsentEntry.Kind.EXPIRED, "an end by time"),
            Map.entry(ConsentEntry.Kind.INVALIDATED, "an agreement found worthless"),
            Map.entry(ConsentEntry.Kind.PLATFORM_STOP, "a stop on the platform"),
            Map.entry(ConsentEntry.Kind.SUPPRESSED, "a suppression"),
            Map.entry(ConsentEntry.Kind.IMPORTED, "an import without proof"),
            Map.entry(ConsentEntry.Kind.ERASED, "an erasure"));
    private static final Map<ConsentEntry.Kind, String> FRENCH = Map.ofEntries(
            Map.entry(ConsentEntry.Kind.REQUESTED, "une demande"),
            Map.entry(ConsentEntry.Kind.PENDING, "une question sans réponse"),
            Map.entry(ConsentEntry.Kind.GRANTED, "un accord"),
            Map.entry(ConsentEntry.Kind.CONFIRMED, "un accord confirmé"),
            Map.entry(ConsentEntry.Kind.RENEWED, "un accord renouvelé"),
            Map.entry(ConsentEntry.Kind.REFUSED, "un refus"),
            Map.entry(ConsentEntry.Kind.WITHDRAWN, "une désinscription"),
            Map.entry(ConsentEntry.Kind.OBJECTED, "une opposition"),
            Map.entry(ConsentEntry.Kind.HELD, "une réponse peu claire"),
            Map.entry(ConsentEntry.Kind.EXPIRED, "une échéance"),
            Map.entry(ConsentEntry.Kind.INVALIDATED, "un accord reconnu sans valeur"),
            Map.entry(ConsentEntry.Kind.PLATFORM_STOP, "un arrêt sur la plateforme"),
            Map.entry(ConsentEntry.Kind.SUPPRESSED, "une mise en liste d’opposition"),
            Map.entry(ConsentEntry.Kind.IMPORTED, "une reprise sans preuve"),
            Map.entry(ConsentEntry.Kind.ERASED, "un effacement"));

    private final boolean french;
    private final DateTimeFormatter dates;
    private final Map<EntryId, ConsentEntry> entries = new HashMap<>();

    private Explanation(Locale language) {
        this.french = language.getLanguage().equals("fr");
        this.dates = DateTimeFormatter.ofPattern(
                        french ? "d MMMM uuuu 'à' HH:mm" : "d MMMM uuuu 'at' HH:mm",
                        french ? Locale.FRENCH : Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }

    /** Says it, reading the entries from the ledger as it is now. */
    static String of(Decision decision, ConsentLedger ledger, Locale language) {
        Explanation explanation = new Explanation(language);
        for (Identity person : decision.people()) {
            for (ConsentEntry entry : ledger.read(person).entries()) {
                explanation.entries.put(entry.id(), entry);
            }
        }
        return explanation.say(decision);
    }

    private String say(Decision decision) {
        StringBuilder text = new StringBuilder();
        String when = date(decision.at());
        if (decision.isCleared()) {
            text.append(
                    french
                            ? "Autorisé le " + when + " pour " + decision.purpose() + "."
                            : "Allowed on " + when + " for " + decision.purpose() + ".");
            for (EntryId entry : decision.entries()) {
                text.append(' ').append(entry(entry));
            }
            if (decision.entries().isEmpty()) {
                decision.conversation()
                        .heardAt()
                        .ifPresent(heard -> text.append(
                                french
                                        ? " Fondé sur le message de la personne du " + date(heard) + "."
                                        : " It rests on the person's message of " + date(heard) + "."));
            }
            return text.toString();
        }
        boolean deferred = decision.refusals().stream()
                .allMatch(refusal -> refusal.notBefore().isPresent());
        text.append(
                french
                        ? (deferred ? "Différé le " : "Refusé le ") + when + " pour " + decision.purpose() + "."
                        : (deferred ? "Deferred on " : "Refused on ") + when + " for " + decision.purpose() + ".");
        for (Refusal refusal : decision.refusals()) {
            text.append(' ').append(refusal.sentence(french ? Locale.FRENCH : Locale.ENGLISH));
            for (EntryId entry : refusal.entries()) {
                text.append(' ').append(entry(entry));
            }
            refusal.notBefore()
                    .ifPresent(until -> text.append(
                            french ? " Pas avant le " + date(until) + "." : " Not before " + date(until) + "."));
        }
        return text.toString();
    }

    private String entry(EntryId id) {
        ConsentEntry entry = entries.get(id);
        if (entry == null) {
            return french
                    ? "Entrée " + id + ", que le registre ne montre plus."
                    : "Entry " + id + ", which the ledger no longer shows.";
        }
        StringBuilder text = new StringBuilder(french ? "Il y a eu " : "There was ");
        String known = (french ? FRENCH : ENGLISH).get(entry.kind());
        text.append(known == null ? entry.kind().toString() : known);
        text.append(entry.effectiveAt()
                .map(at -> (french ? " le " : " on ") + date(at))
                .orElse(french ? ", sans date" : ", without a date"));
        entry.via()
                .map(SenderId::channel)
                .ifPresent(channel -> text.append(french ? " par " : " by ").append(channel));
        return text.append(french ? ", entrée " : ", entry ")
                .append(id)
                .append('.')
                .toString();
    }

    private String date(Instant at) {
        return dates.format(at) + " UTC";
    }
}
