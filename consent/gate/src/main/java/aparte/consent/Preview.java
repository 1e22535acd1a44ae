package aparte.consent;

import aparte.Content;
import aparte.Refusal;
import aparte.SenderId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What would happen to a message now: judged without a claim, a counter or a log line.
 *
 * @param from the sender that would carry it, if there is one
 * @param shown the content as the person would see it, if it can be carried
 * @param lane the platform's lane; empty if there is no route
 * @param refusals why not; empty if it would leave
 * @param firstContact whether the sender never wrote to the person before
 */
public record Preview(
        Optional<SenderId> from, Optional<Content> shown, String lane, List<Refusal> refusals, boolean firstContact) {
    /** Copies the refusals. */
    public Preview {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(shown, "shown");
        Objects.requireNonNull(lane, "lane");
        refusals = List.copyOf(refusals);
    }

    /** Tells whether it would leave. */
    public boolean wouldLeave() {
        return refusals.isEmpty();
    }
}
