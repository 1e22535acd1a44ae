package aparte.whatsapp;

import aparte.InboundEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The templates that a transport knows, in memory: it plans with them, and refuses any other. Several transports of one
 * account may share it.
 *
 * <p>Three things keep it true: {@link #fill} reads what the account holds, at start and now and then; {@link #put} declares
 * one; {@link #heard} takes what WhatsApp's template webhooks say, at once and for every message planned after that. What WhatsApp pauses in an answer to a send is noted by the transport.
 *
 * <p>Thread-safe. Look-ups take no lock and do no input or output.
 */
public final class TemplateCatalog {
    private static final String REINSTATED = "REINSTATED";
    private static final String FLAGGED = "FLAGGED";

    private volatile SortedMap<Key, TemplateDefinition> known = Collections.emptySortedMap();
    private final Map<Key, LongAdder> held = new ConcurrentHashMap<>();
    private final List<List<Change>> listening = new ArrayList<>();

    private record Key(String name, String language) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byName = name.compareTo(other.name);
            return byName == 0 ? language.compareTo(other.language) : byName;
        }
    }

    private record Change(Key key, UnaryOperator<@Nullable TemplateDefinition> change) {}

    private TemplateCatalog() {}

    /** Returns a catalogue of these templates. */
    public static TemplateCatalog of(TemplateDefinition... templates) {
        TemplateCatalog catalog = new TemplateCatalog();
        for (TemplateDefinition template : templates) {
            catalog.put(template);
        }
        return catalog;
    }

    /**
     * Takes what the account holds, and forgets all else. What is put or changed meanwhile is kept. Blocks.
     *
     * @throws aparte.channel.http.CallRefusedException if Meta refused; nothing was changed
     * @throws IOException if Meta was not reached or did not answer; nothing was changed
     */
    public void fill(Templates templates) throws IOException {
        List<Change> meanwhile = new ArrayList<>();
        synchronized (this) {
            listening.add(meanwhile);
        }
        try {
            List<TemplateDefinition> all = templates.all();
            synchronized (this) {
                SortedMap<Key, TemplateDefinition> filled = new TreeMap<>();
                all.forEach(template -> filled.put(key(template), template));
                meanwhile.forEach(change -> apply(filled, change));
                known = Collections.unmodifiableSortedMap(filled);
                held.keySet().retainAll(filled.keySet());
            }
        } finally {
            synchronized (this) {
                listening.removeIf(one -> one == meanwhile);
            }
        }
    }

    /** Puts a template in, in place of what had its name and language. */
    public void put(TemplateDefinition template) {
        Objects.requireNonNull(template, "template");
        change(key(template), before -> template);
    }

    /** Takes a template out, such as one whose texts changed, until it is read anew. */
    public void remove(String name, String language) {
        change(new Key(name, language), before -> null);
    }

    /**
     * Takes what WhatsApp says of a template's status. {@code REINSTATED} makes it approved again; {@code FLAGGED} warns, and
     * changes nothing; every other word stands as it is.
     *
     * @param language Meta's code, such as {@code en_US}
     * @param word Meta's word, as in the webhook's {@code event}
     * @return whether the template is known here; if not, read it
     * @throws IllegalArgumentException if the word is malformed
     */
    public boolean status(String name, String language, String word) {
        TemplateStatus said = new TemplateStatus(word);
        if (said.word().equals(FLAGGED)) {
            return find(name, language).isPresent();
        }
        TemplateStatus status = said.word().equals(REINSTATED) ? TemplateStatus.APPROVED : said;
        return update(
                name, language, before -> before.toBuilder().status(status).build());
    }

    /**
     * Takes what WhatsApp files a template under from now on. The next message that is planned takes the lane of the new
     * category.
     *
     * @param language Meta's code, such as {@code en_US}
     * @param word Meta's word, as in the webhook's {@code new_category}
     * @return whether the template is known here; if not, read it
     * @throws IllegalArgumentException if the word is malformed
     */
    public boolean category(String name, String language, String word) {
        TemplateCategory category = new TemplateCategory(word);
        return update(
                name, language, before -> before.toBuilder().category(category).build());
    }

    /**
     * Takes what a webhook says of a template: its status, or its category once that has changed. What is announced for later
     * changes nothing yet, and new texts must be read: {@link #fill} the catalogue, or put {@link Templates#fetch} of it.
     *
     * @return whether the catalogue is true to the event; if not, read the template
     */
    public boolean heard(InboundEvent.TemplateChanged event) {
        String name = event.template().name();
        String language = event.template().language();
        boolean announced = event.due().filter(event.at()::isBefore).isPresent();
        try {
            return switch (event.aspect()) {
                case STATUS -> status(name, language, event.word());
                case CATEGORY -> announced ? find(name, language).isPresent() : category(name, language, event.word());
                case QUALITY -> find(name, language).isPresent();
                case COMPONENTS -> false;
            };
        } catch (IllegalArgumentException noWord) {
            return false;
        }
    }

    private boolean update(String name, String language, UnaryOperator<TemplateDefinition> update) {
        boolean there = find(name, language).isPresent();
        change(new Key(name, language), before -> before == null ? null : update.apply(before));
        return there;
    }

    private synchronized void change(Key key, UnaryOperator<@Nullable TemplateDefinition> change) {
        Change made = new Change(key, change);
        SortedMap<Key, TemplateDefinition> changed = new TreeMap<>(known);
        apply(changed, made);
        known = Collections.unmodifiableSortedMap(changed);
        listening.forEach(one -> one.add(made));
    }

    private static void apply(Map<Key, TemplateDefinition> templates, Change change) {
        TemplateDefinition after = change.change().apply(templates.get(change.key()));
        if (after == null) {
            templates.remove(change.key());
        } else {
            templates.put(change.key(), after);
        }
    }

    private static Key key(TemplateDefinition template) {
        return new Key(template.name(), template.language());
    }

    /**
     * Returns a template.
     *
     * @param language Meta's code, such as {@code en_US}
     */
    public Optional<TemplateDefinition> find(String name, String language) {
        return Optional.ofNullable(known.get(new Key(name, language)));
    }

    /** Returns the languages in which there is a template of this name, sorted. */
    public List<String> languages(String name) {
        return known.keySet().stream()
                .filter(key -> key.name().equals(name))
                .map(Key::language)
                .toList();
    }

    /** Returns all templates, sorted by name and language. */
    public List<TemplateDefinition> all() {
        return List.copyOf(known.values());
    }

    Stream<TemplateDefinition> stream() {
        return known.values().stream();
    }

    /**
     * Returns how many messages of a template WhatsApp took and held back so far, to see how people like it. Each is let go
     * or dropped later, which its status tells; a campaign does well to wait.
     *
     * @param language Meta's code, such as {@code en_US}
     */
    public long heldBack(String name, String language) {
        LongAdder count = held.get(new Key(name, language));
        return count == null ? 0 : count.sum();
    }

    void held(String name, String language) {
        held.computeIfAbsent(new Key(name, language), key -> new LongAdder()).increment();
    }

    /** Shows how many there are. */
    @Override
    public String toString() {
        return "TemplateCatalog[" + known.size() + " templates]";
    }
}
