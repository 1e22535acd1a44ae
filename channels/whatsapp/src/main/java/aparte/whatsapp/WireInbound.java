package aparte.whatsapp;

import aparte.Address;
import aparte.Content;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message, a reaction or a tap of a person; or what WhatsApp says between them. */
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
            "order",
            "system",
            "identity",
            "errors",
            "to",
            "to_user_id",
            "to_parent_user_id",
            "text",
            "image",
            "video",
            "audio",
            "document",
            "sticker",
            "location",
            "reaction",
            "button",
            "interactive",
            "unsupported",
            "edit",
            "revoke");
    /** From this index on, a field is an object of content and bears the name of its type. */
    private static final int FIRST_CONTENT = 17;

    private static final JsonInput.Names TYPES = JsonInput.Names.of(
            "text", "image", "video", "audio", "document", "sticker", "location", "reaction", "button", "interactive");
    private static final JsonInput.Names CONTEXT =
            JsonInput.Names.of("id", "forwarded", "frequently_forwarded", "from", "referred_product");

    private @Nullable String id; // each of them as it came
    private @Nullable String timestamp;
    private @Nullable String type;
    private @Nullable String from;
    private @Nullable String fromUserId;
    private @Nullable String fromParentUserId;
    private @Nullable String replyTo;
    private @Nullable String to;
    private @Nullable String toUserId;
    private @Nullable String toParentUserId;
    private final WireDetails details = new WireDetails();
    private boolean errors;
    private @Nullable List<WhatsAppContacts.Card> cards;
    private @Nullable WireOrder order;
    private @Nullable WireSystem system;
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
                case 2 -> read.type = reader.text(TYPES);
                case 3 -> read.from = reader.text();
                case 4 -> read.fromUserId = reader.text();
                case 5 -> read.fromParentUserId = reader.text();
                case 6 -> read.details.put(InboundEvent.Source.GROUP, reader.text());
                case 7 -> read.context(reader);
                case 8 -> read.details.read(reader, "referral");
                case 9 -> read.cards = WireCard.readAll(reader);
                case 10 -> read.order = WireOrder.read(reader);
                case 11 -> read.system = WireSystem.read(reader, read.details);
                case 12 -> read.details.read(reader, "identity");
                case 13 -> {
                    read.errors = true;
                    read.details.read(reader, "errors");
                }
                case 14 -> read.to = reader.text();
                case 15 -> read.toUserId = reader.text();
                case 16 -> read.toParentUserId = reader.text();
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
            content.addDetails(details);
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
                case 1 -> details.put("forwarded", reader.bool() ? "true" : null);
                case 2 -> details.put("frequently_forwarded", reader.bool() ? "true" : null);
                case 3 -> details.put("context.from", reader.text());
                case 4 -> details.read(reader, "referred_product");
                default -> reader.skip();
            }
        }
        reader.end();
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
        if (kind.equals("system") && system != null) {
            List<Address> speaker = speaker(around);
            Identity person = Identity.of(speaker.isEmpty() ? named(system) : speaker);
            return system.event(source("message:", around, id, person), speaker);
        }
        WireContact contact = WireContact.of(around.contacts(), from, fromUserId, fromParentUserId);
        Identity person = People.person(contact, from, fromUserId, fromParentUserId);
        if (contact != null) {
            contact.addDetails(details);
        }
        InboundEvent.Source source = source("message:", around, id, person);
        WireContent content = find(kind);
        if (kind.equals("request_welcome")) {
            return new InboundEvent.ConversationOpened(source, "");
        }
        if (content != null) {
            if (kind.equals("reaction")) {
                return new InboundEvent.ReactionReceived(source, content.target(), content.emoji());
            }
            if (kind.equals("edit")) {
                Content edited = content.edited().shown(around.sender());
                return new InboundEvent.MessageEdited(source, content.target(), edited);
            }
            if (kind.equals("revoke")) {
                return new InboundEvent.MessageRevoked(source, content.target());
            }
            if (kind.equals("button") || (kind.equals("interactive") && !content.isForm() && !errors)) {
                return new InboundEvent.ChoiceMade(source, id, content.choice(), content.choiceTitle(), answered());
            }
        }
        return new InboundEvent.MessageReceived(source, id, shown(around.sender()), answered());
    }

    /** The event of a message that the business itself wrote. */
    InboundEvent echo(Surroundings around) throws NotKnown {
        if (id == null || id.isEmpty()) {
            throw new NotKnown("a message without an id");
        }
        WireContact contact = WireContact.of(around.contacts(), to, toUserId, toParentUserId);
        Identity person = People.person(contact, to, toUserId, toParentUserId);
        if (contact != null) {
            contact.addDetails(details);
        }
        return new InboundEvent.MessageEchoed(
                source("echo:", around, id, person), id, shown(around.sender()), answered());
    }

    private Optional<String> answered() {
        return replyTo == null || replyTo.isEmpty() ? Optional.empty() : Optional.of(replyTo);
    }

    private List<Address> speaker(Surroundings around) {
        WireContact contact = WireContact.of(around.contacts(), from, fromUserId, fromParentUserId);
        return People.addresses(contact, from, fromUserId, fromParentUserId);
    }

    private static List<Address> named(WireSystem system) throws NotKnown {
        List<Address> addresses = system.addresses();
        if (addresses.isEmpty()) {
            throw new NotKnown("an item that names no person");
        }
        return addresses;
    }

    private @Nullable WireContent find(String kind) {
        if (contents != null) {
            for (WireContent content : contents) {
                if (content.name().equals(kind)) {
                    return content;
                }
            }
        }
        return null;
    }

    /** What was written; where the platform keeps it back and says why, that. */
    private Content shown(SenderId holder) throws NotKnown {
        String kind = type == null ? "" : type;
        WireContent content = find(kind);
        if (kind.equals("unsupported")) {
            return unsupported(content == null ? "" : content.unsupportedType());
        }
        try {
            return shown(kind, content, holder);
        } catch (NotKnown | IllegalArgumentException missing) {
            if (errors) {
                return unsupported(kind);
            }
            throw missing;
        }
    }

    private Content unsupported(String what) {
        return new WhatsAppUnsupported(JsonInput.wellFormed(what), details.get("errors.0.code"));
    }

    private Content shown(String kind, @Nullable WireContent content, SenderId holder) throws NotKnown {
        if (kind.equals("contacts")) {
            return WireCard.content(cards == null ? List.of() : cards);
        }
        if (kind.equals("order") && order != null) {
            return order.content();
        }
        if (content == null) {
            throw new NotKnown("a message of a type that is not read, or without its content");
        }
        return switch (kind) {
            case "text" -> content.text();
            case "location" -> content.location();
            case "reaction" -> new Content.Reaction(content.target(), content.emoji());
            case "interactive" -> content.form();
            case "image" -> new Content.Image(content.stored(holder), content.caption());
            case "video" -> new Content.Video(content.stored(holder), content.caption());
            case "audio" -> new Content.Audio(content.stored(holder), content.isVoice());
            case "document" -> new Content.Document(content.stored(holder), content.fileName(), content.caption());
            case "sticker" -> new Content.Sticker(content.stored(holder));
            default -> throw new NotKnown("a message of a type that is not read");
        };
    }

    private InboundEvent.Source source(String prefix, Surroundings around, String wamid, Identity person) {
        return new InboundEvent.Source(prefix + wamid, around.sender(), person, around.time(timestamp), details.all());
    }
}
