package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Controller;
import aparte.Conversation;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes the receipt of a person. */
final class Receipts {
    private static final String SCHEMA = "aparte-consent-receipt-1";

    private final Controller controller;
    private final List<SenderId> senders;
    private final Conversations conversations;

    Receipts(Controller controller, List<SenderId> senders, Conversations conversations) {
        this.controller = controller;
        this.senders = List.copyOf(senders);
        this.conversations = conversations;
    }

    ConsentReceipt of(History history, Locale language, Instant now) {
        ReceiptWords words = ReceiptWords.in(language);
        List<ConsentEntry> entries = history.entries().stream()
                .sorted(Comparator.comparing(
                                (ConsentEntry entry) -> entry.effectiveAt().orElse(Instant.MIN))
                        .thenComparing(entry -> entry.id().value()))
                .toList();
        List<Standing> standings = standings(history, entries, now);
        return new ConsentReceipt(
                now,
                json(history.person(), entries, standings, words, now),
                text(history.person(), entries, standings, words, now));
    }

    private List<Standing> standings(History history, List<ConsentEntry> entries, Instant now) {
        Set<SenderId> all = new LinkedHashSet<>(senders);
        for (ConsentEntry entry : entries) {
            entry.via().ifPresent(all::add);
            entry.scope()
                    .senders()
                    .ifPresent(named -> named.stream()
                            .sorted(Comparator.comparing(SenderId::toString))
                            .forEach(all::add));
        }
        List<Standing> standings = new ArrayList<>();
        for (SenderId sender : all) {
            Conversation conversation = conversation(sender, history.person());
            for (Purpose purpose : Purpose.values()) {
                if (!purpose.isInternal()) {
                    standings.add(standing(history, purpose, sender, conversation, now));
                }
            }
        }
        return standings;
    }

    private Conversation conversation(SenderId sender, Identity person) {
        try {
            return conversations.read(sender, person);
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException("the conversations could not be read: ask again", outage);
        }
    }

    /** Open, if it is at any address; what closes, closes them all. */
    private static Standing standing(
            History history, Purpose purpose, SenderId sender, Conversation conversation, Instant now) {
        Identity person = history.person();
        Standing standing = Standing.of(history, purpose, sender, conversation, now);
        for (Address address : person.addresses()) {
            standing =
                    Standing.of(Concern.with(address, person.reference(), history), purpose, sender, conversation, now);
            if (standing.isOpen()) {
                return standing;
            }
        }
        return standing;
    }

    private String json(
            Identity person, List<ConsentEntry> entries, List<Standing> standings, ReceiptWords words, Instant now) {
        JsonText json = new JsonText()
                .object()
                .field("schema", SCHEMA)
                .field("language", words.language().toLanguageTag())
                .field("issuedAt", now)
                .name("controller")
                .object()
                .field("id", controller.id())
                .field("name", controller.name())
                .endObject();
        json.name("person");
        addPerson(json, person);
        json.field("withdrawal", words.withdrawal(controller.name()))
                .name("records")
                .array();
        entries.forEach(entry -> addRecord(json, entry, words));
        json.endArray().name("state").array();
        standings.forEach(standing -> addState(json, standing, words));
        return json.endArray().endObject().toString();
    }

    private static void addPerson(JsonText json, Identity person) {
        json.object().field("reference", person.reference()).name("addresses").array();
        for (Address address : person.addresses()) {
            json.object()
                    .field("kind", address.kind().name())
                    .field("value", address.value())
                    .field("scope", Optional.of(address.scope()))
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void addRecord(JsonText json, ConsentEntry entry, ReceiptWords words) {
        json.object()
                .field("id", entry.id().value())
                .field("kind", entry.kind().name())
                .field("sentence", words.kind(entry.kind()))
                .name("purposes")
                .array();
        entry.scope().purposes().forEach(purpose -> json.value(purpose.name()));
        json.endArray();
        entry.scope().senders().ifPresent(named -> {
            json.name("senders").array();
            named.stream().map(SenderId::toString).sorted().forEach(json::value);
            json.endArray();
        });
        json.field("at", entry.effectiveAt())
                .field("recordedAt", entry.recordedAt())
                .field("expiresAt", entry.expiresAt())
                .field("method", entry.method())
                .field("actor", entry.actor())
                .field("source", Optional.of(entry.source()))
                .field("via", entry.via());
        if (entry.kind().isOpening()) {
            json.field("legalBasis", entry.basis().name()).name("verified").value(entry.isVerified());
        }
        entry.wording()
                .ifPresent(wording -> json.name("wording")
                        .object()
                        .field("version", wording.version())
                        .field("language", wording.language().toLanguageTag())
                        .field("text", wording.text())
                        .endObject());
        json.field("supersedes", entry.supersedes())
                .field("reason", Optional.of(entry.reason()))
                .field("jurisdiction", Optional.of(entry.jurisdiction()));
        json.name("person");
        addPerson(json, entry.person());
        json.name("proofs").array();
        for (ConsentEntry.Proof proof : entry.proofs()) {
            json.object()
                    .field("type", proof.type())
                    .field("uri", proof.uri())
                    .field("sha256", proof.sha256())
                    .endObject();
        }
        json.endArray().name("details").object();
        new TreeMap<>(entry.details()).forEach(json::field);
        json.endObject().endObject();
    }

    private static void addState(JsonText json, Standing standing, ReceiptWords words) {
        json.object()
                .field("purpose", standing.purpose().name())
                .field("sender", standing.sender().toString())
                .name("open")
                .value(standing.isOpen())
                .field(
                        "by",
                        standing.openedBy().filter(entry -> standing.isOpen()).map(ConsentEntry::id))
                .name("reasons")
                .array();
        for (Refusal refusal : standing.refusals()) {
            json.object()
                    .field("reason", refusal.reason().name())
                    .field("sentence", refusal.reason().sentence(words.language()))
                    .name("entries")
                    .array();
            refusal.entries().forEach(entry -> json.value(entry.value()));
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private String text(
            Identity person, List<ConsentEntry> entries, List<Standing> standings, ReceiptWords words, Instant now) {
        StringBuilder text = new StringBuilder();
        line(text, "", words.say("Consent receipt of ", "Récépissé de consentement de ") + controller.name());
        line(text, words.say("Issued", "Établi le"), date(now, words));
        for (Address address : person.addresses()) {
            line(text, words.say("Address", "Adresse"), address.value());
        }
        person.reference().ifPresent(name -> line(text, words.say("Reference", "Référence"), name));
        line(text, words.say("To withdraw", "Pour retirer votre accord"), words.withdrawal(controller.name()));
        text.append('\n');
        line(text, "", words.say("What we keep", "Ce que nous conservons"));
        if (entries.isEmpty()) {
            line(text, "", words.say("Nothing.", "Rien."));
        }
        entries.forEach(entry -> addRecord(text, entry, words));
        text.append('\n');
        line(text, "", words.say("Where you stand now", "Où vous en êtes"));
        for (Standing standing : standings) {
            String state = standing.isOpen()
                    ? words.say("we may write to you", "nous pouvons vous écrire")
                    : standing.refusals().get(0).reason().sentence(words.language());
            line(text, words.purpose(standing.purpose()) + " · " + standing.sender(), state);
        }
        return text.toString();
    }

    private static void addRecord(StringBuilder text, ConsentEntry entry, ReceiptWords words) {
        String when = entry.effectiveAt().map(at -> date(at, words)).orElse(words.say("without a date", "sans date"));
        text.append('\n');
        line(text, "", words.kind(entry.kind()) + " (" + when + ")");
        String purposes = words.purposes(entry.scope().purposes());
        if (!purposes.isEmpty()) {
            line(text, words.say("For", "Pour"), purposes);
        }
        entry.scope()
                .senders()
                .ifPresent(named -> line(
                        text,
                        words.say("On", "Sur"),
                        String.join(
                                ", ",
                                named.stream().map(SenderId::toString).sorted().toList())));
        entry.method().ifPresent(method -> line(text, words.say("How", "Comment"), words.method(method)));
        if (!entry.source().isBlank()) {
            line(text, words.say("Where", "Où"), entry.source());
        }
        entry.wording()
                .ifPresent(wording -> line(
                        text,
                        words.say("Text, version ", "Texte, version ") + wording.version(),
                        "“" + wording.text() + "”"));
        if (entry.kind().isOpening()) {
            line(text, words.say("Legal basis", "Base légale"), words.basis(entry.basis()));
        }
        entry.expiresAt().ifPresent(end -> line(text, words.say("Until", "Jusqu’au"), date(end, words)));
        if (!entry.reason().isBlank()) {
            line(text, words.say("Because", "Motif"), entry.reason());
        }
    }

    /** One line, whatever stands in it. */
    private static void line(StringBuilder text, String label, String value) {
        text.append(label)
                .append(label.isEmpty() ? "" : ": ")
                .append(value.replaceAll("\\R", " "))
                .append('\n');
    }

    private static String date(Instant at, ReceiptWords words) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", words.language())
                .format(at.atOffset(ZoneOffset.UTC));
    }
}
