package aparte.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A business message as it stood when asked for: one that a service sent, or one of the person's own. Immutable and thread-safe.
 */
public final class ViberBusinessMessage {
    /** How far a message came. */
    public enum Status {
        /** The platform took it; the person's phone does not have it. */
        SUBMITTED,
        /** It is on the person's phone, or at the service. */
        DELIVERED,
        /** The person opened it. */
        READ,
        /** Viber refused it. */
        REJECTED,
        /** It will not arrive any more. */
        UNDELIVERABLE
    }

    /** What never changes about a message. */
    record Parts(
            String uuid,
            String phone,
            String service,
            boolean fromPerson,
            String type,
            String text,
            Optional<String> media,
            String category,
            OptionalLong ttl,
            Optional<String> clientRef,
            Map<String, String> details,
            Instant at) {}

    private final Parts parts;
    private final Status status;
    private final OptionalInt error;

    ViberBusinessMessage(Parts parts, Status status, OptionalInt error) {
        this.parts = parts;
        this.status = status;
        this.error = error;
    }

    /** The platform's {@code message_uuid}. */
    public String uuid() {
        return parts.uuid();
    }

    /** Whose conversation it is in, by the number with its plus sign. */
    public String phone() {
        return parts.phone();
    }

    /** The service that sent it, or was written to. */
    public String service() {
        return parts.service();
    }

    /** Whether the person wrote it. */
    public boolean fromPerson() {
        return parts.fromPerson();
    }

    /** The {@code message_type}, such as {@code text} or {@code image}. */
    public String type() {
        return parts.type();
    }

    /** The text or a film's caption; empty if there is none. */
    public String text() {
        return parts.text();
    }

    /** Where the picture, film or file is. */
    public Optional<String> media() {
        return parts.media();
    }

    /** {@code transaction} or {@code promotion}; empty for a person's message. */
    public String category() {
        return parts.category();
    }

    /** The time to live in seconds that the request named, if it did. */
    public OptionalLong ttl() {
        return parts.ttl();
    }

    /** The {@code client_ref} of the request, if it had one. */
    public Optional<String> clientRef() {
        return parts.clientRef();
    }

    /**
     * What its type has besides, as written: {@code thumb_url}, {@code duration}, {@code file_size}, {@code name}, {@code type},
     * {@code action.url} and {@code action.text}.
     */
    public Map<String, String> details() {
        return parts.details();
    }

    /** When the platform took it, by the simulator's clock. */
    public Instant at() {
        return parts.at();
    }

    /** How far it came. */
    public Status status() {
        return status;
    }

    /** The number of the error, if it failed. */
    public OptionalInt error() {
        return error;
    }

    /** Direction, type and status, without what was said and to whom. */
    @Override
    public String toString() {
        return "ViberBusinessMessage[" + (fromPerson() ? "from" : "to") + " a person, " + type() + ", " + status + "]";
    }
}
