package aparte;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reason why a message was not sent, with the ledger entries behind it and what could be done instead. Holds no
 * address and no text. Thread-safe.
 */
public final class Refusal {
    /** The stable names of the reasons, the weightiest first. */
    public enum Reason {
        /** The message itself cannot be sent by anyone. */
        INVALID_REQUEST("The message is malformed.", "Le message est mal formé."),
        /** No transport for the sender, the channel or the person's addresses. */
        NO_ROUTE("No sender of ours reaches this person.", "Aucun de nos expéditeurs n’atteint cette personne."),
        /** The channel cannot carry the content. */
        UNSUPPORTED("The channel cannot carry this content.", "Le canal ne peut pas porter ce contenu."),
        /** The ledger did not answer, or not in time. */
        LEDGER_UNAVAILABLE("The consent ledger did not answer.", "Le registre des consentements n’a pas répondu."),
        /** The ledger's chain is broken. */
        LEDGER_INTEGRITY("The consent ledger has been altered.", "Le registre des consentements a été altéré."),
        /** Never to be contacted, or erased. */
        SUPPRESSED("The person must not be contacted.", "La personne ne doit pas être contactée."),
        /** The person opted out. */
        OPTED_OUT("The person opted out.", "La personne s’est désinscrite."),
        /** Something unclear was said and waits for a human. */
        HELD("An unclear reply waits for a decision.", "Une réponse peu claire attend une décision."),
        /** The person stopped us on the platform. */
        PLATFORM_STOP("The person stopped us on the platform.", "La personne nous a arrêtés sur la plateforme."),
        /** A member of the group is closed, or the members are not known. */
        MEMBER_CLOSED("Not every member of the group agreed.", "Tous les membres du groupe n’ont pas accepté."),
        /** The person is a minor. */
        MINOR("The person is a minor.", "La personne est mineure."),
        /** No agreement opens the purpose. */
        NO_CONSENT("The person did not agree to this.", "La personne n’a pas donné son accord."),
        /** The question was asked, the answer is missing. */
        PENDING_CONFIRMATION("The person has not confirmed yet.", "La personne n’a pas encore confirmé."),
        /** The agreement ended by time. */
        CONSENT_EXPIRED("The agreement has expired.", "L’accord a expiré."),
        /** The agreement was given to a wording no longer in force. */
        WORDING_OUTDATED("The wording agreed to is outdated.", "Le texte accepté n’est plus en vigueur."),
        /** An agreement exists, for another purpose or sender. */
        OUT_OF_SCOPE("The agreement is for something else.", "L’accord porte sur autre chose."),
        /** The law of the place forbids it. */
        JURISDICTION("The law of the place forbids it.", "La loi du lieu l’interdit."),
        /** The lane is not for this purpose. */
        PURPOSE_NOT_ADMITTED(
                "The platform admits this content for other purposes only.",
                "La plateforme n’admet ce contenu que pour d’autres finalités."),
        /** The lane is for messages that a person wrote. */
        HUMAN_ONLY("Only a person may write here.", "Seule une personne peut écrire ici."),
        /** The platform's window is closed. */
        WINDOW_CLOSED(
                "The platform's window for answers is closed.", "La fenêtre de réponse de la plateforme est fermée."),
        /** A policy of the host objects. */
        POLICY("A policy of the business objects.", "Une règle de l’entreprise s’y oppose."),
        /** It is no longer worth sending. */
        STALE("The message is too old.", "Le message est trop ancien."),
        /** Too many messages in a while. */
        FREQUENCY_CAP("The person had enough messages for now.", "La personne a reçu assez de messages."),
        /** The platform's own cap was hit. */
        PLATFORM_CAP("The platform's cap is reached.", "La limite de la plateforme est atteinte."),
        /** It is night where the person lives. */
        QUIET_HOURS("It is not the hour to write.", "Ce n’est pas l’heure d’écrire."),
        /** The decision or the claim could not be logged. */
        LOG_UNAVAILABLE("The send could not be logged.", "L’envoi n’a pas pu être journalisé.");

        private final String english;
        private final String french;

        Reason(String english, String french) {
            this.english = english;
            this.french = french;
        }

        /** Returns a sentence for people, in French or else in English. */
        public String sentence(Locale language) {
            return language.getLanguage().equals("fr") ? french : english;
        }
    }

    /** What could be done instead. */
    public enum Alternative {
        /** Send a template that the provider approved. */
        TEMPLATE,
        /** Wait until the person writes. */
        WAIT_FOR_THE_PERSON,
        /** Let a person write the answer. */
        HUMAN_AUTHOR,
        /** Ask for consent where the person is, such as by a form. */
        ASK_FOR_CONSENT,
        /** Use another channel, by a new send with its own decision. */
        OTHER_CHANNEL,
        /** Send the content in a shape that the channel carries. */
        OTHER_CONTENT,
        /** Leave the closed members out, by writing to each person alone. */
        WRITE_TO_EACH
    }

    /**
     * A limit that was passed.
     *
     * @param max the most that is allowed
     * @param unit what is counted, such as {@code code points} or {@code bytes}
     * @param actual what was given
     */
    public record Limit(long max, String unit, long actual) {
        /** Checks the parts. */
        public Limit {
            Objects.requireNonNull(unit, "unit");
        }
    }

    private final Reason reason;
    private final String detail;
    private final List<EntryId> entries;
    private final List<Alternative> alternatives;
    private final @Nullable Instant notBefore; // only where waiting helps
    private final @Nullable Limit limit; // only where a limit was passed

    private Refusal(
            Reason reason,
            String detail,
            List<EntryId> entries,
            List<Alternative> alternatives,
            @Nullable Instant notBefore,
            @Nullable Limit limit) {
        this.reason = Objects.requireNonNull(reason, "reason");
        this.detail = Objects.requireNonNull(detail, "detail");
        this.entries = entries;
        this.alternatives = alternatives;
        this.notBefore = notBefore;
        this.limit = limit;
    }

    /** Returns a refusal for this reason. */
    public static Refusal of(Reason reason) {
        return new Refusal(reason, "", List.of(), List.of(), null, null);
    }

    /**
     * Returns a refusal for this reason.
     *
     * @param detail what is wrong and what to do, for developers; no personal data
     */
    public static Refusal of(Reason reason, String detail) {
        return new Refusal(reason, detail, List.of(), List.of(), null, null);
    }

    /** Returns this refusal with a ledger entry behind it. */
    public Refusal because(EntryId entry) {
        List<EntryId> more = new ArrayList<>(entries);
        more.add(Objects.requireNonNull(entry, "entry"));
        return new Refusal(reason, detail, List.copyOf(more), alternatives, notBefore, limit);
    }

    /** Returns this refusal as a deferral: from then on it would not object. */
    public Refusal notBefore(Instant until) {
        return new Refusal(reason, detail, entries, alternatives, Objects.requireNonNull(until, "until"), limit);
    }

    /** Returns this refusal with what could be done instead. */
    public Refusal instead(Alternative... instead) {
        return new Refusal(reason, detail, entries, List.copyOf(Arrays.asList(instead)), notBefore, limit);
    }

    /** Returns this refusal with the limit that was passed. */
    public Refusal limit(Limit passed) {
        return new Refusal(reason, detail, entries, alternatives, notBefore, Objects.requireNonNull(passed, "limit"));
    }

    /** Returns the reason. */
    public Reason reason() {
        return reason;
    }

    /** Returns what is wrong and what to do, for developers; may be empty. */
    public String detail() {
        return detail;
    }

    /** Returns the ledger entries behind it. */
    public List<EntryId> entries() {
        return entries;
    }

    /** Returns what could be done instead. */
    public List<Alternative> alternatives() {
        return alternatives;
    }

    /** Returns from when on it would not object, where waiting helps. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** Returns the limit that was passed. */
    public Optional<Limit> limit() {
        return Optional.ofNullable(limit);
    }

    /** Returns a sentence for people, in French or else in English. */
    public String sentence(Locale language) {
        return reason.sentence(language);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Refusal that
                && reason == that.reason
                && detail.equals(that.detail)
                && entries.equals(that.entries)
                && alternatives.equals(that.alternatives)
                && Objects.equals(notBefore, that.notBefore)
                && Objects.equals(limit, that.limit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, detail, entries, alternatives, notBefore, limit);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(reason.name());
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        if (limit != null) {
            text.append(" (")
                    .append(limit.actual())
                    .append(" of at most ")
                    .append(limit.max())
                    .append(' ');
            text.append(limit.unit()).append(')');
        }
        if (!entries.isEmpty()) {
            text.append(" by ").append(entries);
        }
        if (notBefore != null) {
            text.append(" until ").append(notBefore);
        }
        return text.toString();
    }
}
