package aparte.cli;

import aparte.ConsentEntry;
import aparte.Controller;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentReceipt;
import aparte.consent.Decision;
import aparte.consent.Recorded;
import aparte.consent.jdbc.LedgerHead;
import aparte.consent.jdbc.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records, shows, exports and erases what a person agreed to, notes that a person wrote, says why a message left or did not,
 * and checks the ledger.
 */
final class ConsentCommand {
    static final Controller CONTROLLER = new Controller("aparte-cli", "Aparté");

    private static final Set<String> OPTIONS = Set.of(
            "ledger", "to", "channel", "sender", "purpose", "method", "source", "basis", "reason", "id", "at",
            "message", "lang");

    private static final String DEEDS = "grant, withdraw, heard, show, receipt, export, erase, explain, verify or head";

    private final Store store;
    private final Options options;
    private final Output out;
    private final Clock clock;

    private ConsentCommand(Store store, Options options, Output out, Clock clock) {
        this.store = store;
        this.options = options;
        this.out = out;
        this.clock = clock;
    }

    static void run(List<String> args, Output out, Clock clock) throws IOException {
        Options options = Options.read(args, OPTIONS, Set.of("suppress"));
        if (options.words().size() != 1) {
            throw new BadUseException("consent needs one of " + DEEDS);
        }
        String deed = options.words().get(0);
        String file = options.required("ledger");
        if (options.has("suppress") && !deed.equals("erase")) {
            throw new BadUseException("--suppress belongs to erase");
        }
        if (List.of("verify", "head", "explain").contains(deed)) {
            of(file, options, out, clock, command -> command.look(deed));
            return;
        }
        if (!List.of("grant", "withdraw", "heard", "show", "receipt", "export", "erase")
                .contains(deed)) {
            throw new BadUseException("consent cannot " + deed + ": it knows " + DEEDS);
        }
        Identity person = Identity.of(Channel.address(options));
        of(file, options, out, clock, command -> command.about(person, deed));
    }

    /** Something to do with an open store. */
    private interface Deed {
        void with(ConsentCommand command) throws IOException;
    }

    private static void of(String file, Options options, Output out, Clock clock, Deed deed) throws IOException {
        try (Store store = Store.open(file, clock)) {
            deed.with(new ConsentCommand(store, options, out, clock));
        }
    }

    private void about(Identity person, String deed) throws IOException {
        switch (deed) {
            case "grant" -> grant(person);
            case "withdraw" -> withdraw(person);
            case "heard" -> heard(person);
            case "show" -> show(person);
            case "receipt" -> receipt(person);
            case "export" -> export(person);
            default -> erase(person);
        }
    }

    private void look(String deed) throws IOException {
        if (deed.equals("verify")) {
            verify();
        } else if (deed.equals("explain")) {
            explain(MessageId.of(options.required("message")));
        } else {
            LedgerHead head = store.ledger().head();
            out.line(Json.object().put("seq", head.seq()).put("hash", head.hash()));
        }
    }

    private void verify() throws IOException {
        Verification verification = store.ledger().verify();
        Json line = Json.object()
                .put("intact", verification.isIntact())
                .put("lines", verification.lines())
                .put("erased", verification.erased())
                .put("seq", verification.head().seq())
                .put("hash", verification.head().hash());
        verification
                .finding()
                .ifPresent(finding -> line.put("bad_seq", finding.seq())
                        .put("bad_entry", finding.entry())
                        .put("problem", finding.problem()));
        out.line(line);
    }

    /** Says why a message left or did not, for each decision on it, and whether the ledger as it was says the same again. */
    private void explain(MessageId message) throws IOException {
        ConsentGate gate = store.gate().build();
        for (Decision decision : store.decisionLog().on(message)) {
            Json line = Json.object()
                    .put("decision", decision.id())
                    .put("at", decision.at())
                    .put("purpose", decision.purpose().name())
                    .put("cleared", decision.isCleared())
                    .texts(
                            "reasons",
                            decision.refusals().stream().map(Refusal::reason).toList())
                    .texts("entries", decision.entries())
                    .put("explanation", gate.explain(decision, language()));
            if (!decision.people().isEmpty()) {
                line.put("agrees", gate.replay(decision).agrees());
            }
            out.line(line);
        }
    }

    private Locale language() {
        return Locale.forLanguageTag(options.value("lang").orElse("en"));
    }

    private void receipt(Identity person) throws IOException {
        ConsentReceipt receipt = store.gate().build().desk().receipt(person, language());
        out.line((receipt.json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void export(Identity person) throws IOException {
        String document = store.ledger().export(person);
        String line =
                document.lines().map(String::strip).collect(Collectors.joining()); // no text in it has a line break
        out.line((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void grant(Identity person) throws IOException {
        ConsentEntry.Builder entry = ConsentEntry.builder(
                        ConsentEntry.Kind.GRANTED, person, purposes(options.required("purpose")))
                .actor(ConsentEntry.Actor.SUBJECT);
        options.value("basis").ifPresent(basis -> entry.basis(Aparte.word(LegalBasis.class, basis, "basis")));
        record(entry);
    }

    private void withdraw(Identity person) throws IOException {
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
        Recorded recorded = store.gate().build().desk().record(entry.build());
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

    private void heard(Identity person) throws IOException {
        SenderId sender = Channel.named(options.required("channel")).sender(options);
        Instant at = at();
        store.conversations().heard(sender, person, at);
        out.line(Json.object().put("heard", at).with(EntryForm.of(sender)).put("person", EntryForm.of(person)));
    }

    private void show(Identity person) throws IOException {
        for (ConsentEntry entry : store.ledger().read(person).entries()) {
            out.line(EntryForm.of(entry));
        }
    }

    private void erase(Identity person) throws IOException {
        store.gate().build().desk().erase(person, options.has("suppress"));
        out.line(Json.object().put("erased", true).put("suppressed", options.has("suppress")));
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
