package aparte;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the consent ledger: somebody agreed, withdrew, objected, was suppressed, was linked… Never changed.
 *
 * <p>An opening entry ({@link Kind#GRANTED} and its like) opens nothing unless it is {@linkplain #isVerified verified}: an
 * act of the person, with its source. {@code toString} shows kind, id and scope only. Thread-safe.
 */
public final class ConsentEntry {
    /** What happened. */
    public enum Kind {
        /** The person asked to be asked, such as by a form; opens nothing. */
        REQUESTED,
        /** A double opt-in question is out; opens nothing. */
        PENDING,
        /** The person agreed. */
        GRANTED,
        /** The person confirmed a double opt-in. */
        CONFIRMED,
        /** The person agreed again. */
        RENEWED,
        /** The person said no to a question. */
        REFUSED,
        /** The person took the agreement back. */
        WITHDRAWN,
        /** The person objected to direct marketing; closes all promotion on every sender. */
        OBJECTED,
        /** Something unclear was said: closed until a human decides. */
        HELD,
        /** A human decided that a {@link #HELD} may end. */
        RELEASED,
        /** The agreement ended by time. */
        EXPIRED,
        /** The agreement proved worthless, such as by its wording. */
        INVALIDATED,
        /** The platform reports that the person stopped us there. */
        PLATFORM_STOP,
        /** The platform reports that its stop ended; opens nothing. */
        PLATFORM_RESUME,
        /** Never to be contacted; stronger than everything. */
        SUPPRESSED,
        /** The end of a suppression, by the person's own wish. */
        UNSUPPRESSED,
        /** Taken over from elsewhere without proof; opens nothing. */
        IMPORTED,
        /** An earlier entry was a mistake of ours: it counts no more. */
        CORRECTED,
        /** Addresses of one person. */
        LINKED,
        /** Addresses that turned out to be of different persons. */
        UNLINKED,
        /** An agreement was used, or a platform told of a signup or a token; opens nothing. */
        USED,
        /** The person's data were erased. */
        ERASED;

        /** Tells whether entries of this kind may open a purpose. */
        public boolean isOpening() {
            return this == GRANTED || this == CONFIRMED || this == RENEWED;
        }

        /** Tells whether entries of this kind close what their scope covers. */
        public boolean isClosing() {
            return switch (this) {
                case REFUSED, WITHDRAWN, OBJECTED, HELD, EXPIRED, INVALIDATED, PLATFORM_STOP, SUPPRESSED, ERASED ->
                    true;
                default -> false;
            };
        }
    }

    /** How it was said. */
    public enum Method {
        /** A box that the person ticked. */
        CHECKBOX,
        /** A word that the person sent. */
        REPLY_KEYWORD,
        /** The person's answer to a double opt-in question. */
        DOUBLE_OPT_IN_REPLY,
        /** A button that the person tapped. */
        BUTTON,
        /** Said to an agent. */
        VERBAL,
        /** Signed on paper. */
        PAPER,
        /** Reported by the platform. */
        PLATFORM_SIGNAL,
        /** Taken over from another system. */
        IMPORT,
        /** Recorded by a program. */
        API;

        boolean isActOfThePerson() {
            return this != PLATFORM_SIGNAL && this != IMPORT && this != API;
        }
    }

    /** Who did it. */
    public enum Actor {
        /** The person. */
        SUBJECT,
        /** A parent or guardian. */
        GUARDIAN,
        /** Somebody at the business. */
        AGENT,
        /** A program. */
        SYSTEM,
        /** The messaging platform. */
        PLATFORM
    }

    /**
     * The text that the person saw.
     *
     * @param version the host's version of the text
     * @param language its language
     * @param text the text itself
     */
    public record Wording(String version, Locale language, String text) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank
         */
        public Wording {
            Check.text(version, "wording version");
            Objects.requireNonNull(language, "language");
            Check.text(text, "wording text");
        }

        /** Hides the text. */
        @Override
        public String toString() {
            return "Wording[" + version + ", " + language.toLanguageTag() + "]";
        }
    }

    /**
     * Something that proves it: a screenshot, a form's payload, a recording.
     *
     * @param type what it is, such as {@code form} or {@code audio}
     * @param uri where the host keeps it
     * @param sha256 the hash of its bytes, 64 lower-case hexadecimal digits
     */
    public record Proof(String type, String uri, String sha256) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if one is malformed
         */
        public Proof {
            Check.text(type, "proof type");
            Check.text(uri, "proof uri");
            if (sha256.length() != 64
                    || sha256.chars().anyMatch(c -> Character.digit(c, 16) < 0 || (c >= 'A' && c <= 'F'))) {
                throw new IllegalArgumentException("proof hash must be 64 lower-case hexadecimal digits");
            }
        }

        /** Hides where it is kept. */
        @Override
        public String toString() {
            return "Proof[" + type + "]";
        }
    }

    private final EntryId id;
    private final Kind kind;
    private final Identity person;
    private final Scope scope;
    private final LegalBasis basis;
    private final @Nullable Instant effectiveAt; // an old flag may be undated
    private final @Nullable Instant recordedAt; // set by the consent desk
    private final @Nullable Instant expiresAt; // only where a policy sets an end
    private final @Nullable Method method; // an old flag may not say
    private final @Nullable Actor actor; // likewise
    private final @Nullable SenderId via; // only where it came through a channel
    private final @Nullable Wording wording; // only where a text was shown
    private final @Nullable EntryId supersedes; // only for CORRECTED
    private final String source;
    private final String reason;
    private final String jurisdiction;
    private final List<Proof> proofs;
    private final Map<String, String> details;
    private final long second;

    private ConsentEntry(Builder builder) {
        this.id = builder.id == null ? EntryId.random() : builder.id;
        this.kind = builder.kind;
        this.person = builder.person;
        this.scope = builder.scope;
        this.basis = builder.basis;
        this.effectiveAt = builder.effectiveAt;
        this.recordedAt = builder.recordedAt;
        this.expiresAt = builder.expiresAt;
        this.method = builder.method;
        this.actor = builder.actor;
        this.via = builder.via;
        this.wording = builder.wording;
        this.supersedes = builder.supersedes;
        this.source = builder.source;
        this.reason = builder.reason;
        this.jurisdiction = builder.jurisdiction;
        this.proofs = List.copyOf(builder.proofs);
        this.details = Map.copyOf(builder.details);
        this.second = second(kind, effectiveAt);
    }

    private static long second(Kind kind, @Nullable Instant effectiveAt) {
        if (effectiveAt != null) {
            return effectiveAt.getEpochSecond();
        }
        // An undated closing wins until it is gone; an undated anything else counts as older than all.
        return kind.isClosing() ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /**
     * Returns a builder of an agreement.
     *
     * @param source where it was given: a form's address, a message id, a campaign
     */
    public static Builder granted(Identity person, Scope scope, Method method, String source) {
        return builder(Kind.GRANTED, person, scope)
                .actor(Actor.SUBJECT)
                .method(method)
                .source(source);
    }

    /**
     * Returns a builder of a withdrawal.
     *
     * @param source where it was given: a form's address, a message id, an agent's note
     */
    public static Builder withdrawn(Identity person, Scope scope, Method method, String source) {
        return builder(Kind.WITHDRAWN, person, scope)
                .actor(Actor.SUBJECT)
                .method(method)
                .source(source);
    }

    /**
     * Returns a builder of an agreement given by a box that the person ticked on a form.
     *
     * @param source where the form is
     * @param wording the text beside the box
     */
    public static Builder grantedByForm(Identity person, Scope scope, String source, Wording wording) {
        return granted(person, scope, Method.CHECKBOX, source).wording(wording);
    }

    /**
     * Returns a builder of an agreement that the person gave to somebody at the business.
     *
     * @param source who heard it and when, such as {@code agent 7, call of 3 May}
     */
    public static Builder grantedToAgent(Identity person, Scope scope, String source) {
        return granted(person, scope, Method.VERBAL, source).actor(Actor.AGENT);
    }

    /**
     * Returns a builder of an agreement given by a button that the person tapped in a message of ours.
     *
     * @param via our end that the button was shown by
     * @param source the key of the event that tells of the tap
     * @param wording the text above the button
     */
    public static Builder grantedByButton(Identity person, Scope scope, SenderId via, String source, Wording wording) {
        return granted(person, scope, Method.BUTTON, source).via(via).wording(wording);
    }

    /**
     * Returns a builder of the wish to be asked, the first half of a double opt-in: the person filled in a form, or somebody
     * did in their name. It opens nothing but the question.
     *
     * @param scope what an answer of yes would open
     * @param source where it was said: a form's address, an agent's note
     * @param wording the text that the person saw
     */
    public static Builder requested(Identity person, Scope scope, Method method, String source, Wording wording) {
        return builder(Kind.REQUESTED, person, scope)
                .actor(Actor.SUBJECT)
                .method(method)
                .source(source)
                .wording(wording);
    }

    /**
     * Returns a builder of a withdrawal that the person told somebody at the business: in a call, by mail, over the counter.
     *
     * @param source who heard it and when, such as {@code agent 7, mail of 3 May}
     */
    public static Builder withdrawnToAgent(Identity person, Scope scope, String source) {
        return withdrawn(person, scope, Method.VERBAL, source).actor(Actor.AGENT);
    }

    /**
     * Returns a builder of an objection to direct marketing (GDPR article 21(2)): closes all promotion on every sender.
     *
     * @param source where it was said: a form's address, a message id, an agent's note
     */
    public static Builder objected(Identity person, Method method, String source) {
        return builder(Kind.OBJECTED, person, Scope.promotional())
                .actor(Actor.SUBJECT)
                .method(method)
                .source(source);
    }

    /** Returns a builder of an entry of any kind. */
    public static Builder builder(Kind kind, Identity person, Scope scope) {
        return new Builder(kind, person, scope);
    }

    /** Returns a builder that starts from this entry, its id included. */
    public Builder toBuilder() {
        Builder builder = new Builder(kind, person, scope);
        builder.id = id;
        builder.basis = basis;
        builder.effectiveAt = effectiveAt;
        builder.recordedAt = recordedAt;
        builder.expiresAt = expiresAt;
        builder.method = method;
        builder.actor = actor;
        builder.via = via;
        builder.wording = wording;
        builder.supersedes = supersedes;
        builder.source = source;
        builder.reason = reason;
        builder.jurisdiction = jurisdiction;
        builder.proofs.addAll(proofs);
        builder.details.putAll(details);
        return builder;
    }

    /** Returns its name. */
    public EntryId id() {
        return id;
    }

    /** Returns what happened. */
    public Kind kind() {
        return kind;
    }

    /** Returns whom it is about, all addresses known then. */
    public Identity person() {
        return person;
    }

    /** Returns what it speaks of. */
    public Scope scope() {
        return scope;
    }

    /** Returns the legal basis of an opening. */
    public LegalBasis basis() {
        return basis;
    }

    /** Returns when it took effect; empty for an old flag without a date. */
    public Optional<Instant> effectiveAt() {
        return Optional.ofNullable(effectiveAt);
    }

    /** Returns when the consent desk recorded it. */
    public Optional<Instant> recordedAt() {
        return Optional.ofNullable(recordedAt);
    }

    /** Returns when it ends by itself. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Returns how it was said. */
    public Optional<Method> method() {
        return Optional.ofNullable(method);
    }

    /** Returns who did it. */
    public Optional<Actor> actor() {
        return Optional.ofNullable(actor);
    }

    /** Returns our end that it came through. */
    public Optional<SenderId> via() {
        return Optional.ofNullable(via);
    }

    /** Returns the text that the person saw. */
    public Optional<Wording> wording() {
        return Optional.ofNullable(wording);
    }

    /** Returns the entry that a {@link Kind#CORRECTED} takes back. */
    public Optional<EntryId> supersedes() {
        return Optional.ofNullable(supersedes);
    }

    /** Returns where it was given; empty if unknown. */
    public String source() {
        return source;
    }

    /** Returns why it was recorded; empty if nothing was said. */
    public String reason() {
        return reason;
    }

    /** Returns the place whose law applies, ISO 3166 with region; empty if unknown. */
    public String jurisdiction() {
        return jurisdiction;
    }

    /** Returns what proves it. */
    public List<Proof> proofs() {
        return proofs;
    }

    /** Returns further evidence by name, such as the raw reply and the rule that read it. Personal data. */
    public Map<String, String> details() {
        return details;
    }

    /**
     * Tells whether an opening entry can be demonstrated (GDPR article 7(1)): it has a date and a source and is an act of
     * the person; or it rests on a contract; or it was imported with a proof and the wording shown.
     */
    public boolean isVerified() {
        if (effectiveAt == null || source.isBlank()) {
            return false;
        }
        if (basis == LegalBasis.CONTRACT) {
            return true;
        }
        return method != null
                && (method.isActOfThePerson() || (method == Method.IMPORT && !proofs.isEmpty() && wording != null));
    }

    /** Whether it is a wish to be asked that can be demonstrated, for something that consent opens; imports are no acts. */
    boolean isRequest() {
        return kind == Kind.REQUESTED
                && effectiveAt != null
                && !source.isBlank()
                && basis == LegalBasis.CONSENT
                && method != null
                && method.isActOfThePerson()
                && wording != null
                && scope.purposes().stream().anyMatch(basis::opens);
    }

    /** The second that ties are compared by. */
    long second() {
        return second;
    }

    boolean isExpiredAt(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    boolean isCorrection() {
        return kind == Kind.CORRECTED && supersedes != null && actor == Actor.AGENT && !reason.isBlank();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConsentEntry that
                && id.equals(that.id)
                && kind == that.kind
                && person.equals(that.person)
                && scope.equals(that.scope)
                && basis == that.basis
                && Objects.equals(effectiveAt, that.effectiveAt)
                && Objects.equals(recordedAt, that.recordedAt)
                && Objects.equals(expiresAt, that.expiresAt)
                && method == that.method
                && actor == that.actor
                && Objects.equals(via, that.via)
                && Objects.equals(wording, that.wording)
                && Objects.equals(supersedes, that.supersedes)
                && source.equals(that.source)
                && reason.equals(that.reason)
                && jurisdiction.equals(that.jurisdiction)
                && proofs.equals(that.proofs)
                && details.equals(that.details);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return kind + "[" + id + ", " + scope + "]";
    }

    /** Builds a {@link ConsentEntry}. Not thread-safe. */
    public static final class Builder {
        private final Kind kind;
        private Identity person;
        private final Scope scope;
        private final List<Proof> proofs = new ArrayList<>();
        private final Map<String, String> details = new LinkedHashMap<>();
        private LegalBasis basis = LegalBasis.CONSENT;
        private String source = "";
        private String reason = "";
        private String jurisdiction = "";
        private @Nullable EntryId id; // random unless set
        private @Nullable Instant effectiveAt; // the consent desk's now unless set
        private @Nullable Instant recordedAt; // the consent desk sets it
        private @Nullable Instant expiresAt; // optional
        private @Nullable Method method; // optional
        private @Nullable Actor actor; // optional
        private @Nullable SenderId via; // optional
        private @Nullable Wording wording; // optional
        private @Nullable EntryId supersedes; // for CORRECTED

        private Builder(Kind kind, Identity person, Scope scope) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.person = Objects.requireNonNull(person, "person");
            this.scope = Objects.requireNonNull(scope, "scope");
        }

        /** Sets the id; random by default. A ledger keeps an id once. */
        public Builder id(EntryId value) {
            this.id = Objects.requireNonNull(value, "id");
            return this;
        }

        /** Sets whom it is about, such as with further addresses that became known. */
        public Builder person(Identity value) {
            this.person = Objects.requireNonNull(value, "person");
            return this;
        }

        /** Sets the legal basis; {@link LegalBasis#CONSENT} by default. */
        public Builder basis(LegalBasis value) {
            this.basis = Objects.requireNonNull(value, "basis");
            return this;
        }

        /** Sets when it took effect; by default the consent desk's now. */
        public Builder effectiveAt(Instant value) {
            this.effectiveAt = Objects.requireNonNull(value, "effectiveAt");
            return this;
        }

        /** Sets when it was recorded; the consent desk does. */
        public Builder recordedAt(Instant value) {
            this.recordedAt = Objects.requireNonNull(value, "recordedAt");
            return this;
        }

        /** Sets when it ends by itself; never by default. */
        public Builder expiresAt(Instant value) {
            this.expiresAt = Objects.requireNonNull(value, "expiresAt");
            return this;
        }

        /** Sets how it was said; unknown by default. */
        public Builder method(Method value) {
            this.method = Objects.requireNonNull(value, "method");
            return this;
        }

        /** Sets who did it; unknown by default. */
        public Builder actor(Actor value) {
            this.actor = Objects.requireNonNull(value, "actor");
            return this;
        }

        /** Sets our end that it came through; none by default. */
        public Builder via(SenderId value) {
            this.via = Objects.requireNonNull(value, "via");
            return this;
        }

        /** Sets the text that the person saw; none by default. */
        public Builder wording(Wording value) {
            this.wording = Objects.requireNonNull(value, "wording");
            return this;
        }

        /** Sets the entry that a {@link Kind#CORRECTED} takes back. */
        public Builder supersedes(EntryId value) {
            this.supersedes = Objects.requireNonNull(value, "supersedes");
            return this;
        }

        /** Sets where it was given; unknown by default. */
        public Builder source(String value) {
            this.source = Check.wellFormed(value, "source");
            return this;
        }

        /** Sets why it is recorded; nothing by default. */
        public Builder reason(String value) {
            this.reason = Check.wellFormed(value, "reason");
            return this;
        }

        /** Sets the place whose law applies, such as {@code FR} or {@code US-TX}; unknown by default. */
        public Builder jurisdiction(String value) {
            this.jurisdiction = Check.wellFormed(value, "jurisdiction");
            return this;
        }

        /** Adds something that proves it. */
        public Builder proof(Proof value) {
            this.proofs.add(Objects.requireNonNull(value, "proof"));
            return this;
        }

        /** Adds further evidence by name. */
        public Builder detail(String name, String value) {
            this.details.put(Check.text(name, "detail name"), Check.wellFormed(value, "detail"));
            return this;
        }

        /**
         * Returns the entry.
         *
         * @throws IllegalArgumentException if an opening names every purpose at once, or a correction lacks what it
         *     corrects, its reason, or an agent as its actor
         */
        public ConsentEntry build() {
            if (kind.isOpening() && scope.namesEverything()) {
                throw new IllegalArgumentException(
                        "an agreement must name its purposes: a grant of everything is void, use Scope.of(…)");
            }
            ConsentEntry entry = new ConsentEntry(this);
            if (kind == Kind.CORRECTED && !entry.isCorrection()) {
                throw new IllegalArgumentException(
                        "a correction needs the id of the entry it supersedes, a reason, and an AGENT as its actor");
            }
            return entry;
        }
    }
}
