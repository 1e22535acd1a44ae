package attack;

import aparte.SenderId;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;

/** A transport around another one, with a deliver of its own. */
public final class Decorator implements Transport {
    /** What it does instead. */
    public interface Deliver {
        Outcome deliver(ClearedMessage cleared) throws IOException;
    }

    private final Transport inner;
    private final Deliver instead;

    public Decorator(Transport inner, Deliver instead) {
        this.inner = inner;
        this.instead = instead;
    }

    @Override
    public SenderId sender() {
        return inner.sender();
    }

    @Override
    public Plan plan(Draft draft) {
        return inner.plan(draft);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return instead.deliver(cleared);
    }
}
