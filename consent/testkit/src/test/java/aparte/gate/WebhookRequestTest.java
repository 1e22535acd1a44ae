package aparte.gate;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.consent.WebhookRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WebhookRequestTest {
    private static final byte[] BODY = {'{', '}'};

    private static WebhookRequest withHeaders(Map<String, List<String>> headers) {
        return new WebhookRequest("POST", headers, Map.of(), BODY);
    }

    @Nested
    class ItsHeaders {
        @Test
        void match_in_any_letter_case() {
            WebhookRequest request = withHeaders(Map.of("X-Hub-Signature-256", List.of("sha256=aa")));

            assertThat(request.header("x-hub-signature-256")).contains("sha256=aa");
            assertThat(request.header("X-HUB-SIGNATURE-256")).contains("sha256=aa");
        }

        @Test
        void give_the_first_of_several_values() {
            assertThat(withHeaders(Map.of("Accept", List.of("a", "b"))).header("accept"))
                    .contains("a");
        }

        @Test
        void are_empty_where_there_is_none() {
            assertThat(withHeaders(Map.of()).header("accept")).isEmpty();
        }

        @Test
        void may_hold_a_status_line_without_a_name_as_servers_give_it() {
            Map<String, List<String>> headers = new HashMap<>();
            headers.put(null, List.of("HTTP/1.1 200 OK"));
            headers.put("Accept", List.of("a"));

            assertThat(withHeaders(headers).header("accept")).contains("a");
        }

        @Test
        void count_as_none_without_a_value() {
            assertThat(withHeaders(Map.of("Accept", List.of())).header("accept"))
                    .isEmpty();
        }

        @Test
        void do_not_change_with_the_list_that_was_given() {
            List<String> values = new ArrayList<>(List.of("a"));
            WebhookRequest request = withHeaders(Map.of("Accept", values));

            values.set(0, "b");

            assertThat(request.header("accept")).contains("a");
        }
    }

    @Nested
    class ItsMethodAndQuery {
        private final WebhookRequest request =
                new WebhookRequest("get", Map.of(), Map.of("hub.challenge", "42"), new byte[0]);

        @Test
        void show_the_method_in_capitals() {
            assertThat(request.method()).isEqualTo("GET");
        }

        @Test
        void give_a_parameter_by_its_exact_name() {
            assertThat(request.query("hub.challenge")).contains("42");
            assertThat(request.query("Hub.Challenge")).isEmpty();
        }
    }

    @Nested
    class ItsBody {
        @Test
        void stays_as_it_came() {
            byte[] given = BODY.clone();
            WebhookRequest request = new WebhookRequest("POST", Map.of(), Map.of(), given);

            given[0] = 'x';
            request.body()[1] = 'x';

            assertThat(request.body()).isEqualTo(BODY);
            assertThat(request.length()).isEqualTo(2);
        }

        @Test
        void never_shows() {
            WebhookRequest request = new WebhookRequest(
                    "POST", Map.of("Authorization", List.of("secret")), Map.of("token", "secret"), BODY);

            assertThat(request).hasToString("POST of 2 bytes");
        }
    }

    @Nested
    class ItsView {
        @Test
        void can_be_read_without_a_copy_and_not_written() {
            ByteBuffer view = withHeaders(Map.of()).view();

            assertThat(view.isReadOnly()).isTrue();
            assertThat(view).isEqualTo(ByteBuffer.wrap(BODY));
        }
    }
}
