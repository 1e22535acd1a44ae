package aparte.cli;

import aparte.Author;
import aparte.Content;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.Preview;
import aparte.consent.SendLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends a text, if the person agreed, and prints the result.
 *
 * <p>The token comes from {@code --token}, else from the environment's {@code APARTE_TOKEN}, else, towards loopback, it is
 * the simulator's. Without any, the message is only judged: refused with its reasons, or bad use if it could leave.
 */
final class SendCommand {
    private static final Set<String> OPTIONS =
            Set.of("ledger", "channel", "to", "purpose", "text", "base-url", "token", "sender", "id", "author");

    private SendCommand() {}

    static void run(List<String> args, InputStream in, Output out, Clock clock) throws IOException {
        Options options = Options.read(args, OPTIONS, Set.of());
        options.noWords();
        String file = options.required("ledger");
        Channel channel = Channel.named(options.required("channel"));
        Message message = message(options, channel, in);
        Optional<URI> base = options.value("base-url").map(SendCommand::address);
        Optional<String> token = token(options, channel, base);
        try (Store store = Store.open(file, clock)) {
            ConsentGate gate = store.gate()
                    .transport(channel.carrier().make(channel.sender(options).value(), () -> token.orElse(""), base))
                    .build();
            boolean known = !store.sendLog()
                    .find(SendLog.Wanted.byMessage(message.id()))
                    .isEmpty();
            SendResult result = token.isPresent() || known ? gate.send(message) : judged(gate, message);
            out.line(ResultForm.of(result));
        }
    }

    private static SendResult judged(ConsentGate gate, Message message) {
        Preview preview = gate.preview(message);
        if (preview.wouldLeave()) {
            throw new BadUseException("the message may leave, but there is no token: give --token or APARTE_TOKEN");
        }
        List<Refusal> refusals = preview.refusals();
        Optional<Instant> until = refusals.stream()
                .map(refusal -> refusal.notBefore().orElse(Instant.MAX))
                .max(Comparator.naturalOrder())
                .filter(latest -> latest.isBefore(Instant.MAX));
        return until.<SendResult>map(latest -> new SendResult.Deferred(message.id(), latest, refusals))
                .orElseGet(() -> new SendResult.Refused(message.id(), refusals));
    }

    private static Message message(Options options, Channel channel, InputStream in) throws IOException {
        SenderId sender = channel.sender(options);
        String given = options.required("text");
        String text = given.equals("-") ? new String(in.readAllBytes(), StandardCharsets.UTF_8).strip() : given;
        Message.Builder message = Message.builder(
                        Recipient.of(Channel.address(options)),
                        Aparte.word(Purpose.class, options.required("purpose"), "purpose"),
                        Content.text(text))
                .from(sender);
        options.value("id").map(MessageId::of).ifPresent(message::id);
        options.value("author").ifPresent(author -> message.author(Aparte.word(Author.class, author, "author")));
        return message.build();
    }

    private static Optional<String> token(Options options, Channel channel, Optional<URI> base) {
        boolean loopback = base.map(URI::getHost)
                .filter(host -> host.equals("127.0.0.1") || host.equals("localhost"))
                .isPresent();
        return options.value("token")
                .or(() -> Optional.ofNullable(System.getenv("APARTE_TOKEN")))
                .or(() -> loopback ? Optional.of(channel.simulated().token()) : Optional.empty())
                .filter(token -> !token.isBlank());
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new BadUseException("--base-url must be an address such as http://127.0.0.1:8080", malformed);
        }
    }
}
