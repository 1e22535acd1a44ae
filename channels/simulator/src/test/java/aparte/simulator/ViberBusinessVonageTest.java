package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.vonage.client.HttpConfig;
import com.vonage.client.VonageClient;
import com.vonage.client.messages.InboundMessage;
import com.vonage.client.messages.MessageResponse;
import com.vonage.client.messages.MessageResponseException;
import com.vonage.client.messages.MessageStatus;
import com.vonage.client.messages.MessagesClient;
import com.vonage.client.messages.viber.Category;
import com.vonage.client.messages.viber.ViberFileRequest;
import com.vonage.client.messages.viber.ViberImageRequest;
import com.vonage.client.messages.viber.ViberTextRequest;
import com.vonage.client.messages.viber.ViberVideoRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vonage's own client, Maven {@code com.vonage:server-sdk}, unchanged: it takes another address by its own settings. */
@Timeout(60)
class ViberBusinessVonageTest {
    private static final String ANA = "33639980001";

    /** A webhook that the client let in. */
    private record Hook(String authorization, String body) {}

    private final Simulator simulator = Simulator.start();
    private final ViberBusiness business = simulator.viberBusiness();
    private final ViberBusinessPerson ana = business.person("+" + ANA);
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private MessagesClient client;
    private HttpServer host;

    @BeforeEach
    void start() throws IOException {
        client = byKey(business.settings().applicationId());
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", this::receive);
        host.start();
        business.webhookTo(URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/vonage"));
    }

    @AfterEach
    void stop() {
        host.stop(0);
        simulator.close();
    }

    private VonageClient.Builder builder() {
        return VonageClient.builder()
                .httpConfig(HttpConfig.builder()
                        .baseUri(simulator.baseUri())
                        .timeoutMillis(20_000)
                        .build());
    }

    private MessagesClient byKey(String application) {
        return builder()
                .applicationId(application)
                .privateKeyContents(business.privateKey())
                .build()
                .getMessagesClient();
    }

    private MessagesClient bySecret(String secret) {
        return builder()
                .apiKey(business.settings().apiKey())
                .apiSecret(secret)
                .build()
                .getMessagesClient();
    }

    /** As a host of that client would: what the client does not let in is refused. */
    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            boolean signed = MessagesClient.verifySignature(
                    authorization.substring("Bearer ".length()),
                    business.settings().signatureSecret());
            if (signed) {
                hooks.add(new Hook(
                        authorization, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            }
            exchange.sendResponseHeaders(signed ? 200 : 401, -1);
        }
    }

    private ViberBusinessMessage sent() {
        return business.sent().get(0);
    }

    private static ViberTextRequest.Builder text(String text) {
        return ViberTextRequest.builder().from("20001").to(ANA).text(text);
    }

    private List<MessageStatus> statuses() {
        simulator.webhooks().deliver();
        return hooks.stream().map(hook -> MessageStatus.fromJson(hook.body())).toList();
    }

    @Nested
    class TheClientSends {
        @Test
        void a_text_with_category_life_button_and_reference() {
            MessageResponse response = client.sendMessage(text("Bonjour \uD83D\uDE00")
                    .category(Category.PROMOTION)
                    .ttl(600)
                    .actionUrl("https://shop.example/y")
                    .actionText("Voir")
                    .clientRef("c-17")
                    .build());

            assertThat(sent().uuid()).isEqualTo(response.getMessageUuid().toString());
            assertThat(sent().text()).isEqualTo("Bonjour \uD83D\uDE00");
            assertThat(sent().category()).isEqualTo("promotion");
            assertThat(sent().ttl()).isEqualTo(OptionalLong.of(600));
            assertThat(sent().clientRef()).contains("c-17");
            assertThat(sent().details())
                    .isEqualTo(Map.of("action.url", "https://shop.example/y", "action.text", "Voir"));
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void a_text_alone_which_is_a_transaction() {
            client.sendMessage(text("Votre code").build());

            assertThat(sent().category()).isEqualTo("transaction");
            assertThat(sent().ttl()).isEmpty();
        }

        @Test
        void a_text_of_a_template() {
            client.sendMessage(text("Votre colis arrive").viberType("template").build());

            assertThat(sent().details()).isEqualTo(Map.of("type", "template"));
        }

        @Test
        void a_picture_with_a_button() {
            client.sendMessage(ViberImageRequest.builder()
                    .from("20001")
                    .to(ANA)
                    .url("https://cdn.example/lamp.jpg")
                    .category(Category.PROMOTION)
                    .actionUrl("https://shop.example/lamp")
                    .actionText("Acheter")
                    .build());

            assertThat(sent().type()).isEqualTo("image");
            assertThat(sent().media()).contains("https://cdn.example/lamp.jpg");
            assertThat(sent().details()).containsEntry("action.text", "Acheter");
        }

        @Test
        void a_film() {
            client.sendMessage(ViberVideoRequest.builder()
                    .from("20001")
                    .to(ANA)
                    .url("https://cdn.example/lamp.mp4")
                    .thumbUrl("https://cdn.example/lamp.png")
                    .caption("La lampe")
                    .duration(600)
                    .fileSize(200)
                    .build());

            assertThat(sent().type()).isEqualTo("video");
            assertThat(sent().text()).isEqualTo("La lampe");
            assertThat(sent().details())
                    .isEqualTo(
                            Map.of("thumb_url", "https://cdn.example/lamp.png", "duration", "600", "file_size", "200"));
        }

        @Test
        void a_file() {
            client.sendMessage(ViberFileRequest.builder()
                    .from("20001")
                    .to(ANA)
                    .url("https://cdn.example/1.pdf")
                    .name("facture.pdf")
                    .build());

            assertThat(sent().type()).isEqualTo("file");
            assertThat(sent().details()).isEqualTo(Map.of("name", "facture.pdf"));
        }

        @Test
        void by_the_accounts_key_and_secret() {
            bySecret(business.settings().apiSecret())
                    .sendMessage(text("Bonjour").build());

            assertThat(business.sent()).hasSize(1);
        }
    }

    @Nested
    class TheClientIsRefused {
        private MessageResponseException refusalOf(MessagesClient asking) {
            return org.assertj.core.api.Assertions.catchThrowableOfType(
                    MessageResponseException.class,
                    () -> asking.sendMessage(text("Bonjour").build()));
        }

        @Test
        void with_a_wrong_secret() {
            assertThat(refusalOf(bySecret("another")).getStatusCode()).isEqualTo(401);
            assertThat(business.sent()).isEmpty();
        }

        @Test
        void with_the_key_of_another_application() {
            assertThat(refusalOf(byKey("aaaaaaaa-bbbb-4ccc-8ddd-ffffffffffff")).getStatusCode())
                    .isEqualTo(401);
        }

        @Test
        void without_balance() {
            business.refuseNext(402, 0);

            assertThat(refusalOf(client).getStatusCode()).isEqualTo(402);
        }

        @Test
        void with_a_number_that_it_reads_in_the_problem() {
            business.refuseNext(422, 1240);

            MessageResponseException refusal = refusalOf(client);

            assertThat(refusal.getStatusCode()).isEqualTo(422);
            assertThat(refusal.getType()).hasFragment("1240");
        }

        @Test
        void for_too_many_requests() {
            simulator.failNext("/v1/messages", Fault.tooManyRequests());

            assertThat(refusalOf(client).getStatusCode()).isEqualTo(429);
        }

        @Test
        void by_its_own_checks_where_the_simulator_refuses_too() {
            assertThatThrownBy(() -> text("x".repeat(1_001)).build()).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> text("x").ttl(29).build()).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> text("x").ttl(259_201).build()).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> text("x").actionText("Voir").build()).isInstanceOf(RuntimeException.class);
        }
    }

    @Nested
    class TheClientHears {
        @Test
        void that_a_message_was_submitted_delivered_and_read() {
            MessageResponse response =
                    client.sendMessage(text("Bonjour").clientRef("c-18").build());
            ana.seesMessages();

            List<MessageStatus> statuses = statuses();

            assertThat(statuses)
                    .extracting(MessageStatus::getStatus)
                    .containsExactly(
                            MessageStatus.Status.SUBMITTED, MessageStatus.Status.DELIVERED, MessageStatus.Status.READ);
            assertThat(statuses).allSatisfy(status -> {
                assertThat(status.getMessageUuid()).isEqualTo(response.getMessageUuid());
                assertThat(status.getClientRef()).isEqualTo("c-18");
                assertThat(status.getTo()).isEqualTo(ANA);
                assertThat(status.getFrom()).isEqualTo("20001");
                assertThat(status.getTimestamp()).isBeforeOrEqualTo(simulator.now());
            });
            assertThat(statuses.get(1).getUsage().getPrice()).isPositive();
        }

        @Test
        void that_a_number_is_not_on_viber() {
            client.sendMessage(ViberTextRequest.builder()
                    .from("20001")
                    .to("33639980099")
                    .text("Bonjour")
                    .build());

            MessageStatus last = statuses().get(1);

            assertThat(last.getStatus()).isEqualTo(MessageStatus.Status.REJECTED);
            assertThat(last.getError().getType()).hasFragment("1300");
            assertThat(last.getError().getTitle()).isEqualTo("1300");
        }

        @Test
        void what_a_person_writes_and_sends() {
            String uuid = ana.writes("STOP");
            ana.sendsImage(URI.create("https://media.example/1.jpg"));
            ana.sendsVideo(URI.create("https://media.example/1.mp4"));
            ana.sendsFile(URI.create("https://media.example/1.pdf"), "carte.pdf");

            simulator.webhooks().deliver();
            List<InboundMessage> messages = hooks.stream()
                    .map(hook -> InboundMessage.fromJson(hook.body()))
                    .toList();

            assertThat(messages.get(0).getText()).isEqualTo("STOP");
            assertThat(messages.get(0).getMessageUuid()).hasToString(uuid);
            assertThat(messages.get(0).getFrom()).isEqualTo(ANA);
            assertThat(messages.get(1).getImageUrl()).hasToString("https://media.example/1.jpg");
            assertThat(messages.get(2).getVideoUrl()).hasToString("https://media.example/1.mp4");
            assertThat(messages.get(3).getFileName()).isEqualTo("carte.pdf");
        }

        @Test
        void nothing_that_another_secret_signed() {
            String token =
                    business.signature("{}".getBytes(StandardCharsets.UTF_8)).substring("Bearer ".length());

            assertThat(MessagesClient.verifySignature(token, business.settings().signatureSecret()))
                    .isTrue();
            assertThat(MessagesClient.verifySignature(token, "another-secret-of-another-account"))
                    .isFalse();
        }
    }
}
