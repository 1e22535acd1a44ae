package aparte.quickstart;

import aparte.Address;
import aparte.Content;
import aparte.InboundEvent;
import aparte.Message;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what happens, and remembers whether it happened as told. */
final class Story {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Map<Address, String> names = new HashMap<>();
    private boolean isTrue = true;
    private int checks;

    /** Gives an address a name, for the terminal only. */
    void names(Recipient person, String name) {
        person.addresses().forEach(address -> names.put(address, name));
    }

    void title(String text) {
        out.println();
        out.println(text);
    }

    void chapter(String text) {
        out.println();
        out.println("── " + text);
    }

    /** Shows a send and its result, with its evidence or its reasons. */
    SendResult sent(String name, Message message, SendResult result) {
        String what = message.purpose().name().toLowerCase(Locale.ROOT) + " "
                + (message.content() instanceof Content.Image ? "picture" : "text")
                + message.senders().stream()
                        .map(sender -> " on " + sender.channel())
                        .collect(Collectors.joining());
        out.printf("   → %-6s %-22s %s%n", name, what, explain(result));
        return result;
    }

    private static String explain(SendResult result) {
        if (result instanceof SendResult.Accepted accepted) {
            String why = accepted.evidence().entries().isEmpty()
                    ? "the person wrote first"
                    : "entry " + accepted.evidence().entries().get(0).value().substring(0, 8);
            return "accepted, because: " + why;
        }
        if (result instanceof SendResult.Refused refused) {
            return "refused: " + refused.refusals().stream().map(Story::explain).collect(Collectors.joining(" "));
        }
        if (result instanceof SendResult.Unconfirmed) {
            return "unconfirmed: the answer was lost, it may have arrived";
        }
        return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String explain(Refusal refusal) {
        String entry = refusal.entries().isEmpty()
                ? ""
                : " [" + shortened(refusal.entries().get(0).value()) + "]";
        return refusal.reason() + entry + ", " + refusal.sentence(Locale.ENGLISH);
    }

    private static String shortened(String id) {
        return id.length() > 24 ? id.substring(0, 24) + "…" : id;
    }

    /** The host's listener. */
    void heard(InboundEvent event) {
        String what = event instanceof InboundEvent.StatusChanged ? "receipt" : "message";
        String who = event instanceof InboundEvent.Personal personal
                ? names.getOrDefault(personal.person().addresses().get(0), "")
                : "";
        out.printf("   ← %-6s %-22s %s%n", who, what, Quickstart.describe(event));
    }

    void quote(String who, String text) {
        out.println("   " + who + " shows: “" + text + "”");
    }

    void check(String what, boolean happened) {
        checks++;
        isTrue &= happened;
        out.println((happened ? "   ✓ " : "   ✗ ") + what);
    }

    void checkQuietly(String what, boolean happened) {
        if (!happened) {
            check(what, false);
        }
    }

    void end(long requests) {
        out.println();
        out.println("── " + requests + " requests to the simulator, " + checks + " things checked: "
                + (isTrue ? "all of it happened." : "something did not happen as told."));
        out.println();
    }

    boolean isTrue() {
        return isTrue;
    }
}
