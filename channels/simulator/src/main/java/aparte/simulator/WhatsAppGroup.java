package aparte.simulator;

import java.util.List;

/** A group of the business as tests see it. Thread-safe; methods throw {@code IllegalArgumentException} once it is deleted. */
public final class WhatsAppGroup {
    private final WhatsAppGroups groups;
    private final String id;

    WhatsAppGroup(WhatsAppGroups groups, String id) {
        this.groups = groups;
        this.id = id;
    }

    /** What the business sends to. */
    public String id() {
        return id;
    }

    /** The subject. */
    public String subject() {
        return groups.subject(id);
    }

    /** The link to {@linkplain WhatsAppPerson#join join} by, as it is now. */
    public String inviteLink() {
        return groups.link(id);
    }

    /** How many people are in it, at most eight; the business does not count. */
    public int size() {
        return groups.size(id);
    }

    /** The ids of the messages that are pinned, at most three, in the order in which they were pinned. */
    public List<String> pinned() {
        return groups.pins(id);
    }

    /** All read what arrived: one webhook for each message, with a status for each person. */
    public void everybodyReads() {
        groups.everybodyReads(id);
    }

    /** Suspends the group for its content: sends to it are refused with 131207. */
    public void suspend() {
        groups.suspend(id, true);
    }

    /** Ends the suspension. */
    public void clearSuspension() {
        groups.suspend(id, false);
    }

    /** The id. */
    @Override
    public String toString() {
        return "WhatsAppGroup[" + id + "]";
    }
}
