package aparte.whatsapp;

import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What WhatsApp alone can show. Sent as any other content; every other transport refuses it.
 *
 * <p>Values check only that texts are there and well-formed. WhatsApp's limits are judged in the plan and come back as
 * {@code Refused(UNSUPPORTED)} with limit, unit and length; they count code points. The limits named here are those of
 * 2026-11, Cloud API reference, messages and interactive objects. The family may grow: end with a branch for what is not
 * known. No {@code toString} shows a text.
 */
public sealed interface WhatsAppContent extends ChannelContent
        permits WhatsAppContent.ButtonMessage,
                WhatsAppContent.ListMessage,
                WhatsAppContent.LinkMessage,
                WhatsAppContent.FlowMessage,
                WhatsAppContent.ProductMessage,
                WhatsAppContent.ProductListMessage,
                WhatsAppContent.CatalogueMessage,
                WhatsAppContent.ProductCarousel,
                WhatsAppContent.OrderUpdate,
                WhatsAppContent.ContactInfoRequest,
                WhatsAppContent.CallPermissionRequest,
                WhatsAppContent.AddressRequest,
                WhatsAppContent.Pin,
                WhatsAppInvoice,
                WhatsAppContacts,
                UnforeseenContent {

    @Override
    default ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    /** What stands above the text of an interactive message. */
    sealed interface Header {
        /**
         * A line of text, at most 60 code points.
         *
         * @param text the line
         */
        record Title(String text) implements Header {
            /**
             * Checks the text.
             *
             * @throws IllegalArgumentException if it is blank or holds half a character
             */
            public Title {
                Words.require(text, "header");
            }

            @Override
            public String toString() {
                return "Title[" + Words.length(text) + "]";
            }
        }

        /**
         * A picture, as {@link Content.Image} has it.
         *
         * @param media the picture
         */
        record Picture(Media media) implements Header {
            /** Checks the part. */
            public Picture {
                Objects.requireNonNull(media, "media");
            }
        }

        /**
         * A film, as {@link Content.Video} has it.
         *
         * @param media the film
         */
        record Film(Media media) implements Header {
            /** Checks the part. */
            public Film {
                Objects.requireNonNull(media, "media");
            }
        }

        /**
         * A document, as {@link Content.Document} has it.
         *
         * @param media the document
         * @param fileName the name shown
         */
        record File(Media media, Optional<String> fileName) implements Header {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if the name is blank or holds half a character
             */
            public File {
                Objects.requireNonNull(media, "media");
                Words.require(fileName, "file name");
            }

            @Override
            public String toString() {
                return "File[" + media + "]";
            }
        }
    }

    /**
     * A question with buttons that answer.
     *
     * @param body the question, at most 1,024 code points
     * @param buttons 1 to 3, their ids and titles distinct
     * @param header what stands above
     * @param footer a small line below, at most 60 code points
     */
    record ButtonMessage(String body, List<Button> buttons, Optional<Header> header, Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public ButtonMessage {
            Words.require(body, "text");
            buttons = List.copyOf(buttons);
            Objects.requireNonNull(header, "header");
            Words.require(footer, "footer");
        }

        /** Makes a question with neither header nor footer. */
        public ButtonMessage(String body, List<Button> buttons) {
            this(body, buttons, Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "ButtonMessage[" + Words.length(body) + ", " + buttons.size() + " buttons]";
        }

        /**
         * One answer.
         *
         * @param id what comes back when it is tapped, at most 256 code points
         * @param title what the person reads, at most 20 code points
         */
        public record Button(String id, String title) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank or holds half a character
             */
            public Button {
                Words.require(id, "button id");
                Words.require(title, "button title");
            }

            @Override
            public String toString() {
                return "Button[…]";
            }
        }
    }

    /**
     * A question with a list that opens at a tap, in sections.
     *
     * @param body the question, at most 4,096 code points
     * @param button the label that opens the list, at most 20 code points
     * @param sections 1 to 10, with 10 rows in all at most
     * @param header a line above, at most 60 code points
     * @param footer a small line below, at most 60 code points
     */
    record ListMessage(
            String body, String button, List<Section> sections, Optional<String> header, Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public ListMessage {
            Words.require(body, "text");
            Words.require(button, "list button");
            sections = List.copyOf(sections);
            Words.require(header, "header");
            Words.require(footer, "footer");
        }

        @Override
        public String toString() {
            return "ListMessage[" + Words.length(body) + ", " + sections.size() + " sections]";
        }

        /**
         * Rows that belong together.
         *
         * @param title at most 24 code points; needed where there are several sections
         * @param rows at least 1; of each, the id has at most 200 code points, the title 24, the description 72
         */
        public record Section(Optional<String> title, List<Content.Choices.Option> rows) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if the title is blank or holds half a character
             */
            public Section {
                Words.require(title, "section title");
                rows = List.copyOf(rows);
            }

            @Override
            public String toString() {
                return "Section[" + rows.size() + " rows]";
            }
        }
    }

    /**
     * A text with one button that opens a page, and more around it than {@link Content.LinkButton} has.
     *
     * @param body the text, at most 1,024 code points
     * @param label the button's label, at most 20 code points
     * @param uri the page, http or https
     * @param header what stands above
     * @param footer a small line below, at most 60 code points
     */
    record LinkMessage(String body, String label, URI uri, Optional<Header> header, Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public LinkMessage {
            Words.require(body, "text");
            Words.require(label, "label");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(header, "header");
            Words.require(footer, "footer");
        }

        @Override
        public String toString() {
            return "LinkMessage[" + Words.length(body) + "]";
        }
    }

    /**
     * A text with one button that opens a Flow, a form inside WhatsApp.
     *
     * @param body the text, at most 1,024 code points
     * @param label the button's label, at most 30 code points
     * @param flow the Flow
     * @param header what stands above
     * @param footer a small line below, at most 60 code points
     */
    record FlowMessage(String body, String label, Flow flow, Optional<Header> header, Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public FlowMessage {
            Words.require(body, "text");
            Words.require(label, "label");
            Objects.requireNonNull(flow, "flow");
            Objects.requireNonNull(header, "header");
            Words.require(footer, "footer");
        }

        @Override
        public String toString() {
            return "FlowMessage[" + Words.length(body) + "]";
        }
    }

    /**
     * A Flow and how it opens. Start with {@link #ofId} or {@link #ofName}.
     *
     * @param key its id or its name
     * @param named whether the key is the name
     * @param token what comes back with the answers, to know the session by
     * @param draft whether the draft is opened, for trials; else the published one
     * @param opening where it opens; empty lets the Flow's endpoint decide, if it has one, or opens the first screen
     * @param exchangesData whether the Flow's endpoint is asked for the first screen
     */
    record Flow(
            String key,
            boolean named,
            Optional<String> token,
            boolean draft,
            Optional<Screen> opening,
            boolean exchangesData) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank, or both a screen and the endpoint shall open it
         */
        public Flow {
            Words.require(key, "flow");
            Words.require(token, "flow token");
            Objects.requireNonNull(opening, "opening");
            if (exchangesData && opening.isPresent()) {
                throw new IllegalArgumentException("a flow opens at a screen or by its endpoint, not by both");
            }
        }

        /** Returns the published Flow of this id. */
        public static Flow ofId(String id) {
            return new Flow(id, false, Optional.empty(), false, Optional.empty(), false);
        }

        /** Returns the published Flow of this name. */
        public static Flow ofName(String name) {
            return new Flow(name, true, Optional.empty(), false, Optional.empty(), false);
        }

        /** Returns this Flow with what comes back with the answers. */
        public Flow token(String value) {
            return new Flow(key, named, Optional.of(value), draft, opening, exchangesData);
        }

        /** Returns the draft of this Flow. */
        public Flow asDraft() {
            return new Flow(key, named, token, true, opening, exchangesData);
        }

        /** Returns this Flow, opened at a screen. */
        public Flow openingAt(Screen screen) {
            return new Flow(key, named, token, draft, Optional.of(screen), false);
        }

        /** Returns this Flow, opened as its endpoint says. */
        public Flow exchangingData() {
            return new Flow(key, named, token, draft, Optional.empty(), true);
        }

        @Override
        public String toString() {
            return "Flow[…]";
        }

        /**
         * A screen of a Flow.
         *
         * @param name its id
         * @param data what it is filled with: a JSON object with at least one field
         */
        public record Screen(String name, Optional<String> data) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank or holds half a character
             */
            public Screen {
                Words.require(name, "screen");
                Words.require(data, "screen data");
            }

            @Override
            public String toString() {
                return "Screen[…]";
            }
        }
    }

    /**
     * One product of the business's catalogue.
     *
     * @param catalogueId Meta's id of the catalogue
     * @param productId the business's id of the product
     * @param body a text, at most 1,024 code points
     * @param footer a small line below, at most 60 code points
     */
    record ProductMessage(String catalogueId, String productId, Optional<String> body, Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public ProductMessage {
            Words.require(catalogueId, "catalogue id");
            Words.require(productId, "product id");
            Words.require(body, "text");
            Words.require(footer, "footer");
        }

        @Override
        public String toString() {
            return "ProductMessage[…]";
        }
    }

    /**
     * Several products of the business's catalogue, in sections.
     *
     * @param header the line above, at most 60 code points
     * @param body the text, at most 1,024 code points
     * @param catalogueId Meta's id of the catalogue
     * @param sections 1 to 10, with 30 products in all at most
     * @param footer a small line below, at most 60 code points
     */
    record ProductListMessage(
            String header, String body, String catalogueId, List<ProductSection> sections, Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public ProductListMessage {
            Words.require(header, "header");
            Words.require(body, "text");
            Words.require(catalogueId, "catalogue id");
            sections = List.copyOf(sections);
            Words.require(footer, "footer");
        }

        @Override
        public String toString() {
            return "ProductListMessage[" + Words.length(body) + ", " + sections.size() + " sections]";
        }

        /**
         * Products that belong together.
         *
         * @param title at most 24 code points; needed where there are several sections
         * @param productIds the business's ids of the products, at least 1
         */
        public record ProductSection(Optional<String> title, List<String> productIds) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank or holds half a character
             */
            public ProductSection {
                Words.require(title, "section title");
                productIds = List.copyOf(productIds);
                productIds.forEach(id -> Words.require(id, "product id"));
            }

            @Override
            public String toString() {
                return "ProductSection[" + productIds.size() + " products]";
            }
        }
    }

    /**
     * A text with a button that opens the business's catalogue.
     *
     * @param body the text, at most 1,024 code points
     * @param thumbnailProductId the product whose picture is shown; the first one by default
     * @param footer a small line below, at most 60 code points
     */
    record CatalogueMessage(String body, Optional<String> thumbnailProductId, Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public CatalogueMessage {
            Words.require(body, "text");
            Words.require(thumbnailProductId, "product id");
            Words.require(footer, "footer");
        }

        @Override
        public String toString() {
            return "CatalogueMessage[" + Words.length(body) + "]";
        }
    }

    /**
     * Products of one catalogue side by side.
     *
     * @param body the text above, at most 1,024 code points
     * @param catalogueId Meta's id of the catalogue
     * @param productIds the business's ids of the products, 2 to 10
     */
    record ProductCarousel(String body, String catalogueId, List<String> productIds) implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public ProductCarousel {
            Words.require(body, "text");
            Words.require(catalogueId, "catalogue id");
            productIds = List.copyOf(productIds);
            productIds.forEach(id -> Words.require(id, "product id"));
        }

        @Override
        public String toString() {
            return "ProductCarousel[" + productIds.size() + " products]";
        }
    }

    /**
     * How an order that was sent as {@link WhatsAppInvoice} goes on. Brazil and India only.
     *
     * @param reference the order's reference
     * @param body the text, at most 1,024 code points
     * @param state how far the order is
     * @param description more about it, at most 120 code points
     * @param payment how far the payment is, where WhatsApp does not know it by itself
     * @param footer a small line below, at most 60 code points
     */
    record OrderUpdate(
            String reference,
            String body,
            State state,
            Optional<String> description,
            Optional<PaymentState> payment,
            Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public OrderUpdate {
            Words.require(reference, "order reference");
            Words.require(body, "text");
            Objects.requireNonNull(state, "state");
            Words.require(description, "order description");
            Objects.requireNonNull(payment, "payment");
            Words.require(footer, "footer");
        }

        @Override
        public String toString() {
            return "OrderUpdate[" + state + "]";
        }

        /** How far an order is. */
        public enum State {
            /** It waits for the payment. */
            PENDING,
            /** It is being prepared. */
            PROCESSING,
            /** A part is on its way. */
            PARTIALLY_SHIPPED,
            /** All is on its way. */
            SHIPPED,
            /** It is done. */
            COMPLETED,
            /** It is called off; impossible once it was paid. */
            CANCELED
        }

        /**
         * How far a payment is.
         *
         * @param progress how far
         * @param at since when
         */
        public record PaymentState(Progress progress, Instant at) {
            /** Checks the parts. */
            public PaymentState {
                Objects.requireNonNull(progress, "progress");
                Objects.requireNonNull(at, "at");
            }

            /** How far a payment is. */
            public enum Progress {
                /** It is awaited. */
                PENDING,
                /** It arrived. */
                CAPTURED,
                /** It did not work. */
                FAILED
            }
        }
    }

    /**
     * The question for the person's phone number, answered by one tap; the answer is a {@link WhatsAppContacts} whose origin
     * is {@code contact_request}.
     *
     * @param body the text that asks, at most 1,024 code points
     */
    record ContactInfoRequest(String body) implements WhatsAppContent {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public ContactInfoRequest {
            Words.require(body, "text");
        }

        @Override
        public String toString() {
            return "ContactInfoRequest[" + Words.length(body) + "]";
        }
    }

    /**
     * The question whether the business may call.
     *
     * @param body the text that asks, at most 1,024 code points
     */
    record CallPermissionRequest(Optional<String> body) implements WhatsAppContent {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public CallPermissionRequest {
            Words.require(body, "text");
        }

        @Override
        public String toString() {
            return "CallPermissionRequest[…]";
        }
    }

    /**
     * The question for a postal address, by a form. Businesses and people in India only.
     *
     * @param body the text that asks, at most 1,024 code points
     * @param known what the form is filled with
     * @param saved addresses to choose from, by their ids
     * @param errors what was wrong with an earlier answer, by field
     * @param footer a small line below, at most 60 code points
     */
    record AddressRequest(
            String body,
            Map<Field, String> known,
            Map<String, Map<Field, String>> saved,
            Map<Field, String> errors,
            Optional<String> footer)
            implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public AddressRequest {
            Words.require(body, "text");
            known = fields(known);
            saved = saved.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            entry -> Words.require(entry.getKey(), "address id"), entry -> fields(entry.getValue())));
            errors = fields(errors);
            Words.require(footer, "footer");
        }

        /** Makes a question with an empty form. */
        public AddressRequest(String body) {
            this(body, Map.of(), Map.of(), Map.of(), Optional.empty());
        }

        private static Map<Field, String> fields(Map<Field, String> given) {
            given.values().forEach(text -> Words.require(text, "address field"));
            return Map.copyOf(given);
        }

        @Override
        public String toString() {
            return "AddressRequest[" + Words.length(body) + "]";
        }

        /** The fields of the form. */
        public enum Field {
            /** Who lives there. */
            NAME,
            /** Their telephone number. */
            PHONE_NUMBER,
            /** The postal code, 6 digits. */
            IN_PIN_CODE,
            /** House or flat. */
            HOUSE_NUMBER,
            /** Floor. */
            FLOOR_NUMBER,
            /** Tower or block. */
            TOWER_NUMBER,
            /** The building's name. */
            BUILDING_NAME,
            /** Street. */
            ADDRESS,
            /** Landmark or area. */
            LANDMARK_AREA,
            /** City. */
            CITY,
            /** State. */
            STATE
        }
    }

    /**
     * A message set on top of a group, or taken down. Groups only, which show 3 at most: the oldest drops.
     *
     * @param providerId WhatsApp's id of the message
     * @param days how long it stays, 1 to 30 days; empty takes it down
     */
    record Pin(String providerId, Optional<Integer> days) implements WhatsAppContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the id is blank or holds half a character
         */
        public Pin {
            Words.require(providerId, "provider's message id");
            Objects.requireNonNull(days, "days");
        }

        @Override
        public String toString() {
            return "Pin[…]";
        }
    }
}
