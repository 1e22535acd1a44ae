package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.InboundEvent;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link WebhookReader} promises. Extend it beside a reader of your own and give the hooks.
 *
 * <p>It damages the samples 10,000 times by a seed that is the same in each run, unless the system property
 * {@code aparte.seed} names another; a failure tells the seed. Each test is an example of its own: JUnit makes an instance
 * for each.
 */
public abstract class WebhookReaderContract {
    private static final int DAMAGES = 10_000;
    private static final int MOST_FAILURES = 3;
    private static final int DEPTH = 10_000;

    /** How a request is signed. */
    public enum Signature {
        /** As the platform would sign these bytes. */
        RIGHT,
        /** In the right form, but with another secret. */
        WRONG,
        /** Not at all. */
        MISSING
    }

    /**
     * A webhook's body as the platform sends it.
     *
     * @param name what it is, for failures
     * @param body a JSON object
     * @param events how many events it holds
     * @param personal what must never show in a log: addresses, names and texts as they stand in the body
     */
    public record Sample(String name, String body, int events, List<String> personal) {
        /** Copies the list. */
        public Sample {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(body, "body");
            personal = List.copyOf(personal);
        }

        /** Shows the name only. */
        @Override
        public String toString() {
            return name;
        }
    }

    private WebhookReader reader;

    /** For subclasses. */
    protected WebhookReaderContract() {}

    /** Returns the reader under test. Called once, before each test. */
    protected abstract WebhookReader reader();

    /** Returns a POST of these bytes to the endpoint, signed in this way. */
    protected abstract WebhookRequest request(byte[] body, Signature signature);

    /** Returns bodies as the platform sends them, one or more of each sort of event. */
    protected abstract List<Sample> samples();

    @BeforeEach
    void open() {
        reader = reader();
    }

    private Reading read(byte[] body) {
        try {
            return reader.read(request(body, Signature.RIGHT));
        } catch (SignatureException wrong) {
            throw new AssertionError("the right signature was refused", wrong);
        }
    }

    private Reading read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> keys(Sample sample) {
        return read(sample.body()).events().stream().map(InboundEvent::key).toList();
    }

    private static void assertThatItIsOneUnknown(Reading reading) {
        assertThat(reading.events()).hasSize(1).hasOnlyElementsOfType(InboundEvent.Unknown.class);
        assertThat(reading.answer().status()).isEqualTo(200);
    }

    @Nested
    class WhenTheSignatureIsRight {
        @Test
        void reads_as_many_events_as_came() {
            assertThat(samples())
                    .isNotEmpty()
                    .allSatisfy(
                            sample -> assertThat(read(sample.body()).events()).hasSize(sample.events()));
        }

        @Test
        void answers_that_all_is_well() {
            assertThat(samples())
                    .allSatisfy(sample ->
                            assertThat(read(sample.body()).answer().status()).isBetween(200, 299));
        }

        @Test
        void names_its_channel_in_every_event() {
            assertThat(samples())
                    .allSatisfy(sample -> assertThat(read(sample.body()).events())
                            .allMatch(event -> event.channel().equals(reader.channel())));
        }

        @Test
        void gives_an_event_the_same_key_each_time_it_is_delivered() {
            List<List<String>> first =
                    samples().stream().map(WebhookReaderContract.this::keys).toList();
            reader = reader();

            List<List<String>> second =
                    samples().stream().map(WebhookReaderContract.this::keys).toList();

            assertThat(second).isEqualTo(first);
        }

        @Test
        void gives_each_event_of_a_body_a_key_of_its_own() {
            assertThat(samples()).allSatisfy(sample -> assertThat(keys(sample)).doesNotHaveDuplicates());
        }

        @Test
        void shows_nothing_personal_in_logs() {
            assertThat(samples()).allSatisfy(sample -> {
                String shown = read(sample.body()).toString();
                assertThat(sample.personal()).noneMatch(shown::contains);
            });
        }

        @Test
        void keeps_the_body_as_it_was() {
            assertThat(samples()).allSatisfy(sample -> {
                byte[] body = sample.body().getBytes(StandardCharsets.UTF_8);
                WebhookRequest request = request(body, Signature.RIGHT);
                reader.read(request);
                assertThat(request.body()).isEqualTo(body);
            });
        }
    }

    @Nested
    class WhenTheSignatureIsNotRight {
        private void assertThatItIsRefused(String body, Signature signature) {
            WebhookRequest request = request(body.getBytes(StandardCharsets.UTF_8), signature);
            assertThatThrownBy(() -> reader.read(request)).isInstanceOf(SignatureException.class);
        }

        @Test
        void refuses_a_wrong_one() {
            assertThat(samples()).allSatisfy(sample -> assertThatItIsRefused(sample.body(), Signature.WRONG));
        }

        @Test
        void refuses_a_missing_one() {
            assertThat(samples()).allSatisfy(sample -> assertThatItIsRefused(sample.body(), Signature.MISSING));
        }

        @Test
        void refuses_a_wrong_one_before_it_parses() {
            assertThatItIsRefused("no JSON at all", Signature.WRONG);
        }

        @Test
        void refuses_a_missing_one_before_it_parses() {
            assertThatItIsRefused("[".repeat(DEPTH), Signature.MISSING);
        }

        @Test
        void tells_nothing_of_what_came() {
            assertThat(samples()).allSatisfy(sample -> {
                WebhookRequest request = request(sample.body().getBytes(StandardCharsets.UTF_8), Signature.WRONG);
                assertThatThrownBy(() -> reader.read(request))
                        .isInstanceOf(SignatureException.class)
                        .satisfies(thrown -> assertThat(sample.personal()).noneMatch(thrown.toString()::contains));
            });
        }
    }

    @Nested
    class WhenTheBodyCannotBeRead {
        @Test
        void gives_one_unknown_wherever_the_body_is_cut() {
            assertThat(samples()).allSatisfy(sample -> {
                String body = sample.body().strip();
                List<Integer> wrong = IntStream.range(1, body.length())
                        .filter(length -> {
                            Reading reading = read(body.substring(0, length));
                            return reading.events().size() != 1
                                    || !(reading.events().get(0) instanceof InboundEvent.Unknown)
                                    || reading.answer().status() != 200;
                        })
                        .boxed()
                        .toList();
                assertThat(wrong)
                        .as("lengths at which the cut body is not one Unknown")
                        .isEmpty();
            });
        }

        @Test
        void gives_the_raw_text_with_it() {
            Reading reading = read("{\"no JSON");

            assertThat(reading.events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            InboundEvent.Unknown.class,
                            unknown -> assertThat(unknown.raw()).isEqualTo("{\"no JSON"));
        }

        @Test
        void gives_one_unknown_for_plain_text() {
            assertThatItIsOneUnknown(read("hello"));
        }

        @Test
        void gives_one_unknown_for_bytes_that_are_no_text() {
            assertThatItIsOneUnknown(read(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc3, '{'}));
        }

        @Test
        void answers_200_for_an_empty_body() {
            assertThat(read("").answer().status()).isEqualTo(200);
        }
    }

    @Nested
    class WhenTheJsonIsUnknown {
        @Test
        void gives_nothing_but_unknown_for_keys_never_heard_of() {
            Reading reading = read("{\"surprise\":[{\"a\":1}],\"b\":null}");

            assertThat(reading.events()).isNotEmpty().hasOnlyElementsOfType(InboundEvent.Unknown.class);
        }

        @Test
        void answers_200_whatever_the_root_is() {
            assertThat(List.of("{}", "[]", "null", "true", "42", "\"text\"", "[{}]", "{\"\":{}}"))
                    .allSatisfy(body -> assertThat(read(body).answer().status()).isEqualTo(200));
        }

        @Test
        void survives_lists_in_lists() {
            assertThat(read("[".repeat(DEPTH) + "]".repeat(DEPTH)).answer().status())
                    .isEqualTo(200);
        }

        @Test
        void survives_objects_in_objects() {
            assertThat(read("{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH))
                            .answer()
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void survives_depth_in_every_value_of_a_sample() {
            String deep = "[".repeat(DEPTH) + "]".repeat(DEPTH);
            assertThat(samples()).allSatisfy(sample -> {
                List<String> bodies = IntStream.range(0, sample.body().length())
                        .filter(index -> sample.body().charAt(index) == ':')
                        .mapToObj(index -> sample.body().substring(0, index + 1) + deep + ",\"x\":"
                                + sample.body().substring(index + 1))
                        .toList();
                assertThat(bodies)
                        .isNotEmpty()
                        .allMatch(body -> read(body).answer().status() == 200);
            });
        }

        @Test
        void survives_ten_thousand_damages() {
            long seed = Long.getLong("aparte.seed", 20_261_123L);
            Random random = new Random(seed);
            Damage damage = new Damage(random);
            List<Sample> samples = samples();
            List<String> failures = new ArrayList<>();
            for (int i = 0; i < DAMAGES && failures.size() < MOST_FAILURES; i++) {
                byte[] body = damage.damaged(samples.get(i % samples.size()).body());
                try {
                    if (read(body).toString().isEmpty()) {
                        failures.add("damage " + i + ": the reading shows nothing");
                    }
                } catch (RuntimeException | StackOverflowError thrown) {
                    String text = new String(body, StandardCharsets.UTF_8);
                    failures.add("damage " + i + ": " + thrown + " for "
                            + text.substring(0, Math.min(text.length(), 1_000)));
                }
            }

            assertThat(failures)
                    .as("repeat with -Daparte.seed=%s; the first failures", seed)
                    .isEmpty();
        }
    }
}
