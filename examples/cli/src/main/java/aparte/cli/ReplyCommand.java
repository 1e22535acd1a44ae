package aparte.cli;

import aparte.consent.ReplyReader;
import aparte.consent.ReplyReading;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one reply a line and prints what each means for consent. */
final class ReplyCommand {
    private ReplyCommand() {}

    static void run(List<String> args, InputStream in, Output out) throws IOException {
        Options options = Options.read(args, Set.of("lang"), Set.of("tsv"));
        options.noWords();
        List<Locale> fallback =
                options.value("lang").map(ReplyCommand::languages).orElse(List.of());
        boolean columns = options.has("tsv");
        ReplyReader reader = ReplyReader.create();
        Map<String, List<Locale>> known = new HashMap<>();
        Map<ReplyReading, byte[]> forms = new HashMap<>();
        Input lines = new Input(in);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            String text = line.get();
            List<Locale> languages = fallback;
            int tab = columns ? text.indexOf('\t') : -1;
            if (tab > 0) {
                languages = known.computeIfAbsent(text.substring(0, tab), ReplyCommand::languages);
            }
            ReplyReading reading = reader.read(text.substring(tab + 1), languages, false);
            out.line(forms.computeIfAbsent(reading, ReplyCommand::formOf));
            if (!lines.isReady()) {
                out.flush();
            }
        }
    }

    private static byte[] formOf(ReplyReading reading) {
        return Json.object()
                .put("reading", reading.kind().name())
                .put("tier", reading.tier())
                .put("rule", reading.rule())
                .line();
    }

    private static List<Locale> languages(String tag) {
        return List.of(Locale.forLanguageTag(tag.strip().replace('_', '-')));
    }
}
