package aparte;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * A way that a platform leaves open for a message: the service window, a template, a human agent. Data that a transport
 * names in its plan and the gate checks.
 *
 * @param name the lane's name, stable, as it appears in evidence
 * @param admits the purposes that may use it
 * @param needs what must be there for it to be open
 * @param humanOnly whether only a message by a person may use it
 * @param remedy what to do where it is closed, for developers, in addition to waiting; may be empty; no personal data
 */
public record Lane(String name, Set<Purpose> admits, Needs needs, boolean humanOnly, String remedy) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name is malformed
     */
    public Lane {
        Check.token(name, "lane name", 64);
        admits = Set.copyOf(admits);
        Objects.requireNonNull(needs, "needs");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * Makes a lane without a remedy.
     *
     * @throws IllegalArgumentException if the name is malformed
     */
    public Lane(String name, Set<Purpose> admits, Needs needs, boolean humanOnly) {
        this(name, admits, needs, humanOnly, "");
    }

    /** Returns this lane with what to do where it is closed. */
    public Lane remedy(String instead) {
        return new Lane(name, admits, needs, humanOnly, instead);
    }

    /**
     * What must be there for a lane to be open.
     *
     * @param kind what it is
     * @param within how recent it must be; zero where that has no meaning
     */
    public record Needs(Kind kind, Duration within) {
        /** The sorts of conditions. */
        public enum Kind {
            /** Nothing: the lane is always open. */
            NOTHING,
            /** The person wrote lately. */
            OPEN_CONVERSATION,
            /** The platform just asked for a welcome. */
            INVITATION,
            /** The person subscribed on the platform. */
            SUBSCRIPTION,
            /** The platform gave a token for this person. */
            TOKEN
        }

        /** The lane is always open. */
        public static final Needs NOTHING = new Needs(Kind.NOTHING, Duration.ZERO);

        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if {@code within} is negative
         */
        public Needs {
            Objects.requireNonNull(kind, "kind");
            if (within.isNegative()) {
                throw new IllegalArgumentException("lane length must not be negative");
            }
        }

        /**
         * The person wrote less than this long ago.
         *
         * @throws IllegalArgumentException if the length is not positive
         */
        public static Needs openConversation(Duration within) {
            if (within.isZero()) {
                throw new IllegalArgumentException("window length must be positive");
            }
            return new Needs(Kind.OPEN_CONVERSATION, within);
        }
    }
}
