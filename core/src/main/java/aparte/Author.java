package aparte;

/** Who wrote a message: some lanes, such as Messenger's human agent, are for people only. */
public enum Author {
    /** A person at the business wrote it. */
    HUMAN,
    /** A program wrote it. */
    AUTOMATED
}
