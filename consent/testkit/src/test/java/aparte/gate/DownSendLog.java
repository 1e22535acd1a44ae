package aparte.gate;

import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.SendLog;
import java.util.List;
import java.util.Optional;

/** A send log whose storage does not answer. */
final class DownSendLog implements SendLog {
    @Override
    public Optional<SendResult> claim(Claim claim) {
        throw new IllegalStateException("disk full");
    }

    @Override
    public void settle(SendResult result) {
        throw new IllegalStateException("disk full");
    }

    @Override
    public List<Claim> find(Wanted wanted) {
        throw new IllegalStateException("disk full");
    }
}
