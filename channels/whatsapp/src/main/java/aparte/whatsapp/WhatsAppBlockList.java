package aparte.whatsapp;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.JsonInput;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a business number blocks at WhatsApp: they can neither write to it nor call it. At most 64,000 people, and only those
 * who wrote in the last 24 hours can be added. It is no opt-out: those are in the consent ledger.
 *
 * <p>As of 2026-11, Cloud API documentation, block users. Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class WhatsAppBlockList {
    /** How many people one call may name: a bound of ours, for Meta names none. */
    public static final int MOST_AT_ONCE = 1_000;

    private static final Set<Long> PARTLY = Set.of(139100L);
    private static final JsonInput.Names ANSWER = JsonInput.Names.of("block_users");
    private static final JsonInput.Names LISTS = JsonInput.Names.of("added_users", "removed_users", "failed_users");
    private static final JsonInput.Names USER = JsonInput.Names.of("input", "errors");

    private final String path;
    private final GraphCalls graph;

    WhatsAppBlockList(GraphNode number, GraphCalls graph) {
        this.path = number.path(number.id(), "block_users");
        this.graph = graph;
    }

    /**
     * What became of the people named.
     *
     * @param done who is blocked, or no longer blocked, now
     * @param failed who is not, and why
     */
    public record Changed(Set<Address> done, Map<Address, DeliveryFailure> failed) {
        /** Copies the parts. */
        public Changed {
            done = Set.copyOf(done);
            failed = Map.copyOf(failed);
        }
    }

    /**
     * Blocks people.
     *
     * @param people their phone numbers or user ids, 1 to 1,000, none twice
     * @throws IllegalArgumentException if there are more or none, one is of another kind, or named twice
     * @throws CallRefusedException if Meta refused all without telling whom
     * @throws IOException if Meta was not reached or did not answer
     */
    public Changed block(List<Address> people) throws IOException {
        return change(people, ProviderRequest.post(path, body(people)));
    }

    /**
     * Ends the block of people.
     *
     * @param people their phone numbers or user ids, 1 to 1,000, none twice
     * @throws IllegalArgumentException if there are more or none, one is of another kind, or named twice
     * @throws CallRefusedException if Meta refused all without telling whom
     * @throws IOException if Meta was not reached or did not answer
     */
    public Changed unblock(List<Address> people) throws IOException {
        return change(people, ProviderRequest.deleteOf(path, body(people)));
    }

    /**
     * Returns who is blocked, in as many calls as there are pages.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Identity> list() throws IOException {
        return GraphPages.all(graph, path, Map.of(), "", People::read);
    }

    private static byte[] body(List<Address> people) throws IOException {
        if (people.isEmpty() || people.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("name 1 to " + MOST_AT_ONCE + " people");
        }
        return WireCall.body(WireCall.users("block_users", People.users(people)));
    }

    private Changed change(List<Address> people, ProviderRequest request) throws IOException {
        Map<String, Address> asked = new HashMap<>();
        people.forEach(person -> asked.put(person.value(), person));
        GraphCalls.Partly<Changed> answer = graph.readPartly(request, json -> changed(json, asked), PARTLY);
        boolean told =
                !answer.done().done().isEmpty() || !answer.done().failed().isEmpty();
        if (!told && answer.failure().isPresent()) {
            throw new CallRefusedException(answer.failure().get());
        }
        return answer.done();
    }

    private Changed changed(JsonInput json, Map<String, Address> asked) throws IOException {
        Set<Address> done = new LinkedHashSet<>();
        Map<Address, DeliveryFailure> failed = new LinkedHashMap<>();
        while (json.hasNext()) {
            if (json.name(ANSWER) != 0) {
                json.skip();
            } else if (json.object()) {
                while (json.hasNext()) {
                    switch (json.name(LISTS)) {
                        case 0, 1 -> GraphPages.items(json, item -> user(item, asked, done, null));
                        case 2 -> GraphPages.items(json, item -> user(item, asked, null, failed));
                        default -> json.skip();
                    }
                }
                json.end();
            }
        }
        json.end();
        return new Changed(done, failed);
    }

    /** Puts somebody into one of the two. Meta repeats each as we wrote them. */
    private Optional<Address> user(
            JsonInput json,
            Map<String, Address> asked,
            @Nullable Set<Address> done,
            @Nullable Map<Address, DeliveryFailure> failed)
            throws IOException {
        String input = "";
        long code = 0;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(USER)) {
                    case 0 -> input = Optional.ofNullable(json.text()).orElse("");
                    case 1 -> code = WireFailure.code(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        Address person = asked.getOrDefault(input, asked.get("+" + input));
        if (person != null && done != null) {
            done.add(person);
        }
        if (person != null && failed != null) {
            failed.put(person, graph.failure(code));
        }
        return Optional.ofNullable(person);
    }

    @Override
    public String toString() {
        return "WhatsAppBlockList[" + graph + "]";
    }
}
