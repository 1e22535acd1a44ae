package aparte.messenger;

import aparte.Address;
import aparte.channel.http.GraphNode;

/**
 * Whom a Page can write to besides page-scoped ids: a comment or a post of a visitor, which is answered privately once, and the
 * tokens of people who opted in on Messenger. Events bring these addresses; hosts that keep them make them anew here.
 *
 * <p>An event that brings one brings the person's page-scoped id too, where Meta tells it, and the ledger then knows them as
 * one person: who opts out under one of them is not written to under another.
 */
public final class MessengerAddresses {
    /** A comment; its scope is the Page. */
    public static final Address.Kind COMMENT = Address.Kind.of("messenger-comment");
    /** A post of a visitor; its scope is the Page. */
    public static final Address.Kind POST = Address.Kind.of("messenger-post");
    /** A token for notifications of one topic; its scope is the Page. */
    public static final Address.Kind TOKEN = Address.Kind.of("messenger-token");
    /** A token for one message; its scope is the Page. */
    public static final Address.Kind ONE_TIME_TOKEN = Address.Kind.of("messenger-once");
    /** Somebody who ticked a plugin's box and has no page-scoped id yet; its scope is the Page. Nothing is sent to it. */
    public static final Address.Kind PLUGIN_USER = Address.Kind.of("messenger-plugin");

    private MessengerAddresses() {}

    /**
     * A comment below something of the Page.
     *
     * @param pageId the Page's id
     * @param commentId the comment's id, as its event names it
     * @throws IllegalArgumentException if an id is malformed
     */
    public static Address comment(String pageId, String commentId) {
        return new Address(COMMENT, commentId, GraphNode.digits(pageId));
    }

    /**
     * A post that a visitor wrote on the Page.
     *
     * @param pageId the Page's id
     * @param postId the post's id, as its event names it
     * @throws IllegalArgumentException if an id is malformed
     */
    public static Address post(String pageId, String postId) {
        return new Address(POST, postId, GraphNode.digits(pageId));
    }

    /**
     * Somebody who asked for the notifications of a topic.
     *
     * @param pageId the Page's id
     * @param token the token, as its event names it
     * @throws IllegalArgumentException if a part is malformed
     */
    public static Address token(String pageId, String token) {
        return new Address(TOKEN, token, GraphNode.digits(pageId));
    }

    /**
     * Somebody who asked for one message.
     *
     * @param pageId the Page's id
     * @param token the token, as its event names it
     * @throws IllegalArgumentException if a part is malformed
     */
    public static Address oneTimeToken(String pageId, String token) {
        return new Address(ONE_TIME_TOKEN, token, GraphNode.digits(pageId));
    }
}
