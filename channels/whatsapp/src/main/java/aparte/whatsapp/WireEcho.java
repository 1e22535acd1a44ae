package aparte.whatsapp;

import aparte.InboundEvent;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A message that the business wrote from its phone's app, on a number that is there and here. */
final class WireEcho implements WireEvent {
    private final WireInbound message;

    private WireEcho(WireInbound message) {
        this.message = message;
    }

    /** Reads the fields of an object that was entered. */
    static WireEcho read(JsonInput reader) throws IOException {
        return new WireEcho(WireInbound.read(reader));
    }

    @Override
    public @Nullable String timestamp() {
        return message.timestamp();
    }

    @Override
    public InboundEvent event(Surroundings around) throws NotKnown {
        return message.echo(around);
    }
}
