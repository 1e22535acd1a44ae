package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each status of Viber, in an answer and beside a person of a broadcast: what it means and what to do. */
class ViberStatusesTest {
    private static final String TABLE = "/viber/2026-11/statuses.csv";
    private static final SenderId BOT = new SenderId(ChannelId.VIBER, "pa:1");
    private static final Address ANA = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Address BEA = Address.of(Address.Kind.VIBER_USER, "aFpRcm5ueDNaM2RiTHVQZw==");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private Clearing clearing;

    @BeforeEach
    void open() {
        clearing = Clearing.of(
                clock,
                ViberTransport.builder("pa:1", () -> Examples.TOKEN, "Maison Lumen")
                        .baseUri(server.url("/pa").uri())
                        .http(HttpSettings.builder()
                                .tries(1)
                                .waiting(wait -> {})
                                .clock(clock)
                                .build())
                        .build());
    }

    private static Message news(Address to) {
        return Message.of(Recipient.of(to), Purpose.NEWS, Content.text("Le journal"));
    }

    private void answers(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private static List<Refusal.Reason> reasonsOf(SendResult result) {
        return result instanceof SendResult.Refused refused
                ? refused.refusals().stream().map(Refusal::reason).toList()
                : List.of();
    }

    private static void assertThatItIs(
            DeliveryFailure failure, long status, Kind kind, boolean retryable, boolean personLeft) {
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.providerCode()).isEqualTo(Long.toString(status));
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.hint()).isNotEmpty().doesNotContain("words of the day");
        assertThat(failure.stopOn(BOT).isPresent()).isEqualTo(personLeft);
    }

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, numLinesToSkip = 1)
    void says_what_to_do_in_an_answer(
            long status, String name, Kind kind, boolean retryable, boolean mayHaveArrived, boolean personLeft) {
        answers("{\"status\":" + status + ",\"status_message\":\"words of the day\"}");

        SendResult result = clearing.send(news(ANA));

        if (mayHaveArrived) {
            assertThat(result).as(name).isInstanceOf(SendResult.Unconfirmed.class);
            assertThatItIs(Statuses.failure(status), status, kind, retryable, personLeft);
        } else {
            assertThat(result).as(name).isInstanceOf(SendResult.Failed.class);
            assertThatItIs(((SendResult.Failed) result).failure(), status, kind, retryable, personLeft);
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, numLinesToSkip = 1)
    void says_the_same_beside_a_person_of_a_broadcast_and_leaves_the_others_alone(
            long status, String name, Kind kind, boolean retryable, boolean mayHaveArrived, boolean personLeft) {
        answers("{\"status\":0,\"message_token\":1,\"failed_list\":[{\"receiver\":\"" + BEA.value() + "\",\"status\":"
                + status + ",\"status_message\":\"words of the day\"}]}");

        List<SendResult> results = clearing.sendAll(List.of(news(ANA), news(BEA)));

        assertThat(results.get(0)).as(name).isInstanceOf(SendResult.Accepted.class);
        assertThat(results.get(1)).as(name).isInstanceOf(SendResult.Failed.class);
        assertThatItIs(((SendResult.Failed) results.get(1)).failure(), status, kind, retryable, personLeft);
    }

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, numLinesToSkip = 1)
    void stops_the_person_by_one_of_them_alone(
            long status, String name, Kind kind, boolean retryable, boolean mayHaveArrived, boolean personLeft) {
        answers("{\"status\":0,\"message_token\":1,\"failed_list\":[{\"receiver\":\"" + BEA.value() + "\",\"status\":"
                + status + "}]}");
        answers(Examples.text("answer-accepted"));
        clearing.sendAll(List.of(news(ANA), news(BEA)));

        List<Refusal.Reason> next = reasonsOf(clearing.send(news(BEA)));

        assertThat(next.contains(Refusal.Reason.PLATFORM_STOP)).as(name).isEqualTo(personLeft);
    }

    @Test
    void leaves_out_none_from_1_to_24() throws IOException {
        try (BufferedReader table = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ViberStatusesTest.class.getResourceAsStream(TABLE)), StandardCharsets.UTF_8))) {
            List<String> rows = table.lines().skip(1).toList();

            assertThat(rows.stream().map(row -> row.substring(0, row.indexOf(','))))
                    .containsAll(IntStream.rangeClosed(1, 24)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }
}
