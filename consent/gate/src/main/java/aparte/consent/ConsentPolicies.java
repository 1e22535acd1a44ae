package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ConsentPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The policies of a gate. Changes are one line each:
 *
 * <pre>{@code
 * ConsentPolicies.ofDefaults()
 *         .with(MaxAge.of(Duration.ofHours(6)))
 *         .with(SectorBan.of(Jurisdictions.shipped(), SectorBan.ENERGY_RENOVATION))
 *         .without(ConfirmedOptIn.class)
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class ConsentPolicies {
    /** One of each of these is enough; a second one takes the place of the first. */
    private static final Set<Class<? extends ConsentPolicy>> OURS = Set.of(
            ConsentExpiry.class,
            ConfirmedOptIn.class,
            ExplicitConsent.class,
            MaxAge.class,
            Minors.class,
            QuietHours.class,
            SectorBan.class,
            SenderPurposes.class,
            WordingInForce.class);

    private static final ConsentPolicies NONE = new ConsentPolicies(List.of());

    private final List<ConsentPolicy> policies;

    private ConsentPolicies(List<ConsentPolicy> policies) {
        this.policies = List.copyOf(policies);
    }

    /** Returns no policy: the floor alone judges. */
    public static ConsentPolicies none() {
        return NONE;
    }

    /**
     * Returns what a gate has unless told otherwise, by the jurisdictions that come with the library: {@link Minors},
     * {@link ConfirmedOptIn}, {@link ConsentExpiry}, {@link MaxAge} and {@link QuietHours}.
     */
    public static ConsentPolicies ofDefaults() {
        return ofDefaults(Jurisdictions.shipped());
    }

    /** Returns what a gate has unless told otherwise, by these jurisdictions. */
    public static ConsentPolicies ofDefaults(Jurisdictions jurisdictions) {
        return none().with(Minors.of(jurisdictions))
                .with(ConfirmedOptIn.of(jurisdictions))
                .with(ConsentExpiry.of(jurisdictions))
                .with(MaxAge.ofDefaults())
                .with(QuietHours.builder(jurisdictions).build());
    }

    /** Returns these policies and one more; one of the library's takes the place of one of its class. */
    public ConsentPolicies with(ConsentPolicy policy) {
        requireNonNull(policy, "policy");
        List<ConsentPolicy> more = new ArrayList<>(policies);
        if (OURS.contains(policy.getClass())) {
            more.removeIf(other -> other.getClass() == policy.getClass());
        }
        more.add(policy);
        return new ConsentPolicies(more);
    }

    /** Returns these policies without those of a class. */
    public ConsentPolicies without(Class<? extends ConsentPolicy> kind) {
        return new ConsentPolicies(
                policies.stream().filter(policy -> !kind.isInstance(policy)).toList());
    }

    /** Returns the policies. */
    public List<ConsentPolicy> list() {
        return policies;
    }

    @Override
    public String toString() {
        return "ConsentPolicies" + policies;
    }
}
