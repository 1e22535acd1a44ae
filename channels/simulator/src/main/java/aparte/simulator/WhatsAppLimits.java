package aparte.simulator;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of WhatsApp's limits the simulator holds the business to, all by the simulator's clock.
 *
 * <p>None by default: in most tests the clock stands still, and no pause would ever end. {@link #published()} is what a new number has.
 * Immutable and thread-safe: each method answers a changed copy.
 *
 * <p>As of 2026-11: Cloud API documentation, throughput, messaging limits and group management.
 */
public final class WhatsAppLimits {
    static final int NO_LIMIT = Integer.MAX_VALUE;
    static final int BURST = 45;
    static final Duration PAUSE = Duration.ofSeconds(6);

    private static final WhatsAppLimits NONE =
            new WhatsAppLimits(NO_LIMIT, false, NO_LIMIT, NO_LIMIT, NO_LIMIT, Set.of());

    private final int perSecond;
    private final boolean pausing;
    private final int people;
    private final int calls;
    private final int groups;
    private final Set<String> testRecipients;

    private WhatsAppLimits(
            int perSecond, boolean pausing, int people, int calls, int groups, Set<String> testRecipients) {
        this.perSecond = perSecond;
        this.pausing = pausing;
        this.people = people;
        this.calls = calls;
        this.groups = groups;
        this.testRecipients = testRecipients;
    }

    /** No limit at all. */
    public static WhatsAppLimits none() {
        return NONE;
    }

    /**
     * Those of a new registered number: 80 messages a second, one in 6 seconds to the same person after a burst of 45, 250 people a day
     * outside of service windows, 5,000 management calls an hour, 10,000 groups.
     */
    public static WhatsAppLimits published() {
        return NONE.messagesPerSecond(80)
                .pausesPerPerson()
                .peoplePerDay(250)
                .callsPerHour(5_000)
                .groupsPerNumber(10_000);
    }

    /**
     * Messages a second that a number may send and receive, else 130429: 80, after an upgrade 1,000, with the app beside it 20.
     *
     * @throws IllegalArgumentException if {@code messages} is below 1
     */
    public WhatsAppLimits messagesPerSecond(int messages) {
        return new WhatsAppLimits(positive(messages), pausing, people, calls, groups, testRecipients);
    }

    /** To the same person one message in 6 seconds, with a burst of up to 45 that is paid back afterwards, else 131056. */
    public WhatsAppLimits pausesPerPerson() {
        return new WhatsAppLimits(perSecond, true, people, calls, groups, testRecipients);
    }

    /**
     * How many people the account may reach outside of service windows in 24 hours, else 131048: 250, 2,000, 10,000 or 100,000.
     *
     * <p>No document names the code of this limit; 131048 is our choice.
     *
     * @throws IllegalArgumentException if {@code reached} is below 1
     */
    public WhatsAppLimits peoplePerDay(int reached) {
        return new WhatsAppLimits(perSecond, pausing, positive(reached), calls, groups, testRecipients);
    }

    /**
     * Calls an hour beside messages and media, else 80007: 200, with a registered number 5,000.
     *
     * @throws IllegalArgumentException if {@code made} is below 1
     */
    public WhatsAppLimits callsPerHour(int made) {
        return new WhatsAppLimits(perSecond, pausing, people, positive(made), groups, testRecipients);
    }

    /**
     * How many groups a number may have, else 131211: 10,000.
     *
     * @throws IllegalArgumentException if {@code created} is below 1
     */
    public WhatsAppLimits groupsPerNumber(int created) {
        return new WhatsAppLimits(perSecond, pausing, people, calls, positive(created), testRecipients);
    }

    /**
     * The numbers are test numbers, which send to these people alone, else 131030.
     *
     * @throws IllegalArgumentException if there are none or more than five, or one is not {@code +} and 4 to 15 digits
     */
    public WhatsAppLimits testRecipients(String... phones) {
        Set<String> digits = new TreeSet<>();
        for (String phone : phones) {
            digits.add(WhatsApp.digits(phone));
        }
        if (digits.isEmpty() || digits.size() > 5) {
            throw new IllegalArgumentException("a test number has 1 to 5 recipients, not " + digits.size());
        }
        return new WhatsAppLimits(perSecond, pausing, people, calls, groups, Set.copyOf(digits));
    }

    private static int positive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit is below 1: " + limit);
        }
        return limit;
    }

    int perSecond() {
        return perSecond;
    }

    boolean pausing() {
        return pausing;
    }

    int people() {
        return people;
    }

    int calls() {
        return calls;
    }

    int groups() {
        return groups;
    }

    /** Digits; empty if the numbers are not for tests. */
    Set<String> recipients() {
        return testRecipients;
    }

    /** The limits, without the people. */
    @Override
    public String toString() {
        return "WhatsAppLimits[" + shown("messages a second", perSecond) + (pausing ? "pauses, " : "")
                + shown("people a day", people) + shown("calls an hour", calls) + shown("groups", groups)
                + testRecipients.size() + " test recipients]";
    }

    private static String shown(String what, int limit) {
        return limit == NO_LIMIT ? "" : limit + " " + what + ", ";
    }
}
