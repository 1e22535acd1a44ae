package aparte.messenger.planted;

/** The innocent end of {@code aparte.viber.planted.Neighbour}. */
public final class Page {
    private Page() {}

    /** Returns a name. */
    public static String name() {
        return "page";
    }
}
