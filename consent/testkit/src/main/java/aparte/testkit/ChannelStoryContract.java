package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices;
import aparte.Controller;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Refusal.Reason;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Inbox;
import aparte.consent.Preview;
import aparte.consent.Transport;
import aparte.consent.WebhookReader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The same story on every channel: nobody is written to who did not agree; once they did, every content reaches them, adapted
 * where the channel lacks it; they answer; they write STOP, and all is refused; they are forgotten.
 *
 * <p>Extend it beside a channel of your own, wire its transport and its reader to something that plays the platform, such as
 * a simulator, and give the hooks. Where {@link TransportContract} and {@link WebhookReaderContract} look at the parts, this
 * goes through the whole: gate, transport, platform, webhook, inbox. Each test is an example of its own: JUnit makes an
 * instance for each.
 */
public abstract class ChannelStoryContract {
    /** The name of the inbox's endpoint. */
    protected static final String ENDPOINT = "channel";

    private static final String WORD = "Rosmarin";
    private static final Media PICTURE = Media.link(URI.create("https://media.example.org/garden.jpg"));
    private static final URI SHOP = URI.create("https://shop.example.org/tea");

    private final InMemorySendLog sendLog = new InMemorySendLog();
    private final InMemoryConversations conversations = new InMemoryConversations();
    private final RecordingListener heard = new RecordingListener();
    private Transport transport;
    private InMemoryConsentLedger ledger;
    private ConsentGate gate;

    /** For subclasses. */
    protected ChannelStoryContract() {}

    /**
     * Returns the transport under test. Called once or twice in a test, for the same sender.
     *
     * @param strict whether it refuses what the channel lacks; otherwise it adapts that, as by default
     */
    protected abstract Transport transport(boolean strict);

    /** Returns the reader of the platform's webhooks. Called once, before each test, after {@link #transport}. */
    protected abstract WebhookReader reader();

    /** Makes the platform post its webhooks to the endpoint {@link #ENDPOINT} of this inbox. Called once, after {@link #reader}. */
    protected abstract void connect(Inbox inbox);

    /** Returns the clock that the platform lives by. */
    protected abstract Clock clock();

    /** Lets so much time pass on that clock. */
    protected abstract void pass(Duration time);

    /** Returns the person, whom nobody wrote to and who wrote to nobody. */
    protected abstract Address person();

    /** Lets the person write this, if need be after what the platform wants first; the webhook may wait for {@link #deliver}. */
    protected abstract void writes(String text);

    /** Delivers the webhooks that wait, and waits until the inbox answered all of them. */
    protected abstract void deliver();

    /**
     * Returns what the person's phone shows of the business, oldest first: for each message all the words on it, such as body,
     * captions, labels and the addresses of links and media, in one text.
     */
    protected abstract List<String> screen();

    /** Returns how many requests that put something in front of the person have arrived. */
    protected abstract int requests();

    /** Makes the platform take the next message and lose the answer. */
    protected abstract void loseNextAnswer();

    /**
     * Lets the person tap this answer of the newest message; returns whether there is something to tap. By default there is not,
     * and the person writes it.
     */
    protected boolean taps(String title) {
        writes(title);
        return false;
    }

    /** Returns contents that this channel alone has, each with a word that the person must see. By default none. */
    protected Map<Content, String> ownContents() {
        return Map.of();
    }

    /** Returns the contents among {@link #shared} that no text can say here, by their names. By default none. */
    protected Set<String> unsaid() {
        return Set.of();
    }

    @BeforeEach
    void open() {
        transport = transport(false);
        ledger = new InMemoryConsentLedger(clock());
        gate = gate(transport);
        connect(Inbox.builder(gate)
                .endpoint(ENDPOINT, reader())
                .journal(new InMemoryInboxJournal())
                .languages(transport.sender(), Locale.ENGLISH)
                .listener(heard)
                .build());
    }

    private ConsentGate gate(Transport carrier) {
        return ConsentGate.builder(new Controller("tea-house", "Tea House"), ledger)
                .transport(carrier)
                .conversations(conversations)
                .sendLog(sendLog)
                .policies(ConsentPolicies.none())
                .clock(clock())
                .build();
    }

    private Recipient recipient() {
        return Recipient.of(person());
    }

    private Message message(Purpose purpose, Content content) {
        return Message.of(recipient(), purpose, content);
    }

    private SendResult send(Purpose purpose, Content content) {
        return gate.send(message(purpose, content));
    }

    private void agreesOnAForm() {
        gate.desk()
                .record(ConsentEntry.granted(
                                recipient().identity(),
                                Scope.promotional(),
                                ConsentEntry.Method.CHECKBOX,
                                "https://tea.example/form")
                        .build());
    }

    private void greets() {
        says("Hello");
    }

    private void says(String text) {
        pass(Duration.ofSeconds(2));
        writes(text);
        deliver();
        pass(Duration.ofSeconds(2));
    }

    /** The purposes that a host may name, but for these. */
    private static List<Purpose> purposesBut(Purpose... some) {
        return Stream.of(Purpose.values())
                .filter(purpose -> !purpose.isInternal() && !List.of(some).contains(purpose))
                .toList();
    }

    private static List<Reason> reasons(SendResult result) {
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }

    private void assertThatNothingLeaves(Purpose purpose, Reason reason) {
        int before = requests();
        int shown = screen().size();

        SendResult result = send(purpose, Content.text(WORD));

        assertThat(reasons(result)).as("%s is refused", purpose).contains(reason);
        assertThat(requests()).as("requests").isEqualTo(before);
        assertThat(screen()).as("the person's screen").hasSize(shown);
    }

    /** A content of the core, with what the person must see of it however the channel shows it. */
    private record Shared(String name, Content content, List<String> words) {}

    private static List<Choices.Option> options(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Choices.Option("tea-" + i, "Tea no " + i))
                .toList();
    }

    private static List<String> withTitles(int count, String... more) {
        return Stream.concat(Stream.of(more), options(count).stream().map(Choices.Option::title))
                .toList();
    }

    private static Carousel.Card card(int number) {
        return new Carousel.Card(
                PICTURE,
                "Harvest no " + number,
                Optional.of(new Content.LinkButton("Harvest no " + number, "See no " + number, SHOP)));
    }

    private static Media file(String name) {
        return Media.link(URI.create("https://media.example.org/" + name));
    }

    private static List<Shared> shared() {
        List<Shared> all = new ArrayList<>();
        all.add(new Shared("text", Content.text(WORD), List.of(WORD)));
        all.add(new Shared("image", Content.image(PICTURE), List.of("garden.jpg")));
        all.add(new Shared("image with a caption", Content.image(PICTURE, WORD), List.of("garden.jpg", WORD)));
        all.add(new Shared("video", new Content.Video(file("walk.mp4"), Optional.empty()), List.of("walk.mp4")));
        all.add(new Shared("audio", new Content.Audio(file("bells.mp3"), false), List.of("bells.mp3")));
        all.add(new Shared(
                "document",
                new Content.Document(file("prices.pdf"), Optional.of("prices.pdf"), Optional.empty()),
                List.of("prices.pdf")));
        all.add(new Shared(
                "location",
                new Content.Location(48.8584, 2.2945, Optional.empty(), Optional.empty()),
                List.of("48.8584", "2.2945")));
        all.add(new Shared(
                "location with a name",
                new Content.Location(48.8584, 2.2945, Optional.of("Tower"), Optional.empty()),
                List.of("48.8584")));
        all.add(new Shared("question for a place", new Content.LocationRequest(WORD), List.of(WORD)));
        all.add(new Shared(
                "contact card",
                new Content.ContactCard("Bruno Lavande", List.of("+33639980099"), List.of(), Optional.empty()),
                List.of("Bruno Lavande", "33639980099")));
        all.add(new Shared("three choices", new Choices(WORD, options(3)), withTitles(3, WORD)));
        all.add(new Shared("nine choices", new Choices(WORD, options(9)), withTitles(9, WORD)));
        all.add(new Shared("thirty choices", new Choices(WORD, options(30)), withTitles(30, WORD)));
        all.add(new Shared(
                "choices with descriptions and a footer",
                new Choices(
                        WORD,
                        List.of(
                                new Choices.Option("a", "Green", Optional.of("Mild")),
                                new Choices.Option("b", "Black", Optional.of("Strong"))),
                        Optional.empty(),
                        Optional.of("Until Sunday")),
                List.of(WORD, "Green", "Mild", "Black", "Strong", "Until Sunday")));
        all.add(new Shared(
                "choices under a picture",
                new Choices(WORD, options(2), Optional.of(PICTURE), Optional.empty()),
                withTitles(2, WORD)));
        all.add(new Shared(
                "choices with descriptions under a picture",
                new Choices(
                        WORD,
                        List.of(new Choices.Option("a", "Green", Optional.of("Mild"))),
                        Optional.of(PICTURE),
                        Optional.empty()),
                List.of(WORD, "Green", "Mild")));
        all.add(new Shared("link button", new Content.LinkButton(WORD, "See", SHOP), List.of(WORD, "See")));
        all.add(new Shared(
                "carousel",
                new Carousel(WORD, List.of(card(1), card(2), card(3))),
                List.of(WORD, "Harvest no 1", "See no 2", "Harvest no 3")));
        all.add(new Shared("carousel of one card", new Carousel(WORD, List.of(card(1))), List.of("Harvest no 1")));
        all.add(new Shared(
                "carousel of cards without a link",
                new Carousel(
                        WORD,
                        List.of(
                                new Carousel.Card(PICTURE, "Harvest no 1", Optional.empty()),
                                new Carousel.Card(PICTURE, "Harvest no 2", Optional.empty()))),
                List.of("Harvest no 1", "Harvest no 2")));
        all.add(new Shared(
                "request to pay",
                new Content.PaymentRequest("order-7", "A pound of tea", 1_250, "EUR", Optional.of(SHOP)),
                List.of("A pound of tea", "12.50")));
        return all;
    }

    @Nested
    class BeforeThePersonAgrees {
        @Test
        void nothing_leaves() {
            for (Purpose purpose : purposesBut()) {
                assertThatNothingLeaves(purpose, Reason.NO_CONSENT);
            }
            assertThat(requests()).isZero();
            assertThat(screen()).isEmpty();
        }

        @Test
        void what_they_ask_is_answered_and_nothing_else() {
            greets();

            assertThat(heard.events(InboundEvent.MessageReceived.class)).hasSize(1);
            assertThat(send(Purpose.SERVICE, Content.text(WORD))).isInstanceOf(SendResult.Accepted.class);
            assertThat(screen()).singleElement().asString().contains(WORD);
            for (Purpose purpose : purposesBut(Purpose.SERVICE)) {
                assertThatNothingLeaves(purpose, Reason.NO_CONSENT);
            }
        }
    }

    @Nested
    class OnceThePersonAgreed {
        @BeforeEach
        void agree() {
            agreesOnAForm();
            greets();
        }

        @TestFactory
        Stream<DynamicTest> every_shared_content_reaches_them() {
            return shared().stream()
                    .map(shared -> DynamicTest.dynamicTest(shared.name(), () -> {
                        if (unsaid().contains(shared.name())) {
                            assertThatItIsRefusedBeforehand(shared.content());
                        } else {
                            assertThatItIsSeen(shared.content(), shared.words());
                        }
                    }));
        }

        @TestFactory
        Stream<DynamicTest> every_content_of_the_channel_alone_reaches_them() {
            return ownContents().entrySet().stream()
                    .map(own -> DynamicTest.dynamicTest(
                            own.getKey().getClass().getSimpleName(),
                            () -> assertThatItIsSeen(own.getKey(), List.of(own.getValue()))));
        }

        private void assertThatItIsSeen(Content content, List<String> words) {
            pass(Duration.ofMinutes(1));
            Message message = message(Purpose.NEWS, content);
            int before = requests();
            int shown = screen().size();

            Preview preview = gate.preview(message);
            assertThat(preview.refusals()).isEmpty();
            assertThat(preview.shown()).isPresent();
            assertThat(requests()).as("requests of a preview").isEqualTo(before);

            assertThat(gate.send(message)).isInstanceOf(SendResult.Accepted.class);
            assertThat(requests()).isEqualTo(before + 1);
            assertThat(screen()).hasSize(shown + 1);
            assertThat(screen().get(shown)).contains(words);
        }

        private void assertThatItIsRefusedBeforehand(Content content) {
            Message message = message(Purpose.NEWS, content);
            int before = requests();

            Preview preview = gate.preview(message);
            SendResult result = gate.send(message);

            assertThat(preview.refusals()).extracting(Refusal::reason).containsExactly(Reason.UNSUPPORTED);
            assertThat(reasons(result)).containsExactly(Reason.UNSUPPORTED);
            assertThat(preview.refusals())
                    .allSatisfy(why -> assertThat(why.detail()).isNotBlank());
            assertThat(requests()).isEqualTo(before);
        }

        @TestFactory
        Stream<DynamicTest> a_strict_transport_says_nothing_in_a_text_instead() {
            ConsentGate strict = gate(transport(true));
            return shared().stream()
                    .filter(shared -> !(shared.content() instanceof Content.Text))
                    .filter(shared -> gate.preview(message(Purpose.NEWS, shared.content()))
                            .shown()
                            .filter(Content.Text.class::isInstance)
                            .isPresent())
                    .map(shared -> DynamicTest.dynamicTest(shared.name(), () -> {
                        Message message = message(Purpose.NEWS, shared.content());
                        int before = requests();

                        Preview preview = strict.preview(message);
                        SendResult result = strict.send(message);

                        if (preview.wouldLeave()) {
                            assertThat(preview.shown()).get().isNotInstanceOf(Content.Text.class);
                            assertThat(result).isInstanceOf(SendResult.Accepted.class);
                        } else {
                            assertThat(reasons(result)).containsExactly(Reason.UNSUPPORTED);
                            assertThat(requests()).isEqualTo(before);
                        }
                    }));
        }

        @Test
        void news_is_not_advertising() {
            gate.desk()
                    .record(ConsentEntry.withdrawn(
                                    recipient().identity(),
                                    Scope.of(Purpose.MARKETING),
                                    ConsentEntry.Method.VERBAL,
                                    "https://tea.example/desk")
                            .build());

            assertThat(send(Purpose.NEWS, Content.text(WORD))).isInstanceOf(SendResult.Accepted.class);
            assertThatNothingLeaves(Purpose.MARKETING, Reason.OPTED_OUT);
        }

        @Test
        void they_choose_an_answer() {
            send(Purpose.NEWS, new Choices(WORD, options(3)));
            pass(Duration.ofSeconds(2));

            boolean tapped = taps("Tea no 2");
            deliver();

            assertThat(heard.events())
                    .filteredOn(event -> !(event instanceof InboundEvent.StatusChanged))
                    .last()
                    .extracting(OnceThePersonAgreed::answer)
                    .isEqualTo(tapped ? "tea-2" : "Tea no 2");
        }

        /** What the person chose; a channel without taps brings it as a text. */
        private static String answer(InboundEvent event) {
            if (event instanceof InboundEvent.ChoiceMade choice) {
                return choice.choice();
            }
            return event instanceof InboundEvent.MessageReceived message
                            && message.content() instanceof Content.Text text
                    ? text.body()
                    : "";
        }

        @Test
        void a_lost_answer_is_not_sent_again() {
            loseNextAnswer();
            Message message = message(Purpose.NEWS, Content.text(WORD));
            int before = requests();

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
            deliver();
            assertThat(gate.send(message)).isInstanceOfAny(SendResult.Unconfirmed.class, SendResult.Accepted.class);

            assertThat(requests()).isEqualTo(before + 1);
            assertThat(screen()).hasSize(1);
        }
    }

    @Nested
    class OnceThePersonWroteStop {
        @BeforeEach
        void stop() {
            agreesOnAForm();
            greets();
            send(Purpose.NEWS, Content.text(WORD));
            says("STOP");
        }

        @Test
        void they_get_one_confirmation_and_nothing_more() {
            assertThat(screen()).hasSize(2);
            assertThat(ledger.read(recipient().identity()).entries())
                    .extracting(ConsentEntry::kind)
                    .contains(ConsentEntry.Kind.WITHDRAWN);

            for (Purpose purpose : purposesBut(Purpose.AUTHENTICATION)) {
                assertThatNothingLeaves(purpose, Reason.OPTED_OUT);
            }
            says("STOP");
            assertThat(screen()).hasSize(2);
        }

        @Test
        void no_batch_takes_them_along() {
            int before = requests();

            List<SendResult> results = gate.sendAll(List.of(
                    message(Purpose.NEWS, Content.text(WORD)), message(Purpose.ENGAGEMENT, Content.text(WORD))));

            assertThat(results).allSatisfy(result -> assertThat(reasons(result)).contains(Reason.OPTED_OUT));
            assertThat(requests()).isEqualTo(before);
        }

        @Test
        void only_a_new_agreement_opens_again() {
            says("Where is my order?");
            assertThatNothingLeaves(Purpose.NEWS, Reason.OPTED_OUT);

            agreesOnAForm();
            assertThat(send(Purpose.NEWS, Content.text(WORD))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void a_suppressed_erasure_forgets_them_and_keeps_them_closed() {
            gate.desk().erase(recipient().identity(), true);

            assertThatNothingLeaves(Purpose.NEWS, Reason.SUPPRESSED);
            assertThat(ledger.read(recipient().identity()).entries())
                    .extracting(ConsentEntry::kind)
                    .containsOnly(ConsentEntry.Kind.SUPPRESSED);
        }
    }

    @Nested
    class OnceThePersonIsForgotten {
        @Test
        void nothing_leaves_until_they_agree_anew() {
            agreesOnAForm();
            greets();
            assertThat(send(Purpose.NEWS, Content.text(WORD))).isInstanceOf(SendResult.Accepted.class);

            gate.desk().erase(recipient().identity(), false);

            for (Purpose purpose : purposesBut(Purpose.SERVICE)) {
                assertThatNothingLeaves(purpose, Reason.NO_CONSENT);
            }
            agreesOnAForm();
            assertThat(send(Purpose.NEWS, Content.text(WORD))).isInstanceOf(SendResult.Accepted.class);
        }
    }
}
