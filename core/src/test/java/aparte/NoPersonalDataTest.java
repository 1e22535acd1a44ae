package aparte;

import static aparte.Ledger.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Named.named;

import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value shows an address, a name, a text or a reference, and no exception about a malformed one repeats it. */
class NoPersonalDataTest {
    private static final String DIGITS = "33612345678";
    private static final String PHONE = "+" + DIGITS;
    private static final String EMAIL = "anna.levy@example.org";
    private static final String NAME = "Anna-Levy";
    private static final String TEXT = "My secret is " + NAME + " " + PHONE + " " + EMAIL;
    private static final String REFERENCE = "crm-" + NAME;
    private static final String[] PERSONAL = {DIGITS, "612345678", "anna", "levy", "Anna", "Levy", "secret"};

    private static final Instant NOW = Instant.EPOCH;
    private static final URI PAGE = URI.create("https://anna:levy@example.org/" + NAME + "?phone=" + DIGITS);
    private static final Media MEDIA = Media.link(PAGE);
    private static final Identity PERSON = Identity.of(
            REFERENCE,
            List.of(
                    Address.phone(PHONE),
                    Address.email(EMAIL),
                    new Address(Address.Kind.MESSENGER_PSID, NAME, "page of " + NAME),
                    Address.of(Address.Kind.VIBER_USER, "Levy")));
    private static final Recipient RECIPIENT = Recipient.builder(Address.phone(PHONE), Address.email(EMAIL))
            .reference(REFERENCE)
            .language(Locale.FRENCH)
            .zone(ZoneId.of("Europe/Paris"))
            .attribute(NAME, TEXT)
            .build();
    private static final Message MESSAGE = Message.builder(RECIPIENT, Purpose.NEWS, Content.text(TEXT))
            .id(MessageId.of("m-1"))
            .from(SHOP)
            .replyTo(NAME)
            .build();
    private static final ConsentEntry.Wording WORDING = new ConsentEntry.Wording("3", Locale.FRENCH, TEXT);
    private static final ConsentEntry.Proof PROOF = new ConsentEntry.Proof("form", TEXT, "0".repeat(64));
    private static final ConsentEntry ENTRY = ConsentEntry.granted(
                    PERSON, Scope.promotional(), ConsentEntry.Method.CHECKBOX, TEXT)
            .id(EntryId.of("e-1"))
            .effectiveAt(NOW)
            .reason(TEXT)
            .jurisdiction("FR")
            .wording(WORDING)
            .proof(PROOF)
            .detail(NAME, TEXT)
            .build();
    private static final History HISTORY = new History(PERSON, List.of(ENTRY));
    private static final Lane LANE =
            new Lane("window", EnumSet.allOf(Purpose.class), Lane.Needs.openConversation(Duration.ofHours(24)), false);
    private static final Conversation CONVERSATION =
            Conversation.none().heard(NOW).wrote(NOW);
    private static final Evidence EVIDENCE =
            new Evidence("d-1", NOW, Purpose.NEWS, "window", List.of(ENTRY.id()), Optional.of(NOW), false);
    private static final Refusal REFUSAL = Refusal.of(Refusal.Reason.OPTED_OUT)
            .because(ENTRY.id())
            .limit(new Refusal.Limit(1, "bytes", 2))
            .notBefore(NOW);
    private static final DeliveryFailure FAILURE = DeliveryFailure.throttled("429", Optional.of(Duration.ofSeconds(1)));
    private static final InboundEvent.Source SOURCE =
            new InboundEvent.Source(PHONE, SHOP, PERSON, NOW, Map.of(NAME, TEXT));

    private static Stream<Content> contents() {
        Content.LinkButton link = new Content.LinkButton(TEXT, TEXT, PAGE);
        return Stream.of(
                Content.text(TEXT),
                Content.image(MEDIA, TEXT),
                new Content.Video(MEDIA, Optional.of(TEXT)),
                new Content.Audio(MEDIA, true),
                new Content.Document(MEDIA, Optional.of(TEXT), Optional.of(TEXT)),
                new Content.Sticker(new Media.Stored(SHOP, DIGITS)),
                new Content.Location(48.336123, 2.336123, Optional.of(TEXT), Optional.of(TEXT)),
                new Content.LocationRequest(TEXT),
                new Content.ContactCard(TEXT, List.of(PHONE), List.of(EMAIL), Optional.of(TEXT)),
                new Content.Reaction(NAME, Optional.of(TEXT)),
                new Content.ReadMark(NAME),
                new Content.Typing(NAME),
                new Content.Choices(
                        TEXT,
                        List.of(new Content.Choices.Option(TEXT, TEXT, Optional.of(TEXT))),
                        Optional.of(MEDIA),
                        Optional.of(TEXT)),
                link,
                new Content.Carousel(TEXT, List.of(new Content.Carousel.Card(MEDIA, TEXT, Optional.of(link)))),
                new Content.Template("welcome", Locale.FRENCH, Map.of(NAME, TEXT)),
                new Content.PaymentRequest(TEXT, TEXT, 33_612_345_678L, "EUR", Optional.of(PAGE)),
                new Content.Native(ChannelId.VIBER, "rich", TEXT));
    }

    private static Stream<InboundEvent> events() {
        WireKey key = new WireKey(MESSAGE.id(), 1);
        return Stream.of(
                new InboundEvent.MessageReceived(SOURCE, "p-1", Content.text(TEXT), Optional.of("p-0")),
                new InboundEvent.ReactionReceived(SOURCE, "p-1", Optional.of(TEXT)),
                new InboundEvent.ChoiceMade(SOURCE, "p-1", TEXT, TEXT, Optional.of("p-0")),
                new InboundEvent.StatusChanged(
                        SOURCE,
                        new InboundEvent.Receipt(Optional.of(key), Optional.of("p-1"), Optional.of(NOW)),
                        new DeliveryStatus.Unknown(TEXT)),
                new InboundEvent.OptInSignal(SOURCE, Scope.promotional(), InboundEvent.OptInSignal.Kind.SIGNUP),
                new InboundEvent.OptOutSignal(SOURCE, Scope.promotional()),
                new InboundEvent.ConversationOpened(SOURCE, TEXT),
                new InboundEvent.GroupChanged(PHONE, SHOP, Address.of(Address.Kind.GROUP, NAME), NOW, TEXT),
                new InboundEvent.Unknown(ChannelId.VIBER, PHONE, NOW, "no such field", TEXT));
    }

    private static Stream<SendResult> results() {
        return Stream.of(
                new SendResult.Accepted(MESSAGE.id(), SHOP, "p-1", EVIDENCE),
                new SendResult.Refused(MESSAGE.id(), List.of(REFUSAL)),
                new SendResult.Deferred(MESSAGE.id(), NOW, List.of(REFUSAL)),
                new SendResult.Failed(MESSAGE.id(), FAILURE, EVIDENCE),
                new SendResult.Unconfirmed(MESSAGE.id(), SHOP, EVIDENCE));
    }

    private static Stream<Object> others() {
        Content.LinkButton link = new Content.LinkButton(TEXT, TEXT, PAGE);
        return Stream.of(
                PERSON,
                PERSON.addresses(),
                PERSON.keys(),
                RECIPIENT,
                MESSAGE,
                Proposal.builder(MESSAGE, SHOP, Address.phone(PHONE), LANE, HISTORY, CONVERSATION, NOW)
                        .build(),
                HISTORY,
                Standing.of(HISTORY, Purpose.NEWS, SHOP, NOW),
                Standing.of(HISTORY, Purpose.AUTHENTICATION, SHOP, NOW),
                ENTRY,
                WORDING,
                PROOF,
                EVIDENCE,
                REFUSAL,
                FAILURE,
                CONVERSATION,
                LANE,
                SOURCE,
                MEDIA,
                Media.bytes(TEXT.getBytes(StandardCharsets.UTF_8), "text/plain"),
                new Media.Stored(SHOP, DIGITS, Optional.of(TEXT), Optional.of(TEXT)),
                new Content.Choices.Option(TEXT, TEXT, Optional.of(TEXT)),
                new Content.Carousel.Card(MEDIA, TEXT, Optional.of(link)),
                new DeliveryStatus.Unknown(TEXT),
                new DeliveryStatus.Failed(FAILURE));
    }

    static Stream<Named<Object>> values() {
        return Stream.of(contents(), events(), results(), others())
                .flatMap(values -> values)
                .map(value -> named(value.getClass().getSimpleName(), value));
    }

    static Stream<Named<ThrowingCallable>> mistakes() {
        String half = TEXT + "\uD83D";
        URI relative = URI.create("/" + NAME + "/" + DIGITS);
        Stream<Named<ThrowingCallable>> identities = Stream.of(
                named("phone without a plus sign", () -> Address.phone(DIGITS)),
                named("phone with blanks", () -> Address.phone("+33 612345678")),
                named("phone that is a name", () -> Address.phone(NAME)),
                named("phone too long", () -> Address.phone(PHONE + DIGITS)),
                named("email", () -> Address.email(EMAIL + "@" + NAME)),
                named("email with a blank", () -> Address.email(TEXT)),
                named("half an address", () -> Address.of(Address.Kind.VIBER_USER, half)),
                named("long address", () -> Address.of(Address.Kind.VIBER_USER, TEXT.repeat(20))),
                named("long scope", () -> new Address(Address.Kind.GROUP, NAME, TEXT.repeat(20))),
                named("kind", () -> Address.Kind.of(NAME)),
                named("half a reference", () -> Identity.of(half, List.of())),
                named("long reference", () -> Identity.of(TEXT.repeat(20), List.of())),
                named("attribute", () -> Recipient.builder().attribute(NAME, half)),
                named("attribute name", () -> Recipient.builder().attribute(half, NAME)),
                named("message id", () -> MessageId.of(TEXT)),
                named("message id with the sign", () -> MessageId.of(NAME + "#" + DIGITS)),
                named("entry id", () -> EntryId.of(TEXT)),
                named("channel", () -> ChannelId.of(NAME)),
                named("sender", () -> new SenderId(ChannelId.VIBER, TEXT)),
                named("lane", () -> new Lane(TEXT, Set.of(), Lane.Needs.NOTHING, false)),
                named(
                        "reply",
                        () -> Message.builder(RECIPIENT, Purpose.NEWS, Content.text(TEXT))
                                .replyTo(TEXT)),
                named("internal purpose", () -> Message.of(RECIPIENT, Purpose.CONSENT_REQUEST, Content.text(TEXT))));
        Stream<Named<ThrowingCallable>> entries = Stream.of(
                named(
                        "grant of everything",
                        () -> ConsentEntry.builder(ConsentEntry.Kind.GRANTED, PERSON, Scope.everything())
                                .source(TEXT)
                                .build()),
                named(
                        "correction",
                        () -> ConsentEntry.builder(ConsentEntry.Kind.CORRECTED, PERSON, Scope.promotional())
                                .source(TEXT)
                                .build()),
                named("source", () -> ENTRY.toBuilder().source(half)),
                named("reason", () -> ENTRY.toBuilder().reason(half)),
                named("jurisdiction", () -> ENTRY.toBuilder().jurisdiction(half)),
                named("detail", () -> ENTRY.toBuilder().detail(NAME, half)),
                named("wording", () -> new ConsentEntry.Wording("3", Locale.FRENCH, half)),
                named("proof", () -> new ConsentEntry.Proof("form", TEXT, TEXT)));
        Stream<Named<ThrowingCallable>> contents = Stream.of(
                named("half a text", () -> Content.text(half)),
                named("half a caption", () -> Content.image(MEDIA, half)),
                named("half a place", () -> new Content.Location(0, 0, Optional.of(TEXT), Optional.of(half))),
                named("no place", () -> new Content.Location(99, 0, Optional.of(TEXT), Optional.of(TEXT))),
                named(
                        "half a card",
                        () -> new Content.ContactCard(TEXT, List.of(PHONE), List.of(half), Optional.empty())),
                named("reaction", () -> new Content.Reaction(TEXT, Optional.empty())),
                named("read mark", () -> new Content.ReadMark(TEXT)),
                named("typing", () -> new Content.Typing(TEXT)),
                named("options", () -> new Content.Choices(TEXT, List.of())),
                named(
                        "options alike",
                        () -> new Content.Choices(
                                TEXT,
                                List.of(
                                        new Content.Choices.Option(NAME, TEXT),
                                        new Content.Choices.Option(NAME, TEXT)))),
                named("relative link", () -> new Content.LinkButton(TEXT, TEXT, relative)),
                named("cards", () -> new Content.Carousel(TEXT, List.of())),
                named("template", () -> new Content.Template("t", Locale.FRENCH, Map.of(NAME, half))),
                named("currency", () -> new Content.PaymentRequest(TEXT, TEXT, 1, NAME, Optional.of(PAGE))),
                named(
                        "amount",
                        () -> new Content.PaymentRequest(TEXT, TEXT, -33_612_345_678L, "EUR", Optional.of(PAGE))),
                named("native", () -> new Content.Native(ChannelId.VIBER, TEXT, TEXT)),
                named("media link", () -> Media.link(relative)),
                named("media type", () -> Media.bytes(new byte[] {1}, TEXT)),
                named("media type without a slash", () -> Media.bytes(new byte[] {1}, NAME)),
                named("media id", () -> new Media.Stored(SHOP, TEXT)));
        return Stream.of(identities, entries, contents).flatMap(mistakes -> mistakes);
    }

    @Nested
    class WhenAValueIsShown {
        @ParameterizedTest
        @MethodSource("aparte.NoPersonalDataTest#values")
        void holds_nothing_personal(Object value) {
            assertThat(value.toString()).doesNotContain(PERSONAL);
        }
    }

    @Nested
    class WhenAValueIsRefused {
        @ParameterizedTest
        @MethodSource("aparte.NoPersonalDataTest#mistakes")
        void says_so_without_anything_personal(ThrowingCallable mistake) {
            Throwable problem = catchThrowable(mistake);

            assertThat(problem).isInstanceOf(IllegalArgumentException.class).hasNoCause();
            assertThat(problem.toString()).doesNotContain(PERSONAL);
        }
    }

    @Nested
    class WhenAKindOfValueIsAdded {
        @Test
        void every_kind_of_content_is_tried_here() {
            assertThat(kinds(contents())).isEqualTo(kindsOf(Content.class));
        }

        @Test
        void every_kind_of_event_is_tried_here() {
            assertThat(kinds(events())).isEqualTo(kindsOf(InboundEvent.class));
        }

        @Test
        void every_kind_of_result_is_tried_here() {
            assertThat(kinds(results())).isEqualTo(kindsOf(SendResult.class));
        }

        private Set<Class<?>> kinds(Stream<?> values) {
            return values.map(Object::getClass).collect(Collectors.toSet());
        }

        private Set<Class<?>> kindsOf(Class<?> family) {
            return Stream.of(family.getDeclaredClasses())
                    .filter(family::isAssignableFrom)
                    .filter(kind -> !Modifier.isInterface(kind.getModifiers()))
                    .collect(Collectors.toSet());
        }
    }
}
