package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.channel.http.CallRefusedException;
import aparte.testkit.MutableClock;
import aparte.whatsapp.WhatsAppGroups.Change;
import aparte.whatsapp.WhatsAppGroups.Decided;
import aparte.whatsapp.WhatsAppGroups.Group;
import aparte.whatsapp.WhatsAppGroups.Joining;
import aparte.whatsapp.WhatsAppGroups.Summary;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
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
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppGroupsTest {
    private static final Address GROUP = WhatsAppGroups.address("Y2FwaV9ncm91cA==");
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address BEN = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
    private static final String AT_GROUP = "/v26.0/Y2FwaV9ncm91cA==";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(NOON);
    private WhatsAppGroups groups;

    @BeforeEach
    void open() {
        groups = WhatsAppAccount.builder("100000000000001", "200000000000001", () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .build()
                .groups();
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void assertAsked(String line, String body) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        assertThat(request.getRequestLine()).isEqualTo(line + " HTTP/1.1");
        if (!body.isEmpty()) {
            assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
            assertThat(Examples.json(request.getBody().utf8())).isEqualTo(Examples.json(body));
        }
    }

    private static void assertRefused(CallRefusedException refused, String code) {
        assertThat(refused.failure().providerCode()).isEqualTo(code);
    }

    @Nested
    class WhenItMakesAGroup {
        @Test
        void asks_for_it_and_names_the_request() throws IOException, InterruptedException {
            answers(200, "{\"messaging_product\":\"whatsapp\",\"request_id\":\"106540352242922\"}");

            Change change = groups.create("Lecteurs", Optional.of("Un club"), Joining.BY_APPROVAL);

            assertThat(change).isEqualTo(new Change("106540352242922", Optional.empty()));
            assertAsked(
                    "POST /v26.0/200000000000001/groups",
                    "{\"messaging_product\":\"whatsapp\",\"subject\":\"Lecteurs\",\"description\":\"Un club\","
                            + "\"join_approval_mode\":\"approval_required\"}");
        }

        @Test
        void needs_no_description() throws IOException, InterruptedException {
            answers(200, "{}");

            assertThat(groups.create("L", Optional.empty(), Joining.BY_LINK).requestId())
                    .isEmpty();
            assertAsked(
                    "POST /v26.0/200000000000001/groups",
                    "{\"messaging_product\":\"whatsapp\",\"subject\":\"L\",\"join_approval_mode\":\"auto_approve\"}");
        }

        @Test
        void refuses_texts_that_are_too_long_or_blank() {
            assertThatThrownBy(() -> groups.create(" ", Optional.empty(), Joining.BY_LINK))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.create("x".repeat(129), Optional.empty(), Joining.BY_LINK))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.create("x", Optional.of("x".repeat(2_049)), Joining.BY_LINK))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void tells_that_the_number_may_not() {
            answers(400, "{\"error\":{\"code\":131215}}");

            assertThatThrownBy(() -> groups.create("x", Optional.empty(), Joining.BY_LINK))
                    .isInstanceOfSatisfying(CallRefusedException.class, refused -> {
                        assertRefused(refused, "131215");
                        assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.ACCOUNT);
                    });
        }
    }

    @Nested
    class WhenItListsGroups {
        @Test
        void reads_page_after_page() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":{\"groups\":[{\"id\":\"a==\",\"subject\":\"A\",\"created_at\":\"1763800000\"},7,{}]},"
                            + "\"paging\":{\"cursors\":{\"before\":\"x\",\"after\":\"QQ\"},\"next\":\"https://x\"}}");
            answers(
                    200,
                    "{\"paging\":{\"cursors\":{\"after\":\"RR\"}},\"data\":{\"odd\":1,\"groups\":[{\"id\":\"b\"}]}}");

            assertThat(groups.list())
                    .containsExactly(
                            new Summary(
                                    WhatsAppGroups.address("a=="),
                                    "A",
                                    Optional.of(Instant.ofEpochSecond(1_763_800_000))),
                            new Summary(WhatsAppGroups.address("b"), "", Optional.empty()));
            assertAsked("GET /v26.0/200000000000001/groups?limit=1024", "");
            RecordedRequest second = server.takeRequest();
            assertThat(second.getUrl().queryParameter("after")).isEqualTo("QQ");
            assertThat(second.getUrl().queryParameter("limit")).isEqualTo("1024");
        }

        @Test
        void ends_where_the_cursor_repeats_itself() throws IOException {
            String page =
                    "{\"data\":{\"groups\":[{\"id\":\"a\"}]},\"paging\":{\"cursors\":{\"after\":\"Q\"},\"next\":\"n\"}}";
            answers(200, page);
            answers(200, page);

            assertThat(groups.list()).hasSize(2);
        }

        @Test
        void is_empty_without_groups() throws IOException {
            answers(200, "{\"data\":{\"groups\":[]}}");

            assertThat(groups.list()).isEmpty();
        }
    }

    @Nested
    class WhenItFetchesAGroup {
        private void answersGroup(String participants, String total) {
            answers(
                    200,
                    "{\"messaging_product\":\"whatsapp\",\"id\":\"Y2FwaV9ncm91cA==\",\"subject\":\"Lecteurs\","
                            + "\"description\":\"Un club\",\"join_approval_mode\":\"approval_required\","
                            + "\"creation_timestamp\":1763800000,\"suspended\":true,\"participants\":["
                            + participants + "],\"total_participant_count\":" + total + "}");
        }

        @Test
        void reads_all_of_it() throws IOException, InterruptedException {
            answersGroup("{\"wa_id\":\"33639980001\"},{\"wa_id\":33639980002,\"user_id\":\"FR.1349\"}", "2");

            Group group = groups.fetch(GROUP);

            assertThat(group)
                    .isEqualTo(new Group(
                            GROUP,
                            "Lecteurs",
                            "Un club",
                            List.of(Identity.of(ANA), Identity.of(Address.phone("+33639980002"), BEN)),
                            2,
                            Joining.BY_APPROVAL,
                            true,
                            Optional.of(Instant.ofEpochSecond(1_763_800_000)),
                            NOON));
            assertThat(group.isComplete()).isTrue();
            assertAsked(
                    "GET " + AT_GROUP + "?fields=subject%2Cdescription%2Cparticipants%2Ctotal_participant_count"
                            + "%2Csuspended%2Cjoin_approval_mode%2Ccreation_timestamp",
                    "");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"wa_id\":\"33639980001\"},{}",
                    "{\"wa_id\":\"33639980001\"},{\"wa_id\":\"hidden\"}",
                    "{\"wa_id\":\"33639980001\"},7",
                    "{\"wa_id\":\"33639980001\"}"
                })
        void is_incomplete_if_somebody_is_not_named(String participants) throws IOException {
            answersGroup(participants, "2");

            Group group = groups.fetch(GROUP);

            assertThat(group.isComplete()).isFalse();
            assertThat(group.members()).containsExactly(Identity.of(ANA));
        }

        @Test
        void is_incomplete_without_a_count() throws IOException {
            answers(200, "{\"participants\":[{\"wa_id\":\"33639980001\"}]}");

            assertThat(groups.fetch(GROUP).isComplete()).isFalse();
        }

        @Test
        void shows_neither_subject_nor_people() throws IOException {
            answersGroup("{\"wa_id\":\"33639980001\"}", "1");

            assertThat(groups.fetch(GROUP).toString()).doesNotContain("Lecteurs", "639980001", "Y2FwaV9ncm91");
        }

        @Test
        void refuses_an_address_that_is_no_whatsapp_group() {
            Address viber = new Address(Address.Kind.GROUP, "g", "viber");
            Address path = new Address(Address.Kind.GROUP, "../me", "whatsapp");

            assertThatThrownBy(() -> groups.fetch(viber)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.fetch(path)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.fetch(ANA)).isInstanceOf(IllegalArgumentException.class);
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class WhenItChangesAGroup {
        @Test
        void writes_what_changes_only() throws IOException, InterruptedException {
            answers(200, "{\"request_id\":\"7\"}");

            assertThat(groups.update(GROUP, Optional.empty(), Optional.of("Tout autre"))
                            .requestId())
                    .isEqualTo("7");
            assertAsked("POST " + AT_GROUP, "{\"messaging_product\":\"whatsapp\",\"description\":\"Tout autre\"}");
            assertThatThrownBy(() -> groups.update(GROUP, Optional.empty(), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void sends_a_picture_as_a_file() throws IOException, InterruptedException {
            answers(200, "{\"request_id\":\"7\"}");
            byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 1};

            groups.picture(GROUP, jpeg);

            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).isEqualTo("POST " + AT_GROUP + " HTTP/1.1");
            assertThat(request.getBody().utf8())
                    .contains("name=\"messaging_product\"", "name=\"file\"; filename=\"image.jpg\"", "image/jpeg");
            assertThatThrownBy(
                            () -> groups.picture(GROUP, "GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void deletes_it() throws IOException, InterruptedException {
            answers(200, "{\"success\":true,\"request_id\":\"7\"}");

            groups.delete(GROUP);

            assertAsked("DELETE " + AT_GROUP, "");
        }

        @Test
        void gives_the_link_and_makes_another() throws IOException, InterruptedException {
            answers(200, "{\"messaging_product\":\"whatsapp\",\"invite_link\":\"https://chat.whatsapp.com/A\"}");
            answers(200, "{\"messaging_product\":\"whatsapp\",\"invite_link\":\"https://chat.whatsapp.com/B\"}");

            assertThat(groups.inviteLink(GROUP)).isEqualTo(URI.create("https://chat.whatsapp.com/A"));
            assertThat(groups.resetInviteLink(GROUP)).isEqualTo(URI.create("https://chat.whatsapp.com/B"));
            assertAsked("GET " + AT_GROUP + "/invite_link", "");
            assertAsked("POST " + AT_GROUP + "/invite_link", "{\"messaging_product\":\"whatsapp\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"invite_link\":\"javascript:alert(1)\"}", "{\"invite_link\":\"https:// x\"}"})
        void refuses_what_is_no_link(String body) {
            answers(200, body);

            assertThatThrownBy(() -> groups.inviteLink(GROUP)).isInstanceOf(CallRefusedException.class);
        }
    }

    @Nested
    class WhenItPutsPeopleOut {
        @Test
        void names_them_by_number_or_user_id() throws IOException, InterruptedException {
            answers(200, "{\"messaging_product\":\"whatsapp\",\"request_id\":\"9\"}");

            Change change = groups.remove(GROUP, List.of(ANA, BEN));

            assertThat(change).isEqualTo(new Change("9", Optional.empty()));
            assertAsked(
                    "DELETE " + AT_GROUP + "/participants",
                    "{\"messaging_product\":\"whatsapp\",\"participants\":[{\"user\":\"+33639980001\"},"
                            + "{\"user\":\"FR.1349\"}]}");
        }

        @ParameterizedTest
        @ValueSource(ints = {206, 400})
        void tells_that_some_are_still_in(int status) throws IOException {
            answers(status, "{\"request_id\":\"9\",\"error\":{\"code\":131201}}");

            Change change = groups.remove(GROUP, List.of(ANA, BEN));

            assertThat(change.requestId()).isEqualTo("9");
            assertThat(change.partly().map(DeliveryFailure::providerCode)).contains("131201");
        }

        @Test
        void tells_that_nobody_named_was_in() {
            answers(400, "{\"request_id\":\"9\",\"error\":{\"code\":131212}}");

            assertThatThrownBy(() -> groups.remove(GROUP, List.of(ANA)))
                    .isInstanceOfSatisfying(CallRefusedException.class, refused -> assertRefused(refused, "131212"));
        }

        @Test
        void refuses_none_too_many_somebody_twice_and_other_addresses() {
            assertThatThrownBy(() -> groups.remove(GROUP, List.of())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.remove(GROUP, Collections.nCopies(9, ANA)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.remove(GROUP, List.of(ANA, ANA)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.remove(
                            GROUP, List.of(Address.phone("+5511987654321"), Address.phone("+551187654321"))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> groups.remove(GROUP, List.of(Address.email("ana@example.org"))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class WhenPeopleAskToJoin {
        @Test
        void lists_them() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":[{\"join_request_id\":\"R1\",\"wa_id\":\"33639980001\",\"creation_timestamp\":1763800000},"
                            + "{\"join_request_id\":\"R2\",\"user_id\":\"FR.1349\"},{\"wa_id\":\"33639980003\"}]}");

            assertThat(groups.joinRequests(GROUP))
                    .containsExactly(
                            new WhatsAppGroups.JoinRequest(
                                    "R1", Identity.of(ANA), Optional.of(Instant.ofEpochSecond(1_763_800_000))),
                            new WhatsAppGroups.JoinRequest("R2", Identity.of(BEN), Optional.empty()));
            assertAsked("GET " + AT_GROUP + "/join_requests", "");
        }

        @Test
        void approves_them() throws IOException, InterruptedException {
            answers(200, "{\"messaging_product\":\"whatsapp\",\"approved_join_requests\":[\"R1\",\"R2\"]}");

            Decided decided = groups.approve(GROUP, List.of("R1", "R2"));

            assertThat(decided.done()).containsExactly("R1", "R2");
            assertThat(decided.failed()).isEmpty();
            assertAsked(
                    "POST " + AT_GROUP + "/join_requests",
                    "{\"messaging_product\":\"whatsapp\",\"join_requests\":[\"R1\",\"R2\"]}");
        }

        @Test
        void tells_who_could_not_be_approved_and_why() throws IOException {
            answers(
                    206,
                    "{\"approved_join_requests\":[{\"join_request_id\":\"R1\"}],\"failed_join_requests\":"
                            + "[{\"join_request_id\":\"R2\",\"errors\":[{\"code\":131213,\"message\":\"x\"}]}],"
                            + "\"errors\":[{\"code\":131201}]}");

            Decided decided = groups.approve(GROUP, List.of("R1", "R2"));

            assertThat(decided.done()).containsExactly("R1");
            assertThat(decided.failed().get("R2"))
                    .satisfies(failure -> assertThat(failure.providerCode()).isEqualTo("131213"));
            assertThat(decided.toString()).doesNotContain("R2");
        }

        @Test
        void rejects_them() throws IOException, InterruptedException {
            answers(
                    400,
                    "{\"rejected_join_requests\":[],\"failed_join_requests\":[{\"join_request_id\":\"R1\",\"errors\":"
                            + "[{\"code\":131213}]}],\"error\":{\"code\":131213}}");

            Decided decided = groups.reject(GROUP, List.of("R1"));

            assertThat(decided.done()).isEmpty();
            assertThat(decided.failed()).containsOnlyKeys("R1");
            assertAsked(
                    "DELETE " + AT_GROUP + "/join_requests",
                    "{\"messaging_product\":\"whatsapp\",\"join_requests\":[\"R1\"]}");
        }

        @Test
        void refuses_an_answer_that_names_none() {
            answers(400, "{\"error\":{\"code\":131213}}");

            assertThatThrownBy(() -> groups.reject(GROUP, List.of("R1")))
                    .isInstanceOfSatisfying(CallRefusedException.class, refused -> assertRefused(refused, "131213"));
            assertThatThrownBy(() -> groups.approve(GROUP, List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
