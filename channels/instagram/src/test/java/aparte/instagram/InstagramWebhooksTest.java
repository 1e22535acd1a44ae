package aparte.instagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryStatus;
import aparte.InboundEvent;
import aparte.InboundEvent.ChoiceMade;
import aparte.InboundEvent.ConversationOpened;
import aparte.InboundEvent.MessageEchoed;
import aparte.InboundEvent.MessageEdited;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.MessageRevoked;
import aparte.InboundEvent.OptOutSignal;
import aparte.InboundEvent.ReactionReceived;
import aparte.InboundEvent.Receipt;
import aparte.InboundEvent.StatusChanged;
import aparte.InboundEvent.Unknown;
import aparte.Media;
import aparte.Purpose;
import aparte.SenderId;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookRequest;
import aparte.instagram.InstagramContent.Shared;
import aparte.instagram.InstagramContent.Unsupported;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstagramWebhooksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant SENT = Instant.ofEpochMilli(1_790_000_000_123L);
    private static final String MID = "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE";
    private static final SenderId ACCOUNT = new SenderId(ChannelId.INSTAGRAM, Examples.ACCOUNT);
    private static final Address ZOE = new Address(Address.Kind.INSTAGRAM_IGSID, Examples.IGSID, Examples.ACCOUNT);

    private InstagramWebhooks reader = builder().build();

    private static InstagramWebhooks.Builder builder() {
        return InstagramWebhooks.builder(Signed.SECRET, "verify-me").clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<InboundEvent> read(String body) {
        try {
            Reading reading = reader.read(Signed.post(body));
            assertThat(reading.answer().status()).isEqualTo(200);
            return reading.events();
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private <E extends InboundEvent> E only(Class<E> type, String example) {
        return onlyOf(type, Examples.text(example));
    }

    private <E extends InboundEvent> E onlyOf(Class<E> type, String body) {
        List<InboundEvent> events = read(body);
        assertThat(events).hasSize(1).hasOnlyElementsOfType(type);
        return type.cast(events.get(0));
    }

    private static Media link(String path) {
        return Media.link(URI.create("https://cdn.example.org/" + path));
    }

    private static Optional<URI> at(String path) {
        return Optional.of(URI.create("https://cdn.example.org/" + path));
    }

    @Nested
    class WhenAPersonWrites {
        @Test
        void gives_text_source_and_the_account_as_scope() {
            MessageReceived event = only(MessageReceived.class, "in-text");

            assertThat(event.content()).isEqualTo(Content.text("O\u00f9 est mon colis ? \ud83d\udce6"));
            assertThat(event.providerId()).isEqualTo(MID + "1");
            assertThat(event.replyTo()).contains(MID + "0");
            assertThat(event.sender()).isEqualTo(ACCOUNT);
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.key()).isEqualTo("message:" + MID + "1");
            assertThat(event.person().addresses()).containsExactly(ZOE);
        }

        @Test
        void gives_the_story_that_they_answer() {
            MessageReceived event = only(MessageReceived.class, "in-story-reply");

            assertThat(event.content()).isEqualTo(Content.text("Quelle couleur"));
            assertThat(event.replyTo()).isEmpty();
            assertThat(event.source().details())
                    .containsEntry("story.id", "17900000000000007")
                    .containsEntry("story.url", "https://cdn.example.org/story.mp4");
        }

        @Test
        void gives_the_ad_that_they_came_from() {
            assertThat(only(MessageReceived.class, "in-text-from-ad").source().details())
                    .containsEntry("referral.ref", "spring")
                    .containsEntry("referral.ad_id", "6045246247433");
        }

        @Test
        void gives_media_as_links_to_fetch() {
            assertThat(read(Examples.text("in-media")))
                    .extracting(event -> ((MessageReceived) event).content())
                    .containsExactly(
                            Content.image(link("a.jpg"), "Voici la photo"),
                            new Content.Video(link("v.mp4"), Optional.empty()),
                            new Content.Audio(link("a.m4a"), false),
                            new Content.Document(link("f.pdf"), Optional.empty(), Optional.empty()));
        }

        @Test
        void gives_what_they_share() {
            assertThat(read(Examples.text("in-shared")))
                    .extracting(event -> ((MessageReceived) event).content())
                    .containsExactly(
                            new Shared("ig_post", Optional.of("18000000000000001"), at("p.jpg"), Optional.of("Gateau")),
                            new Shared("reel", Optional.of("18000000000000002"), at("r.mp4"), Optional.empty()),
                            new Shared("story_mention", Optional.empty(), at("s.mp4"), Optional.empty()),
                            new Shared("share", Optional.empty(), at("p"), Optional.empty()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"in-unsupported", "in-unsupported-type"})
        void says_that_they_sent_what_is_not_handed_on(String example) {
            assertThat(only(MessageReceived.class, example).content()).isEqualTo(new Unsupported());
        }

        @Test
        void gives_the_text_and_raw_what_it_does_not_read() {
            List<InboundEvent> events = read(Examples.text("in-template"));

            assertThat(((MessageReceived) events.get(0)).content()).isEqualTo(Content.text("Regarde"));
            assertThat(((Unknown) events.get(1)).raw()).contains("\"template\"");
        }
    }

    @Nested
    class WhenAPersonActs {
        @Test
        void gives_a_quick_reply_as_a_choice() {
            ChoiceMade event = only(ChoiceMade.class, "in-quick-reply");

            assertThat(event.choice()).isEqualTo("slot-2");
            assertThat(event.title()).isEqualTo("Mardi matin");
        }

        @Test
        void gives_a_postback_as_a_choice_with_or_without_an_id() {
            ChoiceMade known = only(ChoiceMade.class, "in-postback");
            ChoiceMade old = only(ChoiceMade.class, "in-postback-old");

            assertThat(known.choice()).isEqualTo("hours");
            assertThat(known.providerId()).isEqualTo(MID + "10");
            assertThat(old.choice()).isEqualTo("hours");
            assertThat(old.key()).matches("postback:[0-9a-f]{32}");
        }

        @Test
        void gives_reactions_given_and_taken_back() {
            assertThat(only(ReactionReceived.class, "in-reaction").emoji()).contains("\u2764\ufe0f");
            assertThat(only(ReactionReceived.class, "in-reaction-removed").emoji())
                    .isEmpty();
            assertThat(only(ReactionReceived.class, "in-reaction").target()).isEqualTo(MID + "0");
        }

        @Test
        void knows_love_for_the_heart_where_the_emoji_is_missing() {
            String bare = Examples.text("in-reaction").replaceAll(",\"emoji\":\"[^\"]*\"", "");

            assertThat(onlyOf(ReactionReceived.class, bare).emoji()).contains("\u2764\ufe0f");
        }

        @Test
        void gives_what_a_message_was_changed_to() {
            MessageEdited event = only(MessageEdited.class, "edited");

            assertThat(event.target()).isEqualTo(MID + "1");
            assertThat(event.content()).isEqualTo(Content.text("O\u00f9 est ma commande"));
            assertThat(event.key()).isEqualTo("edit:" + MID + "1:1");
        }

        @Test
        void says_which_message_was_taken_back() {
            assertThat(only(MessageRevoked.class, "unsent").target()).isEqualTo(MID + "1");
        }

        @Test
        void gives_a_read_mark_by_its_message() {
            StatusChanged event = only(StatusChanged.class, "read");

            assertThat(event.status()).isEqualTo(new DeliveryStatus.Read());
            assertThat(event.message()).isEqualTo(Receipt.of(Optional.empty(), MID + "0"));
            assertThat(event.person().addresses()).containsExactly(ZOE);
        }

        @Test
        void gives_the_link_that_opened_the_conversation() {
            ConversationOpened event = only(ConversationOpened.class, "referral");

            assertThat(event.context()).isEqualTo("flyer-7");
            assertThat(event.source().details()).containsEntry("referral.source", "SHORTLINKS");
            assertThat(event.source().opens(false)).isTrue();
        }

        @Test
        void takes_a_stop_for_a_stop() {
            assertThat(only(OptOutSignal.class, "optin-stop").scope().covers(Purpose.MARKETING, ACCOUNT))
                    .isTrue();
        }
    }

    @Nested
    class WhenItWasSaidToOthers {
        @ParameterizedTest
        @ValueSource(strings = {"comment", "comment-in-entry"})
        void gives_a_comment_in_either_layout_as_said_in_public(String example) {
            MessageReceived event = only(MessageReceived.class, example);

            assertThat(event.source().isPublic()).isTrue();
            assertThat(event.content()).isEqualTo(Content.text("Il reste du 42 ?"));
            assertThat(event.person().addresses())
                    .containsExactly(InstagramAddresses.comment(Examples.ACCOUNT, "17950000000000009"), ZOE);
            assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1_790_000_000));
            assertThat(event.source().details()).containsEntry("comment.media", "18000000000000001");
        }

        @Test
        void gives_an_answer_to_a_live_comment() {
            MessageReceived event = only(MessageReceived.class, "comment-live");

            assertThat(event.source().details()).containsEntry(InboundEvent.Source.PUBLIC, "live_comments");
            assertThat(event.replyTo()).contains("17950000000000001");
        }

        @Test
        void leaves_a_comment_of_the_account_itself_raw() {
            assertThat(only(Unknown.class, "comment-own").problem()).contains("account itself");
        }

        @Test
        void overhears_a_thread_that_another_app_holds() {
            assertThat(only(MessageReceived.class, "standby").source().isOverheard())
                    .isTrue();
            assertThat(only(Unknown.class, "standby-read").raw()).contains("\"read\"");
        }

        @Test
        void overhears_there_what_may_be_a_stop_by_an_edit_or_by_the_platform() {
            MessageEdited edited = onlyOf(MessageEdited.class, inStandby("edited"));
            OptOutSignal stop = onlyOf(OptOutSignal.class, inStandby("optin-stop"));

            assertThat(edited.content()).isEqualTo(Content.text("O\u00f9 est ma commande"));
            assertThat(edited.source().isOverheard()).isTrue();
            assertThat(stop.source().isOverheard()).isTrue();
        }

        private String inStandby(String example) {
            return Examples.text(example).replace("\"messaging\":", "\"standby\":");
        }
    }

    @Nested
    class WhenSomethingWasSentForTheAccount {
        @Test
        void echoes_what_may_be_ours_or_the_owners() {
            MessageEchoed event = only(MessageEchoed.class, "echo");

            assertThat(event.content()).isEqualTo(Content.text("Votre colis est la"));
            assertThat(event.providerId()).isEqualTo(MID + "0");
            assertThat(event.person().addresses()).containsExactly(ZOE);
        }

        @Test
        void knows_our_app_if_it_was_told_which_it_is() {
            reader = builder().appId("1517776481860111").build();

            StatusChanged event = only(StatusChanged.class, "echo-of-our-app");

            assertThat(event.status()).isEqualTo(new DeliveryStatus.Sent());
            assertThat(event.message().providerId()).contains(MID + "0");
            assertThat(event.message().wireKey()).isEmpty();
            assertThat(read(Examples.text("echo"))).hasOnlyElementsOfType(MessageEchoed.class);
        }

        @Test
        void leaves_an_echo_without_readable_content_raw() {
            assertThat(only(Unknown.class, "echo-of-heart").raw()).contains("like_heart");
        }
    }

    @Nested
    class WhenTheLayoutIsAnother {
        @Test
        void reads_a_message_that_stands_under_changes() {
            assertThat(only(MessageReceived.class, "message-as-change").content())
                    .isEqualTo(Content.text("Bonjour"));
        }

        @Test
        void reads_notifications_in_an_array() {
            List<InboundEvent> events = read(
                    "[" + Examples.text("in-text") + "," + Examples.text("handover") + ",{\"object\":\"page\"},7]");

            assertThat(events).hasSize(4);
            assertThat(events.get(0)).isInstanceOf(MessageReceived.class);
            assertThat(((Unknown) events.get(1)).raw())
                    .startsWith("{\"sender\"")
                    .contains("pass_thread_control");
            assertThat(((Unknown) events.get(2)).raw()).isEqualTo("{\"object\":\"page\"}");
            assertThat(((Unknown) events.get(3)).raw()).isEqualTo("7");
        }

        @Test
        void reads_the_sample_of_the_dashboard() {
            MessageReceived event = only(MessageReceived.class, "test-button");

            assertThat(event.sender().value()).isEqualTo("23245");
            assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1_790_000_000));
        }

        @Test
        void reads_ids_that_are_numbers_and_keys_in_any_order() {
            List<InboundEvent> events = read(Examples.text("mixed"));

            assertThat(events).hasSize(5);
            assertThat(((MessageReceived) events.get(0)).person().addresses()).containsExactly(ZOE);
            assertThat(((MessageReceived) events.get(3)).sender().value()).isEqualTo("2");
            assertThat(events).filteredOn(Unknown.class::isInstance).hasSize(3);
        }
    }

    @Nested
    class WhenItCannotRead {
        @ParameterizedTest
        @ValueSource(strings = {"mention", "handover", "self", "standby-read"})
        void hands_it_on_raw(String example) {
            Unknown event = only(Unknown.class, example);

            assertThat(event.channel()).isEqualTo(ChannelId.INSTAGRAM);
            assertThat(event.raw()).isNotBlank();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "7",
                    "[]",
                    "null",
                    "{}",
                    "{\"object\":\"page\",\"entry\":[]}",
                    "{\"object\":\"instagram\",\"entry\":[]}7"
                })
        void takes_what_is_no_notification_for_one_unreadable_event(String body) {
            assertThat(onlyOf(Unknown.class, body).key()).startsWith("unreadable:");
        }

        @Test
        void gives_a_repeated_delivery_the_same_keys() {
            List<String> keys =
                    read(Examples.text("mixed")).stream().map(InboundEvent::key).toList();

            assertThat(read(Examples.text("mixed")))
                    .extracting(InboundEvent::key)
                    .isEqualTo(keys)
                    .doesNotHaveDuplicates();
        }
    }

    @Nested
    class WhenTheRequestIsNotSound {
        @Test
        void refuses_a_wrong_signature() {
            byte[] body = Examples.text("in-text").getBytes(StandardCharsets.UTF_8);
            WebhookRequest forged = Signed.post(body, "sha256=" + "0".repeat(64));

            assertThatThrownBy(() -> reader.read(forged)).isInstanceOf(SignatureException.class);
        }

        @Test
        void answers_the_handshake() throws SignatureException {
            WebhookRequest asks = new WebhookRequest(
                    "GET",
                    Map.of(),
                    Map.of("hub.mode", "subscribe", "hub.verify_token", "verify-me", "hub.challenge", "1158201444"),
                    new byte[0]);

            assertThat(reader.read(asks).answer().status()).isEqualTo(200);
            assertThat(reader.read(new WebhookRequest("PUT", Map.of(), Map.of(), new byte[0]))
                            .answer()
                            .status())
                    .isEqualTo(405);
        }
    }
}
