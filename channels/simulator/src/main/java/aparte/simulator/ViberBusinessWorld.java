package aparte.simulator;

import aparte.simulator.ViberBusinessMessage.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** People with Viber on their phones and what services sent them. Thread-safe: one lock around all. */
final class ViberBusinessWorld {
    /** Viber's own time to live, where a request names none. */
    private static final Duration LIFE = Duration.ofDays(14);

    /** A person. Guarded by the world. */
    static final class Person {
        private final String phone;
        private String name = "Somebody";
        private boolean registered = true;
        private boolean blocked;
        private boolean phoneOff;
        private boolean seesAtOnce;
        private final Deque<Integer> rejections = new ArrayDeque<>();
        private final List<Kept> messages = new ArrayList<>();

        private Person(String phone) {
            this.phone = phone;
        }
    }

    private static final class Kept {
        private final ViberBusinessMessage.Parts parts;
        private Status status;
        private OptionalInt error = OptionalInt.empty();

        private Kept(ViberBusinessMessage.Parts parts, Status status) {
            this.parts = parts;
            this.status = status;
        }

        private ViberBusinessMessage snapshot() {
            return new ViberBusinessMessage(parts, status, error);
        }
    }

    private final Clock clock;
    private final ViberBusinessMailbox mailbox;
    private final Webhooks webhooks;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final List<Kept> taken = new ArrayList<>();

    ViberBusinessWorld(Clock clock, ViberBusinessMailbox mailbox, Webhooks webhooks) {
        this.clock = clock;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
    }

    /** Takes a message, whoever it is for: what Viber says of it comes in statuses. */
    synchronized String send(VonageRules.Send send) {
        String phone = "+" + send.to();
        Kept kept = new Kept(
                new ViberBusinessMessage.Parts(
                        UUID.randomUUID().toString(),
                        phone,
                        send.from(),
                        false,
                        send.type(),
                        send.text(),
                        send.media(),
                        send.category(),
                        send.ttl(),
                        send.clientRef(),
                        send.details(),
                        clock.instant()),
                Status.SUBMITTED);
        taken.add(kept);
        tell(kept, Json.object());
        Person person = people.get(phone);
        if (person == null || !person.registered) {
            fail(kept, Status.REJECTED, VonageRefusal.NOT_ON_VIBER);
            return kept.parts.uuid();
        }
        person.messages.add(kept);
        Integer planned = person.rejections.poll();
        if (planned != null) {
            fail(kept, Status.REJECTED, planned);
        } else if (person.blocked) {
            fail(kept, Status.REJECTED, VonageRefusal.BARRED);
        } else if (!person.phoneOff) {
            arrive(person, kept);
        }
        return kept.parts.uuid();
    }

    private void arrive(Person person, Kept kept) {
        kept.status = Status.DELIVERED;
        tell(kept, Json.object("usage", Json.object("currency", "EUR", "price", "0.0189")));
        if (person.seesAtOnce) {
            see(kept);
        }
    }

    private void see(Kept kept) {
        kept.status = Status.READ;
        tell(kept, Json.object());
    }

    private void fail(Kept kept, Status status, int code) {
        kept.status = status;
        kept.error = OptionalInt.of(code);
        tell(
                kept,
                Json.object(
                        "error",
                        Json.object(
                                "type", VonageRefusal.type(Integer.toString(code)),
                                "title", Integer.toString(code),
                                "detail", "Viber did not deliver the message.",
                                "instance", kept.parts.uuid())));
    }

    private void tell(Kept kept, Map<String, Object> more) {
        Map<String, Object> body = Json.object(
                "message_uuid", kept.parts.uuid(),
                "to", kept.parts.phone().substring(1),
                "from", kept.parts.service(),
                "timestamp", clock.instant().toString(),
                "status", kept.status.name().toLowerCase(Locale.ROOT),
                "channel", "viber_service",
                "client_ref", kept.parts.clientRef());
        body.putAll(more);
        webhooks.add(mailbox, new ViberBusinessMailbox.Event(body));
    }

    // What a person does.

    synchronized String write(
            Person person,
            String service,
            String type,
            String text,
            Optional<String> media,
            Map<String, Object> content) {
        String uuid = UUID.randomUUID().toString();
        person.messages.add(new Kept(
                new ViberBusinessMessage.Parts(
                        uuid,
                        person.phone,
                        service,
                        true,
                        type,
                        text,
                        media,
                        "",
                        OptionalLong.empty(),
                        Optional.empty(),
                        Map.of(),
                        clock.instant()),
                Status.DELIVERED));
        Map<String, Object> body = Json.object(
                "message_uuid",
                uuid,
                "to",
                service,
                "from",
                person.phone.substring(1),
                "timestamp",
                clock.instant().toString(),
                "channel",
                "viber_service",
                "message_type",
                type);
        body.putAll(content);
        webhooks.add(mailbox, new ViberBusinessMailbox.Event(body));
        return uuid;
    }

    synchronized void see(Person person) {
        for (Kept kept : person.messages) {
            if (!kept.parts.fromPerson() && kept.status == Status.DELIVERED) {
                see(kept);
            }
        }
    }

    /** What waited for the phone arrives when it is on again, unless its time to live is over. */
    synchronized void turn(Person person, boolean off) {
        person.phoneOff = off;
        Instant now = clock.instant();
        for (Kept kept : person.messages) {
            if (!off && kept.status == Status.SUBMITTED) {
                Duration life = kept.parts.ttl().isPresent()
                        ? Duration.ofSeconds(kept.parts.ttl().getAsLong())
                        : LIFE;
                if (kept.parts.at().plus(life).isBefore(now)) {
                    fail(kept, Status.UNDELIVERABLE, VonageRefusal.EXPIRED);
                } else {
                    arrive(person, kept);
                }
            }
        }
    }

    synchronized void block(Person person, boolean blocked) {
        person.blocked = blocked;
    }

    // What tests and the page set and ask.

    synchronized Person person(String phone) {
        return people.computeIfAbsent(phone, Person::new);
    }

    synchronized void rename(Person person, String name) {
        person.name = name;
    }

    synchronized void unregister(Person person) {
        person.registered = false;
    }

    synchronized void seeAtOnce(Person person, boolean atOnce) {
        person.seesAtOnce = atOnce;
    }

    synchronized void rejectNext(Person person, int code) {
        person.rejections.add(code);
    }

    /** What the phone shows in all conversations: the person's own messages, and those that arrived. */
    synchronized List<ViberBusinessMessage> screen(Person person) {
        return person.messages.stream()
                .filter(kept -> kept.status == Status.DELIVERED || kept.status == Status.READ)
                .map(Kept::snapshot)
                .toList();
    }

    synchronized List<ViberBusinessMessage> taken() {
        return taken.stream().map(Kept::snapshot).toList();
    }

    synchronized List<String> people() {
        return List.copyOf(people.keySet());
    }

    synchronized Optional<Person> find(String phone) {
        return Optional.ofNullable(people.get(phone));
    }

    synchronized String nameOf(Person person) {
        return person.name;
    }

    synchronized boolean isRegistered(Person person) {
        return person.registered;
    }

    synchronized boolean isBlocked(Person person) {
        return person.blocked;
    }

    synchronized boolean isPhoneOff(Person person) {
        return person.phoneOff;
    }
}
