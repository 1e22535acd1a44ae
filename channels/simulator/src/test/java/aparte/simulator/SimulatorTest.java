package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    @AutoClose
    private final Simulator simulator =
            Simulator.builder().clock(Clock.fixed(TEN, ZoneOffset.UTC)).start();

    private final Client client = new Client(simulator);

    @Nested
    class TheClock {
        @Test
        void follows_the_given_one() {
            assertThat(simulator.now()).isEqualTo(TEN);
        }

        @Test
        void moves_ahead() {
            Clock paris = simulator.clock().withZone(ZoneId.of("Europe/Paris"));

            simulator.advance(Duration.ofMinutes(5));

            assertThat(simulator.now()).isEqualTo(TEN.plusSeconds(300));
            assertThat(simulator.clock().instant()).isEqualTo(TEN.plusSeconds(300));
            assertThat(paris.instant()).isEqualTo(TEN.plusSeconds(300));
            assertThat(paris.getZone()).isEqualTo(ZoneId.of("Europe/Paris"));
        }

        @Test
        void never_goes_back() {
            assertThatIllegalArgumentException().isThrownBy(() -> simulator.advance(Duration.ofSeconds(-1)));
        }
    }

    @Nested
    class TheRequests {
        @Test
        void are_kept_without_their_secrets() {
            long before = System.nanoTime();
            client.exchange(client.request("/v24.0/1/messages?appsecret_proof=p&access_token=t&a=%C3%A9&b")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("é")));

            ReceivedRequest request = simulator.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/v24.0/1/messages");
            assertThat(request.query()).containsOnlyKeys("a", "b").containsEntry("a", "é");
            assertThat(request.headers()).containsKey("user-agent").doesNotContainKey("authorization");
            assertThat(request.text()).isEqualTo("é");
            assertThat(request.body()).hasSize(2);
            assertThat(request.at()).isEqualTo(TEN);
            assertThat(request.nanoTime()).isBetween(before, System.nanoTime());
            assertThat(request.fault()).isEmpty();
        }

        @Test
        void are_counted_and_can_be_forgotten() {
            client.get("/");
            client.get("/");
            simulator.clearRequests();
            client.get("/");

            assertThat(simulator.requests()).hasSize(1);
            assertThat(simulator.requestCount()).isEqualTo(3);
        }
    }

    @Nested
    class TheAddress {
        @Test
        void is_on_loopback() {
            assertThat(simulator.baseUri().getHost()).isEqualTo("127.0.0.1");
        }

        @Test
        void has_the_port_asked_for() {
            int port = simulator.baseUri().getPort();
            simulator.close();

            try (Simulator next = Simulator.builder().port(port).start()) {
                assertThat(next.baseUri().getPort()).isEqualTo(port);
            }
        }

        @Test
        void cannot_be_taken_twice() {
            Simulator.Builder second =
                    Simulator.builder().port(simulator.baseUri().getPort());

            assertThatThrownBy(second::start).isInstanceOf(UncheckedIOException.class);
        }

        @Test
        void refuses_a_port_that_cannot_be() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Simulator.builder().port(65_536));
        }
    }

    @Nested
    class TheSettings {
        @Test
        void refuse_two_numbers_of_one_id() {
            WhatsAppNumber number = new WhatsAppNumber("1", "331", "33");
            WhatsAppSettings.Builder builder =
                    WhatsAppSettings.builder().number(number).number(number);

            assertThatIllegalArgumentException().isThrownBy(builder::build);
        }

        @Test
        void refuse_empty_secrets() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WhatsAppSettings.builder().appSecret("").build());
        }

        @Test
        void refuse_a_number_that_is_not_of_its_country() {
            assertThatIllegalArgumentException().isThrownBy(() -> new WhatsAppNumber("1", "331", "49"));
            assertThatIllegalArgumentException().isThrownBy(() -> new WhatsAppNumber("a", "331", "33"));
        }

        @Test
        void make_the_same_ids_from_the_same_seed() {
            assertThat(Stream.generate(SimulatorTest::firstIdOfSeed7).limit(2).distinct())
                    .hasSize(1);
        }

        @Test
        void make_other_ids_without_a_seed() {
            assertThat(Stream.of(simulator, simulator)
                            .map(any -> any.whatsApp().person("+33639980001").writes("Hi"))
                            .distinct())
                    .hasSize(2);
        }
    }

    private static String firstIdOfSeed7() {
        try (Simulator seeded = Simulator.builder()
                .whatsApp(WhatsAppSettings.builder().idsFrom(7).build())
                .start()) {
            return seeded.whatsApp().person("+33639980001").writes("Hi");
        }
    }

    @Nested
    class ThePeople {
        @Test
        void are_the_same_by_phone_and_by_user_id() {
            simulator.whatsApp().person("+33639980001", "FR.1").writes("Hi");

            assertThat(simulator.whatsApp().person("+33639980001").windowOpen()).isTrue();
            assertThat(simulator.whatsApp().personOfUserId("FR.1").windowOpen()).isTrue();
        }

        @Test
        void become_one_when_both_are_named() {
            simulator.whatsApp().personOfUserId("FR.1").writes("Hi");

            assertThat(simulator.whatsApp().person("+33639980001", "FR.1").windowOpen())
                    .isTrue();
        }

        @Test
        void leave_their_old_number_behind() {
            simulator.whatsApp().person("+33639980001", "FR.1").writes("Hi");

            assertThat(simulator.whatsApp().person("+33639980002", "FR.1").windowOpen())
                    .isTrue();
            assertThat(simulator.whatsApp().person("+33639980001").windowOpen()).isFalse();
        }

        @Test
        void need_a_phone_number_in_full() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> simulator.whatsApp().person("0639980001"));
        }

        @Test
        void need_a_well_formed_user_id() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> simulator.whatsApp().personOfUserId("1"));
        }

        @Test
        void write_to_numbers_that_exist() {
            WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");

            assertThatIllegalArgumentException().isThrownBy(() -> ana.with("404"));
        }
    }

    @Test
    void names_neither_numbers_nor_texts_nor_secrets() {
        WhatsApp whatsApp = simulator.whatsApp();
        WhatsAppPerson ana = whatsApp.person("+33639980001");
        ana.writes("a secret");
        client.send(textTo("+33639980001", "a secret"));

        assertThat(Stream.of(
                                simulator,
                                whatsApp,
                                whatsApp.settings(),
                                whatsApp.number(),
                                ana,
                                ana.screen(),
                                whatsApp.sent(),
                                simulator.requests(),
                                simulator.webhooks())
                        .map(Object::toString))
                .noneMatch(name -> name.contains("3998") || name.contains("secret") || name.contains("token"));
    }
}
