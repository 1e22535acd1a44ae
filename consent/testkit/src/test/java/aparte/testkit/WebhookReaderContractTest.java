package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class WebhookReaderContractTest {
    private static Stream<String> failuresOf(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName().replace("()", ""));
    }

    @Nested
    class WhenTheReaderIsSound extends Contract {
        @Override
        protected WebhookReader reader() {
            return new ToyReader();
        }
    }

    @Nested
    class WhenTheReaderIsNot {
        @Test
        void catches_one_that_does_not_verify() {
            assertThat(failuresOf(Trusting.class))
                    .containsExactlyInAnyOrder(
                            "refuses_a_wrong_one",
                            "refuses_a_missing_one",
                            "refuses_a_wrong_one_before_it_parses",
                            "refuses_a_missing_one_before_it_parses",
                            "tells_nothing_of_what_came");
        }

        @Test
        void catches_one_that_throws_at_what_it_does_not_know() {
            assertThat(failuresOf(Brittle.class)).contains("survives_ten_thousand_damages", "survives_lists_in_lists");
        }
    }

    abstract static class Contract extends WebhookReaderContract {
        @Override
        protected WebhookRequest request(byte[] body, Signature signature) {
            Map<String, List<String>> headers = switch (signature) {
                case RIGHT -> Map.of("x-toy-signature", List.of(ToyReader.sign(body, "toy-secret")));
                case WRONG -> Map.of("x-toy-signature", List.of(ToyReader.sign(body, "another")));
                case MISSING -> Map.of();
            };
            return new WebhookRequest("POST", headers, Map.of(), body);
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample(
                            "one message",
                            "{\"events\":[{\"id\":\"1\",\"from\":\"ada-lovelace\",\"text\":\"good morning, dear\"}]}",
                            1,
                            List.of("ada-lovelace", "good morning")),
                    new Sample(
                            "three events, one unknown",
                            "{\"v\":1.5e3,\"events\":[{\"id\":\"1\",\"from\":\"ada-lovelace\",\"text\":\"\\u00e9t\\u00e9\"},"
                                    + "{\"poll\":[true,null]},{\"id\":\"2\",\"from\":\"bob-by-name\",\"text\":\"yes\"}]}",
                            3,
                            List.of("ada-lovelace", "bob-by-name", "été")),
                    new Sample("no event", "{\"events\":[]}", 0, List.of()));
        }
    }

    static class Trusting extends Contract {
        @Override
        protected WebhookReader reader() {
            return readerThat(request -> new ToyReader()
                    .read(new WebhookRequest(
                            "POST",
                            Map.of("x-toy-signature", List.of(ToyReader.sign(request.body(), "toy-secret"))),
                            Map.of(),
                            request.body())));
        }
    }

    static class Brittle extends Contract {
        @Override
        protected WebhookReader reader() {
            return readerThat(request -> {
                Reading reading = new ToyReader().read(request);
                reading.events().stream()
                        .filter(InboundEvent.Unknown.class::isInstance)
                        .findFirst()
                        .ifPresent(event -> {
                            throw new IllegalStateException("unknown event");
                        });
                return reading;
            });
        }
    }

    private interface Read {
        Reading read(WebhookRequest request) throws SignatureException;
    }

    private static WebhookReader readerThat(Read read) {
        return new WebhookReader() {
            @Override
            public ChannelId channel() {
                return ToyReader.CHANNEL;
            }

            @Override
            public Reading read(WebhookRequest request) throws SignatureException {
                return read.read(request);
            }
        };
    }
}
