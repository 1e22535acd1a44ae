package aparte.cli;

import aparte.Identity;
import aparte.MessageId;
import aparte.Refusal;
import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.SendLog;
import aparte.testkit.InMemorySendLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A send log in a file beside the ledger, so that a message sent twice is answered from it. Thread-safe. */
final class FileSendLog implements SendLog {
    private final State state = new State();
    private final JsonLines lines;

    FileSendLog(Path file, LockFile lock) {
        this.lines = JsonLines.open(file, lock, state);
    }

    @Override
    public Optional<SendResult> claim(Claim claim) {
        return lines.within(() -> {
            if (state.find(claim.message()).isEmpty()) {
                lines.append(Json.object().put("claim", ResultForm.of(claim)));
            }
            return state.memory.claim(claim);
        });
    }

    @Override
    public void settle(SendResult result) {
        lines.within(() -> {
            if (!state.find(result.message()).isEmpty()) {
                boolean nothingLeft = result instanceof SendResult.Refused || result instanceof SendResult.Deferred;
                lines.append(
                        nothingLeft
                                ? Json.object().put("dropped", result.message().value())
                                : Json.object().put("settled", ResultForm.of(result)));
                state.memory.settle(result);
            }
            return true;
        });
    }

    @Override
    public List<Claim> find(Wanted wanted) {
        return lines.within(() -> state.memory.find(wanted));
    }

    /** Forgets the claims to a person. */
    void forget(Identity person) {
        lines.within(() -> {
            Set<String> gone = new HashSet<>();
            List<Json> kept = new ArrayList<>();
            for (Json line : lines.all()) {
                Optional<Claim> claim = line.child("claim").map(ResultForm::claim);
                claim.filter(one -> person.has(one.to()))
                        .ifPresent(one -> gone.add(one.message().value()));
                String message = claim.map(one -> one.message().value())
                        .or(() -> line.text("dropped"))
                        .or(() -> line.child("settled").map(settled -> settled.textOf("message")))
                        .orElse("");
                if (!gone.contains(message)) {
                    kept.add(line);
                }
            }
            lines.rewrite(kept);
            return true;
        });
    }

    /** What the lines amount to. */
    private static final class State implements JsonLines.Replay {
        private InMemorySendLog memory = new InMemorySendLog();

        @Override
        public void restart() {
            memory = new InMemorySendLog();
        }

        @Override
        public void line(Json line) {
            line.child("claim").map(ResultForm::claim).ifPresent(memory::claim);
            line.child("settled").map(ResultForm::result).ifPresent(memory::settle);
            line.text("dropped")
                    .map(MessageId::of)
                    .ifPresent(message -> memory.settle(new SendResult.Refused(
                            message, List.of(Refusal.of(Refusal.Reason.LOG_UNAVAILABLE, "read from the file")))));
        }

        private List<Claim> find(MessageId message) {
            return memory.find(Wanted.byMessage(message));
        }
    }
}
