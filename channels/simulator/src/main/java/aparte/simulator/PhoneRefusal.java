package aparte.simulator;

/** A request of the page that is refused, with what stands in the answer. */
final class PhoneRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;

    /**
     * @param status the HTTP status
     * @param type a word for programs, in snake_case
     * @param words a sentence for people, which repeats nothing of the request
     */
    PhoneRefusal(int status, String type, String words) {
        super(words, null, false, false);
        this.status = status;
        this.type = type;
    }

    static PhoneRefusal malformed(String words) {
        return new PhoneRefusal(400, "malformed", words);
    }

    Answer answer() {
        return Answer.json(
                status, Json.object("error", Json.object("type", type, "message", String.valueOf(getMessage()))));
    }
}
