package aparte.messenger;

import aparte.Address;
import aparte.ChannelId;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.JsonInput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands around an item.
 *
 * @param page the Page's id as the entry names it; the dashboard's test button writes 0
 * @param at the entry's time
 * @param keys hides personal data in event keys
 * @param appId our app, if it is known
 * @param clock for items without a time
 */
record Surroundings(@Nullable String page, Optional<Instant> at, HmacSha256 keys, Optional<String> appId, Clock clock) {
    /** Where an event comes from: the Page's side and the person's side of an item. */
    InboundEvent.Source source(
            String key,
            @Nullable String pageSide,
            @Nullable String person,
            Optional<Instant> when,
            Map<String, String> details)
            throws NotRead {
        SenderId sender = sender(pageSide);
        return source(key, sender, Identity.of(person(person, sender)), when, details);
    }

    InboundEvent.Source source(
            String key, SenderId sender, Identity person, Optional<Instant> when, Map<String, String> details) {
        return new InboundEvent.Source(key, sender, person, when.or(this::at).orElseGet(clock::instant), details);
    }

    /** The person's page-scoped id. */
    Address person(@Nullable String person, SenderId sender) throws NotRead {
        if (person == null || person.isBlank()) {
            throw new NotRead("an item that names no person");
        }
        if (person.equals(sender.value())) {
            throw new NotRead("an item of the Page itself");
        }
        return new Address(Address.Kind.MESSENGER_PSID, JsonInput.wellFormed(person), sender.value());
    }

    SenderId sender(@Nullable String pageSide) throws NotRead {
        return new SenderId(ChannelId.MESSENGER, page(pageSide));
    }

    private String page(@Nullable String pageSide) throws NotRead {
        if (page != null && !page.isBlank() && !page.equals("0")) {
            return page;
        }
        if (pageSide == null || pageSide.isBlank()) {
            throw new NotRead("an item that names no Page");
        }
        return pageSide;
    }

    /** What hides personal parts of a key. */
    String hidden(@Nullable String... parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            all.append(part == null ? "" : part).append('\n');
        }
        return keys.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
