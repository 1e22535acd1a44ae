package aparte.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options and words behind a command: {@code --name value} or {@code --name=value}; {@code --} ends the options. */
final class Options {
    private final Map<String, String> values;
    private final List<String> words;

    private Options(Map<String, String> values, List<String> words) {
        this.values = values;
        this.words = words;
    }

    /**
     * Reads them.
     *
     * @param valued the names of options that have a value
     * @param flags the names of options that have none
     * @throws BadUseException if an option is unknown, given twice, or lacks its value
     */
    static Options read(List<String> args, Set<String> valued, Set<String> flags) {
        Map<String, String> values = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                words.addAll(args.subList(i + 1, args.size()));
                break;
            }
            if (!arg.startsWith("--")) {
                words.add(arg);
                continue;
            }
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
            String value;
            if (flags.contains(name) && equals < 0) {
                value = "";
            } else if (!valued.contains(name)) {
                throw new BadUseException("unknown option --" + name);
            } else if (equals >= 0) {
                value = arg.substring(equals + 1);
            } else if (++i < args.size()) {
                value = args.get(i);
            } else {
                throw new BadUseException("--" + name + " needs a value");
            }
            if (values.put(name, value) != null) {
                throw new BadUseException("--" + name + " is given twice");
            }
        }
        return new Options(values, List.copyOf(words));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
        return value(name).orElseThrow(() -> new BadUseException("--" + name + " is missing"));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns what is no option, in order. */
    List<String> words() {
        return words;
    }

    void noWords() {
        if (!words.isEmpty()) {
            throw new BadUseException("one word too many: quote values that hold blanks");
        }
    }
}
