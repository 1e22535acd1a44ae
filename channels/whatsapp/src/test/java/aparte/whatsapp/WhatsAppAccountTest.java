package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.channel.http.CallRefusedException;
import aparte.whatsapp.WhatsAppNumber.Event;
import aparte.whatsapp.WhatsAppNumber.Facts;
import aparte.whatsapp.WhatsAppNumber.Part;
import java.io.IOException;
import java.net.URI;
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

class WhatsAppAccountTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address BEN = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
    private static final String NUMBER = "/v26.0/200000000000001";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private WhatsAppAccount account;

    @BeforeEach
    void open() {
        account = WhatsAppAccount.builder("100000000000001", "200000000000001", () -> "secret-token")
                .baseUri(server.url("/").uri())
                .build();
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private RecordedRequest request(String line) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        assertThat(request.getRequestLine()).startsWith(line);
        return request;
    }

    private void assertBody(String line, String body) throws InterruptedException {
        assertThat(Examples.json(request(line + " HTTP/1.1").getBody().utf8())).isEqualTo(Examples.json(body));
    }

    @Test
    void subscribes_the_app() throws IOException, InterruptedException {
        answers(200, "{\"success\":true}");

        account.subscribe();

        assertBody("POST /v26.0/100000000000001/subscribed_apps", "{}");
    }

    @Nested
    class WhenItAsksHowTheNumberStands {
        @Test
        void reads_the_facts() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"verified_name\":\"Lumi\u00e8re\",\"display_phone_number\":\"+33 6 39 98 00 00\",\"id\":\"2\","
                            + "\"quality_rating\":\"GREEN\",\"throughput\":{\"level\":\"STANDARD\"},\"status\":\"CONNECTED\","
                            + "\"whatsapp_business_manager_messaging_limit\":\"TIER_2K\",\"health_status\":"
                            + "{\"can_send_message\":\"LIMITED\",\"entities\":[{\"entity_type\":\"PHONE_NUMBER\",\"id\":\"2\","
                            + "\"can_send_message\":\"AVAILABLE\"},{\"entity_type\":\"WABA\",\"can_send_message\":\"LIMITED\","
                            + "\"errors\":[{\"error_code\":141006,\"error_description\":\"x\"}]},{\"id\":\"7\"}]}}");

            Facts facts = account.number().facts();

            assertThat(facts.phone()).contains("+33 6 39 98 00 00");
            assertThat(facts.name()).contains("Lumi\u00e8re");
            assertThat(facts.quality()).contains("GREEN");
            assertThat(facts.throughput()).contains("STANDARD");
            assertThat(facts.messagingLimit()).contains("TIER_2K");
            assertThat(facts.status()).contains("CONNECTED");
            assertThat(facts.health().canSend()).contains("LIMITED");
            assertThat(facts.health().isBlocked()).isFalse();
            assertThat(facts.health().parts())
                    .containsExactly(
                            new Part("PHONE_NUMBER", "AVAILABLE", List.of()),
                            new Part("WABA", "LIMITED", List.of(141006L)));
            assertThat(request("GET " + NUMBER + "?fields=").getUrl().queryParameter("fields"))
                    .isEqualTo("display_phone_number,verified_name,quality_rating,throughput,"
                            + "whatsapp_business_manager_messaging_limit,status,health_status");
        }

        @Test
        void reads_what_there_is() throws IOException {
            answers(200, "{\"throughput\":\"high\",\"health_status\":[],\"quality_rating\":null}");

            Facts facts = account.number().facts();

            assertThat(facts.quality()).isEmpty();
            assertThat(facts.throughput()).isEmpty();
            assertThat(facts.health().parts()).isEmpty();
        }

        @Test
        void tells_why_it_may_not_ask() {
            answers(401, "{\"error\":{\"code\":190}}");

            assertThatThrownBy(() -> account.number().facts())
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused ->
                                    assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED));
        }

        @Test
        void reads_what_became_of_a_message() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":[{\"id\":\"1\",\"message_id\":\"wamid.X\",\"events\":{\"data\":[{\"id\":\"5\","
                            + "\"delivery_status\":\"SENT\",\"timestamp\":1763800000,\"webhook_update_state\":\"FAILED\"},"
                            + "{\"delivery_status\":\"READ\"},{}]}},{\"message_id\":\"wamid.Y\",\"events\":{\"data\":"
                            + "[{\"delivery_status\":\"FAILED\"}]}}]}");

            assertThat(account.number().history("wamid.X"))
                    .containsExactly(
                            new Event("SENT", Optional.of(Instant.ofEpochSecond(1_763_800_000)), Optional.of("FAILED")),
                            new Event("READ", Optional.empty(), Optional.empty()));
            RecordedRequest request = request("GET " + NUMBER + "/message_history?");
            assertThat(request.getUrl().queryParameter("message_id")).isEqualTo("wamid.X");
            assertThat(request.getUrl().queryParameter("fields")).contains("events{delivery_status");
        }
    }

    @Nested
    class WhenItKeepsTheProfile {
        @Test
        void reads_it() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":[{\"messaging_product\":\"whatsapp\",\"about\":\"Livres\",\"address\":\"\",\"email\":"
                            + "\"a@example.org\",\"vertical\":\"RETAIL\",\"websites\":[\"https://example.org\",\"::odd\",7],"
                            + "\"profile_picture_url\":\"https://pps.example/p\"}]}");

            WhatsAppProfile profile = account.number().profile();

            assertThat(profile.about()).contains("Livres");
            assertThat(profile.address()).isEmpty();
            assertThat(profile.description()).isEmpty();
            assertThat(profile.email()).contains("a@example.org");
            assertThat(profile.industry()).contains("RETAIL");
            assertThat(profile.websites().orElseThrow()).contains(URI.create("https://example.org"));
            assertThat(profile.picture()).contains(URI.create("https://pps.example/p"));
            assertThat(request("GET " + NUMBER + "/whatsapp_business_profile?")
                            .getUrl()
                            .queryParameter("fields"))
                    .isEqualTo("about,address,description,email,vertical,websites,profile_picture_url");
        }

        @Test
        void changes_what_is_set_only() throws IOException, InterruptedException {
            answers(200, "{\"success\":true}");

            account.number()
                    .profile(WhatsAppProfile.builder()
                            .about("Livres")
                            .description("")
                            .industry("RETAIL")
                            .websites(URI.create("https://example.org"))
                            .build());

            assertBody(
                    "POST " + NUMBER + "/whatsapp_business_profile",
                    "{\"messaging_product\":\"whatsapp\",\"about\":\"Livres\",\"description\":\"\","
                            + "\"vertical\":\"RETAIL\",\"websites\":[\"https://example.org\"]}");
        }

        @Test
        void refuses_what_whatsapp_would() {
            WhatsAppProfile.Builder profile = WhatsAppProfile.builder();
            URI site = URI.create("https://example.org");

            assertThatThrownBy(() -> profile.about(" ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> profile.about("x".repeat(140))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> profile.address("x".repeat(257))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> profile.description("x".repeat(513))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> profile.email("x".repeat(129))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> profile.websites(site, site, site)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> profile.websites(URI.create("ftp://example.org")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> account.number().profile(profile.build()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenItChangesSettings {
        @Test
        void switches_the_identity_check() throws IOException, InterruptedException {
            answers(200, "{\"success\":true}");

            account.number().checkIdentities(true);

            assertBody(
                    "POST " + NUMBER + "/settings", "{\"user_identity_change\":{\"enable_identity_key_check\":true}}");
        }

        @Test
        void takes_a_person_out_of_the_contact_book() throws IOException, InterruptedException {
            answers(200, "{\"success\":true}");
            answers(200, "{\"messaging_product\":\"whatsapp\",\"success\":true,\"deleted\":false}");

            assertThat(account.number().forgetContact(BEN)).isTrue();
            assertThat(account.number().forgetContact(BEN)).isFalse();
            RecordedRequest request = request("DELETE " + NUMBER + "/contact_book?");
            assertThat(request.getUrl().queryParameter("bsuid")).isEqualTo("FR.1349");
            assertThat(request.getUrl().queryParameter("messaging_product")).isEqualTo("whatsapp");
            assertThatThrownBy(() -> account.number().forgetContact(ANA)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenItBlocks {
        @Test
        void names_people_by_number_or_user_id() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"messaging_product\":\"whatsapp\",\"block_users\":{\"added_users\":[{\"input\":\"+33639980001\","
                            + "\"wa_id\":\"33639980001\"},{\"input\":\"FR.1349\",\"user_id\":\"FR.1349\"}]}}");

            WhatsAppBlockList.Changed changed = account.blockList().block(List.of(ANA, BEN));

            assertThat(changed.done()).containsExactlyInAnyOrder(ANA, BEN);
            assertThat(changed.failed()).isEmpty();
            assertBody(
                    "POST " + NUMBER + "/block_users",
                    "{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":\"+33639980001\"},"
                            + "{\"user\":\"FR.1349\"}]}");
        }

        @Test
        void tells_who_is_blocked_and_who_is_not() throws IOException {
            answers(
                    400,
                    "{\"messaging_product\":\"whatsapp\",\"block_users\":{\"added_users\":[{\"input\":\"33639980001\"}],"
                            + "\"failed_users\":[{\"input\":\"FR.1349\",\"errors\":[{\"code\":131047,\"message\":\"x\"}]},"
                            + "{\"input\":\"+999\"}]},\"error\":{\"code\":139100}}");

            WhatsAppBlockList.Changed changed = account.blockList().block(List.of(ANA, BEN));

            assertThat(changed.done()).containsExactly(ANA);
            assertThat(changed.failed()).containsOnlyKeys(BEN);
            assertThat(changed.failed().get(BEN))
                    .satisfies(failure -> assertThat(failure.providerCode()).isEqualTo("131047"));
        }

        @Test
        void ends_a_block() throws IOException, InterruptedException {
            answers(200, "{\"block_users\":{\"removed_users\":[{\"input\":\"+33639980001\"}]}}");

            assertThat(account.blockList().unblock(List.of(ANA)).done()).containsExactly(ANA);
            assertBody(
                    "DELETE " + NUMBER + "/block_users",
                    "{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":\"+33639980001\"}]}");
        }

        @Test
        void lists_whom_it_blocks() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":[{\"messaging_product\":\"whatsapp\",\"wa_id\":\"33639980001\"},{\"user_id\":\"FR.1349\"},{}]}");

            assertThat(account.blockList().list()).containsExactly(Identity.of(ANA), Identity.of(BEN));
            request("GET " + NUMBER + "/block_users HTTP/1.1");
        }

        @Test
        void is_refused_as_a_whole_if_the_list_is_full_or_the_answer_names_nobody() {
            answers(400, "{\"error\":{\"code\":139101}}");
            answers(400, "{\"error\":{\"code\":139100}}");

            assertThatThrownBy(() -> account.blockList().block(List.of(ANA)))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused -> assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.ACCOUNT));
            assertThatThrownBy(() -> account.blockList().block(List.of(ANA))).isInstanceOf(CallRefusedException.class);
            assertThatThrownBy(() -> account.blockList().block(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
