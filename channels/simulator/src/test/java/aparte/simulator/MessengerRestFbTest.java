package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.restfb.BinaryAttachment;
import com.restfb.DefaultFacebookClient;
import com.restfb.DefaultJsonMapper;
import com.restfb.Parameter;
import com.restfb.exception.FacebookOAuthException;
import com.restfb.types.User;
import com.restfb.types.send.IdMessageRecipient;
import com.restfb.types.send.MediaAttachment;
import com.restfb.types.send.Message;
import com.restfb.types.send.SendResponse;
import com.restfb.types.send.SenderActionEnum;
import com.restfb.types.webhook.WebhookObject;
import com.restfb.types.webhook.messaging.MessagingItem;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A client that we did not write, {@code com.restfb:restfb}, unchanged: its own endpoints name the address. */
class MessengerRestFbTest {
    private static final String ANA = "24000000000000001";
    private static final byte[] PNG = {(byte) 137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0};

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .messenger(MessengerSettings.builder().requireProof().build())
            .start();

    private final Messenger messenger = simulator.messenger();
    private final MessengerPerson ana = messenger.person(ANA).named("Ana", "Martin");
    private final DefaultFacebookClient client = RestFb.at(simulator);

    @BeforeEach
    void listen() {
        messenger.webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private SendResponse send(Message message) {
        return client.publish("me/messages", SendResponse.class, recipient(), Parameter.with("message", message));
    }

    private static Parameter recipient() {
        return Parameter.with("recipient", new IdMessageRecipient(ANA));
    }

    private void open() {
        ana.writes("Hello");
        simulator.webhooks().drop();
    }

    @Nested
    class TheClient {
        @Test
        void sends_a_text_with_metadata() {
            open();
            Message message = new Message("Où / quand ? 😀");
            message.setMetadata("key-1");

            SendResponse response = send(message);

            assertThat(response.isSuccessful()).isTrue();
            assertThat(response.getRecipientId()).isEqualTo(ANA);
            assertThat(messenger.sent()).singleElement().satisfies(sent -> {
                assertThat(sent.id()).isEqualTo(response.getMessageId());
                assertThat(sent.text()).isEqualTo("Où / quand ? 😀");
                assertThat(sent.metadata()).contains("key-1");
            });
        }

        @Test
        void sends_with_the_token_in_the_header() {
            open();
            client.setHeaderAuthorization(true);

            assertThat(send(new Message("Hi")).isSuccessful()).isTrue();
        }

        @Test
        void sends_an_image_by_address() {
            open();
            MediaAttachment image = new MediaAttachment(MediaAttachment.Type.IMAGE, "https://example.com/a.png");
            image.setIsReusable(true);

            SendResponse response = send(new Message(image));

            assertThat(response.hasReusableAttachment()).isTrue();
            assertThat(messenger.sent().get(0).url()).contains("https://example.com/a.png");
        }

        @Test
        void sends_an_image_in_the_request() {
            open();

            client.publish(
                    "me/messages",
                    SendResponse.class,
                    BinaryAttachment.with("filedata", "dot.png", PNG, "image/png"),
                    recipient(),
                    Parameter.with("message", new Message(new MediaAttachment(MediaAttachment.Type.IMAGE))));

            String id = messenger.sent().get(0).attachmentId().orElseThrow();
            assertThat(messenger.attachment(id).orElseThrow()).isEqualTo(PNG);
        }

        @Test
        void shows_typing() {
            open();

            client.publish(
                    "me/messages",
                    SendResponse.class,
                    recipient(),
                    Parameter.with("sender_action", SenderActionEnum.typing_on));

            assertThat(ana.seesTyping()).isTrue();
        }

        @Test
        void reads_a_profile() {
            User user = client.fetchObject(ANA, User.class, Parameter.with("fields", "first_name,last_name"));

            assertThat(user.getFirstName()).isEqualTo("Ana");
            assertThat(user.getLastName()).isEqualTo("Martin");
        }

        @Test
        void understands_a_refusal() {
            assertThatThrownBy(() -> send(new Message("Hi")))
                    .isInstanceOfSatisfying(FacebookOAuthException.class, refused -> {
                        assertThat(refused.getErrorCode()).isEqualTo(10);
                        assertThat(refused.getErrorSubcode()).isEqualTo(2018278);
                    });
        }

        @Test
        void understands_that_a_refusal_passes() {
            ana.refuseNext(613);

            assertThatThrownBy(() -> send(new Message("Hi")))
                    .isInstanceOfSatisfying(FacebookOAuthException.class, refused -> {
                        assertThat(refused.getErrorCode()).isEqualTo(613);
                        assertThat(refused.getIsTransient()).isTrue();
                    });
        }
    }

    @Nested
    class TheWebhookTypes {
        private MessagingItem item() {
            List<WebhookDelivery> deliveries = simulator.webhooks().deliver();
            WebhookObject read = new DefaultJsonMapper()
                    .toJavaObject(deliveries.get(deliveries.size() - 1).text(), WebhookObject.class);
            assertThat(read.isPage()).isTrue();
            return read.getEntryList().get(0).getMessaging().get(0);
        }

        @Test
        void read_a_text() {
            String mid = ana.writes("Où / quand ? 😀");

            MessagingItem item = item();
            assertThat(item.getSender().getId()).isEqualTo(ANA);
            assertThat(item.getRecipient().getId()).isEqualTo("300000000000001");
            assertThat(item.getMessage().getMid()).isEqualTo(mid);
            assertThat(item.getMessage().getText()).isEqualTo("Où / quand ? 😀");
        }

        @Test
        void read_ids_that_are_numbers() {
            messenger.spell(MessengerSpelling.ofToday().idsAsNumbers());
            ana.writes("Hello");

            assertThat(item().getSender().getId()).isEqualTo(ANA);
        }

        @Test
        void read_an_image() {
            ana.sendsImage(PNG, "image/png");

            assertThat(item().getMessage().getAttachments())
                    .singleElement()
                    .satisfies(image -> assertThat(image.isImage()).isTrue());
        }

        @Test
        void read_an_echo() {
            open();
            ana.turnsPhoneOff();
            Message message = new Message("Hi");
            message.setMetadata("key-1");
            send(message);

            MessagingItem item = item();
            assertThat(item.getMessage().isEcho()).isTrue();
            assertThat(item.getMessage().getMetadata()).isEqualTo("key-1");
            assertThat(item.getMessage().getAppId()).isEqualTo("400000000000001");
        }

        @Test
        void read_a_delivery() {
            open();
            String mid = send(new Message("Hi")).getMessageId();

            assertThat(item().getDelivery().getMids()).containsExactly(mid);
        }

        @Test
        void read_a_watermark() {
            open();
            send(new Message("Hi"));
            ana.reads();

            assertThat(item().isRead()).isTrue();
        }

        @Test
        void read_a_tap() {
            ana.taps("Get started", "START");

            assertThat(item().getPostback().getPayload()).isEqualTo("START");
        }

        @Test
        void read_a_reaction() {
            ana.reacts("m_1", "👍");

            assertThat(item().getReaction().getMid()).isEqualTo("m_1");
        }

        @Test
        void read_an_opt_in() {
            ana.clicksPlugin("shop");

            assertThat(item().getOptin().getRef()).isEqualTo("shop");
        }

        @Test
        void read_a_referral() {
            ana.followsLink("poster");

            assertThat(item().getReferral().getRef()).isEqualTo("poster");
        }
    }
}
