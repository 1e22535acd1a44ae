package aparte.channel.http;

import aparte.Address;
import aparte.ChannelId;
import aparte.DeliveryFailure;
import aparte.Lane;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;

/** The smallest channel over this module: posts a fixed body to {@code /v1/messages} and takes the answer as the id. */
final class ProbeTransport implements Transport {
    static final GraphErrors ERRORS = GraphErrors.builder()
            .uncertain(131000)
            .uncertainOnServerError(2)
            .codes(DeliveryFailure.Kind.TEMPORARY, "later", 2, 131000, 131016)
            .codes(DeliveryFailure.Kind.THROTTLED, "slower", 130429)
            .codes(DeliveryFailure.Kind.INVALID_REQUEST, "wrong", 100)
            .build();

    private static final SenderId SENDER = new SenderId(ChannelId.of("probe"), "1");
    private static final Lane OPEN = new Lane("open", EnumSet.allOf(Purpose.class), Lane.Needs.NOTHING, false);

    private final StrictHttp http;
    private final BoundedRetry retry;
    private volatile Runnable afterAttempt = () -> {};
    private volatile Optional<Misuse> misuse = Optional.empty();

    ProbeTransport(StrictHttp http, HttpSettings settings) {
        this.http = http;
        this.retry = BoundedRetry.of(settings);
    }

    /** Runs between the attempt's judgement and the request. */
    void afterAttempt(Runnable hook) {
        afterAttempt = hook;
    }

    /** Something to do with an attempt instead of the request; the attempt then ends as not taken. */
    interface Misuse {
        void of(StrictHttp http, ClearedMessage.Attempt attempt) throws IOException;
    }

    /** Does this instead of sending. */
    void sending(Misuse instead) {
        misuse = Optional.of(instead);
    }

    @Override
    public SenderId sender() {
        return SENDER;
    }

    @Override
    public Plan plan(Draft draft) {
        Optional<Address> to = draft.address(Address.Kind.PHONE);
        return to.isPresent()
                ? new Plan.Carry(to.get(), OPEN, draft.message().content())
                : new Plan.Cannot(Refusal.of(Refusal.Reason.NO_ROUTE));
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return retry.run(() -> {
            ClearedMessage.Attempt attempt = cleared.attempt(SENDER);
            afterAttempt.run();
            if (misuse.isPresent()) {
                misuse.get().of(http, attempt);
                return attempt.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.UNKNOWN, "", "misuse"));
            }
            ProviderRequest request =
                    ProviderRequest.post("/v1/messages", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
            ProviderAnswer answer;
            try {
                answer = http.send(attempt, request);
            } catch (NotSentException nothingLeft) {
                return attempt.notTaken(nothingLeft.failure());
            }
            return ERRORS.outcome(attempt, answer, ProbeTransport::id);
        });
    }

    private static Optional<String> id(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
