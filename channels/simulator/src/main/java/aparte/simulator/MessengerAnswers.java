package aparte.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How people answer what asks them for more than a reply, and what they do beside messages. None of it opens a window. */
final class MessengerAnswers {
    private final MessengerWorld world;
    private final Clock clock;

    MessengerAnswers(MessengerWorld world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    void rate(MessengerWorld.Person person, String messageId, String value, String words) {
        MessengerLayout.Form form = open(person, messageId, "customer_feedback");
        Map<String, Object> screen =
                MessengerRules.listOf(form.payload(), "feedback_screens").get(0);
        Map<String, Object> question =
                MessengerRules.listOf(screen, "questions").get(0);
        if (!words.isEmpty() && !question.containsKey("follow_up")) {
            throw new IllegalArgumentException("the form has no field for words");
        }
        Map<String, Object> answer = Json.object(
                "type",
                MessengerRules.text(question, "type"),
                "payload",
                value,
                "follow_up",
                Optional.of(words)
                        .filter(any -> !any.isEmpty())
                        .map(any -> Json.object("type", "free_form", "payload", any)));
        Map<String, Object> questions = Json.object(String.valueOf(question.get("id")), answer);
        world.happen(
                person,
                "messaging_feedback",
                Json.object(
                        "messaging_feedback",
                        Json.object("feedback_screens", List.of(Json.object("screen_id", 0, "questions", questions)))));
    }

    void giveAddress(MessengerWorld.Person person, String messageId, Map<String, String> fields) {
        open(person, messageId, "customer_information");
        List<Object> responses = new ArrayList<>();
        fields.forEach((key, value) -> responses.add(Json.object("key", key, "value", value)));
        world.happen(
                person,
                "messaging_customer_information",
                Json.object(
                        "messaging_customer_information",
                        Json.object("screens", List.of(Json.object("screen_id", "0", "responses", responses)))));
    }

    String agree(MessengerWorld.Person person, String messageId) {
        MessengerLayout.Form form = world.form(person, messageId);
        String payload = MessengerRules.text(form.payload(), "payload").orElse("");
        String title = MessengerRules.text(form.payload(), "title").orElse(payload);
        return switch (form.type()) {
            case "notification_messages" -> world.optIn(person, title, payload);
            case "one_time_notif_req" -> world.wantOne(person, payload);
            default -> throw new IllegalArgumentException("the message asks for no notifications");
        };
    }

    void revealCoupon(MessengerWorld.Person person, String messageId) {
        MessengerLayout.Form coupon = world.form(person, messageId);
        if (!coupon.type().equals("coupon")) {
            throw new IllegalArgumentException("the message is no coupon");
        }
        world.happen(
                person,
                "messages",
                Json.object(
                        "template",
                        Json.object(
                                "type",
                                "coupon",
                                "payload",
                                MessengerRules.text(coupon.payload(), "payload"),
                                "coupon_code",
                                MessengerRules.text(coupon.payload(), "coupon_code"))));
    }

    void sendCart(MessengerWorld.Person person, List<String> products, String note) {
        List<Object> lines = new ArrayList<>();
        for (String product : products) {
            lines.add(Json.object(
                    "id",
                    Integer.toString(7000 + lines.size()),
                    "retailer_id",
                    "sku-" + lines.size(),
                    "name",
                    product,
                    "unit_price",
                    10,
                    "currency",
                    "EUR",
                    "quantity",
                    1));
        }
        world.happen(
                person,
                "send_cart",
                Json.object(
                        "order",
                        Json.object("products", lines, "note", Optional.of(note).filter(words -> !words.isEmpty()))));
    }

    private MessengerLayout.Form open(MessengerWorld.Person person, String messageId, String type) {
        MessengerLayout.Form form = world.form(person, messageId);
        if (!form.type().equals(type)) {
            throw new IllegalArgumentException("the message is no form of this sort");
        }
        if (!clock.instant()
                .isBefore(world.sentAt(person, messageId).plus(Duration.ofDays(MessengerForms.days(form.payload()))))) {
            throw new IllegalStateException("the form cannot be answered any more");
        }
        return form;
    }
}
