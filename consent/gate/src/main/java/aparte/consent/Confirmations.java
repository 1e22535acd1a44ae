package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Conversation;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The one answer to an opt-out by reply: that it is heard. One for each opt-out, named by what it closed, so that a second
 * STOP, or the same one twice, gets none.
 */
final class Confirmations {
    private static final Map<String, String> OURS = Map.of(
            "en",
            "{controller}: you are unsubscribed. You will get no more messages from us. Write to us if you need help.",
            "fr",
            "{controller} : vous êtes désinscrit(e). Vous ne recevrez plus de messages de notre part."
                    + " Écrivez-nous si vous avez besoin d’aide.");

    private final ConsentGate gate;
    private final Map<String, String> texts;

    Confirmations(ConsentGate gate, Map<String, String> added) {
        this.gate = gate;
        Map<String, String> all = new HashMap<>(added);
        all.putAll(OURS);
        this.texts = Map.copyOf(all);
    }

    static void check(Locale language, String text) {
        if (OURS.containsKey(language.getLanguage())) {
            throw new IllegalArgumentException("the confirmation in " + language.getLanguage() + " is ours and fixed");
        }
        if (text.length() > 300 || Links.isIn(text)) {
            throw new IllegalArgumentException(
                    "a confirmation confirms and nothing else: at most 300 characters, and no link");
        }
        if (!text.contains("{controller}")) {
            throw new IllegalArgumentException(
                    "a confirmation names the controller: put {controller} where its name belongs");
        }
    }

    /**
     * Names what an opt-out closes, before it is recorded; empty if it closes nothing that an earlier one left open.
     *
     * @param optOut the entry that will be recorded
     */
    Optional<MessageId> nameOf(
            ConsentEntry optOut, SenderId sender, History history, Conversation before, Instant now) {
        List<ConsentEntry> earlier = history.entries().stream()
                .filter(entry -> !entry.id().equals(optOut.id()))
                .toList();
        History known = new History(history.person(), earlier);
        // Delivered once more, the message itself is the last one heard; what was open before it is then unknown.
        Conversation talk =
                before.heardAt().filter(heard -> !heard.isBefore(now)).isPresent() ? Conversation.none() : before;
        TreeSet<String> closed = new TreeSet<>();
        TreeSet<String> closedBefore = new TreeSet<>();
        boolean talking = false;
        for (Purpose purpose : optOut.scope().purposes()) {
            Standing standing = Standing.of(known, purpose, sender, talk, now);
            standing.openedBy().map(ConsentEntry::id).map(EntryId::value).ifPresent(closed::add);
            talking |= standing.openedByMessageAt().isPresent();
            standing.refusals().stream()
                    .filter(Confirmations::isClosing)
                    .flatMap(refusal -> refusal.entries().stream())
                    .map(EntryId::value)
                    .forEach(closedBefore::add);
        }
        if (closed.isEmpty() && !talking && !closedBefore.isEmpty()) {
            return Optional.empty();
        }
        if (closed.isEmpty()) {
            closed.add(closedBefore.isEmpty() ? optOut.id().value() : "after " + closedBefore);
        }
        return Optional.of(MessageId.of("confirm-" + Hashes.of(String.join("\n", closed) + "\n" + sender)));
    }

    /** Sends the confirmation, if it may still be sent. What becomes of it changes nothing for the opt-out. */
    void send(MessageId id, InboundOptOut optOut) {
        String language = optOut.language().getLanguage();
        String text = texts.getOrDefault(language, texts.getOrDefault("en", ""))
                .replace("{controller}", gate.controller().name());
        Recipient to = Recipient.of(optOut.person().addresses().toArray(Address[]::new));
        Message message = Message.builder(to, Purpose.SERVICE, Content.text(text))
                .id(id)
                .from(optOut.sender())
                .build();
        gate.sendInternal(message, Purpose.CONSENT_CONFIRMATION);
    }

    private static boolean isClosing(Refusal refusal) {
        return switch (refusal.reason()) {
            case SUPPRESSED, OPTED_OUT, PLATFORM_STOP -> true;
            default -> false;
        };
    }

    /**
     * An opt-out by reply.
     *
     * @param sender our end
     * @param person who opted out
     * @param language the language to answer in
     */
    record InboundOptOut(SenderId sender, Identity person, Locale language) {}
}
