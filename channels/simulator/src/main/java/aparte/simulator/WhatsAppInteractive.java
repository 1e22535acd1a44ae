package aparte.simulator;

import static aparte.simulator.WhatsAppShape.label;
import static aparte.simulator.WhatsAppShape.list;
import static aparte.simulator.WhatsAppShape.matching;
import static aparte.simulator.WhatsAppShape.object;
import static aparte.simulator.WhatsAppShape.openObject;
import static aparte.simulator.WhatsAppShape.text;
import static aparte.simulator.WhatsAppShape.whole;
import static aparte.simulator.WhatsAppShape.word;

import aparte.simulator.WhatsAppShape.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of interactive messages: for each {@code interactive.type} which header, body and footer it has, and its action.
 *
 * <p>A header or footer that a type does not have is refused with 131009. Payments are those of Brazil and India.
 *
 * <p>As of 2026-11: Cloud API reference, interactive messages, catalogs, flows, payments; business-scoped user ids (for
 * {@code request_contact_info}).
 */
final class WhatsAppInteractive {
    private static final int MANY = 1000;
    private static final int MOST_ROWS = 10;
    private static final int MOST_PRODUCTS = 30;
    private static final int LONG_TEXT = 4096;
    private static final int TEXT = 1024;
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private static final Set<String> NONE = Set.of();
    private static final Set<String> WORDS = Set.of("text");
    private static final Set<String> ANY = Set.of("text", "image", "video", "document");
    private static final Set<String> PICTURES = Set.of("image", "video");

    /** One type: header kinds, whether one is demanded, longest body, whether one is demanded, footer, action. */
    private record Kind(
            Set<String> headers, boolean headed, int body, boolean saying, boolean footed, WhatsAppShape action) {}

    private static WhatsAppShape named(String name, Field... more) {
        return WhatsAppShape.of(word("name", name).demanded()).and(more);
    }

    private static final WhatsAppShape LINK_ACTION = named(
            "cta_url",
            object(
                            "parameters",
                            WhatsAppShape.of(
                                    label("display_text", 1, 20).demanded(),
                                    matching("url", WhatsAppShape.LINK).demanded()))
                    .demanded());

    private static final WhatsAppShape BUTTONS = WhatsAppShape.of(list(
                    "buttons",
                    1,
                    3,
                    WhatsAppShape.of(
                            word("type", "reply").demanded(),
                            object(
                                            "reply",
                                            WhatsAppShape.of(
                                                    label("id", 1, 256).demanded(),
                                                    label("title", 1, 20).demanded()))
                                    .demanded()))
            .demanded());

    private static final WhatsAppShape ROWS = WhatsAppShape.of(
            label("button", 1, 20).demanded(),
            list(
                            "sections",
                            1,
                            10,
                            WhatsAppShape.of(
                                    label("title", 1, 24),
                                    list(
                                                    "rows",
                                                    1,
                                                    MOST_ROWS,
                                                    WhatsAppShape.of(
                                                            label("id", 1, 200).demanded(),
                                                            label("title", 1, 24)
                                                                    .demanded(),
                                                            label("description", 0, 72)))
                                            .demanded()))
                    .demanded());

    private static final WhatsAppShape PRODUCT = WhatsAppShape.of(
            text("catalog_id", 1, 128).demanded(),
            text("product_retailer_id", 1, 512).demanded());

    private static final WhatsAppShape PRODUCTS = WhatsAppShape.of(
            text("catalog_id", 1, 128).demanded(),
            list(
                            "sections",
                            1,
                            10,
                            WhatsAppShape.of(
                                    label("title", 1, 24),
                                    list(
                                                    "product_items",
                                                    1,
                                                    MOST_PRODUCTS,
                                                    WhatsAppShape.of(text("product_retailer_id", 1, 512)
                                                            .demanded()))
                                            .demanded()))
                    .demanded());

    private static final WhatsAppShape FLOW = named(
            "flow",
            object(
                            "parameters",
                            WhatsAppShape.of(
                                    word("flow_message_version", "3").demanded(),
                                    text("flow_id", 1, 128),
                                    text("flow_name", 1, 512),
                                    label("flow_cta", 1, 30).demanded(),
                                    text("flow_token", 1, 2048),
                                    word("mode", "draft", "published"),
                                    word("flow_action", "navigate", "data_exchange"),
                                    object(
                                            "flow_action_payload",
                                            WhatsAppShape.of(
                                                    text("screen", 1, 512).demanded(), object("data")))))
                    .demanded());

    private static final WhatsAppShape CARDS = WhatsAppShape.of(list(
                    "cards",
                    2,
                    10,
                    WhatsAppShape.of(
                            whole("card_index", 0, 9).demanded(),
                            word("type", "cta_url", "product").demanded(),
                            object("header"),
                            object(
                                    "body",
                                    WhatsAppShape.of(label("text", 1, 160).demanded())),
                            object("action").demanded()))
            .demanded());

    private static final WhatsAppShape AMOUNT = WhatsAppShape.of(
            whole("value", 0, Long.MAX_VALUE).demanded(),
            whole("offset", 100, 100).demanded());

    private static final WhatsAppShape ITEM = WhatsAppShape.of(
            text("retailer_id", 1, 512).demanded(),
            label("name", 1, 60).demanded(),
            openObject("amount", AMOUNT).demanded(),
            whole("quantity", 1, Long.MAX_VALUE).demanded(),
            openObject("sale_amount", AMOUNT));

    private static final WhatsAppShape ORDER = WhatsAppShape.of(
            word("status", "pending").demanded(),
            list("items", 1, MANY, (field, item) -> ITEM.check(WhatsAppTree.map(item)))
                    .demanded(),
            openObject("subtotal", AMOUNT).demanded(),
            openObject("tax", AMOUNT).demanded(),
            openObject("shipping", AMOUNT),
            openObject("discount", AMOUNT),
            openObject(
                    "expiration",
                    WhatsAppShape.of(matching("timestamp", SECONDS).demanded(), label("description", 0, 120))));

    private static final WhatsAppShape ORDER_DETAILS = named(
            "review_and_pay",
            openObject(
                            "parameters",
                            WhatsAppShape.of(
                                    matching("reference_id", REFERENCE).demanded(),
                                    word("type", "digital-goods", "physical-goods")
                                            .demanded(),
                                    word("currency", "BRL", "INR").demanded(),
                                    openObject("total_amount", AMOUNT).demanded(),
                                    list("payment_settings", 0, MANY, (field, setting) -> {}),
                                    openObject("order", ORDER).demanded()))
                    .demanded());

    private static final WhatsAppShape ORDER_STATUS = named(
            "review_order",
            object(
                            "parameters",
                            WhatsAppShape.of(
                                    matching("reference_id", REFERENCE).demanded(),
                                    object(
                                                    "order",
                                                    WhatsAppShape.of(
                                                            word(
                                                                            "status",
                                                                            "pending",
                                                                            "processing",
                                                                            "partially-shipped",
                                                                            "shipped",
                                                                            "completed",
                                                                            "canceled")
                                                                    .demanded(),
                                                            label("description", 0, 120)))
                                            .demanded(),
                                    openObject(
                                            "payment",
                                            WhatsAppShape.of(word("status", "pending", "captured", "failed")
                                                    .demanded()))))
                    .demanded());

    private static final WhatsAppShape ADDRESS = named(
            "address_message",
            openObject("parameters", WhatsAppShape.of(word("country", "IN").demanded()))
                    .demanded());

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("button", new Kind(ANY, false, TEXT, true, true, BUTTONS)),
            Map.entry("list", new Kind(WORDS, false, LONG_TEXT, true, true, ROWS)),
            Map.entry("cta_url", new Kind(ANY, false, TEXT, true, true, LINK_ACTION)),
            Map.entry("location_request_message", new Kind(NONE, false, TEXT, true, false, named("send_location"))),
            Map.entry("carousel", new Kind(NONE, false, TEXT, true, false, CARDS)),
            Map.entry("flow", new Kind(ANY, false, TEXT, true, true, FLOW)),
            Map.entry("product", new Kind(NONE, false, TEXT, false, true, PRODUCT)),
            Map.entry("product_list", new Kind(WORDS, true, TEXT, true, true, PRODUCTS)),
            Map.entry(
                    "catalog_message",
                    new Kind(
                            NONE,
                            false,
                            TEXT,
                            true,
                            true,
                            named(
                                    "catalog_message",
                                    object(
                                            "parameters",
                                            WhatsAppShape.of(text("thumbnail_product_retailer_id", 1, 512)))))),
            Map.entry("order_details", new Kind(ANY, false, TEXT, true, true, ORDER_DETAILS)),
            Map.entry("order_status", new Kind(NONE, false, TEXT, true, true, ORDER_STATUS)),
            Map.entry("request_contact_info", new Kind(NONE, false, TEXT, true, false, named("request_contact_info"))),
            Map.entry(
                    "call_permission_request",
                    new Kind(NONE, false, TEXT, false, false, named("call_permission_request"))),
            Map.entry("address_message", new Kind(ANY, false, TEXT, true, true, ADDRESS)));

    private static final WhatsAppShape WHOLE = WhatsAppShape.of(
            text("type", 1, 64).demanded(),
            object("header"),
            object("body"),
            object("footer", WhatsAppShape.of(label("text", 1, 60).demanded())),
            object("action").demanded());

    private static final WhatsAppShape HEADER = WhatsAppShape.of(
            word("type", "text", "image", "video", "document").demanded(),
            label("text", 1, 60),
            label("sub_text", 1, 60),
            object("image", WhatsAppRules.MEDIA),
            object("video", WhatsAppRules.MEDIA),
            object("document", WhatsAppRules.MEDIA.and(text("filename", 1, 240))));

    private WhatsAppInteractive() {}

    static void check(Map<String, Object> interactive) throws GraphRefusal {
        WHOLE.checkWhole("interactive", interactive);
        String type = said(interactive, "type");
        Kind kind = KINDS.get(type);
        if (kind == null) {
            throw WhatsAppError.refusal(
                    100,
                    "Param interactive.type must be one of "
                            + KINDS.keySet().stream().sorted().toList() + ".");
        }
        checkHeader(interactive, kind.headers(), kind.headed());
        checkBody(interactive, kind);
        if (!kind.footed() && interactive.containsKey("footer")) {
            throw invalid("An interactive message of type " + type + " has no footer.");
        }
        Map<String, Object> action = WhatsAppTree.objectAt(interactive, "action");
        kind.action().checkWhole("action", action);
        checkBeyondTheTable(type, action);
    }

    private static void checkHeader(Map<String, Object> message, Set<String> allowed, boolean demanded)
            throws GraphRefusal {
        Optional<Map<String, Object>> header = WhatsAppTree.object(message, "header");
        if (header.isEmpty()) {
            if (demanded) {
                throw WhatsAppError.refusal(131008, "The parameter header is required.");
            }
            return;
        }
        HEADER.checkWhole("header", header.get());
        String type = said(header.get(), "type");
        if (!allowed.contains(type)) {
            throw invalid("A header of type " + type + " is not allowed here.");
        }
        if (!header.get().containsKey(type)) {
            throw WhatsAppError.refusal(131008, "The parameter " + type + " is required.");
        }
        for (String other : ANY) {
            if (!other.equals(type) && header.get().containsKey(other)) {
                throw WhatsAppError.refusal(
                        100, "Param " + other + " does not belong to a header of type " + type + ".");
            }
        }
        if (!type.equals("text")) {
            WhatsAppRules.checkSource(type, WhatsAppTree.objectAt(header.get(), type));
        }
    }

    private static void checkBody(Map<String, Object> interactive, Kind kind) throws GraphRefusal {
        Optional<Map<String, Object>> body = WhatsAppTree.object(interactive, "body");
        if (body.isPresent()) {
            WhatsAppShape.of(label("text", 1, kind.body()).demanded()).checkWhole("body", body.get());
        } else if (kind.saying()) {
            throw WhatsAppError.refusal(131008, "The parameter body is required.");
        }
    }

    /** What a table of single fields cannot say: sums, uniqueness, one of two. */
    private static void checkBeyondTheTable(String type, Map<String, Object> action) throws GraphRefusal {
        switch (type) {
            case "button" -> checkButtons(action);
            case "list" -> checkRows(action);
            case "product_list" -> {
                checkTitles(action);
                checkSum(action, "product_items", MOST_PRODUCTS);
            }
            case "carousel" -> checkCards(WhatsAppTree.objects(action, "cards"));
            case "flow" -> checkFlow(WhatsAppTree.objectAt(action, "parameters"));
            case "order_details" -> checkTotal(WhatsAppTree.objectAt(action, "parameters"));
            default -> {}
        }
    }

    private static void checkButtons(Map<String, Object> action) throws GraphRefusal {
        List<Map<String, Object>> replies = WhatsAppTree.objects(action, "buttons").stream()
                .map(button -> WhatsAppTree.objectAt(button, "reply"))
                .toList();
        checkUnique(replies, "id", "buttons");
        checkUnique(replies, "title", "buttons");
    }

    private static void checkRows(Map<String, Object> action) throws GraphRefusal {
        checkTitles(action);
        checkSum(action, "rows", MOST_ROWS);
        checkUnique(
                WhatsAppTree.objects(action, "sections").stream()
                        .flatMap(section -> WhatsAppTree.objects(section, "rows").stream())
                        .toList(),
                "id",
                "rows");
    }

    private static void checkTitles(Map<String, Object> action) throws GraphRefusal {
        List<Map<String, Object>> sections = WhatsAppTree.objects(action, "sections");
        if (sections.size() > 1 && sections.stream().anyMatch(section -> !section.containsKey("title"))) {
            throw WhatsAppError.refusal(
                    131008, "The parameter title is required where there is more than one section.");
        }
    }

    private static void checkSum(Map<String, Object> action, String list, int most) throws GraphRefusal {
        int sum = WhatsAppTree.objects(action, "sections").stream()
                .mapToInt(section -> WhatsAppTree.objects(section, list).size())
                .sum();
        if (sum > most) {
            throw invalid("The sections have more than " + most + " " + list + " in all.");
        }
    }

    private static void checkUnique(List<Map<String, Object>> items, String name, String of) throws GraphRefusal {
        Set<String> seen = new HashSet<>();
        for (Map<String, Object> item : items) {
            if (!seen.add(WhatsAppTree.scalar(item.getOrDefault(name, "")))) {
                throw invalid("Two " + of + " share one " + name + ".");
            }
        }
    }

    private static void checkCards(List<Map<String, Object>> cards) throws GraphRefusal {
        checkUnique(cards, "card_index", "cards");
        String type = said(cards.get(0), "type");
        String header = said(WhatsAppTree.objectAt(cards.get(0), "header"), "type");
        Set<String> catalogs = new HashSet<>();
        for (Map<String, Object> card : cards) {
            if (!said(card, "type").equals(type)) {
                throw invalid("All cards must be of one type.");
            }
            Map<String, Object> action = WhatsAppTree.objectAt(card, "action");
            if (type.equals("product")) {
                if (card.containsKey("header") || card.containsKey("body")) {
                    throw invalid("A product card has an action alone.");
                }
                PRODUCT.checkWhole("action", action);
                catalogs.add(said(action, "catalog_id"));
                continue;
            }
            checkHeader(card, PICTURES, true);
            if (!said(WhatsAppTree.objectAt(card, "header"), "type").equals(header)) {
                throw invalid("The headers of all cards must be of one type.");
            }
            String body = said(WhatsAppTree.objectAt(card, "body"), "text");
            if (body.lines().count() > 3) {
                throw invalid("The body of a card has at most two line breaks.");
            }
            LINK_ACTION.checkWhole("action", action);
        }
        if (catalogs.size() > 1) {
            throw invalid("All product cards must be of one catalog.");
        }
    }

    private static void checkFlow(Map<String, Object> parameters) throws GraphRefusal {
        if (parameters.containsKey("flow_id") == parameters.containsKey("flow_name")) {
            throw WhatsAppError.refusal(
                    parameters.containsKey("flow_id") ? 131009 : 131008,
                    "Exactly one of flow_id and flow_name is required.");
        }
    }

    private static void checkTotal(Map<String, Object> parameters) throws GraphRefusal {
        Map<String, Object> order = WhatsAppTree.objectAt(parameters, "order");
        long due = amount(order, "subtotal")
                + amount(order, "tax")
                + amount(order, "shipping")
                - amount(order, "discount");
        if (amount(parameters, "total_amount") != due) {
            throw invalid("total_amount is not subtotal + tax + shipping - discount.");
        }
    }

    private static long amount(Map<String, Object> object, String name) {
        return WhatsAppTree.whole(WhatsAppTree.objectAt(object, name), "value");
    }

    private static GraphRefusal invalid(String words) {
        return WhatsAppError.refusal(131009, words);
    }

    private static String said(Map<String, Object> object, String name) {
        return WhatsAppTree.text(object, name).orElse("");
    }
}
