package aparte.consent.jdbc;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import aparte.consent.LedgerIntegrityException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.Buffer;

/** Writes what is known of one person, as ISO/IEC TS 27560 wants records. */
final class PersonExport {
    private static final SenderId ANY = new SenderId(ChannelId.of("any"), "any");

    private final Ledger ledger;

    PersonExport(Ledger ledger) {
        this.ledger = ledger;
    }

    String export(History history, List<SenderId> senders) {
        Map<String, Source> sources = ledger.database().read(session -> sources(session, history));
        Instant now = ledger.clock().instant();
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.setIndent("  ");
            json.beginObject();
            json.name("format").value("aparte-person");
            json.name("schema").value(1);
            json.name("controller").value(ledger.controllerId());
            json.name("exportedAt").value(now.toString());
            json.name("ledgerHead").value(history.head());
            json.name("person");
            EntryJson.person(json, history.person());
            json.name("records").beginArray();
            for (ConsentEntry entry : history.entries()) {
                record(json, entry, source(sources, entry), history.person());
            }
            json.endArray();
            json.name("events").beginArray();
            for (ConsentEntry entry : history.entries()) {
                Source source = source(sources, entry);
                json.beginObject();
                json.name("seq").value(source.seq());
                json.name("knownAt").value(Times.instant(source.knownAt()).toString());
                json.name("lineHash").value(source.hash());
                json.name("entry");
                EntryJson.write(json, entry, source.terms(), true);
                json.endObject();
            }
            json.endArray();
            json.name("states").beginArray();
            for (SenderId sender : stated(history, senders)) {
                for (Purpose purpose : Purpose.values()) {
                    if (!purpose.isInternal()) {
                        state(json, Standing.of(history, purpose, sender, now));
                    }
                }
            }
            json.endArray();
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return buffer.readUtf8();
    }

    /**
     * Where an entry is in the chain, and what it was kept under.
     *
     * @param seq its place
     * @param knownAt when the ledger came to know of it
     * @param hash its line's hash
     * @param terms the hash of its terms
     * @param stated its terms
     */
    private record Source(long seq, long knownAt, String hash, String terms, Terms stated) {}

    private Source source(Map<String, Source> sources, ConsentEntry entry) {
        Source source = sources.get(entry.id().value());
        if (source == null) {
            throw new LedgerIntegrityException("the line of entry " + entry.id() + " is gone, or was erased meanwhile");
        }
        return source;
    }

    private Map<String, Source> sources(Session session, History history) throws SQLException {
        Map<String, Source> sources = new HashMap<>();
        Map<String, Terms> known = new HashMap<>();
        for (ConsentEntry entry : history.entries()) {
            Optional<Source> source = session.first(
                    "SELECT l.seq, l.known_at, l.hash, p.payload FROM aparte_line l JOIN aparte_payload p"
                            + " ON p.controller = l.controller AND p.seq = l.seq"
                            + " WHERE l.controller = ? AND l.entry_id = ?",
                    row -> {
                        String terms = EntryJson.read(row.getLong(1), row.getBytes(4), history.person())
                                .terms();
                        Terms stated = known.get(terms);
                        if (stated == null) {
                            stated = terms(session, terms);
                            known.put(terms, stated);
                        }
                        return new Source(
                                row.getLong(1),
                                row.getLong(2),
                                HexFormat.of().formatHex(row.getBytes(3)),
                                terms,
                                stated);
                    },
                    ledger.controller(),
                    entry.id().value());
            source.ifPresent(found -> sources.put(entry.id().value(), found));
        }
        return sources;
    }

    private Terms terms(Session session, String hash) throws SQLException {
        return session.first(
                        "SELECT body FROM aparte_terms WHERE controller = ? AND hash = ?",
                        row -> Terms.read(row.getBytes(1)),
                        ledger.controller(),
                        HexFormat.of().parseHex(hash))
                .orElseThrow(() -> new LedgerIntegrityException("terms that entries were kept under are gone"));
    }

    private static void record(JsonWriter json, ConsentEntry entry, Source source, Identity person) throws IOException {
        ConsentTerms terms = source.stated().terms();
        json.beginObject();
        json.name("schemaVersion").value("ISO/IEC TS 27560:2023");
        json.name("recordId").value(entry.id().value());
        json.name("piiPrincipalId").value(principal(person));
        json.name("piiController").beginObject();
        json.name("id").value(source.stated().controllerId());
        json.name("name").value(source.stated().controllerName());
        json.name("address").value(terms.controllerAddress());
        json.name("contact").value(terms.controllerContact());
        json.name("type").value("controller");
        json.endObject();
        json.name("purposes").beginArray();
        for (Purpose purpose : entry.scope().purposes()) {
            json.value(purpose.name());
        }
        json.endArray();
        json.name("lawfulBasis").value(entry.basis().name());
        json.name("eventTime").value(entry.effectiveAt().map(Instant::toString).orElse(ConsentTerms.NOT_STATED));
        json.name("eventType").value(entry.method().map(Enum::name).orElse(ConsentTerms.NOT_STATED));
        json.name("eventState").value(state(entry.kind()));
        json.name("validity").value(entry.expiresAt().map(end -> "until " + end).orElse("until it is withdrawn"));
        json.name("entityId").value(entry.actor().map(Enum::name).orElse(ConsentTerms.NOT_STATED));
        json.name("privacyNotice").value(terms.privacyNotice());
        json.name("language")
                .value(entry.wording()
                        .map(wording -> wording.language().toLanguageTag())
                        .orElse(terms.language()));
        json.name("withdrawalMethod").value(terms.withdrawal());
        json.name("jurisdiction").value(entry.jurisdiction().isEmpty() ? terms.jurisdiction() : entry.jurisdiction());
        json.name("retentionPeriod").value(terms.retention());
        texts(json, "storageLocations", terms.storageLocations());
        texts(json, "recipients", terms.recipients());
        json.name("source").value(entry.source().isEmpty() ? ConsentTerms.NOT_STATED : entry.source());
        json.endObject();
    }

    private static String principal(Identity person) {
        return person.reference().orElseGet(() -> {
            Address first = person.addresses().get(0);
            return first.kind().name() + ":" + first.value();
        });
    }

    private static void texts(JsonWriter json, String name, List<String> texts) throws IOException {
        json.name(name).beginArray();
        for (String text : texts.isEmpty() ? List.of(ConsentTerms.NOT_STATED) : texts) {
            json.value(text);
        }
        json.endArray();
    }

    /** Returns the status that the Data Privacy Vocabulary has for it; only Given and RenewedGiven are valid consent. */
    static String state(ConsentEntry.Kind kind) {
        return switch (kind) {
            case REQUESTED, PENDING -> "Requested";
            case GRANTED, CONFIRMED -> "Given";
            case RENEWED -> "RenewedGiven";
            case REFUSED -> "Refused";
            case WITHDRAWN, OBJECTED, PLATFORM_STOP -> "Withdrawn";
            case EXPIRED -> "Expired";
            case INVALIDATED -> "Invalidated";
            case SUPPRESSED, ERASED -> "Terminated";
            case HELD, RELEASED, PLATFORM_RESUME, UNSUPPRESSED, IMPORTED, CORRECTED, LINKED, UNLINKED, USED ->
                "Unknown";
        };
    }

    private static Set<SenderId> stated(History history, List<SenderId> senders) {
        Set<SenderId> stated = new LinkedHashSet<>(senders);
        for (ConsentEntry entry : history.entries()) {
            entry.scope().senders().ifPresent(stated::addAll);
            entry.via().ifPresent(stated::add);
        }
        return stated.isEmpty() ? Set.of(ANY) : stated;
    }

    private static void state(JsonWriter json, Standing standing) throws IOException {
        json.beginObject();
        json.name("purpose").value(standing.purpose().name());
        json.name("sender").value(standing.sender().toString());
        json.name("open").value(standing.isOpen());
        if (standing.openedBy().isPresent()) {
            json.name("openedBy").value(standing.openedBy().get().id().value());
        }
        json.name("reasons").beginArray();
        for (Refusal refusal : standing.refusals()) {
            json.value(refusal.reason().name());
        }
        json.endArray();
        json.endObject();
    }

    /**
     * Terms as they were kept.
     *
     * @param controllerId the controller then
     * @param controllerName its name then
     * @param terms the rest
     */
    record Terms(String controllerId, String controllerName, ConsentTerms terms) {
        static Terms read(byte[] body) {
            ConsentTerms.Builder terms = ConsentTerms.builder();
            Map<String, String> controller = new HashMap<>();
            try {
                JsonReader json = JsonReader.of(new Buffer().write(body));
                json.beginObject();
                while (json.hasNext()) {
                    switch (json.nextName()) {
                        case "controller" -> {
                            json.beginObject();
                            while (json.hasNext()) {
                                controller.put(json.nextName(), json.nextString());
                            }
                            json.endObject();
                        }
                        case "jurisdiction" -> terms.jurisdiction(json.nextString());
                        case "language" -> terms.languageTag(json.nextString());
                        case "privacyNotice" -> terms.privacyNotice(json.nextString());
                        case "retention" -> terms.retention(json.nextString());
                        case "withdrawal" -> terms.withdrawal(json.nextString());
                        case "recipients" -> each(json, terms::recipient);
                        case "storageLocations" -> each(json, terms::storageLocation);
                        default -> json.skipValue();
                    }
                }
                json.endObject();
            } catch (IOException unreadable) {
                throw new LedgerIntegrityException("terms that entries were kept under cannot be read");
            }
            terms.controllerAddress(controller.getOrDefault("address", ConsentTerms.NOT_STATED));
            terms.controllerContact(controller.getOrDefault("contact", ConsentTerms.NOT_STATED));
            return new Terms(
                    controller.getOrDefault("id", ConsentTerms.NOT_STATED),
                    controller.getOrDefault("name", ConsentTerms.NOT_STATED),
                    terms.build());
        }

        private interface Text {
            void take(String text);
        }

        private static void each(JsonReader json, Text text) throws IOException {
            json.beginArray();
            while (json.hasNext()) {
                text.take(json.nextString());
            }
            json.endArray();
        }
    }
}
