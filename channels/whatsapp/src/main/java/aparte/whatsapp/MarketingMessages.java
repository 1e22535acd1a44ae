package aparte.whatsapp;

/**
 * How marketing templates go by WhatsApp's Marketing Messages API, as of 2026-11: at most those, one person at a time, and
 * only for an account that accepted its terms. In the European Economic Area, the United Kingdom, Japan and South Korea it
 * optimises nothing and measures nothing.
 *
 * @param strict whether WhatsApp refuses where the account is not on that API, instead of using the Cloud API
 * @param sharesActivity whether Meta may use what people do with the messages
 */
public record MarketingMessages(boolean strict, boolean sharesActivity) {
    /** Returns the way that falls back to the Cloud API at WhatsApp, and shares no activity. */
    public static MarketingMessages withFallback() {
        return new MarketingMessages(false, false);
    }

    /** Returns the way that never falls back, and shares no activity. */
    public static MarketingMessages onlyThere() {
        return new MarketingMessages(true, false);
    }

    /** Returns this way, letting Meta use what people do with the messages: a matter for the host's privacy notice. */
    public MarketingMessages sharingActivity() {
        return new MarketingMessages(strict, true);
    }
}
