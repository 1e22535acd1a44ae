package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.restfb.BinaryAttachment;
import com.restfb.Connection;
import com.restfb.DefaultFacebookClient;
import com.restfb.DefaultJsonMapper;
import com.restfb.Parameter;
import com.restfb.exception.FacebookOAuthException;
import com.restfb.json.JsonObject;
import com.restfb.types.send.Bubble;
import com.restfb.types.send.ButtonTemplatePayload;
import com.restfb.types.send.CallToAction;
import com.restfb.types.send.GenericTemplatePayload;
import com.restfb.types.send.Greeting;
import com.restfb.types.send.IceBreaker;
import com.restfb.types.send.IdMessageRecipient;
import com.restfb.types.send.MediaAttachment;
import com.restfb.types.send.Message;
import com.restfb.types.send.MessageAttachment;
import com.restfb.types.send.PersistentMenu;
import com.restfb.types.send.PostbackButton;
import com.restfb.types.send.QuickReply;
import com.restfb.types.send.ReceiptElement;
import com.restfb.types.send.ReceiptSummary;
import com.restfb.types.send.ReceiptTemplatePayload;
import com.restfb.types.send.SendResponse;
import com.restfb.types.send.TemplateAttachment;
import com.restfb.types.send.WebButton;
import com.restfb.types.send.media.MediaTemplateAttachmentElement;
import com.restfb.types.webhook.WebhookObject;
import com.restfb.types.webhook.messaging.MessagingItem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code com.restfb:restfb}, unchanged, sends all media and templates and manages its Page; see {@link MessengerRestFbTest}. */
class MessengerRestFbPageTest {
    private static final String ANA = "24000000000000001";
    private static final byte[] PNG = {(byte) 137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0};
    private static final String SHOP = "https://shop.example.org/";

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
        ana.writes("Hello");
        simulator.webhooks().drop();
    }

    private static Parameter recipient() {
        return Parameter.with("recipient", new IdMessageRecipient(ANA));
    }

    private SendResponse send(Message message) {
        return client.publish("me/messages", SendResponse.class, recipient(), Parameter.with("message", message));
    }

    private MessengerMessage shown(MessageAttachment attachment) {
        String mid = send(new Message(attachment)).getMessageId();
        MessengerMessage last = ana.screen().get(ana.screen().size() - 1);
        assertThat(last.id()).isEqualTo(mid);
        return last;
    }

    private String upload() {
        MediaAttachment image = new MediaAttachment(MediaAttachment.Type.IMAGE);
        image.setIsReusable(true);
        return client.publish(
                        "me/message_attachments",
                        SendResponse.class,
                        BinaryAttachment.with("filedata", "dot.png", PNG, "image/png"),
                        Parameter.with("message", new Message(image)))
                .getAttachmentId();
    }

    @Nested
    class Media {
        @ParameterizedTest
        @EnumSource(value = MediaAttachment.Type.class, names = "TEMPLATE", mode = EnumSource.Mode.EXCLUDE)
        void go_by_address(MediaAttachment.Type type) {
            assertThat(shown(new MediaAttachment(type, "https://cdn.example.org/a"))
                            .type())
                    .isEqualTo(type.name().toLowerCase(Locale.ROOT));
        }

        @Test
        void go_by_the_id_of_an_upload() {
            String id = upload();

            assertThat(messenger.attachment(id).orElseThrow()).isEqualTo(PNG);
            assertThat(shown(new MediaAttachment(MediaAttachment.Type.IMAGE, id))
                            .attachmentId())
                    .contains(id);
        }
    }

    @Nested
    class Templates {
        @Test
        void have_buttons() {
            ButtonTemplatePayload buttons = new ButtonTemplatePayload("Choose");
            buttons.addButton(new PostbackButton("Yes", "YES"));
            buttons.addButton(new WebButton("Shop", SHOP));

            assertThat(shown(new TemplateAttachment(buttons)).text()).isEqualTo("Choose");
        }

        @Test
        void have_cards() {
            Bubble bubble = new Bubble("Kettle");
            bubble.setSubtitle("Blue");
            bubble.addButton(new PostbackButton("Buy", "BUY"));
            GenericTemplatePayload cards = new GenericTemplatePayload();
            cards.addBubble(bubble);

            assertThat(shown(new TemplateAttachment(cards)).type()).isEqualTo("template");
        }

        @Test
        void have_media() {
            MediaTemplateAttachmentElement media =
                    new MediaTemplateAttachmentElement(MediaAttachment.MediaType.IMAGE, upload());
            media.addButton(new PostbackButton("Buy", "BUY"));

            assertThat(shown(new MediaAttachment(List.of(media))).type()).isEqualTo("template");
        }

        @Test
        void are_receipts() {
            ReceiptTemplatePayload receipt =
                    new ReceiptTemplatePayload("Ana", "17", "EUR", "Card", new ReceiptSummary(12));
            receipt.addElement(new ReceiptElement("Kettle", 12));

            assertThat(shown(new TemplateAttachment(receipt)).type()).isEqualTo("template");
        }

        @Test
        void come_with_quick_replies() {
            Message message = new Message("Which?");
            message.addQuickReply(new QuickReply("Red", "RED"));
            message.addQuickReply(new QuickReply(QuickReply.QuickReplyType.USER_EMAIL));
            String mid = send(message).getMessageId();

            assertThat(ana.tapsOn(mid, "Red")).isPresent();
        }
    }

    @Nested
    class ThePage {
        private void set(String name, Object value) {
            SendResponse response =
                    client.publish("me/messenger_profile", SendResponse.class, Parameter.with(name, value));
            assertThat(response.getResult()).isEqualTo("success");
        }

        @Test
        void shows_its_profile() {
            set("get_started", new CallToAction("START"));
            set("greeting", List.of(new Greeting("Hello"), new Greeting(Locale.FRANCE, "Bonjour")));
            PersistentMenu menu = new PersistentMenu("default");
            menu.addCallToAction(new PostbackButton("Leave", "STOP"));
            menu.addCallToAction(new WebButton("Shop", SHOP));
            set("persistent_menu", List.of(menu));
            set("whitelisted_domains", List.of(SHOP));

            assertThat(ana.speaks("fr_FR").greeting()).contains("Bonjour");
            assertThat(ana.menu()).containsExactly("Leave", "Shop");
            assertThat(ana.canGetStarted()).isTrue();
            JsonObject read = client.fetchObject(
                    "me/messenger_profile",
                    JsonObject.class,
                    Parameter.with("fields", "get_started,whitelisted_domains"));
            assertThat(read.toString()).contains("START", SHOP);
        }

        @Test
        void shows_questions_of_the_old_form() {
            IceBreaker question = new IceBreaker();
            question.setQuestion("Where?");
            question.setPayload("WHERE");

            set("ice_breakers", List.of(question));

            assertThat(ana.questions()).containsExactly("Where?");
        }

        @Test
        void forgets_parts_of_its_profile() {
            set("greeting", List.of(new Greeting("Hello")));

            client.deleteObject("me/messenger_profile", Parameter.with("fields", List.of("greeting")));

            assertThat(ana.greeting()).isEmpty();
        }

        @Test
        void keeps_personas() {
            JsonObject made = client.publish(
                    "me/personas",
                    JsonObject.class,
                    Parameter.with("name", "Léa"),
                    Parameter.with("profile_picture_url", "https://cdn.example.org/lea.png"));
            String id = made.getString("id", "");
            Connection<JsonObject> all = client.fetchConnection("me/personas", JsonObject.class);

            assertThat(all.getData())
                    .extracting(each -> each.getString("name", ""))
                    .containsExactly("Léa");
            assertThat(client.deleteObject(id)).isTrue();
            assertThat(messenger.hasPersona(id)).isFalse();
        }

        @Test
        void subscribes_to_webhooks() {
            client.publish(
                    "me/subscribed_apps", JsonObject.class, Parameter.with("subscribed_fields", "messages,standby"));

            JsonObject apps = client.fetchObject("me/subscribed_apps", JsonObject.class);
            assertThat(apps.toString()).contains("standby").doesNotContain("message_echoes");
        }

        @Test
        void hands_a_conversation_over() {
            client.publish(
                    "me/pass_thread_control",
                    JsonObject.class,
                    recipient(),
                    Parameter.with("target_app_id", MessengerApps.PAGE_INBOX),
                    Parameter.with("metadata", "angry"));

            assertThat(messenger.apps().owner(ANA)).isEqualTo(MessengerApps.PAGE_INBOX);
            assertThatThrownBy(() -> send(new Message("Hi")))
                    .isInstanceOfSatisfying(
                            FacebookOAuthException.class,
                            refused -> assertThat(refused.getErrorCode()).isEqualTo(2018300));
            client.publish("me/take_thread_control", JsonObject.class, recipient());
            assertThat(send(new Message("Hi")).isSuccessful()).isTrue();
        }
    }

    @Nested
    class TheWebhookTypes {
        private WebhookObject read() {
            List<WebhookDelivery> deliveries = simulator.webhooks().deliver();
            return new DefaultJsonMapper()
                    .toJavaObject(deliveries.get(deliveries.size() - 1).text(), WebhookObject.class);
        }

        private MessagingItem item() {
            return read().getEntryList().get(0).getMessaging().get(0);
        }

        @Test
        void read_that_another_app_takes_passes_and_asks() {
            messenger.apps().takes(MessengerApps.PAGE_INBOX, ANA, "mine");
            assertThat(item().getTakeThreadControl().getMetadata()).isEqualTo("mine");
            messenger.apps().passesBack(ANA, "done");
            assertThat(item().getPassThreadControl().getNewOwnerAppId()).isEqualTo("400000000000001");
            messenger.apps().asks(MessengerApps.PAGE_INBOX, ANA, "please");
            assertThat(item().getRequestThreadControl().getRequestedOwnerAppId())
                    .isEqualTo(MessengerApps.PAGE_INBOX);
        }

        @Test
        void read_the_roles_of_apps() {
            messenger.apps().roles(Map.of("12", List.of("primary_receiver")));

            assertThat(item().getAppRoles().getRoles("12")).containsExactly("primary_receiver");
        }

        @Test
        void read_what_is_overheard() {
            messenger.apps().takes(MessengerApps.PAGE_INBOX, ANA, "");
            ana.writes("Hello");

            assertThat(read().getEntryList().get(0).getStandby())
                    .singleElement()
                    .satisfies(item -> assertThat(item.getMessage().getText()).isEqualTo("Hello"));
        }
    }
}
