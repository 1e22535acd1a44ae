package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ConsentPolicy;
import aparte.Message;
import aparte.Proposal;
import aparte.Refusal;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses promotion for sectors that may not promote where the person is: in France energy renovation and home adaptation
 * (loi 2025-594). The host says which sector a message is for. Thread-safe.
 */
public final class SectorBan implements ConsentPolicy {
    /** Energy renovation of homes. */
    public static final String ENERGY_RENOVATION = "energy-renovation";

    /** Works that adapt homes to age and disability. */
    public static final String HOME_ADAPTATION = "home-adaptation";

    private final Jurisdictions jurisdictions;
    private final Function<Message, Optional<String>> sectorOf;

    private SectorBan(Jurisdictions jurisdictions, Function<Message, Optional<String>> sectorOf) {
        this.jurisdictions = jurisdictions;
        this.sectorOf = sectorOf;
    }

    /** Returns the policy of a business of one sector. */
    public static SectorBan of(Jurisdictions jurisdictions, String sector) {
        Optional<String> always = Optional.of(sector);
        return of(jurisdictions, message -> always);
    }

    /**
     * Returns the policy of a business of several sectors.
     *
     * @param sectorOf the sector that a message is for, or empty; thread-safe, without input or output
     */
    public static SectorBan of(Jurisdictions jurisdictions, Function<Message, Optional<String>> sectorOf) {
        return new SectorBan(requireNonNull(jurisdictions, "jurisdictions"), requireNonNull(sectorOf, "sectorOf"));
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        if (!proposal.purpose().isPromotional()) {
            return Optional.empty();
        }
        Optional<String> sector = sectorOf.apply(proposal.message());
        if (sector.isEmpty()) {
            return Optional.empty();
        }
        Jurisdiction law = jurisdictions.of(proposal);
        return law.bannedSectors().contains(sector.get())
                ? Optional.of(Refusal.of(
                        Refusal.Reason.JURISDICTION, "promotion for " + sector.get() + " is banned in " + law.code()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "SectorBan[" + jurisdictions + "]";
    }
}
