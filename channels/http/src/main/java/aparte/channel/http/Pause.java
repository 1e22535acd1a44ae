package aparte.channel.http;

/** A pause that refusals made, in nanoseconds of its owner's time. Guarded by the lock of {@link Pacing}. */
final class Pause {
    static final long NEVER = Long.MIN_VALUE;

    private static final long MOST_ASKED = 3_600_000_000_000L;

    private int strikes;
    private long struckAt = NEVER;
    private long length;
    private long until = NEVER;

    /**
     * Lengthens the pause.
     *
     * @param leftAt when the refused request left: before the last refusal, it belongs to the same one
     * @param asked what the provider asks for; 0 if nothing
     * @return whether it counts as a further refusal
     */
    boolean strike(Brake brake, long now, long leftAt, long asked, double chance) {
        boolean further = leftAt > struckAt;
        if (further) {
            strikes++;
            struckAt = now;
            length = brake.pause(strikes, chance);
            until = Math.max(until, now + length);
        }
        until = Math.max(until, now + Math.min(asked, MOST_ASKED));
        return further;
    }

    /** Pauses without a refusal, since the provider said that calls are taken again then. */
    void pauseFor(long now, long asked) {
        until = Math.max(until, now + Math.min(asked, MOST_ASKED));
    }

    /** Starts from the shortest pause again, if the request that was accepted left after the last refusal. */
    boolean accepted(long leftAt) {
        if (leftAt <= struckAt) {
            return false;
        }
        strikes = 0;
        return true;
    }

    long until() {
        return until;
    }

    /** Whether nothing need be remembered: no refusal, or the pause is over for as long again. */
    boolean isForgotten(long now) {
        return strikes == 0 ? until <= now : until + length <= now;
    }
}
