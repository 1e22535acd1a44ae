package aparte.cli;

import aparte.InboundEvent;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads webhook bodies, one from each file or one from stdin, and prints their events. */
final class ParseCommand {
    private final Channel channel;
    private final WebhookReader reader;
    private final String secret;
    private final Optional<String> signature;
    private final Output out;

    private ParseCommand(Channel channel, WebhookReader reader, String secret, Optional<String> signature, Output out) {
        this.channel = channel;
        this.reader = reader;
        this.secret = secret;
        this.signature = signature;
        this.out = out;
    }

    static void run(List<String> args, InputStream in, Output out) throws IOException {
        Options options = Options.read(args, Set.of("channel", "secret", "signature", "sender"), Set.of());
        Channel channel = Channel.named(options.required("channel"));
        if (options.has("secret") != options.has("signature")) {
            throw new BadUseException("--secret and --signature belong together: give both, or neither");
        }
        String secret = options.value("secret").orElse(UUID.randomUUID().toString());
        WebhookReader reader =
                channel.reader().make(secret, channel.sender(options).value());
        ParseCommand command = new ParseCommand(channel, reader, secret, options.value("signature"), out);
        if (options.words().isEmpty()) {
            command.parse("-", in.readAllBytes());
        }
        for (String file : options.words()) {
            command.parse(file, bytesOf(file));
        }
    }

    private void parse(String file, byte[] body) throws IOException {
        String header = channel.seal().signing().value(secret, body, signature);
        try {
            WebhookRequest request =
                    new WebhookRequest("POST", Map.of(channel.seal().header(), List.of(header)), Map.of(), body);
            for (InboundEvent event : reader.read(request).events()) {
                out.line(Json.object().put("file", file).with(EventForm.of(event)));
            }
        } catch (SignatureException wrong) {
            throw new BadUseException(
                    file
                            + ": the signature does not fit the body and the secret, or is not written as the platform does",
                    wrong);
        }
    }

    private static byte[] bytesOf(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException unreadable) {
            throw new BadUseException(
                    file + " cannot be read: "
                            + unreadable.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                    unreadable);
        }
    }
}
