package aparte.simulator;

import aparte.simulator.WhatsAppChoice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a phone shows of a message, whatever its type. */
record WhatsAppShown(
        Optional<String> header,
        String text,
        Optional<String> footer,
        Optional<String> mediaId,
        Optional<String> link,
        List<WhatsAppChoice> choices,
        List<WhatsAppCard> cards) {
    static WhatsAppShown of(String text, Optional<String> mediaId, Optional<String> link) {
        return new WhatsAppShown(Optional.empty(), text, Optional.empty(), mediaId, link, List.of(), List.of());
    }

    /** What a content that kept the rules looks like. */
    static WhatsAppShown of(String type, Object content) {
        Map<String, Object> object = WhatsAppTree.map(content);
        return switch (type) {
            case "text" -> of(text(object, "body"), Optional.empty(), Optional.empty());
            case "image", "video", "audio", "document", "sticker" -> media(object);
            case "location" -> of(place(object), Optional.empty(), Optional.empty());
            case "contacts" -> of(names((List<?>) content), Optional.empty(), Optional.empty());
            case "reaction" -> of(text(object, "emoji"), Optional.empty(), Optional.empty());
            case "interactive" -> interactive(object);
            default -> of("", Optional.empty(), Optional.empty());
        };
    }

    private static WhatsAppShown media(Map<String, Object> media) {
        return new WhatsAppShown(
                WhatsAppTree.text(media, "filename"),
                text(media, "caption"),
                Optional.empty(),
                WhatsAppTree.text(media, "id"),
                WhatsAppTree.text(media, "link"),
                List.of(),
                List.of());
    }

    /** The name and address of a place, or else where it is. */
    static String place(Map<String, Object> location) {
        String named = Stream.of("name", "address")
                .map(name -> text(location, name))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? coordinates(location) : named;
    }

    static String coordinates(Map<String, Object> location) {
        return Stream.of("latitude", "longitude")
                .map(name -> location.getOrDefault(name, ""))
                .map(WhatsAppTree::scalar)
                .collect(Collectors.joining(", "));
    }

    private static String names(List<?> contacts) {
        return WhatsAppTree.objects(contacts).stream()
                .map(contact -> text(WhatsAppTree.objectAt(contact, "name"), "formatted_name"))
                .collect(Collectors.joining(", "));
    }

    private static WhatsAppShown interactive(Map<String, Object> interactive) {
        Map<String, Object> header = WhatsAppTree.objectAt(interactive, "header");
        Map<String, Object> media = headerMedia(header);
        Map<String, Object> action = WhatsAppTree.objectAt(interactive, "action");
        return new WhatsAppShown(
                WhatsAppTree.text(header, "text"),
                text(WhatsAppTree.objectAt(interactive, "body"), "text"),
                WhatsAppTree.text(WhatsAppTree.objectAt(interactive, "footer"), "text"),
                WhatsAppTree.text(media, "id"),
                WhatsAppTree.text(media, "link"),
                choices(text(interactive, "type"), action),
                cards(action));
    }

    private static Map<String, Object> headerMedia(Map<String, Object> header) {
        return WhatsAppTree.objectAt(header, text(header, "type"));
    }

    private static List<WhatsAppChoice> choices(String type, Map<String, Object> action) {
        Map<String, Object> parameters = WhatsAppTree.objectAt(action, "parameters");
        return switch (type) {
            case "button" ->
                WhatsAppTree.objects(action, "buttons").stream()
                        .map(button -> WhatsAppTree.objectAt(button, "reply"))
                        .map(reply -> WhatsAppChoice.of(Kind.BUTTON, text(reply, "id"), text(reply, "title")))
                        .toList();
            case "list" ->
                inSections(action, "rows")
                        .map(row -> new WhatsAppChoice(
                                Kind.ROW, text(row, "id"), text(row, "title"), text(row, "description")))
                        .toList();
            case "cta_url" -> List.of(link(action));
            case "flow" ->
                List.of(WhatsAppChoice.of(
                        Kind.FLOW,
                        text(parameters, parameters.containsKey("flow_id") ? "flow_id" : "flow_name"),
                        text(parameters, "flow_cta")));
            case "product" -> List.of(product(action));
            case "product_list" ->
                inSections(action, "product_items").map(WhatsAppShown::product).toList();
            case "catalog_message" -> List.of(WhatsAppChoice.of(Kind.PRODUCT, "", "View catalog"));
            case "order_details" ->
                List.of(WhatsAppChoice.of(Kind.ORDER, text(parameters, "reference_id"), "Review and pay"));
            case "order_status" ->
                List.of(WhatsAppChoice.of(Kind.ORDER, text(parameters, "reference_id"), "Review order"));
            case "location_request_message" -> List.of(WhatsAppChoice.of(Kind.REQUEST, "", "Send location"));
            case "request_contact_info" -> List.of(WhatsAppChoice.of(Kind.REQUEST, "", "Share contact"));
            case "call_permission_request" -> List.of(WhatsAppChoice.of(Kind.REQUEST, "", "Allow calls"));
            case "address_message" -> List.of(WhatsAppChoice.of(Kind.REQUEST, "", "Provide address"));
            default -> List.of();
        };
    }

    private static Stream<Map<String, Object>> inSections(Map<String, Object> action, String list) {
        return WhatsAppTree.objects(action, "sections").stream()
                .flatMap(section -> WhatsAppTree.objects(section, list).stream());
    }

    private static List<WhatsAppCard> cards(Map<String, Object> action) {
        List<WhatsAppCard> cards = new ArrayList<>();
        for (Map<String, Object> card : WhatsAppTree.objects(action, "cards")) {
            Map<String, Object> media = headerMedia(WhatsAppTree.objectAt(card, "header"));
            Map<String, Object> what = WhatsAppTree.objectAt(card, "action");
            cards.add(new WhatsAppCard(
                    text(WhatsAppTree.objectAt(card, "body"), "text"),
                    WhatsAppTree.text(media, "id"),
                    WhatsAppTree.text(media, "link"),
                    List.of(what.containsKey("product_retailer_id") ? product(what) : link(what))));
        }
        return cards;
    }

    private static WhatsAppChoice link(Map<String, Object> action) {
        Map<String, Object> parameters = WhatsAppTree.objectAt(action, "parameters");
        return WhatsAppChoice.of(Kind.LINK, text(parameters, "url"), text(parameters, "display_text"));
    }

    private static WhatsAppChoice product(Map<String, Object> item) {
        return WhatsAppChoice.of(Kind.PRODUCT, text(item, "product_retailer_id"), "View product");
    }

    private static String text(Map<String, Object> object, String name) {
        return WhatsAppTree.text(object, name).orElse("");
    }
}
