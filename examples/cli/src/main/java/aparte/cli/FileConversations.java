package aparte.cli;

import aparte.Conversation;
import aparte.Identity;
import aparte.SenderId;
import aparte.consent.Conversations;
import aparte.testkit.InMemoryConversations;
import java.nio.file.Path;
import java.time.Instant;

/** Who wrote when, in a file beside the ledger. Thread-safe. */
final class FileConversations implements Conversations {
    private final State state = new State();
    private final JsonLines lines;

    FileConversations(Path file, LockFile lock) {
        this.lines = JsonLines.open(file, lock, state);
    }

    @Override
    public Conversation read(SenderId sender, Identity person) {
        return lines.within(() -> state.memory.read(sender, person));
    }

    @Override
    public void heard(SenderId sender, Identity person, Instant at) {
        keep("heard", sender, person, at);
    }

    @Override
    public void wrote(SenderId sender, Identity person, Instant at) {
        keep("wrote", sender, person, at);
    }

    private void keep(String what, SenderId sender, Identity person, Instant at) {
        Json line = EntryForm.of(sender)
                .objects("addresses", person.addresses(), EntryForm::of)
                .put(what, at);
        if (!person.addresses().isEmpty()) {
            lines.within(() -> {
                lines.append(line);
                state.line(line);
                return true;
            });
        }
    }

    /** Forgets what passed with a person. */
    void forget(Identity person) {
        lines.within(() -> {
            lines.rewrite(lines.all().stream()
                    .filter(line -> !person.overlaps(EntryForm.identity(line)))
                    .toList());
            return true;
        });
    }

    /** What the lines amount to. */
    private static final class State implements JsonLines.Replay {
        private InMemoryConversations memory = new InMemoryConversations();

        @Override
        public void restart() {
            memory = new InMemoryConversations();
        }

        @Override
        public void line(Json line) {
            SenderId sender = EntryForm.sender(line);
            Identity person = EntryForm.identity(line);
            line.instant("heard").ifPresent(at -> memory.heard(sender, person, at));
            line.instant("wrote").ifPresent(at -> memory.wrote(sender, person, at));
        }
    }
}
