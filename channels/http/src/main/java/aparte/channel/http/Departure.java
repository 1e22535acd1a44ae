package aparte.channel.http;

import aparte.consent.ClearanceLost;
import aparte.consent.ClearedMessage;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The attempt that a request belongs to, and whether the request may have left. Travels as the request's tag, so that a
 * repeat by OkHttp would meet the same one and fail.
 */
final class Departure {
    private final ClearedMessage.Attempt attempt;
    private final Pacing.@Nullable Turn turn; // only where there is a pace
    private volatile boolean left;
    private volatile @Nullable ClearanceLost lost; // only if the last check failed

    Departure(ClearedMessage.Attempt attempt, Pacing.@Nullable Turn turn) {
        this.attempt = attempt;
        this.turn = turn;
    }

    /** The last check, between the connection and the first byte of the request. */
    static Response check(Interceptor.Chain chain) throws IOException {
        Departure departure = chain.request().tag(Departure.class);
        if (departure != null) {
            departure.leave();
        }
        return chain.proceed(chain.request());
    }

    private void leave() throws ClearanceLost {
        try {
            attempt.leave();
        } catch (ClearanceLost closed) {
            lost = closed;
            throw closed;
        }
        left = true;
        if (turn != null) {
            turn.left();
        }
    }

    boolean hasLeft() {
        return left;
    }

    @Nullable
    ClearanceLost lost() {
        return lost;
    }
}
