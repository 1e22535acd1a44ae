package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/**
 * What WhatsApp does to the business account and its numbers, of its own accord.
 *
 * <p>Each method that names a webhook queues it; {@link Webhooks} decides when it goes out, how often and in which order. Thread-safe.
 */
public final class WhatsAppAccount {
    private final WhatsAppSettings settings;
    private final Clock clock;
    private final WhatsAppMailbox mailbox;
    private final Webhooks webhooks;
    private final WhatsAppTraffic traffic;
    private final WhatsAppGroups groups;
    private final Map<String, String> qualities = new HashMap<>();
    private boolean disabled;

    WhatsAppAccount(
            WhatsAppSettings settings,
            Clock clock,
            WhatsAppMailbox mailbox,
            Webhooks webhooks,
            WhatsAppTraffic traffic,
            WhatsAppGroups groups) {
        this.settings = settings;
        this.clock = clock;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
        this.traffic = traffic;
        this.groups = groups;
    }

    /** Finds a violation, such as {@code SPAM}: webhook {@code account_update} with {@code ACCOUNT_VIOLATION}. */
    public void findsViolation(String type) {
        tell(
                "account_update",
                Json.object(
                        "event",
                        "ACCOUNT_VIOLATION",
                        "violation_info",
                        Json.object("violation_type", requireNonNull(type, "type"))));
    }

    /** Disables the account: webhook {@code account_update}; sends are refused with 131031 until {@link #reinstates()}. */
    public void disables() {
        setDisabled(true);
        tellBan("DISABLE");
    }

    /** Takes the ban back: webhook {@code account_update}. */
    public void reinstates() {
        setDisabled(false);
        tellBan("REINSTATE");
    }

    private void tellBan(String state) {
        tell(
                "account_update",
                Json.object(
                        "event",
                        "DISABLED_UPDATE",
                        "ban_info",
                        Json.object(
                                "waba_ban_state",
                                state,
                                "waba_ban_date",
                                clock.instant().toString().substring(0, 10))));
    }

    private synchronized void setDisabled(boolean now) {
        disabled = now;
    }

    /**
     * Raises a number to 1,000 messages a second: webhook {@code phone_number_quality_update}.
     *
     * @throws IllegalArgumentException if the account has no number of this id
     */
    public void upgradesThroughput(String numberId) {
        WhatsAppNumber number = number(numberId);
        traffic.upgrade(number);
        tell(
                "phone_number_quality_update",
                Json.object(
                        "display_phone_number", number.phone(),
                        "event", "THROUGHPUT_UPGRADE",
                        "max_daily_conversations_per_business",
                                tier(traffic.limits().people())));
    }

    /**
     * Lets the account reach so many people a day from now on: webhook {@code business_capability_update}.
     *
     * @throws IllegalArgumentException if {@code people} is below 1
     */
    public void changesMessagingLimit(int people) {
        traffic.hold(traffic.limits().peoplePerDay(people));
        tell(
                "business_capability_update",
                Json.object(
                        "max_daily_conversations_per_business",
                        people == WhatsAppLimits.NO_LIMIT ? -1 : people,
                        "max_phone_numbers_per_waba",
                        25));
    }

    /** Holds the business to these limits from now on; no webhook tells that. */
    public void holdsTo(WhatsAppLimits limits) {
        traffic.hold(requireNonNull(limits, "limits"));
    }

    /** Warns about the account, for example with {@code OBA_REJECTED}: webhook {@code account_alerts}. */
    public void alerts(String type, String severity, String description) {
        tell(
                "account_alerts",
                Json.object(
                        "entity_type", "BUSINESS",
                        "entity_id", settings.businessAccountId(),
                        "alert_info",
                                Json.object(
                                        "alert_severity", requireNonNull(severity, "severity"),
                                        "alert_status", "ACTIVE",
                                        "alert_type", requireNonNull(type, "type"),
                                        "alert_description", requireNonNull(description, "description"))));
    }

    /**
     * Tells of anything else about the account, such as {@code account_review_update}.
     *
     * @param valueJson a JSON object, the webhook's {@code value}
     * @throws IllegalArgumentException if {@code valueJson} is no JSON object
     */
    public void tells(String field, String valueJson) {
        tell(
                requireNonNull(field, "field"),
                Json.readObject(ByteString.encodeUtf8(valueJson))
                        .orElseThrow(() -> new IllegalArgumentException("valueJson is no JSON object")));
    }

    /**
     * Tells of a problem of a number, such as 130429: webhook {@code messages} with nothing but {@code errors}.
     *
     * @throws IllegalArgumentException if the account has no number of this id
     */
    public void reports(String numberId, int code) {
        webhooks.add(
                mailbox,
                new WhatsAppUpdate(
                        "messages",
                        "errors",
                        number(numberId),
                        Optional.empty(),
                        WhatsAppError.of(code).inWebhook()));
    }

    /**
     * Puts a number into maintenance, or ends it: sends are refused with 131057 meanwhile.
     *
     * @throws IllegalArgumentException if the account has no number of this id
     */
    public void maintains(String numberId, boolean going) {
        traffic.maintain(number(numberId), going);
    }

    /**
     * Rates the quality of a number: {@code GREEN}, which it is at first, {@code YELLOW}, {@code RED} or {@code UNKNOWN}.
     *
     * @throws IllegalArgumentException if the account has no number of this id
     */
    public synchronized void rates(String numberId, String quality) {
        qualities.put(number(numberId).id(), requireNonNull(quality, "quality"));
    }

    /** Lets the next call about groups be refused with this code, such as 131208, 131214 or 131215. */
    public void refusesNextGroupCall(int code) {
        groups.refuseNext(code);
    }

    /** The account's id. */
    @Override
    public String toString() {
        return "WhatsAppAccount[" + settings.businessAccountId() + "]";
    }

    private void tell(String field, Map<String, Object> value) {
        webhooks.add(mailbox, new WhatsAppNotice(field, value, clock.instant()));
    }

    private WhatsAppNumber number(String id) {
        return settings.numbers().stream()
                .filter(number -> number.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no number of this id: " + id));
    }

    // What the HTTP face asks.

    synchronized void checkAllowed() throws GraphRefusal {
        if (disabled) {
            throw WhatsAppError.refusal(131031, "The account has been disabled for violating a policy.");
        }
    }

    String verifiedName() {
        return "Simulator";
    }

    synchronized String quality(WhatsAppNumber number) {
        return qualities.getOrDefault(number.id(), "GREEN");
    }

    /** As the API names a limit of people a day. */
    static String tier(int people) {
        return "TIER_"
                + switch (people) {
                    case 2_000 -> "2K";
                    case 10_000 -> "10K";
                    case 100_000 -> "100K";
                    case WhatsAppLimits.NO_LIMIT -> "UNLIMITED";
                    default -> Integer.toString(people);
                };
    }

    synchronized Map<String, Object> health(WhatsAppNumber number) {
        String ofNumber = !traffic.isRegistered(number) || traffic.isMaintained(number) ? "BLOCKED" : "AVAILABLE";
        String ofAccount = disabled ? "BLOCKED" : "AVAILABLE";
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("can_send_message", ofAccount.equals("BLOCKED") ? ofAccount : ofNumber);
        health.put(
                "entities",
                List.of(
                        Json.object("entity_type", "PHONE_NUMBER", "id", number.id(), "can_send_message", ofNumber),
                        Json.object(
                                "entity_type",
                                "WABA",
                                "id",
                                settings.businessAccountId(),
                                "can_send_message",
                                ofAccount)));
        return health;
    }
}
