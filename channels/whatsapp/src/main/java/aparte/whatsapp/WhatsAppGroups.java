package aparte.whatsapp;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.EpochTime;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.JsonInput;
import aparte.channel.http.MediaType;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.ProviderRequest.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a business number. People join by a link; nobody can be added. At most 8 participants, as of 2026-11, Cloud
 * API documentation, groups; only for official business accounts.
 *
 * <p>What changes a group is asked for here and done later: the webhook {@code group_lifecycle_update} and its like tell, and
 * name the request's id. Messages go through the gate, to {@link #address}. Thread-safe. Every call blocks, is made once and
 * never repeated; a refusal is a {@link CallRefusedException}.
 */
public final class WhatsAppGroups {
    /** The largest subject, in characters (code points). */
    public static final int MAX_SUBJECT = 128;

    /** The largest description, in characters (code points). */
    public static final int MAX_DESCRIPTION = 2_048;

    /** How many people can be in a group, the business not counted. */
    public static final int MAX_PARTICIPANTS = 8;

    private static final int MAX_PICTURE = 5 * 1024 * 1024;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9+=_.:-]{1,256}");
    private static final String FIELDS = "subject,description,participants,total_participant_count,suspended,"
            + "join_approval_mode,creation_timestamp";
    private static final Set<Long> PARTLY = Set.of(131201L);
    private static final Set<Long> PARTLY_DECIDED = Set.of(131201L, 131213L, 131204L);
    private static final JsonInput.Names REQUEST = JsonInput.Names.of("request_id");
    private static final JsonInput.Names LINK = JsonInput.Names.of("invite_link");
    private static final JsonInput.Names SUMMARY = JsonInput.Names.of("id", "subject", "created_at");
    private static final JsonInput.Names GROUP = JsonInput.Names.of(
            "subject",
            "description",
            "participants",
            "total_participant_count",
            "suspended",
            "join_approval_mode",
            "creation_timestamp");
    private static final JsonInput.Names JOIN =
            JsonInput.Names.of("join_request_id", "wa_id", "user_id", "parent_user_id", "creation_timestamp");
    private static final JsonInput.Names DECIDED =
            JsonInput.Names.of("approved_join_requests", "rejected_join_requests", "failed_join_requests");
    private static final JsonInput.Names FAILED = JsonInput.Names.of("join_request_id", "errors");

    private final String numberPath;
    private final String versionPath;
    private final GraphCalls graph;
    private final Clock clock;

    WhatsAppGroups(GraphNode number, GraphCalls graph, Clock clock) {
        this.numberPath = number.path(number.id(), "groups");
        this.versionPath = number.path();
        this.graph = graph;
        this.clock = clock;
    }

    /** Who may join by the link. */
    public enum Joining {
        /** Whoever has the link. */
        BY_LINK,
        /** Whoever has the link and was approved. */
        BY_APPROVAL
    }

    /**
     * A line in the list of groups.
     *
     * @param address where messages to the group go
     * @param subject what people see as its name
     * @param createdAt when it was made, if Meta says so
     */
    public record Summary(Address address, String subject, Optional<Instant> createdAt) {
        /** Checks the parts. */
        public Summary {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(createdAt, "createdAt");
        }

        /** Hides the subject, which may name a person. */
        @Override
        public String toString() {
            return "Summary[" + address + "]";
        }
    }

    /**
     * A group. Personal data.
     *
     * @param address where messages to the group go
     * @param subject what people see as its name
     * @param description what people see about it; may be empty
     * @param members who is in it, the business not counted, each with all addresses that Meta tells
     * @param total how many are in it, as Meta counts
     * @param joining who may join by the link
     * @param suspended whether WhatsApp suspended it
     * @param createdAt when it was made, if Meta says so
     * @param askedAt when it was asked for, by our clock
     */
    public record Group(
            Address address,
            String subject,
            String description,
            List<Identity> members,
            int total,
            Joining joining,
            boolean suspended,
            Optional<Instant> createdAt,
            Instant askedAt) {
        /** Copies the members. */
        public Group {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(description, "description");
            members = List.copyOf(members);
            Objects.requireNonNull(joining, "joining");
            Objects.requireNonNull(createdAt, "createdAt");
            Objects.requireNonNull(askedAt, "askedAt");
        }

        /** Tells whether everybody in it is named. */
        public boolean isComplete() {
            return total >= 0 && members.size() >= total;
        }

        /** Shows how many are in it; hides who. */
        @Override
        public String toString() {
            return "Group[" + address + ", " + members.size() + " of " + total + "]";
        }
    }

    /**
     * A request that changes a group, which a webhook will tell the end of.
     *
     * @param requestId names it in the webhook
     * @param partly why a part of it was not done; empty if nothing is known against it
     */
    public record Change(String requestId, Optional<DeliveryFailure> partly) {
        /** Checks the parts. */
        public Change {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(partly, "partly");
        }
    }

    /**
     * Somebody who asks to join. Personal data.
     *
     * @param id names the request; it may hold the person's number
     * @param person who asks, with all addresses that Meta tells
     * @param at when they asked, if Meta says so
     */
    public record JoinRequest(String id, Identity person, Optional<Instant> at) {
        /** Checks the parts. */
        public JoinRequest {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(at, "at");
        }

        /** Masks the person and hides the id. */
        @Override
        public String toString() {
            return "JoinRequest[" + person + "]";
        }
    }

    /**
     * What became of join requests.
     *
     * @param done the ids of those that were approved or rejected, as asked
     * @param failed the ids of those that were not, and why
     */
    public record Decided(List<String> done, Map<String, DeliveryFailure> failed) {
        /** Copies the parts. */
        public Decided {
            done = List.copyOf(done);
            failed = Map.copyOf(failed);
        }

        /** Hides the ids. */
        @Override
        public String toString() {
            return "Decided[" + done.size() + " done, " + failed.size() + " failed]";
        }
    }

    /**
     * Returns where messages to a group go.
     *
     * @param id Meta's id of the group
     * @throws IllegalArgumentException if it cannot be one
     */
    public static Address address(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id of a WhatsApp group: take it from a webhook or from list()");
        }
        return new Address(Address.Kind.GROUP, id, "whatsapp");
    }

    /**
     * Asks for a new group; its id and link come by webhook.
     *
     * @param subject what people will see as its name, 1 to 128 characters
     * @param description what people will see about it, at most 2,048 characters
     * @throws IllegalArgumentException if a text is too long, or the subject blank
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public Change create(String subject, Optional<String> description, Joining joining) throws IOException {
        Objects.requireNonNull(joining, "joining");
        checkTexts(Optional.of(subject), description);
        return change(ProviderRequest.post(numberPath, WireCall.body(json -> {
            json.name("subject").value(subject);
            if (description.isPresent()) {
                json.name("description").value(description.get());
            }
            json.name("join_approval_mode").value(joining == Joining.BY_LINK ? "auto_approve" : "approval_required");
        })));
    }

    /**
     * Returns all groups of the number, in as many calls as there are pages of 1,024.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Summary> list() throws IOException {
        return GraphPages.all(graph, numberPath, Map.of("limit", "1024"), "groups", WhatsAppGroups::summary);
    }

    /**
     * Returns a group with everybody in it, as Meta knows it now: for {@link GroupRoster#keep}.
     *
     * @throws IllegalArgumentException if the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Group fetch(Address group) throws IOException {
        Instant askedAt = clock.instant();
        return graph.read(
                ProviderRequest.get(path(group), Map.of("fields", FIELDS)), json -> group(json, group, askedAt));
    }

    /**
     * Asks for another subject or description; what is empty stays.
     *
     * @throws IllegalArgumentException if there is nothing to change, a text is too long, the subject is blank, or the
     *     address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public Change update(Address group, Optional<String> subject, Optional<String> description) throws IOException {
        if (subject.isEmpty() && description.isEmpty()) {
            throw new IllegalArgumentException("give a subject, a description or both");
        }
        checkTexts(subject, description);
        return change(ProviderRequest.post(path(group), WireCall.body(json -> {
            if (subject.isPresent()) {
                json.name("subject").value(subject.get());
            }
            if (description.isPresent()) {
                json.name("description").value(description.get());
            }
        })));
    }

    /**
     * Asks for another picture.
     *
     * @param jpeg a square JPEG of at least 192 pixels a side and at most 5 MiB
     * @throws IllegalArgumentException if it is larger or no JPEG, or the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused, such as for its form (131209) or size (131210)
     * @throws IOException if Meta was not reached or did not answer
     */
    public Change picture(Address group, byte[] jpeg) throws IOException {
        boolean fits = jpeg.length <= MAX_PICTURE
                && MediaType.of(ByteBuffer.wrap(jpeg)).equals(Optional.of(MediaType.JPEG));
        if (!fits) {
            throw new IllegalArgumentException("a group's picture must be a JPEG of at most " + MAX_PICTURE + " bytes");
        }
        return change(ProviderRequest.form(
                path(group),
                List.of(
                        Part.field("messaging_product", "whatsapp"),
                        Part.file("file", MediaType.JPEG.fileName(), MediaType.JPEG.mimeType(), jpeg.clone()))));
    }

    /**
     * Asks to delete a group; everybody is put out of it.
     *
     * @throws IllegalArgumentException if the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(Address group) throws IOException {
        graph.change(ProviderRequest.delete(path(group)));
    }

    /**
     * Returns the link by which people join.
     *
     * @throws IllegalArgumentException if the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public URI inviteLink(Address group) throws IOException {
        return link(ProviderRequest.get(path(group) + "/invite_link"));
    }

    /**
     * Makes a new link, by which people join from now on; the old one is dead.
     *
     * @throws IllegalArgumentException if the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public URI resetInviteLink(Address group) throws IOException {
        return link(ProviderRequest.post(path(group) + "/invite_link", WireCall.body(json -> {})));
    }

    /**
     * Asks to put people out of a group; they cannot join by the link again. Who was put out, and who was not, comes by
     * webhook.
     *
     * @param people their phone numbers or user ids, 1 to 8, none twice
     * @throws IllegalArgumentException if there are more or none, one is of another kind, or the address is not a WhatsApp
     *     group's
     * @throws CallRefusedException if Meta refused, such as because none is in the group (131212)
     * @throws IOException if Meta was not reached or did not answer
     */
    public Change remove(Address group, List<Address> people) throws IOException {
        if (people.isEmpty() || people.size() > MAX_PARTICIPANTS) {
            throw new IllegalArgumentException("name 1 to " + MAX_PARTICIPANTS + " people");
        }
        List<String> users = People.users(people);
        GraphCalls.Partly<Optional<String>> answer = graph.readPartly(
                ProviderRequest.deleteOf(
                        path(group) + "/participants", WireCall.body(WireCall.users("participants", users))),
                WhatsAppGroups::requestId,
                PARTLY);
        return new Change(answer.done().orElse(""), answer.failure());
    }

    /**
     * Returns who asks to join.
     *
     * @throws IllegalArgumentException if the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<JoinRequest> joinRequests(Address group) throws IOException {
        return GraphPages.all(graph, path(group) + "/join_requests", Map.of(), "", WhatsAppGroups::joinRequest);
    }

    /**
     * Lets people in who asked.
     *
     * @param requests ids from {@link #joinRequests}
     * @throws IllegalArgumentException if there is none, or the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused all without telling which
     * @throws IOException if Meta was not reached or did not answer
     */
    public Decided approve(Address group, List<String> requests) throws IOException {
        return decided(ProviderRequest.post(path(group) + "/join_requests", requests(requests)));
    }

    /**
     * Does not let people in who asked.
     *
     * @param requests ids from {@link #joinRequests}
     * @throws IllegalArgumentException if there is none, or the address is not a WhatsApp group's
     * @throws CallRefusedException if Meta refused all without telling which
     * @throws IOException if Meta was not reached or did not answer
     */
    public Decided reject(Address group, List<String> requests) throws IOException {
        return decided(ProviderRequest.deleteOf(path(group) + "/join_requests", requests(requests)));
    }

    private String path(Address group) {
        if (!GroupRoster.isGroup(group)) {
            throw new IllegalArgumentException("not a WhatsApp group: use WhatsAppGroups.address(id)");
        }
        return versionPath + address(group.value()).value();
    }

    private static void checkTexts(Optional<String> subject, Optional<String> description) {
        subject.ifPresent(text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("subject is blank");
            }
            checkLength(text, MAX_SUBJECT, "subject");
        });
        description.ifPresent(text -> checkLength(text, MAX_DESCRIPTION, "description"));
    }

    private static void checkLength(String text, int max, String what) {
        if (text.codePointCount(0, text.length()) > max) {
            throw new IllegalArgumentException(what + " must have at most " + max + " characters");
        }
    }

    private static byte[] requests(List<String> requests) throws IOException {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("name at least one join request");
        }
        return WireCall.body(json -> {
            json.name("join_requests").beginArray();
            for (String id : requests) {
                json.value(Objects.requireNonNull(id, "request"));
            }
            json.endArray();
        });
    }

    private Change change(ProviderRequest request) throws IOException {
        return new Change(graph.read(request, WhatsAppGroups::requestId).orElse(""), Optional.empty());
    }

    private static Optional<String> requestId(JsonInput json) throws IOException {
        return field(json, REQUEST);
    }

    private URI link(ProviderRequest request) throws IOException {
        return graph.read(
                request,
                json -> URI.create(field(json, LINK)
                        .filter(link -> link.startsWith("https://"))
                        .orElseThrow(() -> new IOException("no link"))));
    }

    private static Optional<String> field(JsonInput json, JsonInput.Names name) throws IOException {
        String found = null;
        while (json.hasNext()) {
            if (json.name(name) == 0) {
                found = json.text();
            } else {
                json.skip();
            }
        }
        json.end();
        return Optional.ofNullable(found);
    }

    private Decided decided(ProviderRequest request) throws IOException {
        GraphCalls.Partly<Decided> answer = graph.readPartly(request, this::decided, PARTLY_DECIDED);
        boolean told =
                !answer.done().done().isEmpty() || !answer.done().failed().isEmpty();
        if (!told && answer.failure().isPresent()) {
            throw new CallRefusedException(answer.failure().get());
        }
        return answer.done();
    }

    private Decided decided(JsonInput json) throws IOException {
        List<String> done = new ArrayList<>();
        Map<String, DeliveryFailure> failed = new LinkedHashMap<>();
        while (json.hasNext()) {
            switch (json.name(DECIDED)) {
                case 0, 1 -> done.addAll(GraphPages.items(json, WhatsAppGroups::decidedId));
                case 2 ->
                    GraphPages.items(json, item -> {
                        failed(item, failed);
                        return Optional.empty();
                    });
                default -> json.skip();
            }
        }
        json.end();
        return new Decided(done, failed);
    }

    /** The id alone, as the reference has it, or in an object. */
    private static Optional<String> decidedId(JsonInput json) throws IOException {
        if (!json.isObject()) {
            return Optional.ofNullable(json.text());
        }
        json.object();
        return field(json, FAILED);
    }

    private void failed(JsonInput json, Map<String, DeliveryFailure> failed) throws IOException {
        String id = null;
        long code = 0;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(FAILED)) {
                    case 0 -> id = json.text();
                    case 1 -> code = WireFailure.code(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        if (id != null) {
            failed.put(id, graph.failure(code));
        }
    }

    private static Optional<Summary> summary(JsonInput json) throws IOException {
        String id = null;
        String subject = null;
        Optional<Instant> at = Optional.empty();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(SUMMARY)) {
                    case 0 -> id = json.text();
                    case 1 -> subject = json.text();
                    case 2 -> at = instant(json.text());
                    default -> json.skip();
                }
            }
            json.end();
        }
        return id == null || !ID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of(new Summary(address(id), shown(subject), at));
    }

    private static Group group(JsonInput json, Address address, Instant askedAt) throws IOException {
        String subject = null;
        String description = null;
        List<Optional<Identity>> people = List.of();
        String total = null;
        boolean suspended = false;
        String mode = null;
        Optional<Instant> createdAt = Optional.empty();
        while (json.hasNext()) {
            switch (json.name(GROUP)) {
                case 0 -> subject = json.text();
                case 1 -> description = json.text();
                case 2 -> people = GraphPages.items(json, item -> Optional.of(People.read(item)));
                case 3 -> total = json.text();
                case 4 -> suspended = json.bool();
                case 5 -> mode = json.text();
                case 6 -> createdAt = instant(json.text());
                default -> json.skip();
            }
        }
        json.end();
        List<Identity> members = people.stream().flatMap(Optional::stream).toList();
        int named = people.size() == members.size() ? number(total) : -1; // somebody is there whom we cannot name
        return new Group(
                address,
                shown(subject),
                shown(description),
                members,
                named,
                "approval_required".equals(mode) ? Joining.BY_APPROVAL : Joining.BY_LINK,
                suspended,
                createdAt,
                askedAt);
    }

    private static Optional<JoinRequest> joinRequest(JsonInput json) throws IOException {
        String id = null;
        String phone = null;
        String user = null;
        String parent = null;
        Optional<Instant> at = Optional.empty();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(JOIN)) {
                    case 0 -> id = json.text();
                    case 1 -> phone = json.text();
                    case 2 -> user = json.text();
                    case 3 -> parent = json.text();
                    case 4 -> at = instant(json.text());
                    default -> json.skip();
                }
            }
            json.end();
        }
        Optional<Identity> person = People.known(phone, user, parent);
        return id == null || person.isEmpty() ? Optional.empty() : Optional.of(new JoinRequest(id, person.get(), at));
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : JsonInput.wellFormed(text);
    }

    /** -1 if it is no number, or not told. */
    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException odd) {
            return -1;
        }
    }

    private static Optional<Instant> instant(@Nullable String seconds) {
        return seconds == null ? Optional.empty() : EpochTime.parse(seconds);
    }

    /** Hides the number's path. */
    @Override
    public String toString() {
        return "WhatsAppGroups[" + graph + "]";
    }
}
