package aparte.cli;

import aparte.ConsentEntry;
import aparte.Controller;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.Recorded;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Records, shows and erases what a person agreed to, and notes that a person wrote. */
final class ConsentCommand {
    static final Controller CONTROLLER = new Controller("aparte-cli", "Aparté");

    private static final Set<String> OPTIONS =
            Set.of("ledger", "to", "channel", "sender", "purpose", "method", "source", "basis", "reason", "id", "at");

    private final FileStore store;
    private final Options options;
    private final Identity person;
    private final Output out;
    private final Clock clock;

    private ConsentCommand(FileStore store, Options options, Identity person, Output out, Clock clock) {
        this.store = store;
        this.options = options;
        this.person = person;
        this.out = out;
        this.clock = clock;
    }

    static void run(List<String> args, Output out, Clock clock) throws IOException {
        Options options = Options.read(args, OPTIONS, Set.of("suppress"));
        if (options.words().size() != 1) {
            throw new BadUseException("consent needs one of grant, withdraw, heard, show or erase");
        }
        String deed = options.words().get(0);
        String file = options.required("ledger");
        Identity person = Identity.of(Channel.address(options));
        if (!List.of("grant", "withdraw", "heard", "show", "erase").contains(deed)) {
            throw new BadUseException("consent cannot " + deed + ": it knows grant, withdraw, heard, show and erase");
        }
        if (options.has("suppress") && !deed.equals("erase")) {
            throw new BadUseException("--suppress belongs to erase");
        }
        try (FileStore store = FileStore.open(file)) {
            ConsentCommand command = new ConsentCommand(store, options, person, out, clock);
            switch (deed) {
                case "grant" -> command.grant();
                case "withdraw" -> command.withdraw();
                case "heard" -> command.heard();
                case "show" -> command.show();
                default -> command.erase();
            }
        }
    }

    private void grant() throws IOException {
        ConsentEntry.Builder entry = ConsentEntry.builder(
                        ConsentEntry.Kind.GRANTED, person, purposes(options.required("purpose")))
                .actor(ConsentEntry.Actor.SUBJECT);
        options.value("basis").ifPresent(basis -> entry.basis(Aparte.word(LegalBasis.class, basis, "basis")));
        record(entry);
    }

    private void withdraw() throws IOException {
        Scope scope = options.value("purpose")
                .map(ConsentCommand::purposes)
                .orElseGet(() ->
                        Scope.promotional().and(Scope.unsolicited().purposes().toArray(Purpose[]::new)));
        record(ConsentEntry.builder(ConsentEntry.Kind.WITHDRAWN, person, scope).actor(ConsentEntry.Actor.SUBJECT));
    }

    private void record(ConsentEntry.Builder entry) throws IOException {
        options.value("method")
                .ifPresent(method -> entry.method(Aparte.word(ConsentEntry.Method.class, method, "method")));
        options.value("source").ifPresent(entry::source);
        options.value("reason").ifPresent(entry::reason);
        options.value("id").map(EntryId::of).ifPresent(entry::id);
        if (options.has("at")) {
            entry.effectiveAt(at());
        }
        Recorded recorded = gate().desk().record(entry.build());
        out.line(Json.object()
                .put("recorded", EntryForm.of(recorded.entry()))
                .put("fresh", recorded.fresh())
                .objects(
                        "in_flight",
                        recorded.inFlight(),
                        claim -> Json.object()
                                .put("message", claim.message().value())
                                .with(EntryForm.of(claim.from()))
                                .put("at", claim.at())));
    }

    private void heard() throws IOException {
        SenderId sender = Channel.named(options.required("channel")).sender(options);
        Instant at = at();
        store.conversations().heard(sender, person, at);
        out.line(Json.object().put("heard", at).with(EntryForm.of(sender)).put("person", EntryForm.of(person)));
    }

    private void show() throws IOException {
        for (ConsentEntry entry : store.ledger().read(person).entries()) {
            out.line(EntryForm.of(entry));
        }
    }

    private void erase() throws IOException {
        Identity known = store.ledger().read(person).person();
        gate().desk().erase(person, options.has("suppress"));
        store.forget(known);
        out.line(Json.object().put("erased", true).put("suppressed", options.has("suppress")));
    }

    private ConsentGate gate() {
        return ConsentGate.builder(CONTROLLER, store.ledger())
                .sendLog(store.sendLog())
                .conversations(store.conversations())
                .clock(clock)
                .build();
    }

    private Instant at() {
        try {
            return options.value("at").map(Instant::parse).orElseGet(clock::instant);
        } catch (DateTimeException malformed) {
            throw new BadUseException("--at must look like 2026-11-23T10:00:00Z", malformed);
        }
    }

    private static Scope purposes(String text) {
        return Scope.of(Arrays.stream(text.split(",", -1))
                .map(word -> Aparte.word(Purpose.class, word, "purpose"))
                .toList());
    }
}
