package aparte.whatsapp;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Identity;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What WhatsApp would do with a draft: whom it reaches, in which shape, and what is in the way. The families of contents have
 * rules of their own. Limits as of 2026-11, Cloud API reference.
 */
final class Planning {
    private static final int MAX_TEXT = 4_096;
    private static final int MAX_EMOJI = 16;
    private static final int MAX_PIN_DAYS = 30;
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");
    private static final Set<String> NATIVE_TYPES = Set.of(
            "text",
            "image",
            "video",
            "audio",
            "document",
            "sticker",
            "location",
            "contacts",
            "reaction",
            "interactive");

    private Planning() {}

    static Plan plan(Draft draft, WhatsAppTransport.Settings settings, TemplatePlanning templates) {
        Address to = null;
        for (Address address : draft.message().to().addresses()) {
            if (reaches(address) || GroupRoster.isGroup(address)) {
                to = address;
                break;
            }
        }
        if (to == null) {
            return new Plan.Cannot(Refusal.of(
                            Reason.NO_ROUTE,
                            "WhatsApp needs a phone number or a business-scoped user id such as US.1349…")
                    .instead(Alternative.OTHER_CHANNEL));
        }
        boolean group = GroupRoster.isGroup(to);
        List<Identity> members =
                group ? settings.groups().members(to, draft.now()).orElse(List.of()) : List.of();
        if (group && members.isEmpty()) {
            return new Plan.Cannot(GroupRules.UNKNOWN_MEMBERS);
        }
        if (TemplatePlanning.isTemplate(draft.message().content())) {
            return templates.plan(draft, to, members);
        }
        Content shown = Shapes.of(draft.message().content(), settings);
        Optional<Refusal> refusal = objection(shown, to, draft, settings);
        if (refusal.isEmpty() && group) {
            refusal = GroupRules.objection(shown);
        }
        return refusal.isPresent()
                ? new Plan.Cannot(refusal.get())
                : new Plan.Carry(to, templates.window(draft), shown, members);
    }

    private static boolean reaches(Address address) {
        return address.kind().equals(Address.Kind.PHONE)
                || (address.kind().equals(Address.Kind.WHATSAPP_USER)
                        && USER_ID.matcher(address.value()).matches());
    }

    /** What is against showing this content at this address; empty if nothing is. */
    static Optional<Refusal> objection(Content shown, Address to, Draft draft, WhatsAppTransport.Settings settings) {
        Inspection inspection = new Inspection();
        inspection.require(
                draft.message().replyTo().isEmpty() || !WireMessage.namesItsMessage(shown),
                shown.getClass().getSimpleName() + " names its message by itself: leave replyTo out");
        boolean known = isPlain(shown, to, inspection)
                || MediaRules.inspect(shown, settings.sender(), inspection)
                || InteractiveRules.inspect(shown, settings.sender(), inspection)
                || new CommerceRules(settings, to, draft.now(), inspection).inspect(shown);
        if (!known) {
            inspection.object(unknown(shown));
        }
        return inspection.objection();
    }

    /** Inspects what is neither media nor interactive; answers whether it is that. */
    private static boolean isPlain(Content shown, Address to, Inspection inspection) {
        if (shown instanceof Content.Text text) {
            inspection.text("text", text.body(), MAX_TEXT);
        } else if (shown instanceof Content.Reaction reaction) {
            reaction.emoji()
                    .ifPresent(emoji -> inspection
                            .text("emoji", emoji, MAX_EMOJI)
                            .require(
                                    emoji.codePoints().anyMatch(c -> c > 0x7F),
                                    "a reaction is one emoji on WhatsApp: give one, or send a text"));
        } else if (shown instanceof WhatsAppContacts contacts) {
            contacts(contacts, inspection);
        } else if (shown instanceof WhatsAppContent.Pin pin) {
            pin(pin, to, inspection);
        } else if (shown instanceof Content.Native foreign) {
            foreign(foreign, inspection);
        } else {
            return shown instanceof Content.Location
                    || shown instanceof Content.ContactCard
                    || shown instanceof Content.ReadMark
                    || shown instanceof Content.Typing;
        }
        return true;
    }

    private static void contacts(WhatsAppContacts contacts, Inspection inspection) {
        inspection.count("contact cards", 1, 257, contacts.cards().size());
        contacts.cards()
                .forEach(card -> inspection.require(
                        card.name().isPresent(), "a contact card needs a name on WhatsApp: give it one"));
    }

    private static void pin(WhatsAppContent.Pin pin, Address to, Inspection inspection) {
        int days = pin.days().orElse(1);
        inspection
                .count("days of a pin", 1, MAX_PIN_DAYS, days)
                .require(
                        to.kind().equals(Address.Kind.GROUP),
                        "WhatsApp pins messages in groups only: send the text again instead");
    }

    private static void foreign(Content.Native foreign, Inspection inspection) {
        boolean list = foreign.type().equals("contacts");
        inspection
                .require(
                        foreign.channel().equals(ChannelId.WHATSAPP),
                        "Native content of " + foreign.channel() + " is not for WhatsApp: send it there")
                .require(
                        !foreign.type().equals("template"),
                        "Native content is never a template, which WhatsApp approves: send a Template")
                .require(
                        NATIVE_TYPES.contains(foreign.type()),
                        "Native content fills one of the types "
                                + NATIVE_TYPES.stream().sorted().toList() + " on WhatsApp: choose one")
                .require(
                        list ? ForeignJson.isArray(foreign.json()) : ForeignJson.isObject(foreign.json()),
                        "Native content of type " + foreign.type() + " must be one JSON " + (list ? "array" : "object")
                                + ", readable and not nested too deep: mend it");
    }

    private static Refusal unknown(Content shown) {
        String what = shown.getClass().getSimpleName();
        if (shown instanceof Content.Choices) {
            return Inspection.unsupported(
                    "Choices have either a header or descriptions on WhatsApp, not both: leave one out");
        }
        return Inspection.unsupported(
                "this transport does not carry " + what + ": send it as a text, with a link where one helps");
    }
}
