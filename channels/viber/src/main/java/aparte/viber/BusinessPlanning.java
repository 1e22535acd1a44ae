package aparte.viber;

import aparte.Address;
import aparte.Content;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.time.Duration;
import java.util.Optional;

/** What a Viber service would do with a draft. */
final class BusinessPlanning {
    private final boolean strict;
    private final boolean welcomed;

    BusinessPlanning(boolean strict, boolean welcomed) {
        this.strict = strict;
        this.welcomed = welcomed;
    }

    Plan plan(Draft draft) {
        Optional<Address> to = draft.address(Address.Kind.PHONE);
        if (to.isEmpty()) {
            return new Plan.Cannot(noRoute(draft));
        }
        BusinessLane lane = BusinessLane.of(draft.purpose(), draft.conversation(), draft.now(), welcomed);
        Content content = draft.message().content();
        Content shown = strict ? content : BusinessRules.shown(content, lane);
        Optional<Refusal> refusal = BusinessRules.objection(shown, lane).or(() -> tooShort(draft));
        return refusal.isPresent() ? new Plan.Cannot(refusal.get()) : new Plan.Carry(to.get(), lane.lane(), shown);
    }

    private static Refusal noRoute(Draft draft) {
        return draft.address(Address.Kind.GROUP)
                        .filter(group -> group.scope().equals("viber"))
                        .isPresent()
                ? Refusal.of(Reason.NO_ROUTE, "a service cannot write to groups on Viber")
                        .instead(Alternative.WRITE_TO_EACH)
                : Refusal.of(
                                Reason.NO_ROUTE,
                                "Viber Business Messages need the person's phone number; a viber-user id belongs to a bot")
                        .instead(Alternative.OTHER_CHANNEL);
    }

    /** Viber keeps a message for so long at least, and would deliver it after its expiry. */
    private static Optional<Refusal> tooShort(Draft draft) {
        return draft.message()
                .expiresAt()
                .map(expiry -> Duration.between(draft.now(), expiry))
                .filter(left -> left.compareTo(BusinessRules.LEAST_LIFE) < 0)
                .map(left -> Inspection.unsupported("Viber keeps a message for " + BusinessRules.LEAST_LIFE.toSeconds()
                        + " s at least, and this one expires in " + left.toSeconds() + " s: let it expire later"));
    }
}
