package aparte.simulator;

/**
 * How the same webhook can be laid out: the two logins, the documents and their samples differ.
 *
 * <p>Immutable and thread-safe: each method answers a changed copy. Given to {@link Instagram#spell}.
 *
 * @param commentsInEntries whether a comment stands as field and value of the entry itself
 * @param messagesAsChanges whether items stand as values of changes
 * @param inArrays whether the whole body is an array
 */
public record InstagramSpelling(boolean commentsInEntries, boolean messagesAsChanges, boolean inArrays) {
    /** Items in {@code messaging}, comments in {@code changes}, one object. */
    public static InstagramSpelling ofToday() {
        return new InstagramSpelling(false, false, false);
    }

    /** Comments as apps with Instagram login get them by the documents: {@code field} and {@code value} of the entry. */
    public InstagramSpelling withCommentsInEntries() {
        return new InstagramSpelling(true, messagesAsChanges, inArrays);
    }

    /** Items under {@code changes}, as some apps get them. */
    public InstagramSpelling withMessagesAsChanges() {
        return new InstagramSpelling(commentsInEntries, true, inArrays);
    }

    /** The notification in an array, as in the platform's sample file. */
    public InstagramSpelling withinArrays() {
        return new InstagramSpelling(commentsInEntries, messagesAsChanges, true);
    }
}
