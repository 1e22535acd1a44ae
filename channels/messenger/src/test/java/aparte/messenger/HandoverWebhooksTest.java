package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.InboundEvent;
import aparte.consent.SignatureException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What other apps of the Page do about a conversation. */
class HandoverWebhooksTest {
    private static final String PEOPLE =
            "\"sender\":{\"id\":\"" + Examples.PSID + "\"},\"recipient\":{\"id\":\"" + Examples.PAGE + "\"},";

    private final MessengerWebhooks reader =
            MessengerWebhooks.builder(Signed.SECRET, "verify").build();

    private InboundEvent event(String item) throws SignatureException {
        List<InboundEvent> events = reader.read(Signed.post("{\"object\":\"page\",\"entry\":[{\"id\":\"" + Examples.PAGE
                        + "\",\"time\":1790000000000,\"messaging\":[{" + item + "}]}]}"))
                .events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private InboundEvent.PersonNoticed noticed(String body) throws SignatureException {
        return (InboundEvent.PersonNoticed) event(PEOPLE + "\"timestamp\":1790000000123," + body);
    }

    @Test
    void a_conversation_is_passed_to_us() throws SignatureException {
        InboundEvent.PersonNoticed passed = noticed("\"pass_thread_control\":{\"previous_owner_app_id\":null,"
                + "\"new_owner_app_id\":\"123\",\"metadata\":\"angry\"}");

        assertThat(passed.notice()).isEqualTo("pass_thread_control");
        assertThat(passed.person().addresses()).containsExactly(Graph.ANA);
        assertThat(passed.at()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_123L));
        assertThat(passed.source().details()).isEqualTo(Map.of("new_owner_app_id", "123", "metadata", "angry"));
        assertThat(passed.toString() + passed.key()).doesNotContain(Examples.PSID, "angry");
    }

    @Test
    void a_conversation_is_taken_from_us() throws SignatureException {
        InboundEvent.PersonNoticed taken =
                noticed("\"take_thread_control\":{\"previous_owner_app_id\":123,\"new_owner_app_id\":263902037430900}");

        assertThat(taken.notice()).isEqualTo("take_thread_control");
        assertThat(taken.source().details())
                .isEqualTo(Map.of("previous_owner_app_id", "123", "new_owner_app_id", "263902037430900"));
    }

    @Test
    void another_app_asks_for_it() throws SignatureException {
        InboundEvent.PersonNoticed asked =
                noticed("\"request_thread_control\":{\"requested_owner_app_id\":123,\"metadata\":\"please\"}");

        assertThat(asked.notice()).isEqualTo("request_thread_control");
        assertThat(asked.source().details()).containsEntry("requested_owner_app_id", "123");
    }

    @Test
    void the_same_one_has_the_same_key_and_another_one_another() throws SignatureException {
        String body = "\"request_thread_control\":{\"requested_owner_app_id\":123}";

        assertThat(noticed(body).key()).isEqualTo(noticed(body).key());
        assertThat(noticed(body).key())
                .isNotEqualTo(noticed(body.replace("123", "124")).key());
    }

    @Test
    void the_roles_of_apps_change_and_name_nobody() throws SignatureException {
        InboundEvent changed = event("\"recipient\":{\"id\":\"" + Examples.PAGE
                + "\"},\"timestamp\":1790000000123,\"app_roles\":{\"123\":[\"primary_receiver\"]}");

        assertThat(changed).isInstanceOfSatisfying(InboundEvent.AccountChanged.class, roles -> {
            assertThat(roles.field()).isEqualTo("app_roles");
            assertThat(roles.account()).isEqualTo(Examples.PAGE);
            assertThat(roles.sender().orElseThrow().value()).isEqualTo(Examples.PAGE);
            assertThat(roles.at()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_123L));
            assertThat(roles.raw()).contains("\"app_roles\":{\"123\":[\"primary_receiver\"]}");
        });
    }
}
