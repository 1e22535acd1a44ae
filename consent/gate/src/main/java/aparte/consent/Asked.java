package aparte.consent;

import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.SendResult;
import java.util.Objects;

/** What became of the wish to ask a person for a double opt-in. Thread-safe. */
public sealed interface Asked {
    /** Returns the wish, as it is kept. */
    ConsentEntry request();

    /**
     * The question left, or may have left. The answer, if one comes, arrives through the {@link Inbox}.
     *
     * @param request the wish
     * @param pending the entry that says so; it opens nothing
     * @param result accepted, or unconfirmed
     */
    record Sent(ConsentEntry request, ConsentEntry pending, SendResult result) implements Asked {
        /** Checks the parts. */
        public Sent {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(pending, "pending");
            Objects.requireNonNull(result, "result");
        }
    }

    /**
     * The gate or the provider did not take the question: nothing left. Asking with the same entry again judges it anew.
     *
     * @param request the wish
     * @param result refused, with every reason; deferred; or failed
     */
    record NotSent(ConsentEntry request, SendResult result) implements Asked {
        /** Checks the parts. */
        public NotSent {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(result, "result");
        }
    }

    /**
     * There is nothing to ask.
     *
     * @param request the wish
     * @param why why not
     * @param because the entry that says so: the agreement or the earlier question
     */
    record NotAsked(ConsentEntry request, Why why, EntryId because) implements Asked {
        /** Checks the parts. */
        public NotAsked {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(because, "because");
        }
    }

    /** Why there is nothing to ask. */
    enum Why {
        /** The person agreed to all of it already. */
        AGREED_ALREADY,
        /** A question to the address, on the sender, waits for its answer. */
        ANSWER_AWAITED,
        /** A question was asked about it or after it, and was answered or ran out: only a later act of the person asks anew. */
        NEEDS_A_NEW_ACT
    }
}
