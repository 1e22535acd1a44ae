package aparte.messenger;

import aparte.InboundEvent;
import aparte.consent.SignatureException;
import java.util.List;

/** Webhook bodies of one item, written with {@code '} for {@code "}. */
final class Items {
    /** The time of every item, in milliseconds. */
    static final long AT = 1_790_000_000_123L;

    private static final MessengerWebhooks READER =
            MessengerWebhooks.builder(Signed.SECRET, "verify").build();

    private Items() {}

    /** From the person to the Page. */
    static String item(String fields) {
        return item(fields, AT);
    }

    static String item(String fields, long at) {
        return entry("'messaging':[{'sender':{'id':'" + Examples.PSID + "'},'recipient':{'id':'" + Examples.PAGE
                + "'},'timestamp':" + at + "," + fields + "}]");
    }

    /** A change of the Page's feed. */
    static String feed(String fields, long seconds) {
        return entry("'time':" + seconds + ",'changes':[{'field':'feed','value':{'created_time':" + seconds + ","
                + fields + "}}]");
    }

    static String comment(String commentId, String message, long seconds) {
        return feed(
                "'item':'comment','verb':'add','comment_id':'" + commentId + "','post_id':'" + Examples.PAGE
                        + "_5','from':{'id':'" + Examples.PSID + "','name':'Ana'},'message':'" + message + "'",
                seconds);
    }

    static String entry(String fields) {
        return ("{'object':'page','entry':[{'id':'" + Examples.PAGE + "'," + fields + "}]}").replace('\'', '"');
    }

    static List<InboundEvent> read(String body) {
        try {
            return READER.read(Signed.post(body)).events();
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    static <E extends InboundEvent> E only(Class<E> type, String body) {
        List<InboundEvent> events = read(body);
        if (events.size() != 1 || !type.isInstance(events.get(0))) {
            throw new AssertionError("not one " + type.getSimpleName() + " but " + events);
        }
        return type.cast(events.get(0));
    }
}
