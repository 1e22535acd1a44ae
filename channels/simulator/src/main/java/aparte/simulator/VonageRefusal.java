package aparte.simulator;

/** A request that Vonage refuses, with the HTTP status, the number and the words of its answer. */
final class VonageRefusal extends Exception {
    private static final long serialVersionUID = 1;

    static final int THROTTLED = 1000;
    static final int MISSING = 1010;
    static final int INVALID = 1020;
    static final int INVALID_TEMPLATE = 1022;
    static final int BARRED = 1050;
    static final int INVALID_TTL = 1130;
    static final int NOT_ON_VIBER = 1300;
    static final int EXPIRED = 1360;
    static final int INVALID_MEDIA = 1380;

    private final int status;
    private final int code;

    /**
     * @param status the HTTP status
     * @param code the number; 0 for none
     * @param words a sentence that repeats nothing of the request
     */
    VonageRefusal(int status, int code, String words) {
        super(words, null, false, false);
        this.status = status;
        this.code = code;
    }

    static VonageRefusal of(int code, String words) {
        return new VonageRefusal(422, code, words);
    }

    static VonageRefusal unauthorized() {
        return new VonageRefusal(401, 0, "The credentials are not those of an account.");
    }

    Answer answer() {
        return Answer.of(
                status,
                "application/problem+json",
                Json.write(Json.object(
                        "type",
                        type(code == 0 ? "http-" + status : Integer.toString(code)),
                        "title",
                        title(),
                        "detail",
                        String.valueOf(getMessage()),
                        "instance",
                        "bf0ca0bf927b3b52e3cb03217e1a1ddf")));
    }

    static String type(String anchor) {
        return "https://developer.vonage.com/api-errors/messages#" + anchor;
    }

    private String title() {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 402 -> "Payment required";
            case 429 -> "Rate limit hit";
            default -> "Invalid request";
        };
    }
}
