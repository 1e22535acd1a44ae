package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.simulator.Client.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WhatsAppLimitsTest {
    private static final String ANA = "+33639980001";
    private static final String BRUNO = "+33639980002";
    private static final String NUMBER = "200000000000001";
    private static final Clock STILL = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @AutoClose
    private final Simulator simulator = Simulator.builder().clock(STILL).start();

    private final Client client = new Client(simulator);
    private final WhatsAppAccount account = simulator.whatsApp().account();

    @BeforeEach
    void open_two_windows() {
        simulator.whatsApp().person(ANA).writes("Hello");
        simulator.whatsApp().person(BRUNO).writes("Hello");
        simulator.advance(Duration.ofHours(1));
    }

    private Reply sendTo(String phone) {
        return client.send(textTo(phone, "Hi"));
    }

    private void sendTimes(int times, String phone) {
        for (int i = 0; i < times; i++) {
            assertThat(sendTo(phone).status()).isEqualTo(200);
        }
    }

    @Test
    void are_none_by_default() {
        sendTimes(100, ANA);

        assertThat(simulator.whatsApp().settings().limits()).hasToString("WhatsAppLimits[0 test recipients]");
    }

    @Test
    void are_those_of_a_new_number_if_so_set() {
        assertThat(WhatsAppLimits.published())
                .hasToString("WhatsAppLimits[80 messages a second, pauses, 250 people a day, 5000 calls an hour, "
                        + "10000 groups, 0 test recipients]");
    }

    @Test
    void can_be_set_from_the_start() {
        try (Simulator slow = Simulator.builder()
                .clock(STILL)
                .whatsApp(WhatsAppSettings.builder()
                        .limits(WhatsAppLimits.none().messagesPerSecond(2))
                        .build())
                .start()) {
            slow.whatsApp().person(ANA).writes("Hello");
            Client other = new Client(slow);

            assertThat(other.send(textTo(ANA, "1")).status()).isEqualTo(200);
            assertThat(other.send(textTo(ANA, "2")).code()).isEqualTo("130429");
        }
    }

    @Test
    void are_above_zero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhatsAppLimits.none().messagesPerSecond(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhatsAppLimits.none().peoplePerDay(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhatsAppLimits.none().callsPerHour(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhatsAppLimits.none().groupsPerNumber(0));
    }

    @Nested
    class Throughput {
        @BeforeEach
        void hold() {
            account.holdsTo(WhatsAppLimits.none().messagesPerSecond(80));
        }

        @Test
        void is_80_a_second_to_whomever() {
            sendTimes(40, ANA);
            sendTimes(40, BRUNO);

            Reply refused = sendTo(ANA);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("130429");
            simulator.advance(Duration.ofMillis(999));
            assertThat(sendTo(ANA).code()).isEqualTo("130429");
            simulator.advance(Duration.ofMillis(1));
            sendTimes(80, ANA);
        }

        @Test
        void counts_what_people_write() {
            for (int i = 0; i < 80; i++) {
                simulator.whatsApp().person(ANA).writes("Hello");
            }

            assertThat(sendTo(ANA).code()).isEqualTo("130429");
        }

        @Test
        void rises_with_an_upgrade_after_maintenance() {
            account.maintains(NUMBER, true);
            Reply meanwhile = sendTo(ANA);
            account.maintains(NUMBER, false);
            account.upgradesThroughput(NUMBER);
            sendTimes(81, ANA);

            assertThat(meanwhile.status()).isEqualTo(500);
            assertThat(meanwhile.code()).isEqualTo("131057");
        }
    }

    @Nested
    class ThePairOfNumberAndPerson {
        @BeforeEach
        void hold() {
            account.holdsTo(WhatsAppLimits.none().pausesPerPerson());
        }

        @Test
        void may_have_a_burst_of_45() {
            sendTimes(45, ANA);

            Reply refused = sendTo(ANA);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("131056");
        }

        @Test
        void leaves_other_people_alone() {
            sendTimes(45, ANA);

            assertThat(sendTo(BRUNO).status()).isEqualTo(200);
        }

        @Test
        void pays_a_burst_back() {
            sendTimes(20, ANA);
            simulator.advance(Duration.ofSeconds(119));
            assertThat(sendTo(ANA).code()).isEqualTo("131056");
            simulator.advance(Duration.ofSeconds(1));

            assertThat(sendTo(ANA).status()).isEqualTo(200);
        }

        @Test
        void may_have_a_message_every_six_seconds() {
            for (int i = 0; i < 60; i++) {
                sendTimes(1, ANA);
                simulator.advance(Duration.ofSeconds(6));
            }
        }
    }

    @Nested
    class PeopleOutsideOfWindows {
        private final MovableClock clock = new MovableClock(STILL);
        private final WhatsAppTraffic traffic =
                new WhatsAppTraffic(WhatsAppLimits.none().peoplePerDay(2), clock);

        private String reach(String person) {
            try {
                traffic.reach(person);
                return "reached";
            } catch (GraphRefusal refusal) {
                return Integer.toString(refusal.error().code());
            }
        }

        @Test
        void are_so_many_a_day() {
            assertThat(reach("a")).isEqualTo("reached");
            assertThat(reach("b")).isEqualTo("reached");
            assertThat(reach("c")).isEqualTo("131048");
        }

        @Test
        void count_once() {
            reach("a");
            reach("a");

            assertThat(reach("b")).isEqualTo("reached");
        }

        @Test
        void are_others_after_24_hours() {
            reach("a");
            reach("b");
            clock.advance(Duration.ofHours(24));

            assertThat(reach("c")).isEqualTo("reached");
        }

        @Test
        void are_reached_by_templates() {
            simulator.whatsApp().templates().add("""
                    {"name":"news","language":"fr","category":"UTILITY","components":[{"type":"BODY","text":"Hello"}]}""");
            account.holdsTo(WhatsAppLimits.none().peoplePerDay(1));
            simulator.advance(Duration.ofDays(2));

            assertThat(template(ANA).status()).isEqualTo(200);
            assertThat(template(ANA).status()).isEqualTo(200);
            assertThat(template(BRUNO).code()).isEqualTo("131048");
            simulator.whatsApp().person(BRUNO).writes("Hello");
            assertThat(template(BRUNO).status()).isEqualTo(200);
        }

        private Reply template(String to) {
            return client.send("""
                    {"messaging_product":"whatsapp","to":"%s","type":"template",
                     "template":{"name":"news","language":{"code":"fr"}}}""".formatted(to));
        }

        @Test
        void do_not_count_inside() {
            account.holdsTo(WhatsAppLimits.none().peoplePerDay(1));

            sendTimes(1, ANA);
            sendTimes(1, BRUNO);
        }
    }

    @Nested
    class ManagementCalls {
        @BeforeEach
        void hold() {
            account.holdsTo(WhatsAppLimits.none().callsPerHour(3));
        }

        private Reply ask() {
            return client.get("/v24.0/" + NUMBER + "?fields=quality_rating");
        }

        @Test
        void are_so_many_an_hour() {
            ask();
            ask();
            ask();

            assertThat(ask().code()).isEqualTo("80007");
            simulator.advance(Duration.ofHours(1));
            assertThat(ask().status()).isEqualTo(200);
        }

        @Test
        void are_neither_messages_nor_media() {
            sendTimes(5, ANA);
            client.upload("image/png", new byte[] {1});

            assertThat(ask().status()).isEqualTo(200);
        }
    }

    @Nested
    class ATestNumber {
        @BeforeEach
        void hold() {
            account.holdsTo(WhatsAppLimits.none().testRecipients(ANA));
        }

        @Test
        void sends_to_its_recipients_alone() {
            assertThat(sendTo(ANA).status()).isEqualTo(200);
            assertThat(sendTo(BRUNO).code()).isEqualTo("131030");
        }

        @Test
        void has_five_at_most() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WhatsAppLimits.none().testRecipients());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WhatsAppLimits.none()
                            .testRecipients(
                                    "+33600000001",
                                    "+33600000002",
                                    "+33600000003",
                                    "+33600000004",
                                    "+33600000005",
                                    "+33600000006"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WhatsAppLimits.none().testRecipients("0639980001"));
        }
    }
}
