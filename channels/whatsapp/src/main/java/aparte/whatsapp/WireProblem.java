package aparte.whatsapp;

import aparte.InboundEvent;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An error beside the messages, about the account or the number; or one inside a status.
 *
 * @param code the code, if there is a readable one
 */
record WireProblem(OptionalLong code) implements WireEvent {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("code");

    /** Reads the fields of an object that was entered. */
    static WireProblem read(JsonInput reader) throws IOException {
        OptionalLong code = OptionalLong.empty();
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            if (field == 0) {
                code = number(reader.text());
            } else {
                reader.skip();
            }
        }
        return new WireProblem(code);
    }

    private static OptionalLong number(@Nullable String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException odd) {
            return OptionalLong.empty();
        }
    }

    /** The code as a word; empty if there is none. */
    String word() {
        return code.isPresent() ? Long.toString(code.getAsLong()) : "";
    }

    @Override
    public @Nullable String timestamp() {
        return null;
    }

    @Override
    public InboundEvent event(Surroundings around) throws NotKnown {
        throw new NotKnown("an error of the account");
    }
}
