package aparte.channel.http;

import aparte.DeliveryFailure;
import aparte.consent.ClearanceLost;
import aparte.consent.Outcome;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Further tries of a message that the provider certainly did not take, bounded in number and in time.
 *
 * <p>Each try makes an attempt of its own, so that everything is judged again. Only a {@code notTaken} whose failure is
 * retryable leads to a further one; all that is thrown passes at once. The provider's wait is kept if it ends within the
 * time; else the outcome is given with that wait. Without one: 1 s, then 2 s and so on, by half more or less. What has no turn
 * in time is not tried again. Thread-safe. Blocks while it waits.
 */
public final class BoundedRetry {
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(1), 2.0, 0.5);

    private final Retry retry;
    private final Duration within;
    private final HttpSettings.Waiting waiting;

    private BoundedRetry(HttpSettings settings) {
        this.retry = Retry.of(
                "aparte",
                RetryConfig.<Outcome>custom()
                        .maxAttempts(settings.tries())
                        .retryOnResult(BoundedRetry::isRetryable)
                        .intervalBiFunction(BoundedRetry::interval)
                        .build());
        this.within = settings.retryWithin();
        this.waiting = settings.waiting();
    }

    /** One try: an attempt, a request, an outcome. */
    @FunctionalInterface
    public interface Try {
        /**
         * Tries once.
         *
         * @throws ClearanceLost if the message is no longer cleared
         * @throws IOException if it is not known whether the provider took the message
         */
        Outcome once() throws IOException;
    }

    /** Returns the retry with these settings. */
    public static BoundedRetry of(HttpSettings settings) {
        return new BoundedRetry(settings);
    }

    /**
     * Tries until the message is taken, must not be tried again, or a bound is reached.
     *
     * @return the outcome of the last try; if the thread is interrupted while waiting, the one at hand
     * @throws ClearanceLost if the message is no longer cleared
     * @throws IOException if a try threw it
     */
    public Outcome run(Try tries) throws IOException {
        Retry.AsyncContext<Outcome> context = retry.asyncContext();
        Duration spent = Duration.ZERO;
        while (true) {
            long start = waiting.nanoTime();
            Outcome outcome = tries.once();
            long wait = context.onResult(outcome);
            if (wait < 0) {
                return outcome;
            }
            spent = spent.plusNanos(waiting.nanoTime() - start).plusMillis(wait);
            if (spent.compareTo(within) > 0) {
                return outcome;
            }
            try {
                waiting.await(Duration.ofMillis(wait));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return outcome;
            }
        }
    }

    private static boolean isRetryable(Outcome outcome) {
        return outcome.failure()
                .filter(why -> why.isRetryable() && !Pacing.isOwn(why))
                .isPresent();
    }

    private static Long interval(Integer tries, Either<Throwable, Outcome> either) {
        Optional<Duration> asked = either.get().failure().flatMap(DeliveryFailure::retryAfter);
        return asked.isPresent() ? Long.valueOf(asked.get().toMillis()) : BACKOFF.apply(tries);
    }

    @Override
    public String toString() {
        return "BoundedRetry[" + retry.getRetryConfig().getMaxAttempts() + " tries within " + within + "]";
    }
}
