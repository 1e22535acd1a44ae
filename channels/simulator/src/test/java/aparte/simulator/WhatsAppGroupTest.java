package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aparte.simulator.Client.Reply;
import aparte.simulator.WhatsAppPerson.Joining;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppGroupTest {
    private static final String GROUPS = "/v24.0/200000000000001/groups";
    private static final String PRODUCT = "{\"messaging_product\":\"whatsapp\"";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Client client = new Client(simulator);
    private final WhatsApp whatsApp = simulator.whatsApp();
    private final WhatsAppPerson ana = whatsApp.person("+33639980001", "FR.Ana").named("Ana");
    private final WhatsAppPerson bruno = whatsApp.person("+33639980002");

    @BeforeEach
    void nobody_listens_but_all_is_kept() {
        whatsApp.webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private List<Tree> changes() {
        return simulator.webhooks().deliver().stream()
                .map(delivery -> Tree.of(delivery.text()).at("entry", 0, "changes", 0))
                .toList();
    }

    private Tree change() {
        List<Tree> changes = changes();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private Tree event(String field) {
        Tree change = change();
        assertThat(change.text("field")).isEqualTo(field);
        return change.at("value", "groups", 0);
    }

    private Reply create(String more) {
        return client.call("POST", GROUPS, PRODUCT + more + "}");
    }

    private WhatsAppGroup group(String mode) {
        assertThat(create(",\"subject\":\"Trip\",\"join_approval_mode\":\"" + mode + "\"")
                        .status())
                .isEqualTo(200);
        simulator.webhooks().drop();
        return whatsApp.groups().get(whatsApp.groups().size() - 1);
    }

    private WhatsAppGroup groupOf(WhatsAppPerson... people) {
        WhatsAppGroup group = group("auto_approve");
        Stream.of(people)
                .forEach(person -> assertThat(person.join(group.inviteLink())).isEqualTo(Joining.JOINED));
        simulator.webhooks().drop();
        return group;
    }

    private List<WhatsAppPerson> eight() {
        List<WhatsAppPerson> people = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            people.add(whatsApp.person("+3363998010" + i));
        }
        return people;
    }

    private String path(WhatsAppGroup group, String edge) {
        return "/v24.0/" + group.id() + edge;
    }

    private Reply send(WhatsAppGroup group, String content) {
        return client.send(PRODUCT + ",\"recipient_type\":\"group\",\"to\":\"" + group.id() + "\"," + content + "}");
    }

    private Reply text(WhatsAppGroup group) {
        return send(group, "\"type\":\"text\",\"text\":{\"body\":\"Hi all\"},\"biz_opaque_callback_data\":\"k\"");
    }

    private WhatsAppGroup openGroupOf(WhatsAppPerson... people) {
        WhatsAppGroup group = groupOf(people);
        people[0].in(group.id()).writes("Hello");
        simulator.webhooks().drop();
        return group;
    }

    @Nested
    class Creating {
        @Test
        void answers_with_a_request_whose_webhook_has_id_and_link() {
            Reply reply = create(",\"subject\":\" Trip \",\"description\":\"To the sea\"");

            Tree event = event("group_lifecycle_update");
            WhatsAppGroup group = whatsApp.groups().get(0);
            assertThat(reply.json().text("messaging_product")).isEqualTo("whatsapp");
            assertThat(event.text("request_id")).isEqualTo(reply.json().text("request_id"));
            assertThat(event.text("type")).isEqualTo("group_create");
            assertThat(event.text("group_id")).isEqualTo(group.id());
            assertThat(event.text("subject")).isEqualTo("Trip");
            assertThat(event.text("description")).isEqualTo("To the sea");
            assertThat(event.text("join_approval_mode")).isEqualTo("auto_approve");
            assertThat(event.text("invite_link"))
                    .isEqualTo(group.inviteLink())
                    .startsWith("https://chat.whatsapp.com/");
            assertThat(event.text("timestamp")).isEqualTo("1795428000");
            assertThat(event.isNumber("timestamp")).isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"subject\":\"a\"}|131008",
                    "{\"messaging_product\":\"sms\",\"subject\":\"a\"}|100",
                    "{\"messaging_product\":\"whatsapp\"}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"subject\":\"  \"}|131008",
                    "{\"messaging_product\":\"whatsapp\",\"subject\":7}|100",
                    "{\"messaging_product\":\"whatsapp\",\"subject\":\"a\",\"join_approval_mode\":\"maybe\"}|100",
                    "{|100"
                })
        void refuses_what_is_malformed(String json, String code) {
            assertThat(client.call("POST", GROUPS, json).code()).isEqualTo(code);
        }

        @ParameterizedTest
        @CsvSource({"subject,129", "description,2049"})
        void refuses_what_is_too_long(String field, int length) {
            String other = field.equals("subject") ? "" : ",\"subject\":\"a\"";

            assertThat(create(other + ",\"" + field + "\":\"" + "a".repeat(length) + "\"")
                            .code())
                    .isEqualTo("100");
        }

        @Test
        void refuses_more_than_the_number_may_have() {
            whatsApp.account().holdsTo(WhatsAppLimits.none().groupsPerNumber(1));
            create(",\"subject\":\"One\"");

            assertThat(create(",\"subject\":\"Two\"").code()).isEqualTo("131211");
        }

        @ParameterizedTest
        @CsvSource({"131208,429", "131214,400", "131215,400"})
        void is_refused_when_that_is_ordered(int code, int status) {
            whatsApp.account().refusesNextGroupCall(code);

            Reply refused = create(",\"subject\":\"One\"");

            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.code()).isEqualTo(Integer.toString(code));
            assertThat(create(",\"subject\":\"One\"").status()).isEqualTo(200);
        }
    }

    @Nested
    class Listing {
        @Test
        void goes_page_by_page() {
            group("auto_approve");
            group("auto_approve");
            group("auto_approve");

            Tree first = client.get(GROUPS + "?limit=2").json();
            Tree second = client.get(first.text("paging", "next")).json();
            Tree back = client.get(second.text("paging", "previous")).json();

            assertThat(first.size("data", "groups")).isEqualTo(2);
            assertThat(first.text("data", "groups", 0, "subject")).isEqualTo("Trip");
            assertThat(first.text("data", "groups", 0, "created_at")).isEqualTo("1795428000");
            assertThat(first.text("paging", "previous")).isNull();
            assertThat(second.size("data", "groups")).isEqualTo(1);
            assertThat(second.text("data", "groups", 0, "id"))
                    .isEqualTo(whatsApp.groups().get(2).id());
            assertThat(second.text("paging", "next")).isNull();
            assertThat(back.text("data", "groups", 0, "id"))
                    .isEqualTo(whatsApp.groups().get(0).id());
        }

        @Test
        void is_empty_without_groups() {
            assertThat(client.get(GROUPS).text()).isEqualTo("{\"data\":{\"groups\":[]}}");
        }

        @ParameterizedTest
        @CsvSource({"limit=0,100", "limit=1025,100", "limit=x,100", "after=x,131059", "after=aXRlbSA5OQ==,131059"})
        void refuses_a_wrong_limit_or_cursor(String query, String code) {
            assertThat(client.get(GROUPS + "?" + query).code()).isEqualTo(code);
        }
    }

    @Nested
    class Asking {
        @Test
        void tells_the_id_alone_unless_fields_are_named() {
            WhatsAppGroup group = groupOf(ana);

            assertThat(client.get(path(group, "")).text())
                    .isEqualTo("{\"messaging_product\":\"whatsapp\",\"id\":\"" + group.id() + "\"}");
        }

        @Test
        void tells_what_is_named() {
            WhatsAppGroup group = groupOf(ana, bruno);

            Tree told = client.get(path(
                            group,
                            "?fields=subject,description,participants,total_participant_count,suspended,"
                                    + "join_approval_mode,creation_timestamp"))
                    .json();

            assertThat(told.text("subject")).isEqualTo("Trip");
            assertThat(told.text("description")).isEmpty();
            assertThat(told.text("participants", 0, "wa_id")).isEqualTo("33639980001");
            assertThat(told.text("participants", 0, "user_id")).isEqualTo("FR.Ana");
            assertThat(told.text("total_participant_count")).isEqualTo("2");
            assertThat(told.text("suspended")).isEqualTo("false");
            assertThat(told.text("join_approval_mode")).isEqualTo("auto_approve");
            assertThat(told.isNumber("creation_timestamp")).isTrue();
        }

        @Test
        void refuses_a_field_that_does_not_exist() {
            assertThat(client.get(path(groupOf(), "?fields=mood")).code()).isEqualTo("100");
        }

        @Test
        void knows_no_group_that_was_deleted() {
            WhatsAppGroup group = groupOf();

            Reply reply = client.delete(path(group, ""));

            Tree event = event("group_lifecycle_update");
            assertThat(reply.json().text("success")).isEqualTo("true");
            assertThat(event.text("type")).isEqualTo("group_delete");
            assertThat(event.text("request_id")).isEqualTo(reply.json().text("request_id"));
            assertThat(client.get(path(group, "")).code()).isEqualTo("100");
            assertThat(text(group).code()).isEqualTo("131041");
            assertThatIllegalArgumentException().isThrownBy(group::subject);
        }
    }

    @Nested
    class Updating {
        @Test
        void changes_subject_and_description() {
            WhatsAppGroup group = groupOf();

            Reply reply =
                    client.call("POST", path(group, ""), PRODUCT + ",\"subject\":\"Walk\",\"description\":\"Hills\"}");

            Tree event = event("group_settings_update");
            assertThat(event.text("request_id")).isEqualTo(reply.json().text("request_id"));
            assertThat(event.text("group_subject", "text")).isEqualTo("Walk");
            assertThat(event.text("group_subject", "update_successful")).isEqualTo("true");
            assertThat(event.text("group_description", "text")).isEqualTo("Hills");
            assertThat(event.text("profile_picture")).isNull();
            assertThat(group.subject()).isEqualTo("Walk");
        }

        @Test
        void refuses_an_empty_subject() {
            assertThat(client.call("POST", path(groupOf(), ""), PRODUCT + ",\"subject\":\"\"}")
                            .code())
                    .isEqualTo("100");
        }

        @Test
        void takes_a_square_picture() {
            ByteString picture = jpeg(192, 192);

            Reply reply = upload(groupOf(), picture);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(event("group_settings_update").text("profile_picture", "sha256"))
                    .isEqualTo(picture.sha256().base64());
        }

        @ParameterizedTest
        @CsvSource({"300,200,131209", "191,191,131210"})
        void refuses_a_picture_of_another_size(int width, int height, String code) {
            assertThat(upload(groupOf(), jpeg(width, height)).code()).isEqualTo(code);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ffd8", "89504e47", "ffd8ffe00002ffd9", ""})
        void refuses_a_picture_that_is_no_jpeg(String hex) {
            assertThat(upload(groupOf(), ByteString.decodeHex(hex)).code()).isEqualTo("100");
        }

        @Test
        void refuses_a_form_without_file() {
            Reply reply = client.exchange(client.request(path(groupOf(), ""))
                    .header("Content-Type", "multipart/form-data; boundary=limit")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            Client.part("messaging_product", "whatsapp") + "--limit--\r\n")));

            assertThat(reply.code()).isEqualTo("131008");
        }

        private Reply upload(WhatsAppGroup group, ByteString picture) {
            byte[] head = (Client.part("messaging_product", "whatsapp")
                            + "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n"
                            + "Content-Type: image/jpeg\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] tail = "\r\n--limit--\r\n".getBytes(StandardCharsets.UTF_8);
            return client.exchange(client.request(path(group, ""))
                    .header("Content-Type", "multipart/form-data; boundary=limit")
                    .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, picture.toByteArray(), tail))));
        }

        /** An APP0 segment of four bytes, then the frame header. */
        private ByteString jpeg(int width, int height) {
            return new Buffer()
                    .write(ByteString.decodeHex("ffd8ffe00004abcdffc0001108"))
                    .writeShort(height)
                    .writeShort(width)
                    .write(ByteString.decodeHex("03012200021101031101"))
                    .readByteString();
        }
    }

    @Nested
    class AnInviteLink {
        @Test
        void can_be_asked_for() {
            WhatsAppGroup group = groupOf();

            assertThat(client.get(path(group, "/invite_link")).json().text("invite_link"))
                    .isEqualTo(group.inviteLink());
        }

        @Test
        void lets_nobody_in_once_it_was_reset() {
            WhatsAppGroup group = groupOf();
            String old = group.inviteLink();

            Reply reply = client.call("POST", path(group, "/invite_link"), PRODUCT + "}");

            assertThat(reply.json().text("invite_link"))
                    .isEqualTo(group.inviteLink())
                    .isNotEqualTo(old);
            assertThat(ana.join(old)).isEqualTo(Joining.REFUSED);
            assertThat(ana.join(group.inviteLink())).isEqualTo(Joining.JOINED);
        }

        @Test
        void lets_people_in() {
            WhatsAppGroup group = group("auto_approve");

            Joining joining = ana.join(group.inviteLink());

            Tree event = event("group_participants_update");
            assertThat(joining).isEqualTo(Joining.JOINED);
            assertThat(event.text("type")).isEqualTo("group_participants_add");
            assertThat(event.text("reason")).isEqualTo("invite_link");
            assertThat(event.text("added_participants", 0, "wa_id")).isEqualTo("33639980001");
            assertThat(event.text("added_participants", 0, "user_id")).isEqualTo("FR.Ana");
            assertThat(event.isNumber("added_participants", 0, "wa_id")).isFalse();
            assertThat(ana.join(group.inviteLink())).isEqualTo(Joining.JOINED);
            assertThat(simulator.webhooks().queued()).isZero();
            assertThat(group.size()).isEqualTo(1);
        }

        @Test
        void hides_a_phone_number_that_is_hidden() {
            WhatsAppGroup group = group("auto_approve");
            ana.hidesPhone("ana.m").join(group.inviteLink());

            assertThat(event("group_participants_update").text("added_participants", 0, "wa_id"))
                    .isNull();
        }

        @Test
        void lets_eight_people_in_and_no_more() {
            WhatsAppGroup group = groupOf(eight().toArray(WhatsAppPerson[]::new));

            assertThat(ana.join(group.inviteLink())).isEqualTo(Joining.REFUSED);
            assertThat(group.size()).isEqualTo(8);
        }

        @Test
        void lets_nobody_in_while_the_group_is_suspended() {
            WhatsAppGroup group = groupOf();
            group.suspend();

            assertThat(ana.join(group.inviteLink())).isEqualTo(Joining.REFUSED);
        }
    }

    @Nested
    class JsonNumbersForPeople {
        @AutoClose
        private final Simulator numeric = Simulator.builder()
                .whatsApp(WhatsAppSettings.builder().numericParticipants().build())
                .start();

        @Test
        void stand_in_group_webhooks_if_so_set() {
            numeric.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
            new Client(numeric).call("POST", GROUPS, PRODUCT + ",\"subject\":\"Trip\"}");
            numeric.webhooks().drop();
            numeric.whatsApp()
                    .person("+33639980001")
                    .join(numeric.whatsApp().groups().get(0).inviteLink());

            assertThat(numeric.webhooks().deliver().get(0).text()).contains("\"wa_id\":33639980001");
        }
    }

    @Nested
    class AskingToJoin {
        private final WhatsAppGroup group = group("approval_required");

        private String ask(WhatsAppPerson person) {
            assertThat(person.join(group.inviteLink())).isEqualTo(Joining.ASKED);
            return event("group_participants_update").text("join_request_id");
        }

        private Reply decide(String method, String... requests) {
            return client.call(
                    method,
                    path(group, "/join_requests"),
                    PRODUCT + ",\"join_requests\":[\"" + String.join("\",\"", requests) + "\"]}");
        }

        @Test
        void is_told_once() {
            ana.join(group.inviteLink());
            ana.join(group.inviteLink());

            Tree event = event("group_participants_update");
            assertThat(event.text("type")).isEqualTo("group_join_request_created");
            assertThat(event.text("wa_id")).isEqualTo("33639980001");
            assertThat(group.size()).isZero();
        }

        @Test
        void can_be_listed() {
            String request = ask(ana);

            Tree listed = client.get(path(group, "/join_requests")).json().at("data", 0);

            assertThat(listed.text("join_request_id")).isEqualTo(request);
            assertThat(listed.text("wa_id")).isEqualTo("33639980001");
            assertThat(listed.isNumber("creation_timestamp")).isTrue();
        }

        @Test
        void ends_in_the_group_when_approved() {
            String request = ask(ana);

            Reply reply = decide("POST", request);

            Tree event = event("group_participants_update");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().text("approved_join_requests", 0)).isEqualTo(request);
            assertThat(reply.json().text("failed_join_requests")).isNull();
            assertThat(event.text("type")).isEqualTo("group_participants_add");
            assertThat(event.text("added_participants", 0, "input")).isEqualTo("33639980001");
            assertThat(ana.in(group.id()).screen()).isEmpty();
            assertThat(group.size()).isEqualTo(1);
        }

        @Test
        void ends_outside_when_rejected_without_webhook() {
            String request = ask(ana);

            Reply reply = decide("DELETE", request);

            assertThat(reply.json().text("rejected_join_requests", 0)).isEqualTo(request);
            assertThat(simulator.webhooks().queued()).isZero();
            assertThat(ana.join(group.inviteLink())).isEqualTo(Joining.ASKED);
        }

        @Test
        void can_be_partly_approved() {
            Reply reply = decide("POST", ask(ana), "nobody");

            assertThat(reply.status()).isEqualTo(206);
            assertThat(reply.json().size("approved_join_requests")).isEqualTo(1);
            assertThat(reply.json().text("failed_join_requests", 0, "join_request_id"))
                    .isEqualTo("nobody");
            assertThat(reply.json().text("failed_join_requests", 0, "errors", 0, "code"))
                    .isEqualTo("131213");
            assertThat(reply.json().text("errors", 0, "code")).isEqualTo("131201");
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "DELETE"})
        void must_have_happened(String method) {
            Reply reply = decide(method, "nobody");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("131213");
        }

        @Test
        void is_not_approved_into_a_full_group() {
            String late = ask(ana);
            for (WhatsAppPerson person : eight()) {
                decide("POST", ask(person));
                simulator.webhooks().drop();
            }

            assertThat(decide("POST", late).code()).isEqualTo("131204");
        }

        @Test
        void can_be_taken_back() {
            String request = ask(ana);

            ana.in(group.id()).cancelsRequest();

            Tree event = event("group_participants_update");
            assertThat(event.text("type")).isEqualTo("group_join_request_revoked");
            assertThat(event.text("join_request_id")).isEqualTo(request);
            assertThatIllegalStateException()
                    .isThrownBy(() -> ana.in(group.id()).cancelsRequest());
        }

        @Test
        void wants_a_list_of_requests() {
            assertThat(client.call("POST", path(group, "/join_requests"), PRODUCT + "}")
                            .code())
                    .isEqualTo("131008");
            assertThat(client.call("POST", path(group, "/join_requests"), PRODUCT + ",\"join_requests\":[]}")
                            .code())
                    .isEqualTo("100");
        }
    }

    @Nested
    class Leaving {
        @Test
        void is_told_and_can_be_taken_back() {
            WhatsAppGroup group = groupOf(ana, bruno);

            ana.in(group.id()).leaves();

            Tree event = event("group_participants_update");
            assertThat(event.text("type")).isEqualTo("group_participants_remove");
            assertThat(event.text("initiated_by")).isEqualTo("participant");
            assertThat(event.text("removed_participants", 0, "wa_id")).isEqualTo("33639980001");
            assertThat(ana.join(group.inviteLink())).isEqualTo(Joining.JOINED);
        }

        @Test
        void is_for_those_who_are_in() {
            WhatsAppGroup group = groupOf(bruno);

            assertThatIllegalStateException()
                    .isThrownBy(() -> ana.in(group.id()).leaves());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ana.in("nowhere").leaves());
        }
    }

    @Nested
    class Removing {
        private Reply remove(WhatsAppGroup group, String... users) {
            List<String> named =
                    Stream.of(users).map(user -> "{\"user\":\"" + user + "\"}").toList();
            return client.call(
                    "DELETE",
                    path(group, "/participants"),
                    PRODUCT + ",\"participants\":[" + String.join(",", named) + "]}");
        }

        @Test
        void is_told_and_final() {
            WhatsAppGroup group = groupOf(ana, bruno);

            Reply reply = remove(group, "+33639980001");

            Tree event = event("group_participants_update");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(event.text("request_id")).isEqualTo(reply.json().text("request_id"));
            assertThat(event.text("initiated_by")).isEqualTo("business");
            assertThat(event.text("removed_participants", 0, "input")).isEqualTo("+33639980001");
            assertThat(event.text("failed_participants")).isNull();
            assertThat(group.size()).isEqualTo(1);
            assertThat(ana.join(group.inviteLink())).isEqualTo(Joining.REFUSED);
        }

        @Test
        void finds_people_by_user_id_too() {
            WhatsAppGroup group = groupOf(ana, bruno);

            assertThat(remove(group, "FR.Ana").status()).isEqualTo(200);
            assertThat(group.size()).isEqualTo(1);
        }

        @Test
        void can_partly_fail() {
            WhatsAppGroup group = groupOf(ana);

            Reply reply = remove(group, "33639980001", "33639980002");

            Tree event = event("group_participants_update");
            assertThat(reply.status()).isEqualTo(206);
            assertThat(reply.code()).isEqualTo("131201");
            assertThat(event.text("removed_participants", 0, "input")).isEqualTo("33639980001");
            assertThat(event.text("failed_participants", 0, "errors", 0, "code"))
                    .isEqualTo("131212");
            assertThat(event.text("errors", 0, "code")).isEqualTo("131201");
        }

        @Test
        void can_fail() {
            WhatsAppGroup group = groupOf(ana);

            Reply reply = remove(group, "33639980002");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("131212");
            assertThat(event("group_participants_update").text("removed_participants"))
                    .isNull();
        }

        @Test
        void names_nobody_twice() {
            WhatsAppGroup group = groupOf(ana);

            assertThat(remove(group, "33639980001", "33639980001").code()).isEqualTo("131202");
            assertThat(remove(group, "33639980001", "FR.Ana").code()).isEqualTo("131202");
            assertThat(group.size()).isEqualTo(1);
        }

        @Test
        void names_eight_at_most() {
            assertThat(remove(groupOf(ana), "1", "2", "3", "4", "5", "6", "7", "8", "9")
                            .code())
                    .isEqualTo("131204");
        }

        @Test
        void names_somebody() {
            String path = path(groupOf(ana), "/participants");

            assertThat(client.call("DELETE", path, PRODUCT + "}").code()).isEqualTo("131008");
            assertThat(client.call("DELETE", path, PRODUCT + ",\"participants\":[7]}")
                            .code())
                    .isEqualTo("100");
        }
    }

    @Nested
    class SendingToAGroup {
        @Test
        void reaches_every_member() {
            WhatsAppGroup group = openGroupOf(ana, bruno);

            Reply reply = text(group);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().text("contacts", 0, "input")).isEqualTo(group.id());
            assertThat(reply.json().text("messages", 0, "group_id")).isEqualTo(group.id());
            assertThat(ana.in(group.id()).screen())
                    .extracting(WhatsAppMessage::text)
                    .containsExactly("Hello", "Hi all");
            assertThat(bruno.in(group.id()).screen())
                    .extracting(WhatsAppMessage::text)
                    .containsExactly("Hello", "Hi all");
            assertThat(ana.screen()).isEmpty();
            assertThat(whatsApp.sent())
                    .extracting(WhatsAppMessage::status)
                    .containsExactly(WhatsAppMessage.Status.DELIVERED);
        }

        @Test
        void tells_sent_once_and_delivered_for_all_in_one_webhook() {
            WhatsAppGroup group = openGroupOf(ana, bruno);
            String id = text(group).messageId();

            List<Tree> changes = changes();
            Tree sent = changes.get(0).at("value", "statuses");
            Tree delivered = changes.get(1).at("value", "statuses");

            assertThat(changes).hasSize(2);
            assertThat(sent.size()).isEqualTo(1);
            assertThat(sent.text(0, "id")).isEqualTo(id);
            assertThat(sent.text(0, "status")).isEqualTo("sent");
            assertThat(sent.text(0, "recipient_id")).isEqualTo(group.id());
            assertThat(sent.text(0, "recipient_type")).isEqualTo("group");
            assertThat(sent.text(0, "recipient_participant_id")).isNull();
            assertThat(sent.text(0, "biz_opaque_callback_data")).isEqualTo("k");
            assertThat(delivered.size()).isEqualTo(2);
            assertThat(delivered.text(0, "status")).isEqualTo("delivered");
            assertThat(delivered.text(0, "recipient_participant_id")).isEqualTo("33639980001");
            assertThat(delivered.text(0, "recipient_participant_user_id")).isEqualTo("FR.Ana");
            assertThat(delivered.text(1, "recipient_participant_id")).isEqualTo("33639980002");
        }

        @Test
        void mixes_no_two_kinds_of_status_in_one_change() {
            WhatsAppGroup group = openGroupOf(ana, bruno);
            text(group);

            List<WebhookDelivery> made =
                    simulator.webhooks().deliver(DeliveryManner.inOrder().inBatchesOf(10));

            assertThat(made).hasSize(1);
            assertThat(Tree.of(made.get(0).text()).size("entry", 0, "changes")).isEqualTo(2);
        }

        @Test
        void is_read_by_one() {
            WhatsAppGroup group = openGroupOf(ana, bruno);
            text(group);
            simulator.webhooks().drop();

            ana.in(group.id()).reads();

            Tree statuses = change().at("value", "statuses");
            assertThat(statuses.size()).isEqualTo(1);
            assertThat(statuses.text(0, "status")).isEqualTo("read");
            assertThat(statuses.text(0, "recipient_participant_id")).isEqualTo("33639980001");
        }

        @Test
        void is_read_by_all_in_one_webhook() {
            WhatsAppGroup group = openGroupOf(ana, bruno);
            text(group);
            simulator.webhooks().drop();

            group.everybodyReads();

            assertThat(change().at("value", "statuses").size()).isEqualTo(2);
            assertThat(whatsApp.sent().get(0).status()).isEqualTo(WhatsAppMessage.Status.READ);
        }

        @Test
        void is_read_at_once_by_those_who_look() {
            WhatsAppGroup group = openGroupOf(ana, bruno);
            ana.readsAtOnce(true);
            text(group);

            List<Tree> changes = changes();

            assertThat(changes).hasSize(3);
            assertThat(changes.get(2).text("value", "statuses", 0, "status")).isEqualTo("read");
        }

        @Test
        void waits_for_a_phone_that_is_off() {
            WhatsAppGroup group = openGroupOf(ana, bruno);
            bruno.turnsPhoneOff();
            text(group);
            simulator.webhooks().drop();

            assertThat(bruno.in(group.id()).screen()).hasSize(1);
            assertThat(whatsApp.sent().get(0).status()).isEqualTo(WhatsAppMessage.Status.SENT);
            bruno.turnsPhoneOn();

            Tree statuses = change().at("value", "statuses");
            assertThat(statuses.size()).isEqualTo(1);
            assertThat(statuses.text(0, "recipient_participant_id")).isEqualTo("33639980002");
            assertThat(bruno.in(group.id()).screen()).hasSize(2);
        }

        @Test
        void carries_an_image() {
            WhatsAppGroup group = openGroupOf(ana);
            String media = client.upload("image/png", new byte[] {1}).json().text("id");

            send(group, "\"type\":\"image\",\"image\":{\"id\":\"" + media + "\",\"caption\":\"Look\"}");

            assertThat(ana.in(group.id()).screen().get(1).mediaId()).hasValue(media);
        }

        @Test
        void refuses_an_image_that_nobody_uploaded() {
            assertThat(send(openGroupOf(ana), "\"type\":\"image\",\"image\":{\"id\":\"404\"}")
                            .code())
                    .isEqualTo("131009");
        }

        @Test
        void fails_once_nobody_wrote_for_24_hours() {
            WhatsAppGroup group = openGroupOf(ana);
            simulator.advance(Duration.ofHours(24));

            assertThat(text(group).status()).isEqualTo(200);

            Tree status = change().at("value", "statuses", 0);
            assertThat(status.text("status")).isEqualTo("failed");
            assertThat(status.text("recipient_type")).isEqualTo("group");
            assertThat(status.text("errors", 0, "code")).isEqualTo("131047");
            assertThat(whatsApp.sent().get(0).failure()).hasValue(131047);
        }

        @Test
        void carries_a_template_outside_of_the_window() {
            WhatsAppGroup group = groupOf(ana);
            whatsApp.templates().add("""
                    {"name":"news","language":"fr","category":"UTILITY","components":[{"type":"BODY","text":"Hello"}]}""");
            simulator.webhooks().drop();

            Reply reply = send(
                    group, "\"type\":\"template\",\"template\":{\"name\":\"news\",\"language\":{\"code\":\"fr\"}}");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(ana.in(group.id()).screen())
                    .extracting(WhatsAppMessage::text)
                    .containsExactly("Hello");
        }

        @Test
        void refuses_what_groups_do_not_carry() {
            WhatsAppGroup group = openGroupOf(ana);

            assertThat(send(group, """
                    "type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where?"},
                    "action":{"name":"send_location"}}""").code()).isEqualTo("131051");
            assertThat(send(group, "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"a\",\"emoji\":\"\"}")
                            .code())
                    .isEqualTo("131051");
        }

        @Test
        void refuses_a_group_without_people() {
            assertThat(text(groupOf()).code()).isEqualTo("131020");
        }

        @Test
        void refuses_a_group_that_is_not_there() {
            Reply reply = client.send(
                    PRODUCT + ",\"recipient_type\":\"group\",\"to\":\"nowhere\",\"text\":{\"body\":\"a\"}}");

            assertThat(reply.code()).isEqualTo("131041");
        }

        @Test
        void refuses_a_group_id_as_if_it_were_a_person() {
            WhatsAppGroup group = openGroupOf(ana);

            assertThat(client.send(Client.textTo(group.id(), "Hi")).code()).isEqualTo("131009");
        }

        @Test
        void refuses_a_suspended_group_until_that_ends() {
            WhatsAppGroup group = openGroupOf(ana);
            group.suspend();

            Tree event = event("group_status_update");
            assertThat(event.text("type")).isEqualTo("group_suspend");
            assertThat(text(group).code()).isEqualTo("131207");
            assertThat(text(group).status()).isEqualTo(403);
            group.clearSuspension();
            assertThat(event("group_status_update").text("type")).isEqualTo("group_suspend_cleared");
            assertThat(text(group).status()).isEqualTo(200);
        }
    }

    @Nested
    class Pinning {
        private final WhatsAppGroup group = openGroupOf(ana);

        private Reply pin(String pin) {
            return send(group, "\"type\":\"pin\",\"pin\":" + pin);
        }

        private String pinned(String id) {
            return "{\"type\":\"pin\",\"message_id\":\"" + id + "\",\"expiration_days\":4}";
        }

        @Test
        void shows_the_message_for_some_days() {
            String id = text(group).messageId();
            simulator.webhooks().drop();

            Reply reply = pin(pinned(id));

            assertThat(reply.messageId()).startsWith("wamid.");
            assertThat(changes())
                    .extracting(change -> change.text("value", "statuses", 0, "status"))
                    .containsExactly("sent", "delivered");
            assertThat(group.pinned()).containsExactly(id);
            simulator.advance(Duration.ofDays(4));
            assertThat(group.pinned()).isEmpty();
        }

        @Test
        void keeps_three() {
            List<String> messages =
                    Stream.generate(() -> text(group).messageId()).limit(4).toList();
            messages.forEach(id -> pin(pinned(id)));

            assertThat(group.pinned()).containsExactlyElementsOf(messages.subList(1, 4));
        }

        @Test
        void ends_on_request() {
            String id = text(group).messageId();
            pin(pinned(id));

            pin("{\"type\":\"unpin\",\"message_id\":\"" + id + "\"}");

            assertThat(group.pinned()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "7|131008",
                    "{\"message_id\":\"a\",\"expiration_days\":1}|131008",
                    "{\"type\":\"glue\",\"message_id\":\"a\",\"expiration_days\":1}|100",
                    "{\"type\":\"pin\",\"expiration_days\":1}|131008",
                    "{\"type\":\"pin\",\"message_id\":\"a\"}|131008",
                    "{\"type\":\"pin\",\"message_id\":\"a\",\"expiration_days\":31}|131009",
                    "{\"type\":\"pin\",\"message_id\":\"a\",\"expiration_days\":1}|131009"
                })
        void refuses_what_is_malformed(String pin, String code) {
            assertThat(pin(pin).code()).isEqualTo(code);
        }
    }

    @Nested
    class AMember {
        @Test
        void writes_to_the_business_and_all_others() {
            WhatsAppGroup group = groupOf(ana, bruno);

            String id = ana.in(group.id()).writes("Hello");

            Tree value = change().at("value");
            assertThat(value.text("messages", 0, "id")).isEqualTo(id);
            assertThat(value.text("messages", 0, "group_id")).isEqualTo(group.id());
            assertThat(value.text("messages", 0, "from")).isEqualTo("33639980001");
            assertThat(value.text("messages", 0, "from_user_id")).isEqualTo("FR.Ana");
            assertThat(value.text("messages", 0, "text", "body")).isEqualTo("Hello");
            assertThat(value.text("contacts", 0, "profile", "name")).isEqualTo("Ana");
            assertThat(bruno.in(group.id()).screen()).hasSize(1);
            assertThat(ana.windowOpen()).isFalse();
        }

        @Test
        void quotes_the_business_or_somebody_else() {
            WhatsAppGroup group = openGroupOf(ana, bruno);
            String sent = text(group).messageId();
            simulator.webhooks().drop();

            String own = ana.in(group.id()).replies(sent, "Fine");
            bruno.in(group.id()).replies(own, "Fine too");

            List<Tree> changes = changes();
            assertThat(changes.get(0).text("value", "messages", 0, "context", "from"))
                    .isEqualTo("33639980000");
            assertThat(changes.get(1).text("value", "messages", 0, "context", "from"))
                    .isEqualTo("33639980001");
            assertThat(changes.get(1).text("value", "messages", 0, "context", "id"))
                    .isEqualTo(own);
        }

        @Test
        void sends_an_image() {
            WhatsAppGroup group = groupOf(ana);

            ana.in(group.id()).sendsImage(new byte[] {1, 2}, "image/png", "Look");

            Tree image = change().at("value", "messages", 0, "image");
            assertThat(image.text("caption")).isEqualTo("Look");
            assertThat(whatsApp.media(image.text("id"))).hasValue(new byte[] {1, 2});
        }

        @Test
        void sends_what_groups_do_not_hand_on() {
            WhatsAppGroup group = groupOf(ana);

            ana.in(group.id()).sendsUnsupported();

            Tree message = change().at("value", "messages", 0);
            assertThat(message.text("type")).isEqualTo("unsupported");
            assertThat(message.text("errors", 0, "code")).isEqualTo("130501");
        }

        @Test
        void must_be_in_to_write() {
            WhatsAppGroup group = groupOf(bruno);

            assertThatIllegalStateException()
                    .isThrownBy(() -> ana.in(group.id()).writes("Hello"));
        }

        @Test
        void cannot_be_marked_as_read() {
            WhatsAppGroup group = groupOf(ana);
            String id = ana.in(group.id()).writes("Hello");

            assertThat(client.send(PRODUCT + ",\"status\":\"read\",\"message_id\":\"" + id + "\"}")
                            .code())
                    .isEqualTo("131009");
        }

        @Test
        void says_nothing_about_the_person_in_a_log() {
            WhatsAppGroup group = groupOf(ana);

            assertThat(ana.in(group.id())).hasToString("WhatsAppMember[" + group.id() + ", messages=0]");
            assertThat(group).hasToString("WhatsAppGroup[" + group.id() + "]");
        }
    }
}
