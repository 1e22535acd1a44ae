package aparte.whatsapp;

import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices.Option;
import aparte.SenderId;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.FlowMessage;
import aparte.whatsapp.WhatsAppContent.Header;
import aparte.whatsapp.WhatsAppContent.LinkMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The limits of interactive messages but those of commerce. As of 2026-11, Cloud API reference, interactive objects. */
final class InteractiveRules {
    static final int MAX_BODY = 1_024;
    /** Of a header's text and of a footer. */
    static final int MAX_SMALL = 60;

    static final int MAX_BUTTONS = 3;
    static final int MAX_ROWS = 10;
    static final int MIN_CARDS = 2;
    static final int MAX_CARDS = 10;

    private static final int MAX_LIST_BODY = 4_096;
    private static final int MAX_LABEL = 20;
    private static final int MAX_FLOW_LABEL = 30;
    private static final int MAX_BUTTON_ID = 256;
    private static final int MAX_ROW_ID = 200;
    private static final int MAX_ROW_TITLE = 24;
    private static final int MAX_DESCRIPTION = 72;
    private static final int MAX_CARD = 160;
    private static final int MAX_CARD_BREAKS = 2;
    private static final Pattern BREAK = Pattern.compile("\\R");

    private InteractiveRules() {}

    /** Inspects a content of this family; answers whether it is one. */
    static boolean inspect(Content content, SenderId sender, Inspection inspection) {
        if (content instanceof ButtonMessage buttons) {
            buttons(buttons, sender, inspection);
        } else if (content instanceof ListMessage list) {
            list(list, inspection);
        } else if (content instanceof Content.LinkButton link) {
            inspection.text("text", link.body(), MAX_BODY);
            link(link.label(), link.uri(), inspection);
        } else if (content instanceof LinkMessage link) {
            inspection.text("text", link.body(), MAX_BODY).text("footer", link.footer(), MAX_SMALL);
            link(link.label(), link.uri(), inspection);
            link.header().ifPresent(header -> MediaRules.inspect(header, sender, inspection));
        } else if (content instanceof Carousel carousel) {
            carousel(carousel, sender, inspection);
        } else if (content instanceof FlowMessage flow) {
            flow(flow, sender, inspection);
        } else if (content instanceof Content.LocationRequest request) {
            inspection.text("text", request.body(), MAX_BODY);
        } else if (content instanceof WhatsAppContent.ContactInfoRequest request) {
            inspection.text("text", request.body(), MAX_BODY);
        } else if (content instanceof WhatsAppContent.CallPermissionRequest request) {
            inspection.text("text", request.body(), MAX_BODY);
        } else {
            return false;
        }
        return true;
    }

    private static void buttons(ButtonMessage message, SenderId sender, Inspection inspection) {
        inspection
                .text("text", message.body(), MAX_BODY)
                .text("footer", message.footer(), MAX_SMALL)
                .count("buttons", 1, MAX_BUTTONS, message.buttons().size());
        for (ButtonMessage.Button button : message.buttons()) {
            inspection.text("button id", button.id(), MAX_BUTTON_ID).text("button title", button.title(), MAX_LABEL);
        }
        inspection
                .distinct(
                        "button ids",
                        message.buttons().stream().map(ButtonMessage.Button::id).toList())
                .distinct(
                        "button titles",
                        message.buttons().stream()
                                .map(ButtonMessage.Button::title)
                                .toList());
        message.header().ifPresent(header -> MediaRules.inspect(header, sender, inspection));
    }

    private static void list(ListMessage message, Inspection inspection) {
        List<ListMessage.Section> sections = message.sections();
        List<Option> rows =
                sections.stream().flatMap(section -> section.rows().stream()).toList();
        inspection
                .text("text", message.body(), MAX_LIST_BODY)
                .text("header", message.header(), MAX_SMALL)
                .text("footer", message.footer(), MAX_SMALL)
                .text("list button", message.button(), MAX_LABEL)
                .count("sections", 1, 10, sections.size())
                .count("rows", 1, MAX_ROWS, rows.size());
        for (ListMessage.Section section : sections) {
            inspection
                    .text("section title", section.title(), MAX_ROW_TITLE)
                    .require(
                            section.title().isPresent() || sections.size() == 1,
                            "each of several sections needs a title: give it one")
                    .require(!section.rows().isEmpty(), "a section needs at least 1 row: add one or leave it out");
        }
        for (Option row : rows) {
            inspection
                    .text("row id", row.id(), MAX_ROW_ID)
                    .text("row title", row.title(), MAX_ROW_TITLE)
                    .text("row description", row.description(), MAX_DESCRIPTION);
        }
        inspection
                .distinct("row ids", rows.stream().map(Option::id).toList())
                .distinct(
                        "rows",
                        sections.stream().flatMap(InteractiveRules::seen).toList());
    }

    /** What the person sees of each row: two that look the same cannot be told apart. */
    private static Stream<String> seen(ListMessage.Section section) {
        return section.rows().stream()
                .map(row -> List.of(
                                section.title().orElse(""),
                                row.title(),
                                row.description().orElse(""))
                        .toString());
    }

    private static void link(String label, URI uri, Inspection inspection) {
        inspection
                .text("link label", label, MAX_LABEL)
                .require(Words.isWeb(uri), "a link button opens http or https on WhatsApp: give such an address");
    }

    private static void carousel(Carousel carousel, SenderId sender, Inspection inspection) {
        inspection
                .text("text", carousel.body(), MAX_BODY)
                .count("cards", MIN_CARDS, MAX_CARDS, carousel.cards().size());
        boolean films = MediaRules.header(carousel.cards().get(0).header()) instanceof Header.Film;
        for (Carousel.Card card : carousel.cards()) {
            Header header = MediaRules.header(card.header());
            inspection
                    .text("card text", card.body(), MAX_CARD)
                    .count("line breaks in a card", 0, MAX_CARD_BREAKS, breaks(card.body()))
                    .require(card.link().isPresent(), "each card needs a link on WhatsApp: give it one")
                    .require(
                            !(header instanceof Header.File),
                            "a card shows a picture or a film on WhatsApp, not a document: change it")
                    .require(
                            header instanceof Header.Film == films,
                            "the cards show pictures all or films all on WhatsApp: change those that differ");
            card.link().ifPresent(link -> link(link.label(), link.uri(), inspection));
            MediaRules.inspect(header, sender, inspection);
        }
    }

    private static int breaks(String text) {
        return (int) BREAK.matcher(text).results().count();
    }

    private static void flow(FlowMessage message, SenderId sender, Inspection inspection) {
        inspection
                .text("text", message.body(), MAX_BODY)
                .text("footer", message.footer(), MAX_SMALL)
                .text("flow label", message.label(), MAX_FLOW_LABEL);
        message.header().ifPresent(header -> MediaRules.inspect(header, sender, inspection));
        message.flow()
                .opening()
                .flatMap(WhatsAppContent.Flow.Screen::data)
                .ifPresent(data -> inspection.require(
                        ForeignJson.isFilledObject(data),
                        "the data of a flow's screen must be a JSON object with at least one field: mend it"));
    }
}
