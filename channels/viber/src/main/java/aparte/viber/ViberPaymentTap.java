package aparte.viber;

import aparte.InboundEvent;
import aparte.WireKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * That a person tapped "pay" below a {@link ViberContent.Payment}. It says nothing of the money, which the provider of payments
 * tells, and nothing of consent.
 *
 * @param source where it comes from
 * @param code Viber's code, -1 if it names none; only 0 is documented, as of 2026-11, Bot API, chatbot payments
 * @param gateways the providers of payments that the person's app knows, in Viber's words
 * @param message the message whose button it was; empty if the tracking data is not ours
 */
public record ViberPaymentTap(InboundEvent.Source source, long code, List<String> gateways, Optional<WireKey> message) {
    static final String NOTICE = "client_status:payment";

    /** Copies the providers. */
    public ViberPaymentTap {
        Objects.requireNonNull(source, "source");
        gateways = List.copyOf(gateways);
        Objects.requireNonNull(message, "message");
    }

    /** Reads the event that {@link ViberWebhooks} makes of it; empty for any other event. */
    public static Optional<ViberPaymentTap> of(InboundEvent event) {
        if (!(event instanceof InboundEvent.PersonNoticed noticed)
                || !noticed.notice().equals(NOTICE)) {
            return Optional.empty();
        }
        InboundEvent.Source source = noticed.source();
        String gateways = source.details().getOrDefault("status.supported_psps", "");
        return Optional.of(new ViberPaymentTap(
                source,
                Json.whole(source.details().get("status.code")).orElse(-1),
                gateways.isEmpty() ? List.of() : List.of(gateways.split(",")),
                Optional.ofNullable(source.details().get("status.tracking_data"))
                        .flatMap(WireKey::parse)));
    }

    /** Masks the person. */
    @Override
    public String toString() {
        return "ViberPaymentTap[" + source + ", " + code + "]";
    }
}
