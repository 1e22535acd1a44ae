package aparte.simulator;

import static aparte.simulator.MessengerRules.check;
import static aparte.simulator.MessengerRules.demand;
import static aparte.simulator.MessengerRules.listOf;
import static aparte.simulator.MessengerRules.object;
import static aparte.simulator.MessengerRules.text;

import aparte.simulator.MessengerRules.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The templates of messages: button, generic, media, receipt, coupon; the others are in {@link MessengerForms}. As of 2026-11: Messenger Platform, templates. Fields
 * that the table does not know are passed over.
 */
final class MessengerTemplates {
    private static final Pattern LINK = MessengerRules.LINK;
    private static final Pattern FACEBOOK = Pattern.compile("(?i)https://([a-z0-9-]+\\.)*facebook\\.com/\\S+");
    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{3,15}");

    static final Map<String, List<Field>> FIELDS = Map.of(
            "payload of a template",
            List.of(Field.oneOf(
                            "template_type",
                            "button",
                            "generic",
                            "media",
                            "receipt",
                            "coupon",
                            "image_grid",
                            "product",
                            "customer_feedback",
                            "customer_information",
                            "notification_messages",
                            "one_time_notif_req")
                    .demanded()),
            "button template",
            List.of(
                    Field.text("text", 1, 640).demanded(),
                    Field.list("buttons", 1, 3).demanded()),
            "generic template",
            List.of(Field.list("elements", 1, 10).demanded()),
            "generic element",
            List.of(
                    Field.text("title", 1, 80).demanded(),
                    Field.text("subtitle", 1, 80),
                    Field.matching("image_url", LINK),
                    Field.object("default_action"),
                    Field.list("buttons", 1, 3)),
            "media template",
            List.of(Field.list("elements", 1, 1).demanded()),
            "media element",
            List.of(
                    Field.oneOf("media_type", "image", "video").demanded(),
                    Field.id("attachment_id"),
                    Field.matching("url", FACEBOOK),
                    Field.list("buttons", 1, 3)),
            "receipt template",
            List.of(
                    Field.text("recipient_name", 1, 640).demanded(),
                    Field.text("order_number", 1, 640).demanded(),
                    Field.matching("currency", Pattern.compile("[A-Z]{3}")).demanded(),
                    Field.text("payment_method", 1, 640).demanded(),
                    Field.object("summary").demanded(),
                    Field.list("elements", 0, 100),
                    Field.matching("timestamp", Pattern.compile("[0-9]{1,11}")),
                    Field.matching("order_url", LINK)),
            "receipt summary",
            List.of(Field.number("total_cost").demanded(), Field.number("subtotal"), Field.number("total_tax")),
            "receipt element",
            List.of(
                    Field.text("title", 1, 640).demanded(),
                    Field.number("price").demanded(),
                    Field.number("quantity"),
                    Field.matching("image_url", LINK)),
            "coupon template",
            List.of(
                    Field.text("title", 1, 80).demanded(),
                    Field.text("subtitle", 1, 80),
                    Field.matching("coupon_code", Pattern.compile("\\S+")),
                    Field.matching("coupon_url", LINK),
                    Field.matching("image_url", LINK),
                    Field.text("payload", 1, 1000)));

    /** Buttons have rules by their type. */
    private static final List<Field> BUTTON = List.of(
            Field.oneOf("type", "web_url", "postback", "phone_number", "account_link", "account_unlink")
                    .demanded(),
            Field.text("title", 1, 20),
            Field.text("payload", 1, 1000),
            Field.matching("url", LINK),
            Field.oneOf("webview_height_ratio", "compact", "tall", "full"));

    private MessengerTemplates() {}

    /** What a template shows, if it keeps its rules. */
    static MessengerLayout layout(Map<String, Object> payload) throws GraphRefusal {
        check("payload of a template", payload);
        String type = text(payload, "template_type").orElseThrow();
        check(type + " template", payload);
        List<MessengerLayout.Tap> buttons = new ArrayList<>(buttons(payload));
        List<String> cards = new ArrayList<>();
        Optional<String> attachmentId = Optional.empty();
        for (Map<String, Object> element : listOf(payload, "elements")) {
            check(type + " element", element);
            if (type.equals("generic")) {
                generic(element);
            } else if (type.equals("media")) {
                attachmentId = media(element);
            } else if (type.equals("image_grid")) {
                buttons.addAll(MessengerForms.grid(element));
            } else if (type.equals("product")) {
                Optional.ofNullable(element.get("id"))
                        .flatMap(Field::digits)
                        .ifPresent(id -> cards.add("product " + id));
            }
            buttons.addAll(buttons(element));
            text(element, "title").ifPresent(cards::add);
        }
        if (type.equals("receipt")) {
            check("receipt summary", object(payload, "summary").orElseThrow());
        } else if (type.equals("coupon")) {
            demand(
                    payload.containsKey("coupon_code") || payload.containsKey("coupon_url"),
                    "coupon_code or coupon_url is required");
            cards.add(text(payload, "title").orElseThrow());
        } else if (MessengerForms.TYPES.contains(type)) {
            MessengerForms.checkForm(type, payload);
            text(payload, "title").ifPresent(cards::add);
        }
        boolean answered = type.equals("coupon") || MessengerForms.TYPES.contains(type);
        return new MessengerLayout(
                Optional.of(type),
                text(payload, "text").orElse(""),
                List.of(),
                buttons,
                cards,
                text(payload, "order_number"),
                attachmentId,
                answered ? Optional.of(new MessengerLayout.Form(type, payload)) : Optional.empty());
    }

    private static void generic(Map<String, Object> element) throws GraphRefusal {
        demand(element.size() > 1, "elements need a property beside title");
        Optional<Map<String, Object>> action = object(element, "default_action");
        if (action.isPresent()) {
            demand(!action.get().containsKey("title"), "default_action has no title");
            demand(
                    text(action.get(), "type").filter("web_url"::equals).isPresent()
                            && text(action.get(), "url")
                                    .filter(url -> LINK.matcher(url).matches())
                                    .isPresent(),
                    "default_action must be a web_url");
        }
    }

    private static Optional<String> media(Map<String, Object> element) throws GraphRefusal {
        demand(
                element.containsKey("attachment_id") != element.containsKey("url"),
                "elements need exactly one of attachment_id and url");
        return Optional.ofNullable(element.get("attachment_id")).flatMap(Field::digits);
    }

    private static List<MessengerLayout.Tap> buttons(Map<String, Object> object) throws GraphRefusal {
        List<MessengerLayout.Tap> taps = new ArrayList<>();
        for (Map<String, Object> button : listOf(object, "buttons")) {
            for (Field field : BUTTON) {
                field.check(button);
            }
            String type = text(button, "type").orElseThrow();
            if (type.startsWith("account_")) {
                taps.add(account(type, button));
                continue;
            }
            String title = text(button, "title").orElse("");
            String payload =
                    text(button, type.equals("web_url") ? "url" : "payload").orElse("");
            demand(!title.isEmpty() && !payload.isEmpty(), "buttons of type " + type + " lack a title or what they do");
            demand(
                    !type.equals("phone_number") || PHONE.matcher(payload).matches(),
                    "payload of a phone_number must be a number with + in front");
            taps.add(new MessengerLayout.Tap(type, title, payload));
        }
        return taps;
    }

    /** The platform writes these itself; a tap leads to the page that links the account. */
    private static MessengerLayout.Tap account(String type, Map<String, Object> button) throws GraphRefusal {
        boolean link = type.equals("account_link");
        demand(!button.containsKey("title"), "buttons of type " + type + " have no title");
        demand(link == button.containsKey("url"), "url belongs to buttons of type account_link");
        return new MessengerLayout.Tap(
                type, link ? "Log In" : "Log Out", text(button, "url").orElse(""));
    }
}
