package aparte.messenger;

import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.ImageGrid;
import aparte.messenger.MessengerForm.Feedback;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Grids, products and forms in a request: the fields of a template's payload behind its type. And utility templates. */
final class WireForms {
    private final JsonWriter json;

    WireForms(JsonWriter json) {
        this.json = json;
    }

    /** Everything of a grid but its buttons. */
    void grid(ImageGrid grid) throws IOException {
        text("title", grid.title());
        text("subtitle", grid.subtitle());
        json.name("images").beginArray();
        for (ImageGrid.Picture picture : grid.pictures()) {
            json.beginObject();
            address("url", picture.address());
            if (picture.large()) {
                json.name("is_hero_image").value(true);
            }
            if (picture.tap().isPresent()) {
                json.name("action");
                tap(picture.tap().get());
            }
            json.endObject();
        }
        json.endArray();
    }

    private void tap(Button tap) throws IOException {
        json.beginObject().name("type");
        if (tap instanceof Button.Link link) {
            json.value("web_url");
            address("url", link.uri());
        } else if (tap instanceof Button.Postback postback) {
            json.value("postback").name("payload").value(postback.id());
            json.name("text").value(postback.title());
        } else {
            throw new IllegalStateException("the plan refuses such a tap");
        }
        json.endObject();
    }

    void products(MessengerContent.Products products) throws IOException {
        json.name("elements").beginArray();
        for (String id : products.ids()) {
            json.beginObject().name("id").value(id).endObject();
        }
        json.endArray();
    }

    static String typeOf(MessengerForm form) {
        if (form instanceof Feedback) {
            return "customer_feedback";
        }
        if (form instanceof MessengerForm.Shipping) {
            return "customer_information";
        }
        return form instanceof MessengerForm.Notifications ? "notification_messages" : "one_time_notif_req";
    }

    void form(MessengerForm form) throws IOException {
        if (form instanceof Feedback feedback) {
            feedback(feedback);
        } else if (form instanceof MessengerForm.Shipping shipping) {
            json.name("countries").beginArray();
            for (String country : shipping.countries()) {
                json.value(country);
            }
            json.endArray();
            privacy(shipping.privacy(), shipping.days());
        } else if (form instanceof MessengerForm.Notifications notifications) {
            text("title", notifications.title());
            json.name("payload").value(notifications.topic());
            text("image_url", notifications.picture().map(URI::toASCIIString));
            text("notification_messages_timezone", notifications.zone().map(Object::toString));
        } else if (form instanceof MessengerForm.OneNotification one) {
            json.name("title").value(one.title());
            json.name("payload").value(one.topic());
        } else {
            throw new IllegalStateException("a form that nobody writes");
        }
    }

    private void feedback(Feedback feedback) throws IOException {
        json.name("title").value(feedback.title());
        json.name("subtitle").value(feedback.subtitle());
        json.name("button_title").value(feedback.button());
        json.name("feedback_screens").beginArray().beginObject();
        json.name("questions").beginArray().beginObject();
        json.name("id").value(feedback.question().id());
        json.name("type").value(feedback.question().scale().word());
        text("title", feedback.question().title());
        if (feedback.question().textHint().isPresent()) {
            json.name("follow_up").beginObject().name("type").value("free_form");
            text("placeholder", feedback.question().textHint());
            json.endObject();
        }
        json.endObject().endArray().endObject().endArray();
        privacy(feedback.privacy(), feedback.days());
    }

    private void privacy(URI page, int days) throws IOException {
        json.name("business_privacy").beginObject();
        address("url", page);
        json.endObject();
        json.name("expires_in_days").value(days);
    }

    /** The field {@code template} of a message. */
    void template(MessengerTemplate template) throws IOException {
        json.name("template").beginObject();
        json.name("name").value(template.name());
        json.name("language")
                .beginObject()
                .name("code")
                .value(template.language())
                .endObject();
        json.name("components").beginArray();
        blanks("header", template.header());
        blanks("body", template.body());
        if (!template.buttons().isEmpty()) {
            json.beginObject().name("type").value("buttons").name("parameters").beginArray();
            for (MessengerTemplate.ButtonBlank button : template.buttons()) {
                json.beginObject().name("type");
                if (button instanceof MessengerTemplate.ButtonBlank.Postback postback) {
                    json.value("POSTBACK").name("payload").value(postback.id());
                } else if (button instanceof MessengerTemplate.ButtonBlank.Link link) {
                    json.value("URL").name("url").value(link.suffix());
                } else {
                    throw new IllegalStateException("a button that nobody writes");
                }
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private void blanks(String component, List<MessengerTemplate.Blank> blanks) throws IOException {
        if (blanks.isEmpty()) {
            return;
        }
        json.beginObject().name("type").value(component).name("parameters").beginArray();
        for (MessengerTemplate.Blank blank : blanks) {
            json.beginObject().name("type").value("text");
            text("parameter_name", blank.name());
            json.name("text").value(blank.text()).endObject();
        }
        json.endArray().endObject();
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }

    private void address(String name, URI uri) throws IOException {
        json.name(name).value(uri.toASCIIString());
    }
}
