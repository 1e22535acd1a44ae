package aparte.instagram;

import aparte.Address;
import aparte.channel.http.GraphNode;

/**
 * Whom an account can write to: people, and comments. Events bring these addresses; hosts that keep them make them anew here.
 * A comment's event brings the person's own id too, and the ledger then knows them as one person: who opts out under one of
 * them is not written to under another. Not to be made; no input, no output.
 */
public final class InstagramAddresses {
    /**
     * A comment on a post, a reel or a live broadcast of the account's, by its id; the account is its scope. Who sends to it
     * answers the person who commented, in private and once.
     */
    public static final Address.Kind COMMENT = Address.Kind.of("instagram-comment");

    private InstagramAddresses() {}

    /**
     * Returns the address of a person by their account-scoped id.
     *
     * @throws IllegalArgumentException if an id is not made of digits
     */
    public static Address person(String accountId, String igsid) {
        return new Address(Address.Kind.INSTAGRAM_IGSID, GraphNode.digits(igsid), GraphNode.digits(accountId));
    }

    /**
     * Returns the address of a comment.
     *
     * @throws IllegalArgumentException if an id is not made of digits
     */
    public static Address comment(String accountId, String commentId) {
        return new Address(COMMENT, GraphNode.digits(commentId), GraphNode.digits(accountId));
    }
}
