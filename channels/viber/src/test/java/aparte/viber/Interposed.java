package aparte.viber;

import aparte.Content;
import aparte.SenderId;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;

/** A transport before whose deliveries something happens. */
final class Interposed implements Transport {
    private final Transport transport;
    private final Runnable before;

    Interposed(Transport transport, Runnable before) {
        this.transport = transport;
        this.before = before;
    }

    @Override
    public SenderId sender() {
        return transport.sender();
    }

    @Override
    public Plan plan(Draft draft) {
        return transport.plan(draft);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        before.run();
        return transport.deliver(cleared);
    }

    @Override
    public int receiversPerRequest(Content shown) {
        return transport.receiversPerRequest(shown);
    }
}
