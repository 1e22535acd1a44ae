package aparte.simulator;

import static aparte.simulator.PageClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerWindowTest {
    private static final String ANA = "24000000000000001";
    private static final Clock STILL = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @AutoClose
    private final Simulator simulator = Simulator.builder().clock(STILL).start();

    private final PageClient client = new PageClient(simulator);
    private final MessengerPerson ana = simulator.messenger().person(ANA);

    private Reply send() {
        return client.send(textTo(ANA, "Hi"));
    }

    private Reply tagged(String tag) {
        return client.send("""
                {"recipient":{"id":"%s"},"messaging_type":"MESSAGE_TAG","tag":"%s","message":{"text":"Hi"}}""".formatted(ANA, tag));
    }

    private static void assertRefused(Reply reply, String code, String subcode) {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().text("error", "error_subcode")).isEqualTo(subcode);
    }

    @Nested
    class TheStandardWindow {
        @Test
        void is_closed_before_the_person_acts() {
            assertThat(ana.windowOpen()).isFalse();
            assertRefused(send(), "10", "2018278");
            assertThat(ana.screen()).isEmpty();
            assertThat(simulator.webhooks().queued()).isZero();
        }

        @Test
        void stays_open_for_less_than_24_hours() {
            ana.writes("Hello");
            simulator.advance(Duration.ofHours(24).minusMillis(1));

            assertThat(send().status()).isEqualTo(200);
        }

        @Test
        void closes_after_24_hours() {
            ana.writes("Hello");
            simulator.advance(Duration.ofHours(24));

            assertThat(ana.windowOpen()).isFalse();
            assertRefused(send(), "10", "2018278");
        }

        @ParameterizedTest
        @MethodSource("aparte.simulator.MessengerWindowTest#openers")
        void opens_by(Consumer<MessengerPerson> action) {
            action.accept(ana);

            assertThat(ana.windowOpen()).isTrue();
        }

        @ParameterizedTest
        @MethodSource("aparte.simulator.MessengerWindowTest#others")
        void does_not_open_by(Consumer<MessengerPerson> action) {
            String mid = ana.writes("Hello");
            simulator.advance(Duration.ofDays(1));
            ana.reacts(mid, "👍");
            client.send(textTo(ANA, "Hi"));
            simulator.advance(Duration.ofDays(1));

            action.accept(ana);

            assertThat(ana.windowOpen()).isFalse();
        }

        @Test
        void is_as_long_as_set() {
            try (Simulator other = Simulator.builder()
                    .clock(STILL)
                    .messenger(MessengerSettings.builder()
                            .window(Duration.ofHours(1))
                            .build())
                    .start()) {
                MessengerPerson bob = other.messenger().person("2");
                bob.writes("Hello");
                other.advance(Duration.ofHours(1));

                assertThat(bob.windowOpen()).isFalse();
            }
        }
    }

    static Stream<Consumer<MessengerPerson>> openers() {
        return Stream.of(
                person -> person.writes("a"),
                person -> person.replies("m_1", "a"),
                person -> person.sendsImage(new byte[] {1}, "image/png"),
                person -> person.sendsSticker("369239263222822"),
                person -> person.sendsUnsupported(),
                person -> person.tapsQuickReply("Yes", "YES"),
                person -> person.taps("Get started", "START"),
                person -> person.reacts("m_1", "👍"),
                person -> person.followsLink("poster"),
                person -> person.clicksPlugin("shop"),
                person -> person.fillsLeadForm("7", Map.of("Size?", "M")));
    }

    static Stream<Consumer<MessengerPerson>> others() {
        return Stream.of(
                MessengerPerson::reads,
                person -> person.edits(person.screen().get(0).id(), "b"),
                person -> person.deletes(person.screen().get(0).id()),
                person -> person.optsIn("News", "NEWS"),
                person -> person.comesFromAd("7"),
                person -> person.doesUnknown("wave"),
                MessengerPerson::stops,
                MessengerPerson::blocks);
    }

    @Nested
    class TheWindowOfAnAd {
        @Test
        void lasts_seven_days_after_the_first_message() {
            ana.comesFromAd("7");
            ana.writes("Hello");
            simulator.advance(Duration.ofDays(7).minusSeconds(1));

            assertThat(ana.windowOpen()).isTrue();
        }

        @Test
        void is_not_cut_short_by_the_next_message() {
            ana.comesFromAd("7");
            ana.writes("Hello");
            ana.writes("Are you there?");
            simulator.advance(Duration.ofDays(3));

            assertThat(ana.windowOpen()).isTrue();
        }

        @Test
        void is_as_long_as_set() {
            try (Simulator other = Simulator.builder()
                    .clock(STILL)
                    .messenger(MessengerSettings.builder()
                            .adWindow(Duration.ofDays(3))
                            .build())
                    .start()) {
                MessengerPerson bob = other.messenger().person("2");
                bob.comesFromAd("7");
                bob.writes("Hello");
                other.advance(Duration.ofDays(3));

                assertThat(bob.windowOpen()).isFalse();
            }
        }
    }

    @Nested
    class TheTagOfHumanAgents {
        @Test
        void reaches_for_seven_days() {
            ana.writes("Hello");
            simulator.advance(Duration.ofDays(7).minusSeconds(1));

            assertThat(tagged("HUMAN_AGENT").status()).isEqualTo(200);
            assertThat(simulator.messenger().sent().get(0).tag()).contains("HUMAN_AGENT");
        }

        @Test
        void reaches_no_longer() {
            ana.writes("Hello");
            simulator.advance(Duration.ofDays(7));

            assertRefused(tagged("HUMAN_AGENT"), "10", "2018278");
        }

        @Test
        void needs_an_approval() {
            try (Simulator strict = Simulator.builder()
                    .messenger(MessengerSettings.builder().withoutHumanAgent().build())
                    .start()) {
                strict.messenger().person(ANA).writes("Hello");

                assertRefused(new PageClient(strict).send("""
                                {"recipient":{"id":"%s"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT",
                                 "message":{"text":"Hi"}}""".formatted(ANA)), "100", "2018276");
            }
        }
    }

    @Nested
    class AnyOtherTag {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CONFIRMED_EVENT_UPDATE",
                    "ACCOUNT_UPDATE",
                    "POST_PURCHASE_UPDATE",
                    "SHIPPING_UPDATE",
                    "CUSTOMER_FEEDBACK",
                    "HELLO"
                })
        void is_dead_even_in_the_window(String tag) {
            ana.writes("Hello");

            assertRefused(tagged(tag), "100", null);
        }

        @Test
        void is_for_registered_news_alone() {
            ana.writes("Hello");

            assertRefused(tagged("NON_PROMOTIONAL_SUBSCRIPTION"), "10", "2018065");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"messaging_type\":\"MESSAGE_TAG\"",
                    "\"tag\":\"HUMAN_AGENT\"",
                    "\"messaging_type\":\"RESPONSE\",\"tag\":\"HUMAN_AGENT\""
                })
        void belongs_to_its_messaging_type(String fields) {
            ana.writes("Hello");

            assertRefused(
                    client.send(
                            "{\"recipient\":{\"id\":\"" + ANA + "\"}," + fields + ",\"message\":{\"text\":\"Hi\"}}"),
                    "100",
                    null);
        }
    }

    @Nested
    class ANotificationToken {
        private Reply notify(String token) {
            return client.send("{\"recipient\":{\"notification_messages_token\":\"" + token
                    + "\"},\"message\":{\"text\":\"News\"}}");
        }

        @Test
        void reaches_outside_of_the_window() {
            String token = ana.optsIn("News", "NEWS");

            Reply reply = notify(token);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().text("recipient_id")).isEqualTo(ANA);
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void reaches_once_in_48_hours() {
            String token = ana.optsIn("News", "NEWS");
            notify(token);

            simulator.advance(Duration.ofDays(2).minusSeconds(1));
            assertRefused(notify(token), "4", "2018354");
            simulator.advance(Duration.ofSeconds(1));
            assertThat(notify(token).status()).isEqualTo(200);
        }

        @Test
        void reaches_nobody_who_stopped() {
            String token = ana.optsIn("News", "NEWS");
            ana.stops();

            assertRefused(notify(token), "10", "1893015");
        }

        @Test
        void reaches_those_who_stopped_another_topic() {
            String token = ana.optsIn("News", "NEWS");
            ana.optsIn("Offers", "OFFERS");
            ana.stops("Offers");

            assertThat(notify(token).status()).isEqualTo(200);
        }

        @Test
        void reaches_again_who_resumed() {
            String token = ana.optsIn("News", "NEWS");
            ana.stops("News");
            ana.resumes("News");

            assertThat(notify(token).status()).isEqualTo(200);
        }
    }

    @Nested
    class SomebodyWhoCannotBeReached {
        @Test
        void is_nobody() {
            assertRefused(client.send(textTo("24000000000000404", "Hi")), "100", "2018001");
        }

        @Test
        void blocked_the_page() {
            ana.writes("Hello");
            ana.blocks();

            assertRefused(send(), "551", "1545041");
            assertRefused(tagged("HUMAN_AGENT"), "551", "1545041");
        }

        @Test
        void is_back_after_unblocking() {
            ana.writes("Hello");
            ana.blocks();
            ana.unblocks();

            assertThat(send().status()).isEqualTo(200);
        }

        @Test
        void is_back_after_writing_again() {
            ana.blocks();
            ana.writes("Hello again");

            assertThat(send().status()).isEqualTo(200);
        }

        @Test
        void is_everybody_while_the_page_is_restricted() {
            ana.writes("Hello");
            simulator.messenger().restrictPage("spam");
            assertRefused(send(), "10", "1893063");

            simulator.messenger().liftRestriction();

            assertThat(send().status()).isEqualTo(200);
        }
    }
}
