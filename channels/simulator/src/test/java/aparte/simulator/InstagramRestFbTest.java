package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.restfb.DefaultFacebookClient;
import com.restfb.DefaultInstagramLoginClient;
import com.restfb.DefaultJsonMapper;
import com.restfb.FacebookClient;
import com.restfb.FacebookEndpoints;
import com.restfb.Parameter;
import com.restfb.Version;
import com.restfb.exception.FacebookGraphException;
import com.restfb.types.instagram.IgUserProfile;
import com.restfb.types.send.CommentIdMessageRecipient;
import com.restfb.types.send.IdMessageRecipient;
import com.restfb.types.send.MediaAttachment;
import com.restfb.types.send.Message;
import com.restfb.types.send.MessageRecipient;
import com.restfb.types.send.SendResponse;
import com.restfb.types.send.SenderActionEnum;
import com.restfb.types.webhook.WebhookEntry;
import com.restfb.types.webhook.WebhookObject;
import com.restfb.types.webhook.instagram.InstagramCommentsValue;
import com.restfb.types.webhook.messaging.MessagingItem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A client that we did not write, {@code com.restfb:restfb}, unchanged, by either login: its own endpoints name the address. */
class InstagramRestFbTest {
    private static final String ZOE = "8000000000000001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Instagram instagram = simulator.instagram();
    private final InstagramPerson zoe = instagram.person(ZOE).named("Zoé Martin", "zoe.lyon");
    private final FacebookEndpoints endpoints = new FacebookEndpoints() {
        @Override
        public String getGraphEndpoint() {
            return simulator.baseUri().toString();
        }

        @Override
        public String getInstagramEndpoint() {
            return simulator.baseUri().toString();
        }

        @Override
        public String getInstagramApiEndpoint() {
            return simulator.baseUri().toString();
        }
    };
    private final DefaultInstagramLoginClient own = new DefaultInstagramLoginClient(
            instagram.settings().accessToken(), instagram.settings().appSecret(), Version.LATEST);
    private final DefaultFacebookClient page = new DefaultFacebookClient(
            instagram.settings().accessToken(), instagram.settings().appSecret(), Version.LATEST);

    @BeforeEach
    void point_it_at_the_simulator() {
        own.setFacebookEndpointUrls(endpoints);
        page.setFacebookEndpointUrls(endpoints);
        instagram.webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private static SendResponse send(FacebookClient client, String node, MessageRecipient to, Message message) {
        return client.publish(
                node + "/messages",
                SendResponse.class,
                Parameter.with("recipient", to),
                Parameter.with("message", message));
    }

    @Nested
    class TheClient {
        @Test
        void sends_by_the_accounts_own_login() {
            zoe.writes("Bonjour");

            SendResponse response = send(own, "me", new IdMessageRecipient(ZOE), new Message("Où / quand ? 😀"));

            assertThat(response.getRecipientId()).isEqualTo(ZOE);
            assertThat(instagram.sent()).singleElement().satisfies(sent -> {
                assertThat(sent.id()).isEqualTo(response.getMessageId());
                assertThat(sent.text()).isEqualTo("Où / quand ? 😀");
            });
        }

        @Test
        void sends_an_image_through_the_page() {
            zoe.writes("Bonjour");
            Message message =
                    new Message(new MediaAttachment(MediaAttachment.Type.IMAGE, "https://cdn.example.org/a.png"));

            send(page, instagram.settings().pageId(), new IdMessageRecipient(ZOE), message);

            assertThat(instagram.sent())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.url()).contains("https://cdn.example.org/a.png"));
        }

        @Test
        void answers_a_comment_in_private() {
            String comment = zoe.comments("Il en reste ?");

            send(own, instagram.settings().accountId(), new CommentIdMessageRecipient(comment), new Message("Oui"));

            assertThat(zoe.screen())
                    .singleElement()
                    .satisfies(shown -> assertThat(shown.commentId()).contains(comment));
        }

        @Test
        void types_and_reads_who_wrote() {
            zoe.writes("Bonjour");

            own.publish(
                    "me/messages",
                    SendResponse.class,
                    Parameter.with("recipient", new IdMessageRecipient(ZOE)),
                    Parameter.with("sender_action", SenderActionEnum.typing_on));
            IgUserProfile profile =
                    own.fetchObject(ZOE, IgUserProfile.class, Parameter.with("fields", "name,username"));

            assertThat(zoe.seesTyping()).isTrue();
            assertThat(profile.getUsername()).isEqualTo("zoe.lyon");
            assertThat(profile.getName()).isEqualTo("Zoé Martin");
        }

        @Test
        void understands_our_refusals() {
            assertThatThrownBy(() -> send(own, "me", new IdMessageRecipient(ZOE), new Message("Bonjour")))
                    .isInstanceOfSatisfying(FacebookGraphException.class, refused -> {
                        assertThat(refused.getErrorCode()).isEqualTo(10);
                        assertThat(refused.getErrorSubcode()).isEqualTo(2534022);
                        assertThat(refused.getErrorType()).isEqualTo("IGApiException");
                    });
            assertThatThrownBy(() -> send(own, "me", new IdMessageRecipient("9"), new Message("Bonjour")))
                    .isInstanceOfSatisfying(
                            FacebookGraphException.class,
                            refused -> assertThat(refused.getErrorSubcode()).isEqualTo(2534014));
        }
    }

    @Nested
    class ItsWebhookReader {
        private WebhookEntry entry() {
            List<WebhookDelivery> deliveries = simulator.webhooks().deliver();
            WebhookObject read = new DefaultJsonMapper()
                    .toJavaObject(deliveries.get(deliveries.size() - 1).text(), WebhookObject.class);
            assertThat(read.isInstagram()).isTrue();
            return read.getEntryList().get(0);
        }

        @Test
        void reads_a_text() {
            String mid = zoe.writes("Où / quand ? 😀");

            WebhookEntry entry = entry();
            MessagingItem item = entry.getMessaging().get(0);

            assertThat(entry.getId()).isEqualTo(instagram.settings().accountId());
            assertThat(item.getSender().getId()).isEqualTo(ZOE);
            assertThat(item.getMessage().getMid()).isEqualTo(mid).hasSizeGreaterThan(150);
            assertThat(item.getMessage().getText()).isEqualTo("Où / quand ? 😀");
        }

        @Test
        void reads_what_was_taken_back_and_an_echo() {
            zoe.unsends(zoe.writes("Bonjour"));
            assertThat(entry().getMessaging().get(0).getMessage().getIsDeleted())
                    .isTrue();

            zoe.hearsOwner("Bonsoir");
            assertThat(entry().getMessaging().get(0).getMessage().isEcho()).isTrue();
        }

        @Test
        void reads_a_comment() {
            String comment = zoe.comments("Il en reste ?");

            InstagramCommentsValue value =
                    (InstagramCommentsValue) entry().getChanges().get(0).getValue();

            assertThat(value.getId()).isEqualTo(comment);
            assertThat(value.getText()).isEqualTo("Il en reste ?");
            assertThat(value.getFrom().getId()).isEqualTo(ZOE);
        }
    }

    @Test
    void its_bytes_are_ours() {
        zoe.writes("été / 1");

        WebhookDelivery delivery = simulator.webhooks().deliver().get(0);

        assertThat(delivery.text()).contains("\\u00e9t\\u00e9 \\/ 1");
        assertThat(delivery.headers().get("X-Hub-Signature-256"))
                .isEqualTo(instagram.signature(delivery.text().getBytes(StandardCharsets.UTF_8)));
    }
}
