package aparte.simulator;

/** One platform's part of the simulator: what it answers. Called on many threads at once. */
interface Platform {
    /** Whether this request is for this platform. They are asked in turn; what none claims goes to the last of them. */
    boolean claims(Call call);

    Answer answer(Call call);

    /** How this platform says that there were too many requests. */
    Answer throttled();

    /** How this platform says that it is down for a while, in HTTP 503. */
    Answer unavailable();

    /** How this platform says that the token has expired. */
    Answer expiredToken();
}
