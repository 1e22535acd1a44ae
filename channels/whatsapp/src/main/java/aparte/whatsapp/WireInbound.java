package aparte.whatsapp;

import aparte.Content;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message, a reaction or a tap of a person. */
final class WireInbound implements WireEvent {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "id",
            "timestamp",
            "type",
            "from",
            "from_user_id",
            "from_parent_user_id",
            "group_id",
            "context",
            "referral",
            "contacts",
            "text",
            "image",
            "video",
            "audio",
            "document",
            "sticker",
            "location",
            "reaction",
            "button",
            "interactive");
    /** From this index on, a field is an object of content and bears the name of its type. */
    private static final int FIRST_CONTENT = 10;

    private static final JsonInput.Names CONTEXT = JsonInput.Names.of("id", "forwarded", "frequently_forwarded");
    private static final int MOST_DETAILS = 16;

    private @Nullable String id; // each of them as it came
    private @Nullable String timestamp;
    private @Nullable String type;
    private @Nullable String from;
    private @Nullable String fromUserId;
    private @Nullable String fromParentUserId;
    private @Nullable String replyTo;
    private @Nullable Map<String, String> details;
    private @Nullable List<WhatsAppContacts.Card> cards;
    private @Nullable List<WireContent> contents;

    private WireInbound() {}

    /** Reads the fields of an object that was entered. */
    static WireInbound read(JsonInput reader) throws IOException {
        WireInbound read = new WireInbound();
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> read.id = reader.text();
                case 1 -> read.timestamp = reader.text();
                case 2 -> read.type = reader.text();
                case 3 -> read.from = reader.text();
                case 4 -> read.fromUserId = reader.text();
                case 5 -> read.fromParentUserId = reader.text();
                case 6 -> read.detail(InboundEvent.Source.GROUP, reader.text());
                case 7 -> read.context(reader);
                case 8 -> read.referral(reader);
                case 9 -> read.cards = WireCard.readAll(reader);
                default -> {
                    if (field < FIRST_CONTENT) {
                        reader.skip();
                    } else {
                        read.content(reader, FIELDS.get(field));
                    }
                }
            }
        }
        return read;
    }

    private void content(JsonInput reader, String name) throws IOException {
        WireContent content = WireContent.read(reader, name);
        if (content != null) {
            if (contents == null) {
                contents = new ArrayList<>(1);
            }
            contents.add(content);
        }
    }

    private void context(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return;
        }
        while (reader.hasNext()) {
            int field = reader.name(CONTEXT);
            switch (field) {
                case 0 -> replyTo = reader.text();
                case 1 -> detail("forwarded", reader.bool() ? "true" : null);
                case 2 -> detail("frequently_forwarded", reader.bool() ? "true" : null);
                default -> reader.skip();
            }
        }
        reader.end();
    }

    /** The ad that the person came from: its texts and ids. */
    private void referral(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return;
        }
        while (reader.hasNext()) {
            String name = reader.name();
            detail("referral." + JsonInput.wellFormed(name), reader.text());
        }
        reader.end();
    }

    private void detail(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (details == null) {
            details = new LinkedHashMap<>();
        }
        if (details.size() < MOST_DETAILS) {
            details.put(name, JsonInput.wellFormed(value));
        }
    }

    @Override
    public @Nullable String timestamp() {
        return timestamp;
    }

    @Override
    public InboundEvent event(Surroundings around) throws NotKnown {
        if (id == null || id.isEmpty()) {
            throw new NotKnown("a message without an id");
        }
        String kind = type == null ? "" : type;
        InboundEvent.Source source = source(around, id);
        Optional<String> answered = replyTo == null || replyTo.isEmpty() ? Optional.empty() : Optional.of(replyTo);
        if (kind.equals("contacts")) {
            List<WhatsAppContacts.Card> sent = cards == null ? List.of() : cards;
            return new InboundEvent.MessageReceived(source, id, WireCard.content(sent), answered);
        }
        WireContent content = find(kind);
        if (kind.equals("reaction")) {
            return new InboundEvent.ReactionReceived(source, content.target(), content.emoji());
        }
        if (kind.equals("button") || kind.equals("interactive")) {
            return new InboundEvent.ChoiceMade(source, id, content.choice(), content.choiceTitle(), answered);
        }
        return new InboundEvent.MessageReceived(source, id, shown(kind, content, around.sender()), answered);
    }

    private WireContent find(String kind) throws NotKnown {
        if (contents != null) {
            for (WireContent content : contents) {
                if (content.name().equals(kind)) {
                    return content;
                }
            }
        }
        throw new NotKnown("a message of a type that is not read, or without its content");
    }

    private static Content shown(String kind, WireContent content, SenderId holder) throws NotKnown {
        if (kind.equals("text")) {
            return Content.text(content.body());
        }
        if (kind.equals("location")) {
            return content.location();
        }
        Media media = content.stored(holder);
        return switch (kind) {
            case "image" -> new Content.Image(media, content.caption());
            case "video" -> new Content.Video(media, content.caption());
            case "audio" -> new Content.Audio(media, content.isVoice());
            case "document" -> new Content.Document(media, content.fileName(), content.caption());
            case "sticker" -> new Content.Sticker(media);
            default -> throw new NotKnown("a message of a type that is not read");
        };
    }

    private InboundEvent.Source source(Surroundings around, String wamid) throws NotKnown {
        WireContact contact = WireContact.of(around.contacts(), from, fromUserId, fromParentUserId);
        Identity person = People.person(contact, from, fromUserId, fromParentUserId);
        Map<String, String> all = details;
        if (contact != null) {
            all = all == null ? new LinkedHashMap<>() : all;
            contact.addDetails(all);
        }
        return new InboundEvent.Source(
                "message:" + wamid, around.sender(), person, around.time(timestamp), all == null ? Map.of() : all);
    }
}
