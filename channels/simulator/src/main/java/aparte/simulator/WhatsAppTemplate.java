package aparte.simulator;

import java.util.List;
import java.util.Map;

/**
 * A message template in one language, as it stood when asked for. Immutable.
 *
 * @param id the platform's id, digits
 * @param category {@code MARKETING}, {@code UTILITY} or {@code AUTHENTICATION}
 * @param status how far it came
 * @param quality {@code GREEN}, {@code YELLOW}, {@code RED} or {@code UNKNOWN}, which it is at first
 * @param components as they were requested: texts, flags, numbers, maps and lists
 */
public record WhatsAppTemplate(
        String id,
        String name,
        String language,
        String category,
        Status status,
        String quality,
        List<Map<String, Object>> components) {
    /** How far a template came. */
    public enum Status {
        /** Nobody has looked at it. */
        PENDING,
        /** It can be sent. */
        APPROVED,
        /** It breaks a rule of the platform. */
        REJECTED,
        /** It displeased too many people for now. */
        PAUSED,
        /** It displeased too many people for good. */
        DISABLED
    }

    /** Copies the components. */
    public WhatsAppTemplate {
        components = List.copyOf(components);
    }

    /** Name, language and status. */
    @Override
    public String toString() {
        return "WhatsAppTemplate[" + name + ", " + language + ", " + status + "]";
    }
}
