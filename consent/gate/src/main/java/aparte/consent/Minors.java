package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.Message;
import aparte.Proposal;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Guards minors from promotion: below the {@linkplain Jurisdiction#ageLine line of their place} a guardian must have agreed,
 * and engagement that rests on profiling never reaches them.
 *
 * <p>The age is the recipient's attribute {@value #AGE}, as {@link AgeAssurance#parse} reads it, unless {@link #known} says
 * otherwise. A minor of unknown years counts as below the line. A person of unknown age is left alone, unless the service is
 * {@linkplain #aimedAtChildren aimed at children}. Thread-safe.
 */
public final class Minors implements ConsentPolicy {
    /** The attribute of a recipient with what the host knows of their age. */
    public static final String AGE = "age-assurance";

    private final Jurisdictions jurisdictions;
    private final @Nullable Function<Recipient, AgeAssurance> ageOf; // null: by attribute
    private final Predicate<Message> profiled;
    private final boolean forChildren;

    private Minors(
            Jurisdictions jurisdictions,
            @Nullable Function<Recipient, AgeAssurance> ageOf,
            Predicate<Message> profiled,
            boolean forChildren) {
        this.jurisdictions = jurisdictions;
        this.ageOf = ageOf;
        this.profiled = profiled;
        this.forChildren = forChildren;
    }

    /** Returns the policy by the jurisdictions that come with the library. */
    public static Minors ofDefaults() {
        return of(Jurisdictions.shipped());
    }

    /** Returns the policy. */
    public static Minors of(Jurisdictions jurisdictions) {
        return new Minors(requireNonNull(jurisdictions, "jurisdictions"), null, message -> true, false);
    }

    /** Returns this policy with the host's word on ages; thread-safe, without input or output. */
    public Minors known(Function<Recipient, AgeAssurance> age) {
        return new Minors(jurisdictions, requireNonNull(age, "age"), profiled, forChildren);
    }

    /** Returns this policy with the host's word on which engagement rests on profiling; all of it by default. */
    public Minors profiled(Predicate<Message> message) {
        return new Minors(jurisdictions, ageOf, requireNonNull(message, "message"), forChildren);
    }

    /** Returns this policy for a service aimed at children: whose age is unknown counts as below the line. */
    public Minors aimedAtChildren() {
        return new Minors(jurisdictions, ageOf, profiled, true);
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        if (!proposal.purpose().isPromotional()) {
            return Optional.empty();
        }
        AgeAssurance age;
        try {
            age = age(proposal.message().to());
        } catch (IllegalArgumentException malformed) {
            return Optional.of(Refusal.of(
                    Refusal.Reason.POLICY,
                    "the recipient's attribute " + AGE + " cannot be read: " + malformed.getMessage()));
        }
        if (age.kind() == AgeAssurance.Kind.ADULT || (age.kind() == AgeAssurance.Kind.UNKNOWN && !forChildren)) {
            return Optional.empty();
        }
        if (proposal.purpose() == Purpose.ENGAGEMENT && profiled.test(proposal.message())) {
            return Optional.of(
                    Refusal.of(Refusal.Reason.MINOR, "engagement that rests on profiling is not for minors"));
        }
        int line = jurisdictions.of(proposal).ageLine();
        boolean below = age.years().isEmpty() || age.years().get() < line;
        if (!below || proposal.standing().openedBy().isEmpty() || isOpenedByGuardian(proposal)) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(Refusal.Reason.MINOR, "below " + line + " a guardian must agree")
                .because(proposal.standing().openedBy().get().id()));
    }

    private AgeAssurance age(Recipient person) {
        if (ageOf != null) {
            return ageOf.apply(person);
        }
        String text = person.attributes().get(AGE);
        return text == null ? AgeAssurance.unknown() : AgeAssurance.parse(text);
    }

    private static boolean isOpenedByGuardian(Proposal proposal) {
        return Openings.among(
                        proposal,
                        entry -> Optional.of(entry)
                                .filter(given -> given.actor().orElse(null) == ConsentEntry.Actor.GUARDIAN))
                .isPresent();
    }

    @Override
    public String toString() {
        return "Minors[" + jurisdictions + (forChildren ? ", aimed at children" : "") + "]";
    }
}
