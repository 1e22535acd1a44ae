package aparte.messenger;

import aparte.Address;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.EpochTime;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which app answers whom, where a Page has several: Meta's conversation routing, whose calls are those of the handover
 * protocol before it. A conversation that another app has is only overheard, and messages to it are refused. Nothing here
 * writes to a person, and having a conversation opens no window.
 *
 * <p>Control ends 24 hours after the person's last message, and the conversation goes to the Page's default app. As of
 * 2026-11: Messenger Platform, conversation routing, 24 September 2025. Thread-safe. Every call blocks, is made once and
 * never repeated.
 */
public final class MessengerRouting {
    /** The app id of the Page's inbox, where people answer by hand. */
    public static final String PAGE_INBOX = "263902037430900";

    private static final Duration LONGEST = Duration.ofDays(7);

    private final GraphCalls graph;
    private final SenderId page;
    private final String pagePath;

    MessengerRouting(GraphNode node, SenderId page, GraphCalls graph) {
        this.graph = graph;
        this.page = page;
        this.pagePath = node.path(node.id());
    }

    /**
     * The app that has a conversation.
     *
     * @param appId its id
     * @param until when its control ends, if Meta says so
     */
    public record Owner(String appId, Optional<Instant> until) {
        /** Checks the parts. */
        public Owner {
            Objects.requireNonNull(appId, "appId");
            Objects.requireNonNull(until, "until");
        }

        /** Tells whether people answer by hand, in the Page's inbox. */
        public boolean isPageInbox() {
            return appId.equals(PAGE_INBOX);
        }
    }

    /**
     * An app that can be passed a conversation.
     *
     * @param id its id
     * @param name its name
     */
    public record App(String id, String name) {
        /** Checks the parts. */
        public App {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * Takes a conversation from the app that has it.
     *
     * @param metadata what that app is told; may be empty
     * @throws IllegalArgumentException if the person is none of this Page
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void take(Address person, String metadata) throws IOException {
        change("take_thread_control", person, told(metadata));
    }

    /**
     * Passes a conversation to another app.
     *
     * @param appId which, such as {@link #PAGE_INBOX}
     * @param metadata what that app is told; may be empty
     * @throws IllegalArgumentException if the person is none of this Page, or the app's id not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void pass(Address person, String appId, String metadata) throws IOException {
        GraphNode.digits(appId);
        change("pass_thread_control", person, json -> {
            json.name("target_app_id").value(appId);
            told(metadata).write(json);
        });
    }

    /**
     * Asks the app that has a conversation for it; a webhook tells if it agrees.
     *
     * @param metadata what that app is told; may be empty
     * @throws IllegalArgumentException if the person is none of this Page
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void request(Address person, String metadata) throws IOException {
        change("request_thread_control", person, told(metadata));
    }

    /**
     * Gives a conversation back to Meta, which routes it to the Page's default app.
     *
     * @throws IllegalArgumentException if the person is none of this Page
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void release(Address person) throws IOException {
        change("release_thread_control", person, json -> {});
    }

    /**
     * Keeps a conversation longer than 24 hours. This is not the time in which messages can be sent.
     *
     * @param length from now on, 1 second to 7 days, whole seconds
     * @throws IllegalArgumentException if the person is none of this Page, or the length is another
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void extend(Address person, Duration length) throws IOException {
        if (length.toSeconds() < 1 || length.compareTo(LONGEST) > 0 || length.toNanosPart() != 0) {
            throw new IllegalArgumentException("control lasts 1 second to 7 days, in whole seconds");
        }
        change("extend_thread_control", person, json -> json.name("duration").value(length.toSeconds()));
    }

    /**
     * Returns which app has a conversation.
     *
     * @return empty if none has
     * @throws IllegalArgumentException if the person is none of this Page
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Optional<Owner> owner(Address person) throws IOException {
        List<Owner> owners = GraphPages.all(
                graph, pagePath + "/thread_owner", Map.of("recipient", PageCall.psid(person, page)), "", json -> {
                    Optional<Owner> owner = Optional.empty();
                    if (json.object()) {
                        while (json.hasNext()) {
                            if (json.name().equals("thread_owner")) {
                                owner = owner(PageCall.object(json));
                            } else {
                                json.skip();
                            }
                        }
                        json.end();
                    }
                    return owner;
                });
        return owners.stream().findFirst();
    }

    private static Optional<Owner> owner(Map<String, String> fields) {
        return PageCall.text(fields, "app_id")
                .map(id -> new Owner(id, PageCall.text(fields, "expiration").flatMap(EpochTime::parse)));
    }

    /**
     * Returns the apps that conversations of the Page can be passed to, of the old protocol's kind; Meta may list none where
     * the Page routes by default apps.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<App> secondaryReceivers() throws IOException {
        return GraphPages.all(graph, pagePath + "/secondary_receivers", Map.of("fields", "id,name"), "", json -> {
            Map<String, String> fields = PageCall.object(json);
            return PageCall.text(fields, "id")
                    .map(id -> new App(id, PageCall.text(fields, "name").orElse("")));
        });
    }

    private static PageCall.Fields told(String metadata) {
        Objects.requireNonNull(metadata, "metadata");
        return json -> {
            if (!metadata.isEmpty()) {
                json.name("metadata").value(metadata);
            }
        };
    }

    private void change(String call, Address person, PageCall.Fields more) throws IOException {
        String psid = PageCall.psid(person, page);
        byte[] body = PageCall.body(json -> {
            json.name("recipient").beginObject().name("id").value(psid).endObject();
            more.write(json);
        });
        graph.change(ProviderRequest.post(pagePath + "/" + call, body));
    }

    @Override
    public String toString() {
        return "MessengerRouting[" + page + "]";
    }
}
