package aparte.simulator;

/** A request that Viber refuses, with the number and the words of its answer. */
final class ViberRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    ViberRefusal(int status, String words) {
        super(words, null, false, false);
        this.status = status;
    }

    static ViberRefusal of(int status) {
        return new ViberRefusal(status, ViberStatus.name(status));
    }

    int status() {
        return status;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
