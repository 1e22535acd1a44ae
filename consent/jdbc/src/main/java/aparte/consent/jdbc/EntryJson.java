package aparte.consent.jdbc;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import aparte.consent.LedgerIntegrityException;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An entry as canonical JSON and back: names sorted, no blanks, nothing empty. The bytes are kept as they are and never
 * written again, so that their hash holds whatever a later version writes.
 */
final class EntryJson {
    private static final int SCHEMA = 1;

    private static final JsonReader.Options NAMES = JsonReader.Options.of(
            "actor",
            "basis",
            "details",
            "effectiveAt",
            "expiresAt",
            "id",
            "jurisdiction",
            "kind",
            "method",
            "person",
            "proofs",
            "purposes",
            "reason",
            "recordedAt",
            "schema",
            "senders",
            "source",
            "supersedes",
            "terms",
            "via",
            "wording");
    private static final JsonReader.Options PERSON = JsonReader.Options.of("addresses", "reference");
    private static final JsonReader.Options WORDING = JsonReader.Options.of("language", "text", "version");

    private static final Words<ConsentEntry.Kind> KINDS = new Words<>(ConsentEntry.Kind.values());
    private static final Words<ConsentEntry.Method> METHODS = new Words<>(ConsentEntry.Method.values());
    private static final Words<ConsentEntry.Actor> ACTORS = new Words<>(ConsentEntry.Actor.values());
    private static final Words<LegalBasis> BASES = new Words<>(LegalBasis.values());
    private static final Words<Purpose> PURPOSES = new Words<>(Purpose.values());

    private EntryJson() {}

    /**
     * Returns the entry's bytes.
     *
     * @param terms the hash of the terms that it is kept under, hexadecimal
     * @param named whether it says whom it is about; what survives an erasure does not
     */
    static byte[] write(ConsentEntry entry, String terms, boolean named) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            write(json, entry, terms, named);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return buffer.readByteArray();
    }

    static void write(JsonWriter json, ConsentEntry entry, String terms, boolean named) throws IOException {
        json.beginObject();
        text(json, "actor", entry.actor().map(Enum::name));
        json.name("basis").value(entry.basis().name());
        if (!entry.details().isEmpty()) {
            json.name("details").beginObject();
            for (Map.Entry<String, String> detail : new TreeMap<>(entry.details()).entrySet()) {
                json.name(detail.getKey()).value(detail.getValue());
            }
            json.endObject();
        }
        text(json, "effectiveAt", entry.effectiveAt().map(Instant::toString));
        text(json, "expiresAt", entry.expiresAt().map(Instant::toString));
        json.name("id").value(entry.id().value());
        text(json, "jurisdiction", given(entry.jurisdiction()));
        json.name("kind").value(entry.kind().name());
        text(json, "method", entry.method().map(Enum::name));
        if (named) {
            json.name("person");
            person(json, entry.person());
        }
        if (!entry.proofs().isEmpty()) {
            json.name("proofs").beginArray();
            for (ConsentEntry.Proof proof : entry.proofs()) {
                texts(json, proof.type(), proof.uri(), proof.sha256());
            }
            json.endArray();
        }
        json.name("purposes").beginArray();
        for (Purpose purpose : entry.scope().purposes()) {
            json.value(purpose.name());
        }
        json.endArray();
        text(json, "reason", given(entry.reason()));
        text(json, "recordedAt", entry.recordedAt().map(Instant::toString));
        json.name("schema").value(SCHEMA);
        if (entry.scope().senders().isPresent()) {
            json.name("senders").beginArray();
            for (SenderId sender : sorted(entry.scope().senders().get())) {
                texts(json, sender.channel().name(), sender.value());
            }
            json.endArray();
        }
        text(json, "source", given(entry.source()));
        text(json, "supersedes", entry.supersedes().map(EntryId::value));
        json.name("terms").value(terms);
        if (entry.via().isPresent()) {
            json.name("via");
            texts(json, entry.via().get().channel().name(), entry.via().get().value());
        }
        if (entry.wording().isPresent()) {
            ConsentEntry.Wording wording = entry.wording().get();
            json.name("wording").beginObject();
            json.name("language").value(wording.language().toLanguageTag());
            json.name("text").value(wording.text());
            json.name("version").value(wording.version());
            json.endObject();
        }
        json.endObject();
    }

    static void person(JsonWriter json, Identity person) throws IOException {
        json.beginObject();
        if (!person.addresses().isEmpty()) {
            json.name("addresses").beginArray();
            for (Address address : person.addresses()) {
                if (address.scope().isEmpty()) {
                    texts(json, address.kind().name(), address.value());
                } else {
                    texts(json, address.kind().name(), address.value(), address.scope());
                }
            }
            json.endArray();
        }
        text(json, "reference", person.reference());
        json.endObject();
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static void text(JsonWriter json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.get());
        }
    }

    private static void texts(JsonWriter json, String... texts) throws IOException {
        json.beginArray();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
    }

    private static List<SenderId> sorted(Collection<SenderId> senders) {
        return senders.stream()
                .sorted(Comparator.comparing(
                                (SenderId sender) -> sender.channel().name())
                        .thenComparing(SenderId::value))
                .toList();
    }

    /**
     * Something read.
     *
     * @param entry the entry; about whom it was asked, if it does not say
     * @param named whether it says whom it is about
     * @param terms the hash of the terms that it was kept under
     */
    record Read(ConsentEntry entry, boolean named, String terms) {}

    /**
     * Reads an entry.
     *
     * @param seq its place, to name it
     * @param asked whom it is taken to be about if it does not say
     * @throws LedgerIntegrityException if it is no entry
     */
    static ConsentEntry entry(long seq, byte[] bytes, Identity asked) {
        return read(seq, bytes, asked).entry();
    }

    /**
     * Reads an entry and what goes with it.
     *
     * @throws LedgerIntegrityException if it is no entry
     */
    static Read read(long seq, byte[] bytes, Identity asked) {
        try {
            return new Reading().read(JsonReader.of(new Buffer().write(bytes)), asked);
        } catch (IOException | JsonDataException | IllegalArgumentException | DateTimeException unreadable) {
            // Without the cause, whose message may quote what is kept.
            throw new LedgerIntegrityException("the payload of line " + seq + " cannot be read: "
                    + unreadable.getClass().getSimpleName());
        }
    }

    /** The constants of an enum by name, found without making strings. */
    private static final class Words<E extends Enum<E>> {
        private final E[] values;
        private final JsonReader.Options options;

        Words(E[] values) {
            this.values = values;
            this.options =
                    JsonReader.Options.of(Arrays.stream(values).map(Enum::name).toArray(String[]::new));
        }

        E read(JsonReader json) throws IOException {
            int index = json.selectString(options);
            if (index < 0) {
                throw new JsonDataException("an unknown word");
            }
            return values[index];
        }
    }

    /** The parts of an entry while it is read. */
    private static final class Reading {
        // Null each until it is read, and for good where the entry lacks it.
        private @Nullable String id;
        private ConsentEntry.@Nullable Kind kind;
        private @Nullable Identity person;
        private ConsentEntry.@Nullable Actor actor;
        private ConsentEntry.@Nullable Method method;
        private @Nullable LegalBasis basis;
        private @Nullable Instant effectiveAt;
        private @Nullable Instant recordedAt;
        private @Nullable Instant expiresAt;
        private @Nullable SenderId via;
        private ConsentEntry.@Nullable Wording wording;
        private @Nullable String supersedes;
        private @Nullable List<SenderId> senders;
        private @Nullable Map<String, String> details;
        private @Nullable List<ConsentEntry.Proof> proofs;
        private final List<Purpose> purposes = new ArrayList<>(8);
        private String terms = "";
        private String source = "";
        private String reason = "";
        private String jurisdiction = "";

        Read read(JsonReader json, Identity asked) throws IOException {
            json.beginObject();
            while (json.hasNext()) {
                part(json);
            }
            json.endObject();
            if (json.peek() != JsonReader.Token.END_DOCUMENT || id == null || kind == null || basis == null) {
                throw new JsonDataException("not an entry");
            }
            Scope scope = Scope.of(purposes);
            ConsentEntry.Builder entry = ConsentEntry.builder(
                            kind, person == null ? asked : person, senders == null ? scope : scope.only(senders))
                    .id(EntryId.of(id))
                    .basis(basis)
                    .source(source)
                    .reason(reason)
                    .jurisdiction(jurisdiction);
            if (actor != null) {
                entry.actor(actor);
            }
            if (method != null) {
                entry.method(method);
            }
            if (effectiveAt != null) {
                entry.effectiveAt(effectiveAt);
            }
            if (recordedAt != null) {
                entry.recordedAt(recordedAt);
            }
            if (expiresAt != null) {
                entry.expiresAt(expiresAt);
            }
            if (via != null) {
                entry.via(via);
            }
            if (wording != null) {
                entry.wording(wording);
            }
            if (supersedes != null) {
                entry.supersedes(EntryId.of(supersedes));
            }
            if (proofs != null) {
                proofs.forEach(entry::proof);
            }
            if (details != null) {
                details.forEach(entry::detail);
            }
            return new Read(entry.build(), person != null, terms);
        }

        private void part(JsonReader json) throws IOException {
            switch (json.selectName(NAMES)) {
                case 0 -> actor = ACTORS.read(json);
                case 1 -> basis = BASES.read(json);
                case 2 -> details = details(json);
                case 3 -> effectiveAt = Times.parse(json.nextString());
                case 4 -> expiresAt = Times.parse(json.nextString());
                case 5 -> id = json.nextString();
                case 6 -> jurisdiction = json.nextString();
                case 7 -> kind = KINDS.read(json);
                case 8 -> method = METHODS.read(json);
                case 9 -> person = person(json);
                case 10 -> proofs = proofs(json);
                case 11 -> purposes(json);
                case 12 -> reason = json.nextString();
                case 13 -> recordedAt = Times.parse(json.nextString());
                case 14 -> schema(json);
                case 15 -> senders = senders(json);
                case 16 -> source = json.nextString();
                case 17 -> supersedes = json.nextString();
                case 18 -> terms = json.nextString();
                case 19 -> via = sender(json);
                case 20 -> wording = wording(json);
                default -> throw new JsonDataException("an unknown part");
            }
        }

        private static void schema(JsonReader json) throws IOException {
            if (json.nextInt() != SCHEMA) {
                throw new JsonDataException("written by a newer version");
            }
        }

        private static Map<String, String> details(JsonReader json) throws IOException {
            Map<String, String> details = new HashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                details.put(json.nextName(), json.nextString());
            }
            json.endObject();
            return details;
        }

        private static Identity person(JsonReader json) throws IOException {
            String reference = null;
            List<Address> addresses = List.of();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.selectName(PERSON)) {
                    case 0 -> addresses = addresses(json);
                    case 1 -> reference = json.nextString();
                    default -> throw new JsonDataException("an unknown part of a person");
                }
            }
            json.endObject();
            return reference == null ? Identity.of(addresses) : Identity.of(reference, addresses);
        }

        private static List<Address> addresses(JsonReader json) throws IOException {
            List<Address> addresses = new ArrayList<>(2);
            json.beginArray();
            while (json.hasNext()) {
                json.beginArray();
                Address.Kind kind = Address.Kind.of(json.nextString());
                String value = json.nextString();
                addresses.add(new Address(kind, value, json.hasNext() ? json.nextString() : ""));
                json.endArray();
            }
            json.endArray();
            return addresses;
        }

        private static List<ConsentEntry.Proof> proofs(JsonReader json) throws IOException {
            List<ConsentEntry.Proof> proofs = new ArrayList<>();
            json.beginArray();
            while (json.hasNext()) {
                json.beginArray();
                proofs.add(new ConsentEntry.Proof(json.nextString(), json.nextString(), json.nextString()));
                json.endArray();
            }
            json.endArray();
            return proofs;
        }

        private void purposes(JsonReader json) throws IOException {
            json.beginArray();
            while (json.hasNext()) {
                purposes.add(PURPOSES.read(json));
            }
            json.endArray();
        }

        private static List<SenderId> senders(JsonReader json) throws IOException {
            List<SenderId> senders = new ArrayList<>();
            json.beginArray();
            while (json.hasNext()) {
                senders.add(sender(json));
            }
            json.endArray();
            return senders;
        }

        private static SenderId sender(JsonReader json) throws IOException {
            json.beginArray();
            SenderId sender = new SenderId(ChannelId.of(json.nextString()), json.nextString());
            json.endArray();
            return sender;
        }

        private static ConsentEntry.Wording wording(JsonReader json) throws IOException {
            String language = "";
            String text = "";
            String version = "";
            json.beginObject();
            while (json.hasNext()) {
                switch (json.selectName(WORDING)) {
                    case 0 -> language = json.nextString();
                    case 1 -> text = json.nextString();
                    case 2 -> version = json.nextString();
                    default -> throw new JsonDataException("an unknown part of a wording");
                }
            }
            json.endObject();
            return new ConsentEntry.Wording(version, Locale.forLanguageTag(language), text);
        }
    }
}
