package aparte.simulator;

/**
 * Something that a message offers to tap.
 *
 * @param kind what a tap does
 * @param id the button's or row's id, the payload, the address, the phone number, the code or the product; empty if there is none
 * @param title the label
 * @param description the second line of a list row; empty if there is none
 */
public record WhatsAppChoice(Kind kind, String id, String title, String description) {
    /** What a tap does. */
    public enum Kind {
        /** Answers with a button's id. */
        BUTTON,
        /** Answers with a list row's id. */
        ROW,
        /** Answers with the payload of a template's quick reply. */
        QUICK_REPLY,
        /** Opens an address. */
        LINK,
        /** Calls a phone number, or the business in the app. */
        CALL,
        /** Copies a code. */
        COPY_CODE,
        /** Opens a flow. */
        FLOW,
        /** Shows a product or a catalogue. */
        PRODUCT,
        /** Shows an order. */
        ORDER,
        /** Asks for the person's location, contact, address or leave to call. */
        REQUEST
    }

    static WhatsAppChoice of(Kind kind, String id, String title) {
        return new WhatsAppChoice(kind, id, title, "");
    }

    /** Whether a tap sends the business an answer of its own: true for buttons, rows and quick replies. */
    public boolean answers() {
        return kind == Kind.BUTTON || kind == Kind.ROW || kind == Kind.QUICK_REPLY;
    }
}
