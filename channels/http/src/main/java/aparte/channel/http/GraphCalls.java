package aparte.channel.http;

import aparte.DeliveryFailure;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Calls of an account on Meta's Graph: nothing that a person sees. Not for hosts. Each is made once. Thread-safe; calls
 * block.
 */
public final class GraphCalls {
    private static final DeliveryFailure UNREADABLE = DeliveryFailure.of(
            DeliveryFailure.Kind.UNKNOWN, "", "the answer cannot be read, or says that nothing was done");

    private final StrictHttp http;
    private final GraphErrors errors;

    private GraphCalls(StrictHttp http, GraphErrors errors) {
        this.http = Objects.requireNonNull(http, "http");
        this.errors = Objects.requireNonNull(errors, "errors");
    }

    /** What an answer says. */
    @FunctionalInterface
    public interface Part<T> {
        /**
         * Reads it; the reader entered the answer's object, and this must leave it.
         *
         * @throws IOException if it is not the JSON expected
         */
        T read(JsonInput json) throws IOException;
    }

    /** Returns calls by this HTTP, whose refusals are told by this table. */
    public static GraphCalls of(StrictHttp http, GraphErrors errors) {
        return new GraphCalls(http, errors);
    }

    /**
     * Makes a call and returns the body of its answer.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public byte[] call(ProviderRequest request) throws IOException {
        ProviderAnswer answer = http.call(request);
        if (!answer.isSuccess()) {
            throw new CallRefusedException(errors.failure(answer));
        }
        return answer.body();
    }

    /**
     * Makes a call whose answer says whether it was done, be it as {@code "success": true}, {@code "success": "true"} or
     * {@code "result": "success"}.
     *
     * @throws CallRefusedException if Meta refused, or says that it was not done
     * @throws IOException if Meta was not reached or did not answer
     */
    public void change(ProviderRequest request) throws IOException {
        byte[] body = call(request);
        String success;
        try {
            success = RawEvents.cut(body, List.of("success")).getOrDefault("success", "true");
        } catch (IOException broken) {
            throw new CallRefusedException(UNREADABLE);
        }
        if (!success.contains("true")) {
            throw new CallRefusedException(UNREADABLE);
        }
    }

    /**
     * Makes a call and reads the object that answers it.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public <T> T read(ProviderRequest request, Part<T> part) throws IOException {
        byte[] body = call(request);
        try {
            JsonInput json = JsonInput.of(body);
            if (json.object()) {
                T found = part.read(json);
                if (json.atEnd()) {
                    return found;
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw new CallRefusedException(UNREADABLE);
        }
        throw new CallRefusedException(UNREADABLE);
    }

    @Override
    public String toString() {
        return "GraphCalls[" + http + "]";
    }
}
