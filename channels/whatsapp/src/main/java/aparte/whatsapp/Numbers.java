package aparte.whatsapp;

import aparte.ChannelId;
import aparte.SenderId;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our numbers as webhooks name them: a few that come again and again, so that none is made anew each time. Thread-safe. */
final class Numbers {
    /** Beyond so many, which only somebody with the app's secret could name, each is made when it comes. */
    private static final int MOST = 64;

    private volatile Known known = new Known(JsonInput.Names.of(), Map.of());

    /** What is known at a time. */
    private record Known(JsonInput.Names names, Map<String, SenderId> senders) {}

    /** Reads the id of a number; null if there is none. */
    @Nullable
    String read(JsonInput reader) throws IOException {
        return reader.text(known.names());
    }

    /** Returns the sender with this id; null if the id is malformed. */
    @Nullable
    SenderId sender(String id) {
        SenderId sender = known.senders().get(id);
        if (sender != null) {
            return sender;
        }
        try {
            sender = new SenderId(ChannelId.WHATSAPP, id);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        keep(sender);
        return sender;
    }

    private synchronized void keep(SenderId sender) {
        Map<String, SenderId> senders = new HashMap<>(known.senders());
        if (senders.size() < MOST && senders.put(sender.value(), sender) == null) {
            String[] names = senders.keySet().toArray(String[]::new);
            Arrays.sort(names);
            known = new Known(JsonInput.Names.of(names), Map.copyOf(senders));
        }
    }
}
