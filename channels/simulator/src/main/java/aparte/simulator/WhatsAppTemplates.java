package aparte.simulator;

import static java.util.Objects.requireNonNull;

import aparte.simulator.WhatsAppTemplate.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.ByteString;

/**
 * The message templates of the business account, and what the platform does to them of its own accord.
 *
 * <p>Methods that take a name mean all its languages. Each change queues its webhook. Thread-safe.
 */
public final class WhatsAppTemplates {
    private static final Set<String> CATEGORIES = Set.of("MARKETING", "UTILITY", "AUTHENTICATION");
    private static final Duration NOTICE = Duration.ofDays(1);

    private final WhatsAppTemplateStore store;
    private final WhatsAppWorld world;

    WhatsAppTemplates(WhatsAppTemplateStore store, WhatsAppWorld world) {
        this.store = store;
        this.world = world;
    }

    /**
     * Adds a template that is approved already; no webhook tells that.
     *
     * @param json the body of the request that would create it
     * @throws IllegalArgumentException if {@code json} is no JSON object or breaks a rule of creation
     */
    public WhatsAppTemplate add(String json) {
        Map<String, Object> body = Json.readObject(ByteString.encodeUtf8(requireNonNull(json, "json")))
                .orElseThrow(() -> new IllegalArgumentException("json is no JSON object"));
        try {
            return store.add(body);
        } catch (GraphRefusal refusal) {
            throw new IllegalArgumentException(((WhatsAppError) refusal.error()).details(), refusal);
        }
    }

    /** The template of this name and language, such as {@code fr}. */
    public Optional<WhatsAppTemplate> find(String name, String language) {
        return store.snapshot(name, language);
    }

    /** All templates, oldest first. */
    public List<WhatsAppTemplate> all() {
        return store.all();
    }

    /**
     * Approves it.
     *
     * @throws IllegalArgumentException if there is none of this name, as for all that follow
     */
    public void approve(String name) {
        store.become(name, Status.APPROVED, "NONE");
    }

    /** Rejects it with a reason such as {@code INVALID_FORMAT} or {@code TAG_CONTENT_MISMATCH}. */
    public void reject(String name, String reason) {
        store.become(name, Status.REJECTED, requireNonNull(reason, "reason"));
    }

    /** Pauses it for low quality: sends are refused with 132015 until {@link #approve} or the business unpauses it. */
    public void pause(String name) {
        store.become(name, Status.PAUSED, "NONE");
    }

    /** Disables it for low quality: sends are refused with 132016. */
    public void disable(String name) {
        store.become(name, Status.DISABLED, "NONE");
    }

    /** Rates its quality: {@code GREEN}, {@code YELLOW}, {@code RED} or {@code UNKNOWN}. */
    public void rate(String name, String quality) {
        store.rate(name, requireNonNull(quality, "quality"));
    }

    /**
     * Announces that the platform will move it into another category a day later, and does not do it yet.
     *
     * @throws IllegalArgumentException if there is none of this name, or no such category
     */
    public void announceCategory(String name, String category) {
        store.announce(name, category(category), NOTICE);
    }

    /**
     * Moves it into another category.
     *
     * @throws IllegalArgumentException if there is none of this name, or no such category
     */
    public void recategorize(String name, String category) {
        store.recategorize(name, category(category));
    }

    /** Holds sends from now on: they are answered with {@code held_for_quality_assessment}, and nobody gets them. */
    public void hold(String name) {
        store.hold(name, true);
    }

    /** Ends holding; what was held goes out. */
    public void release(String name) {
        store.hold(name, false);
        world.settleHeld(name, true);
    }

    /** Ends holding; what was held fails with 132015. */
    public void drop(String name) {
        store.hold(name, false);
        world.settleHeld(name, false);
    }

    /** Lets the path of marketing messages refuse it with 134101 for this long, as it does for new templates. */
    public void syncFor(String name, Duration duration) {
        store.sync(name, requireNonNull(duration, "duration"));
    }

    /** How many there are. */
    @Override
    public String toString() {
        return "WhatsAppTemplates[" + all().size() + "]";
    }

    private static String category(String category) {
        if (!CATEGORIES.contains(requireNonNull(category, "category"))) {
            throw new IllegalArgumentException("no such category: " + category);
        }
        return category;
    }
}
