package aparte.consent.jdbc;

import aparte.ChannelId;
import aparte.DeliveryFailure;
import aparte.EntryId;
import aparte.Evidence;
import aparte.Lane;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.Buffer;

/** The parts of claims and decisions that are kept as JSON. None of them holds an address or a text. */
final class StoreForms {
    private StoreForms() {}

    /** Writes one value. */
    private interface Writing {
        void to(JsonWriter json) throws IOException;
    }

    static String of(Evidence evidence) {
        return text(json -> write(json, evidence));
    }

    static Evidence evidence(String text) {
        return evidence(read(text));
    }

    /** What became of a claim, without the message and the provider's id of it. */
    static String of(SendResult result) {
        return text(json -> {
            json.beginObject();
            if (result instanceof SendResult.Accepted accepted) {
                write(json, accepted.from(), accepted.evidence());
            } else if (result instanceof SendResult.Unconfirmed unconfirmed) {
                write(json, unconfirmed.from(), unconfirmed.evidence());
            } else if (result instanceof SendResult.Failed failed) {
                write(json.name("failure"), failed.failure());
                write(json.name("evidence"), failed.evidence());
            } else {
                throw new IllegalArgumentException("a claim has no result " + result.getClass());
            }
            json.endObject();
        });
    }

    static SendResult.Accepted accepted(MessageId message, String providerId, String text) {
        Parts parts = Parts.of(read(text));
        return new SendResult.Accepted(message, parts.sender(), providerId, evidence(parts.part("evidence")));
    }

    static SendResult.Unconfirmed unconfirmed(MessageId message, String text) {
        Parts parts = Parts.of(read(text));
        return new SendResult.Unconfirmed(message, parts.sender(), evidence(parts.part("evidence")));
    }

    static SendResult.Failed failed(MessageId message, String text) {
        Parts parts = Parts.of(read(text));
        return new SendResult.Failed(message, failure(parts.part("failure")), evidence(parts.part("evidence")));
    }

    private static void write(JsonWriter json, SenderId from, Evidence evidence) throws IOException {
        json.name("channel").value(from.channel().name());
        json.name("sender").value(from.value());
        write(json.name("evidence"), evidence);
    }

    private static void write(JsonWriter json, Evidence evidence) throws IOException {
        json.beginObject();
        json.name("decision").value(evidence.decision());
        json.name("judged_at").value(evidence.judgedAt().toString());
        json.name("purpose").value(evidence.purpose().name());
        json.name("lane").value(evidence.lane());
        write(json.name("entries"), evidence.entries());
        if (evidence.heardAt().isPresent()) {
            json.name("heard_at").value(evidence.heardAt().get().toString());
        }
        json.name("first_contact").value(evidence.firstContact());
        json.endObject();
    }

    private static Evidence evidence(Object value) {
        Parts parts = Parts.of(value);
        return new Evidence(
                parts.text("decision"),
                Instant.parse(parts.text("judged_at")),
                Purpose.valueOf(parts.text("purpose")),
                parts.text("lane"),
                parts.entries("entries"),
                parts.maybe("heard_at").map(Instant::parse),
                parts.text("first_contact").equals("true"));
    }

    private static void write(JsonWriter json, DeliveryFailure failure) throws IOException {
        json.beginObject();
        json.name("kind").value(failure.kind().name());
        json.name("code").value(failure.providerCode());
        json.name("hint").value(failure.hint());
        if (failure.retryAfter().isPresent()) {
            json.name("retry_after").value(failure.retryAfter().get().toString());
        }
        json.endObject();
    }

    private static DeliveryFailure failure(Object value) {
        Parts parts = Parts.of(value);
        DeliveryFailure failure = DeliveryFailure.of(
                DeliveryFailure.Kind.valueOf(parts.text("kind")), parts.text("code"), parts.text("hint"));
        return parts.maybe("retry_after")
                .map(Duration::parse)
                .map(failure::retryAfter)
                .orElse(failure);
    }

    static String of(Lane lane) {
        return text(json -> {
            json.beginObject();
            json.name("name").value(lane.name());
            json.name("admits").beginArray();
            for (Purpose purpose : Purpose.values()) {
                if (lane.admits().contains(purpose)) {
                    json.value(purpose.name());
                }
            }
            json.endArray();
            json.name("needs").value(lane.needs().kind().name());
            json.name("within").value(lane.needs().within().toString());
            json.name("human_only").value(lane.humanOnly());
            if (!lane.remedy().isEmpty()) {
                json.name("remedy").value(lane.remedy());
            }
            json.endObject();
        });
    }

    static Lane lane(String text) {
        Parts parts = Parts.of(read(text));
        return new Lane(
                parts.text("name"),
                Set.copyOf(parts.list("admits").stream()
                        .map(word -> Purpose.valueOf(word.toString()))
                        .toList()),
                new Lane.Needs(Lane.Needs.Kind.valueOf(parts.text("needs")), Duration.parse(parts.text("within"))),
                parts.text("human_only").equals("true"),
                parts.maybe("remedy").orElse(""));
    }

    static String ofEntries(List<EntryId> entries) {
        return text(json -> write(json, entries));
    }

    static List<EntryId> entries(String text) {
        return Parts.list(read(text)).stream()
                .map(id -> EntryId.of(id.toString()))
                .toList();
    }

    static String ofRefusals(List<Refusal> refusals) {
        return text(json -> {
            json.beginArray();
            for (Refusal refusal : refusals) {
                write(json, refusal);
            }
            json.endArray();
        });
    }

    static List<Refusal> refusals(String text) {
        return Parts.list(read(text)).stream().map(StoreForms::refusal).toList();
    }

    private static void write(JsonWriter json, Refusal refusal) throws IOException {
        json.beginObject();
        json.name("reason").value(refusal.reason().name());
        json.name("detail").value(refusal.detail());
        write(json.name("entries"), refusal.entries());
        json.name("alternatives").beginArray();
        for (Refusal.Alternative alternative : refusal.alternatives()) {
            json.value(alternative.name());
        }
        json.endArray();
        if (refusal.notBefore().isPresent()) {
            json.name("not_before").value(refusal.notBefore().get().toString());
        }
        if (refusal.limit().isPresent()) {
            Refusal.Limit limit = refusal.limit().get();
            json.name("max").value(Long.toString(limit.max())); // as text, since JSON readers take numbers for doubles
            json.name("unit").value(limit.unit());
            json.name("actual").value(Long.toString(limit.actual()));
        }
        json.endObject();
    }

    private static Refusal refusal(Object value) {
        Parts parts = Parts.of(value);
        Refusal refusal = Refusal.of(Refusal.Reason.valueOf(parts.text("reason")), parts.text("detail"));
        for (EntryId entry : parts.entries("entries")) {
            refusal = refusal.because(entry);
        }
        refusal = refusal.instead(parts.list("alternatives").stream()
                .map(word -> Refusal.Alternative.valueOf(word.toString()))
                .toArray(Refusal.Alternative[]::new));
        Optional<Instant> notBefore = parts.maybe("not_before").map(Instant::parse);
        refusal = notBefore.isPresent() ? refusal.notBefore(notBefore.get()) : refusal;
        return parts.maybe("unit").isPresent()
                ? refusal.limit(new Refusal.Limit(
                        Long.parseLong(parts.text("max")), parts.text("unit"), Long.parseLong(parts.text("actual"))))
                : refusal;
    }

    private static void write(JsonWriter json, List<EntryId> entries) throws IOException {
        json.beginArray();
        for (EntryId entry : entries) {
            json.value(entry.value());
        }
        json.endArray();
    }

    private static String text(Writing writing) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            writing.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory cannot fail", impossible);
        }
        return buffer.readUtf8();
    }

    private static Object read(String text) {
        try (JsonReader json = JsonReader.of(new Buffer().writeUtf8(text))) {
            return Optional.ofNullable(json.readJsonValue()).orElseThrow(Parts::damaged);
        } catch (IOException damaged) {
            throw new UncheckedIOException("a row holds JSON that this library did not write", damaged);
        }
    }

    /** The parts of a JSON object. */
    private record Parts(Map<?, ?> map) {
        static Parts of(Object value) {
            if (value instanceof Map<?, ?> map) {
                return new Parts(map);
            }
            throw damaged();
        }

        static List<Object> list(Object value) {
            if (value instanceof List<?> list) {
                return new ArrayList<>(list);
            }
            throw damaged();
        }

        Object part(String name) {
            Object part = map.get(name);
            if (part == null) {
                throw damaged();
            }
            return part;
        }

        SenderId sender() {
            return new SenderId(ChannelId.of(text("channel")), text("sender"));
        }

        String text(String name) {
            return maybe(name).orElseThrow(Parts::damaged);
        }

        Optional<String> maybe(String name) {
            return Optional.ofNullable(map.get(name)).map(Object::toString);
        }

        List<Object> list(String name) {
            return list(part(name));
        }

        List<EntryId> entries(String name) {
            return list(name).stream().map(id -> EntryId.of(id.toString())).toList();
        }

        private static IllegalStateException damaged() {
            return new IllegalStateException("a row holds JSON that this library did not write");
        }
    }
}
