package aparte.simulator;

import aparte.simulator.WhatsAppTemplate.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The templates of a business account: what may become of them, and which send may use them. Thread-safe.
 *
 * <p>Chosen where the documents are silent: a template that waits, or was rejected, does not exist for a send (132001); a deleted name
 * is free again after thirty days.
 */
final class WhatsAppTemplateStore {
    private static final int MOST = 250;
    private static final int MOST_PER_HOUR = 100;
    private static final Duration NAME_REST = Duration.ofDays(30);
    private static final int NAME_RESTS = 2388023;
    private static final int EXISTS = 2388024;
    private static final int TOO_MANY = 2388019;
    private static final int NOT_NOW = 2388039;
    private static final Set<Status> EDITABLE = Set.of(Status.APPROVED, Status.REJECTED, Status.PAUSED);

    /** One template. Guarded by the store. */
    static final class Entry {
        private final String id;
        private WhatsAppTemplateDefinition definition;
        private Status status = Status.PENDING;
        private String quality = "UNKNOWN";
        private String reason = "NONE";
        private boolean held;
        private Instant syncedAt = Instant.MIN;

        private Entry(String id, WhatsAppTemplateDefinition definition) {
            this.id = id;
            this.definition = definition;
        }

        private WhatsAppTemplate snapshot() {
            return new WhatsAppTemplate(
                    id,
                    definition.name(),
                    definition.language(),
                    definition.category(),
                    status,
                    quality,
                    definition.components().stream().map(WhatsAppTree::plain).toList());
        }
    }

    /** A send that the template allows. */
    record Use(WhatsAppTemplateDefinition definition, WhatsAppShown shown, boolean held) {
        boolean isMarketing() {
            return definition.category().equals("MARKETING");
        }
    }

    private final WhatsAppSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final WhatsAppMailbox mailbox;
    private final Webhooks webhooks;
    private final Map<String, Entry> templates = new LinkedHashMap<>();
    private final Map<String, Instant> restingNames = new HashMap<>();
    private final ArrayDeque<Instant> created = new ArrayDeque<>();

    WhatsAppTemplateStore(WhatsAppSettings settings, Clock clock, Ids ids, WhatsAppMailbox mailbox, Webhooks webhooks) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
    }

    // What the business asks.

    synchronized WhatsAppTemplate create(Map<String, Object> body) throws GraphRefusal {
        WhatsAppTemplateDefinition definition = WhatsAppTemplateDefinition.read(body);
        Instant now = clock.instant();
        created.removeIf(at -> !at.isAfter(now.minus(Duration.ofHours(1))));
        if (created.size() >= MOST_PER_HOUR) {
            throw WhatsAppError.refusal(80007, "More than " + MOST_PER_HOUR + " templates were created in an hour.");
        }
        if (templates.size() >= MOST) {
            throw WhatsAppTemplateDefinition.subcode(TOO_MANY, "The account has " + MOST + " templates.");
        }
        if (find(definition.name(), definition.language()).isPresent()) {
            throw WhatsAppTemplateDefinition.subcode(EXISTS, "Content in this language already exists.");
        }
        Instant rests = restingNames.get(definition.name());
        if (rests != null && now.isBefore(rests)) {
            throw WhatsAppTemplateDefinition.subcode(NAME_RESTS, "The name was deleted less than thirty days ago.");
        }
        created.add(now);
        Entry entry = new Entry(ids.media(), definition);
        templates.put(entry.id, entry);
        if (settings.templatesApprovedAtOnce()) {
            become(entry, Status.APPROVED);
        }
        return entry.snapshot();
    }

    /** Takes other components, another category or another life; the template is looked at again. */
    synchronized void edit(String id, Map<String, Object> changes) throws GraphRefusal {
        Entry entry = known(id);
        if (!EDITABLE.contains(entry.status)) {
            throw WhatsAppTemplateDefinition.subcode(NOT_NOW, "A template of this status cannot be edited.");
        }
        WhatsAppTemplateDefinition before = entry.definition;
        boolean approved = entry.status == Status.APPROVED;
        String category = WhatsAppTree.text(changes, "category").orElse(before.category());
        if (approved && !category.toUpperCase(Locale.ROOT).equals(before.category())) {
            throw WhatsAppError.refusal(100, "The category of an approved template cannot be edited.");
        }
        Map<String, Object> body = Json.object(
                "name", before.name(),
                "language", before.language(),
                "category", category,
                "parameter_format", before.named() ? "NAMED" : "POSITIONAL",
                "components", changes.getOrDefault("components", before.components()),
                "message_send_ttl_seconds", Optional.ofNullable(changes.get("message_send_ttl_seconds")));
        WhatsAppTemplateDefinition read = WhatsAppTemplateDefinition.read(body);
        boolean sameLife =
                !changes.containsKey("message_send_ttl_seconds") && category.equalsIgnoreCase(before.category());
        entry.definition = sameLife ? read.living(before.life()) : read;
        entry.status = Status.PENDING;
        if (settings.templatesApprovedAtOnce()) {
            become(entry, Status.APPROVED);
        }
    }

    /** Takes all languages of a name away, or the one of this id. */
    synchronized void delete(String name, Optional<String> id) throws GraphRefusal {
        Predicate<Entry> meant = entry ->
                entry.definition.name().equals(name) && id.map(entry.id::equals).orElse(true);
        List<Entry> gone = templates.values().stream().filter(meant).toList();
        if (gone.isEmpty()) {
            throw WhatsAppError.refusal(100, "Message template is not found: the account has none of this name.");
        }
        for (Entry entry : gone) {
            templates.remove(entry.id);
            tell(entry, "DELETED", Map.of());
        }
        if (templates.values().stream()
                .noneMatch(entry -> entry.definition.name().equals(name))) {
            restingNames.put(name, clock.instant().plus(NAME_REST));
        }
    }

    synchronized boolean has(String id) {
        return templates.containsKey(id);
    }

    /** As the API shows a template. */
    synchronized Map<String, Object> describe(String id) throws GraphRefusal {
        Entry entry = known(id);
        WhatsAppTemplateDefinition definition = entry.definition;
        return Json.object(
                "name", definition.name(),
                "parameter_format", definition.named() ? "NAMED" : "POSITIONAL",
                "components", definition.components(),
                "language", definition.language(),
                "status", entry.status.name(),
                "category", definition.category(),
                "rejected_reason", entry.reason,
                "quality_score", Json.object("score", entry.quality),
                "message_send_ttl_seconds", definition.life().toSeconds(),
                "id", entry.id);
    }

    synchronized void unpause(String id) throws GraphRefusal {
        Entry entry = known(id);
        if (entry.status != Status.PAUSED) {
            throw WhatsAppError.refusal(100, "The template is not paused.");
        }
        become(entry, Status.APPROVED);
    }

    // What a send asks.

    /** What the phone shows of this send, if the template may be sent so. */
    synchronized Use use(WhatsAppRules.Send send) throws GraphRefusal {
        Map<String, Object> template = send.object();
        String name = WhatsAppTemplateDefinition.said(template, "name");
        String language = WhatsAppTemplateDefinition.said(WhatsAppTree.objectAt(template, "language"), "code");
        Entry entry = find(name, language)
                .filter(each -> each.status != Status.PENDING && each.status != Status.REJECTED)
                .orElseThrow(() ->
                        WhatsAppError.refusal(132001, "template name (" + name + ") does not exist in " + language));
        if (entry.status == Status.PAUSED) {
            throw WhatsAppError.refusal(132015, "The template is paused for low quality.");
        }
        if (entry.status == Status.DISABLED) {
            throw WhatsAppError.refusal(132016, "The template is disabled for low quality.");
        }
        checkPath(send, entry);
        if (entry.definition.isAuthentication() && send.to().isEmpty()) {
            throw WhatsAppError.refusal(131062, "Authentication templates go to phone numbers alone.");
        }
        return new Use(entry.definition, WhatsAppTemplateFilling.fill(entry.definition, template), entry.held);
    }

    private void checkPath(WhatsAppRules.Send send, Entry entry) throws GraphRefusal {
        boolean marketing = entry.definition.category().equals("MARKETING");
        if (!send.marketing()) {
            if (marketing && settings.marketingBlockedOnCloudApi()) {
                throw WhatsAppError.refusal(131063, "The account sends marketing by marketing_messages alone.");
            }
            return;
        }
        if (!marketing) {
            throw WhatsAppError.refusal(134100, "Only marketing templates are sent by marketing_messages.");
        }
        if (!settings.marketingMessages() && send.strict()) {
            throw WhatsAppError.refusal(131055, "The account is not onboarded, and must not fall back.");
        }
        if (settings.marketingMessages() && clock.instant().isBefore(entry.syncedAt)) {
            throw WhatsAppError.refusal(134101, "The template is still syncing.");
        }
    }

    // What tests do.

    synchronized Optional<WhatsAppTemplate> snapshot(String name, String language) {
        return find(name, language).map(Entry::snapshot);
    }

    synchronized List<WhatsAppTemplate> all() {
        return templates.values().stream().map(Entry::snapshot).toList();
    }

    /** Creates and approves without webhook. */
    synchronized WhatsAppTemplate add(Map<String, Object> body) throws GraphRefusal {
        WhatsAppTemplateDefinition definition = WhatsAppTemplateDefinition.read(body);
        if (find(definition.name(), definition.language()).isPresent()) {
            throw WhatsAppTemplateDefinition.subcode(EXISTS, "Content in this language already exists.");
        }
        Entry entry = new Entry(ids.media(), definition);
        entry.status = Status.APPROVED;
        templates.put(entry.id, entry);
        return entry.snapshot();
    }

    synchronized void become(String name, Status status, String reason) {
        for (Entry entry : named(name)) {
            entry.reason = reason;
            become(entry, status);
        }
    }

    synchronized void rate(String name, String quality) {
        for (Entry entry : named(name)) {
            Map<String, Object> value = about(entry);
            value.put("previous_quality_score", entry.quality);
            value.put("new_quality_score", quality);
            entry.quality = quality;
            tell("message_template_quality_update", value);
        }
    }

    synchronized void announce(String name, String category, Duration notice) {
        for (Entry entry : named(name)) {
            Map<String, Object> value = about(entry);
            value.put("new_category", entry.definition.category());
            value.put("correct_category", category);
            value.put("category_update_timestamp", clock.instant().plus(notice).getEpochSecond());
            tell("template_category_update", value);
        }
    }

    synchronized void recategorize(String name, String category) {
        for (Entry entry : named(name)) {
            Map<String, Object> value = about(entry);
            value.put("previous_category", entry.definition.category());
            value.put("new_category", category);
            entry.definition = entry.definition.in(category);
            tell("template_category_update", value);
        }
    }

    synchronized void hold(String name, boolean held) {
        named(name).forEach(entry -> entry.held = held);
    }

    synchronized void sync(String name, Duration duration) {
        named(name).forEach(entry -> entry.syncedAt = clock.instant().plus(duration));
    }

    private List<Entry> named(String name) {
        List<Entry> named = templates.values().stream()
                .filter(entry -> entry.definition.name().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("no template of this name: " + name);
        }
        return named;
    }

    private Optional<Entry> find(String name, String language) {
        return templates.values().stream()
                .filter(entry -> entry.definition.name().equals(name)
                        && entry.definition.language().equals(language))
                .findFirst();
    }

    private Entry known(String id) throws GraphRefusal {
        Entry entry = templates.get(id);
        if (entry == null) {
            throw WhatsAppError.refusal(
                    100, "Unsupported request. The object of this id does not exist or permission is missing.");
        }
        return entry;
    }

    private void become(Entry entry, Status status) {
        entry.status = status;
        tell(entry, status.name(), why(entry));
    }

    private Map<String, Object> why(Entry entry) {
        return switch (entry.status) {
            case PAUSED ->
                Json.object(
                        "other_info",
                        Json.object(
                                "title", "FIRST_PAUSE",
                                "description", "The template displeased people and is paused for 3 hours."));
            case DISABLED ->
                Json.object(
                        "disable_info",
                        Json.object("disable_date", clock.instant().getEpochSecond()));
            case REJECTED ->
                Json.object(
                        "rejection_info",
                        Json.object("reason", entry.reason, "recommendation", "Change it and ask again."));
            case PENDING, APPROVED -> Map.of();
        };
    }

    private void tell(Entry entry, String event, Map<String, Object> more) {
        Map<String, Object> value = Json.object("event", event);
        value.putAll(about(entry));
        value.put("message_template_category", entry.definition.category());
        value.put("reason", entry.reason);
        value.putAll(more);
        tell("message_template_status_update", value);
    }

    /** The id is a number here, and text everywhere else. */
    private static Map<String, Object> about(Entry entry) {
        return Json.object(
                "message_template_id", Long.parseLong(entry.id),
                "message_template_name", entry.definition.name(),
                "message_template_language", entry.definition.language());
    }

    private void tell(String field, Map<String, Object> value) {
        webhooks.add(mailbox, new WhatsAppNotice(field, value, clock.instant()));
    }
}
