package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.Identity;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.SendResult;
import aparte.channel.http.HttpSettings;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhatsAppToGroupTest {
    private static final Address GROUP = WhatsAppGroups.address("Y2FwaV9ncm91cA==");
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address BEN = Address.phone("+33639980002");
    private static final Address EVE = Address.phone("+33639980003");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T12:00:00Z"));
    private final GroupRoster roster = GroupRoster.ofDefaults();
    private Clearing clearing;

    @BeforeEach
    void open() {
        clearing = Clearing.of(
                clock,
                WhatsAppTransport.builder("200000000000001", () -> "secret-token")
                        .baseUri(server.url("/").uri())
                        .clock(clock)
                        .groups(roster)
                        .templates(TemplateCatalog.of(Tea.NEWS_WEEKLY, Tea.QUIZ, Tea.SALE))
                        .marketingMessages(MarketingMessages.withFallback())
                        .http(HttpSettings.builder().waiting(duration -> {}).build())
                        .build());
        clearing.agrees(ANA, BEN);
        clearing.hears(GROUP);
    }

    private void areIn(Address... members) {
        List<Identity> people =
                java.util.Arrays.stream(members).map(Identity::of).toList();
        roster.keep(GroupRosterTest.fetched(clock.instant(), people.size(), people.toArray(Identity[]::new)));
    }

    private void accepts() {
        server.enqueue(new MockResponse.Builder()
                .body("{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"Y2FwaV9ncm91cA==\"}],"
                        + "\"messages\":[{\"id\":\"wamid.OUT1\",\"group_id\":\"Y2FwaV9ncm91cA==\"}]}")
                .build());
    }

    private SendResult send(Content content) {
        return clearing.gate()
                .send(Message.builder(Recipient.of(GROUP), Purpose.NEWS, content)
                        .id(MessageId.random())
                        .build());
    }

    private static Refusal refusalOf(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        return ((SendResult.Refused) result).refusals().get(0);
    }

    private void assertClosed(SendResult result) {
        assertThat(refusalOf(result).reason()).isEqualTo(Reason.MEMBER_CLOSED);
        assertThat(refusalOf(result).alternatives()).containsExactly(Alternative.WRITE_TO_EACH);
        assertThat(server.getRequestCount()).isZero();
    }

    @Nested
    class WhenEverybodyAgreed {
        @Test
        void writes_to_the_group() throws InterruptedException {
            areIn(ANA, BEN);
            accepts();

            SendResult result = clearing.gate()
                    .send(Message.builder(Recipient.of(GROUP), Purpose.NEWS, Content.text("Bonjour \u00e0 tous"))
                            .id(MessageId.of("m-1"))
                            .build());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("wamid.OUT1"));
            RecordedRequest request = server.takeRequest();
            String body = request.getBody().utf8();
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/messages HTTP/1.1");
            assertThat(Examples.json(body))
                    .isEqualTo(Examples.json("{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"group\","
                            + "\"to\":\"Y2FwaV9ncm91cA==\",\"type\":\"text\",\"text\":{\"preview_url\":false,"
                            + "\"body\":\"Bonjour \u00e0 tous\"},\"biz_opaque_callback_data\":\"m-1#1\"}"));
            assertThat(Examples.flaws("messages-request", body)).isEmpty();
        }

        @Test
        void names_the_agreement_of_each() {
            areIn(ANA, BEN);
            accepts();

            SendResult result = send(Content.text("Bonjour"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted ->
                                    assertThat(accepted.evidence().entries()).hasSize(2));
        }

        @Test
        void needs_the_window_that_anybody_in_the_group_opens() {
            areIn(ANA, BEN);
            clock.advance(Duration.ofHours(23).plusMinutes(59));
            accepts();

            SendResult within = send(Content.text("Bonjour"));
            clock.advance(Duration.ofMinutes(2));
            areIn(ANA, BEN);
            SendResult after = send(Content.text("Bonjour"));

            assertThat(within).isInstanceOf(SendResult.Accepted.class);
            assertThat(refusalOf(after).reason()).isEqualTo(Reason.WINDOW_CLOSED);
        }
    }

    @Nested
    class WhenSomebodyDidNot {
        @Test
        void refuses_for_one_stop() {
            areIn(ANA, BEN);
            clearing.withdraws(BEN);

            assertClosed(send(Content.text("Bonjour")));
        }

        @Test
        void refuses_for_one_stop_under_another_address_of_a_member() {
            Address userId = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
            roster.keep(GroupRosterTest.fetched(
                    clock.instant(), 2, Identity.of(ANA), Identity.of(BEN).with(userId)));
            clearing.withdraws(userId);

            assertClosed(send(Content.text("Bonjour")));
        }

        @Test
        void refuses_for_somebody_who_was_never_asked() {
            areIn(ANA, BEN, EVE);

            assertClosed(send(Content.text("Bonjour")));
        }

        @Test
        void closes_for_whoever_joins() {
            areIn(ANA, BEN);
            accepts();

            SendResult before = send(Content.text("Bonjour"));
            roster.joined(GROUP, Identity.of(EVE), clock.instant());
            SendResult after = send(Content.text("Bonjour"));

            assertThat(before).isInstanceOf(SendResult.Accepted.class);
            assertThat(refusalOf(after).reason()).isEqualTo(Reason.MEMBER_CLOSED);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void opens_again_once_they_left() {
            areIn(ANA, BEN);
            clearing.withdraws(BEN);
            clock.advance(Duration.ofSeconds(5));
            roster.left(GROUP, Identity.of(BEN), clock.instant());
            accepts();

            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenTheMembersAreNotKnown {
        @Test
        void refuses_and_says_how_to_fill_the_roster() {
            SendResult result = send(Content.text("Bonjour"));

            assertClosed(result);
            assertThat(refusalOf(result).detail()).contains("fetch it", "GroupRoster");
        }

        @Test
        void refuses_if_they_were_known_too_long_ago() {
            areIn(ANA, BEN);
            clock.advance(Duration.ofHours(24).plusSeconds(1));
            clearing.hears(GROUP);

            assertClosed(send(Content.text("Bonjour")));
        }

        @Test
        void refuses_if_somebody_is_not_named() {
            roster.keep(GroupRosterTest.fetched(clock.instant(), 3, Identity.of(ANA), Identity.of(BEN)));

            assertClosed(send(Content.text("Bonjour")));
        }

        @Test
        void refuses_if_nobody_is_in_it() {
            areIn();

            assertClosed(send(Content.text("Bonjour")));
        }
    }

    @Nested
    class WhenItIsATemplate {
        @Test
        void goes_outside_the_window_by_the_endpoint_of_all_messages() throws InterruptedException {
            clock.advance(Duration.ofHours(25));
            areIn(ANA, BEN);
            accepts();

            SendResult result = send(Tea.message("news_weekly").body("tous").build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            RecordedRequest request = server.takeRequest();
            String body = request.getBody().utf8();
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/messages HTTP/1.1");
            assertThat(body).contains("\"recipient_type\":\"group\"", "\"to\":\"Y2FwaV9ncm91cA==\"", "news_weekly");
            assertThat(Examples.flaws("messages-request", body)).isEmpty();
        }

        @Test
        void is_refused_for_one_stop() {
            areIn(ANA, BEN);
            clearing.withdraws(BEN);

            assertClosed(send(Tea.message("news_weekly").body("tous").build()));
        }

        @Test
        void is_refused_while_the_members_are_not_known() {
            assertClosed(send(Tea.message("news_weekly").body("tous").build()));
        }

        static List<TemplateMessage> notForGroups() {
            Media picture = Media.link(URI.create("https://cdn.example.org/a.png"));
            return List.of(
                    Tea.message("quiz").build(),
                    Tea.message("sale")
                            .headerImage(picture)
                            .offerEnds(Instant.parse("2026-12-24T12:00:00Z"))
                            .body("Zo\u00e9")
                            .copyCode(0, "THE25")
                            .urlSuffix(1, "x")
                            .build());
        }

        @ParameterizedTest
        @MethodSource("notForGroups")
        void is_refused_if_it_is_more_than_text_and_media(TemplateMessage template) {
            areIn(ANA, BEN);

            SendResult result = send(template);

            assertThat(refusalOf(result).reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains("groups take");
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class WhenTheContentIsNotForGroups {
        static List<Content> notForGroups() {
            return List.of(
                    new Content.Choices("?", List.of(new Content.Choices.Option("a", "A"))),
                    new Content.LinkButton("Ici", "Voir", URI.create("https://a.example")),
                    new Content.Location(1, 2, Optional.empty(), Optional.empty()),
                    new Content.LocationRequest("O\u00f9 ?"),
                    new Content.Reaction("wamid.IN1", Optional.empty()));
        }

        @ParameterizedTest
        @MethodSource("notForGroups")
        void refuses_it_whoever_is_in(Content content) {
            areIn(ANA, BEN);

            SendResult result = send(content);

            assertThat(refusalOf(result).reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refusalOf(result).alternatives()).contains(Alternative.OTHER_CONTENT);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void pins_a_message() throws InterruptedException {
            areIn(ANA, BEN);
            accepts();

            SendResult result = send(new WhatsAppContent.Pin("wamid.OUT1", Optional.of(7)));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(Examples.flaws(
                            "messages-request", server.takeRequest().getBody().utf8()))
                    .isEmpty();
        }

        @Test
        void takes_a_picture() throws InterruptedException {
            areIn(ANA, BEN);
            accepts();

            SendResult result = send(Content.image(Media.link(URI.create("https://cdn.example.org/a.png"))));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.takeRequest().getBody().utf8()).contains("\"recipient_type\":\"group\"");
        }

        @Test
        void sends_no_one_time_code() {
            areIn(ANA, BEN);

            SendResult result = clearing.gate()
                    .send(Message.of(Recipient.of(GROUP), Purpose.AUTHENTICATION, Content.text("123456")));

            assertThat(((SendResult.Refused) result).refusals())
                    .extracting(Refusal::reason)
                    .contains(Reason.PURPOSE_NOT_ADMITTED);
        }
    }
}
