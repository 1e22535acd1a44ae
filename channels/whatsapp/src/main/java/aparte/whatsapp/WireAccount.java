package aparte.whatsapp;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.InboundEvent.TemplateChanged.Aspect;
import aparte.SenderId;
import aparte.channel.http.EpochTime;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change that is not about messages: of a template, of the account or of a number. The fields and their words as of
 * 2026-11, Cloud API reference, webhooks.
 */
final class WireAccount {
    /** What is read of a change's value, beyond its lists. */
    static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "event",
            "decision",
            "alert_type",
            "alert_info",
            "message_template_id",
            "message_template_name",
            "message_template_language",
            "reason",
            "previous_quality_score",
            "new_quality_score",
            "previous_category",
            "new_category",
            "correct_category",
            "category_update_timestamp");

    private static final Set<String> ACCOUNT = Set.of(
            "account_update",
            "account_alerts",
            "account_review_update",
            "account_settings_update",
            "business_capability_update",
            "business_status_update",
            "partner_solutions",
            "payment_configuration_update",
            "phone_number_name_update",
            "phone_number_quality_update",
            "phone_number_username_update",
            "security");

    private static final int ALERT_INFO = 3;

    private final @Nullable String[] values = new String[14]; // each of them as it came

    static boolean isAccount(String field) {
        return ACCOUNT.contains(field);
    }

    static Optional<Aspect> aspect(String field) {
        return switch (field) {
            case "message_template_status_update" -> Optional.of(Aspect.STATUS);
            case "message_template_quality_update" -> Optional.of(Aspect.QUALITY);
            case "template_category_update" -> Optional.of(Aspect.CATEGORY);
            case "message_template_components_update" -> Optional.of(Aspect.COMPONENTS);
            default -> Optional.empty();
        };
    }

    /** Reads the value of one of {@link #FIELDS}. */
    void read(JsonInput reader, int field) throws IOException {
        if (field == ALERT_INFO && reader.object()) {
            while (reader.hasNext()) {
                int inner = reader.name(FIELDS);
                if (inner < 0 || inner == ALERT_INFO) {
                    reader.skip();
                } else {
                    values[inner] = reader.text();
                }
            }
            reader.end();
        } else if (field != ALERT_INFO) {
            values[field] = reader.text();
        }
    }

    InboundEvent account(About about, String field, String raw) {
        return account(about, field, first(0, 1, 2), raw);
    }

    /** The event of a word about the account. */
    static InboundEvent account(About about, String field, String word, String raw) {
        String key = "account:" + about.hash(field + " " + about.time() + " " + raw);
        return new InboundEvent.AccountChanged(
                ChannelId.WHATSAPP,
                key,
                about.at(),
                about.account(),
                about.sender(),
                JsonInput.wellFormed(field),
                word,
                raw);
    }

    InboundEvent template(About about, Aspect aspect, String raw) {
        InboundEvent.TemplateName template = new InboundEvent.TemplateName(about.account(), word(4), word(5), word(6));
        String now = switch (aspect) {
            case STATUS -> first(0);
            case QUALITY -> first(9);
            case CATEGORY -> first(11, 12);
            case COMPONENTS -> "";
        };
        Optional<String> previous = Optional.of(first(8, 10)).filter(word -> !word.isEmpty());
        Optional<Instant> due = values[13] == null ? Optional.empty() : EpochTime.parse(values[13]);
        String key = "template:" + about.hash(String.join(" ", word(4), aspect.name(), now, about.time(), raw));
        return new InboundEvent.TemplateChanged(
                ChannelId.WHATSAPP,
                key,
                about.at(),
                template,
                aspect,
                now,
                previous,
                Optional.of(word(7)).filter(word -> !word.isEmpty() && !word.equals("NONE")),
                due,
                raw);
    }

    private String first(int... fields) {
        for (int field : fields) {
            if (!word(field).isEmpty()) {
                return word(field);
            }
        }
        return "";
    }

    private String word(int field) {
        String value = values[field];
        return value == null ? "" : JsonInput.wellFormed(value);
    }

    /**
     * What stands around such a change.
     *
     * @param account the account's id; empty if it is not given
     * @param time the entry's time as it came; empty if it is not given
     * @param sender the number that it is about, if it is given
     * @param keys hides what it says in event keys
     * @param clock for entries without a time
     */
    record About(String account, String time, Optional<SenderId> sender, HmacSha256 keys, Clock clock) {
        Instant at() {
            return EpochTime.parse(time).orElseGet(clock::instant);
        }

        private String hash(String text) {
            return keys.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
        }
    }
}
