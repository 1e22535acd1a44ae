package aparte.viber;

import aparte.Media;
import aparte.Refusal;
import aparte.channel.http.Objections;
import java.net.URI;
import java.util.Optional;

/** A content held against Viber's limits, one after the other. The first objection counts. Not thread-safe. */
final class Inspection {
    private static final int MAX_LINK = 2_000;

    private final Objections objections = Objections.of("Viber");

    Optional<Refusal> objection() {
        return objections.first();
    }

    Inspection text(String what, String text, int max) {
        objections.text(what, text, max);
        return this;
    }

    /** From so many to so many of a unit. */
    Inspection range(String what, String unit, long min, long max, long actual) {
        if (actual < min || actual > max) {
            object(unsupported(what + " must be " + min + " to " + max + " " + unit + " on Viber: change it")
                    .limit(new Refusal.Limit(max, unit, actual)));
        }
        return this;
    }

    /** Something that Viber fetches. */
    Inspection link(String what, Media media) {
        return media instanceof Media.Link link
                ? link(what, link.uri(), true)
                : require(
                        false,
                        "Viber fetches " + what + " itself and takes no bytes: put it at a public https address, use"
                                + " Media.link");
    }

    /** An address of at most 2,000 characters, public https if Viber fetches it. */
    Inspection link(String what, URI uri, boolean fetched) {
        String address = uri.toASCIIString();
        if (address.length() > MAX_LINK) {
            object(unsupported(what + "'s link is too long: shorten it")
                    .limit(new Refusal.Limit(MAX_LINK, "characters", address.length())));
        }
        String scheme = String.valueOf(uri.getScheme());
        boolean https = scheme.equalsIgnoreCase("https") && uri.getHost() != null;
        boolean http = scheme.equalsIgnoreCase("http") && uri.getHost() != null;
        return fetched
                ? require(https, what + "'s link must be public https: Viber fetches it")
                : require(https || http, what + " must be a http or https address: a phone opens no other");
    }

    Inspection require(boolean holds, String otherwise) {
        objections.require(holds, otherwise);
        return this;
    }

    void object(Refusal refusal) {
        objections.object(refusal);
    }

    static Refusal unsupported(String detail) {
        return Objections.unsupported(detail);
    }
}
