package aparte.channel.http;

import aparte.DeliveryFailure.Kind;
import java.time.Duration;

/** What the messaging channels on Meta's Graph share, as of 2026-11. Not for hosts. Not to be made; no input, no output. */
public final class GraphMessaging {
    private static final Duration QUOTA = Duration.ofMinutes(1);
    private static final String PERMISSION = "a permission is missing: see the app's permissions";
    private static final String NOT_REACHABLE =
            "the person cannot be reached: blocked, deactivated or never there; wait until they write";
    private static final String OTHER_APP = "another app or a lead form leads the conversation: wait for its end";

    private GraphMessaging() {}

    /**
     * Returns the rows of errors that all of them have; a channel adds its own. Meaning: Messenger Platform, error codes,
     * 25 June 2026.
     */
    public static GraphErrors.Builder errors() {
        return GraphErrors.builder()
                // Code 1 came after messages that had been sent (1/1357046): the echo tells.
                .uncertain(1)
                .uncertainOnServerError(2, 1200)
                .codes(Kind.TEMPORARY, "a fault at the platform: try again later", 1, 2, 1200)
                .subcode(Kind.UNAUTHORIZED, PERMISSION, 1, 99)
                // Quotas: a minute where the usage headers name no longer wait.
                .codeWithWait(Kind.THROTTLED, "the app's limit of calls is reached: slow down", QUOTA, 4)
                .codeWithWait(Kind.THROTTLED, "the user's limit of calls is reached: slow down", QUOTA, 17)
                .codeWithWait(Kind.THROTTLED, "the account's limit of calls is reached: slow down", QUOTA, 32)
                .codeWithWait(Kind.THROTTLED, "the limit of messages is reached: slow down", QUOTA, 80006)
                .codes(Kind.THROTTLED, "too many calls at once: send more slowly", 613)
                .brakes(Brake.QUOTA, 4, 17, 32, 80006)
                .brakes(Brake.RATE, 613)
                // About the person and the conversation.
                .subcode(Kind.UNDELIVERABLE, "the person cannot receive our messages now", 10, 2018108)
                .codes(Kind.UNDELIVERABLE, NOT_REACHABLE, 551)
                .subcode(Kind.UNDELIVERABLE, NOT_REACHABLE, 551, 1545041)
                .subcode(Kind.UNDELIVERABLE, NOT_REACHABLE, 200, 1545041)
                .subcode(Kind.UNDELIVERABLE, "no such person: the id is of another account, or gone", 100, 2018001)
                .codes(Kind.WITHHELD, OTHER_APP, 2018300, 2018321)
                .subcode(Kind.WITHHELD, OTHER_APP, 100, 2534037)
                // About the token, the permissions, the account.
                .codes(Kind.UNAUTHORIZED, "the token is dead: ask for a new one", 190)
                .codes(Kind.UNAUTHORIZED, PERMISSION, 10)
                .range(Kind.UNAUTHORIZED, PERMISSION, 200, 299)
                .subcode(Kind.UNAUTHORIZED, "the app is not reviewed: it reaches people with a role only", 200, 2018028)
                .subcode(Kind.UNAUTHORIZED, "the account does not exist, or the token is not for it", 100, 33)
                .subcode(Kind.UNAUTHORIZED, "the tag needs Meta's approval of the human agent feature", 100, 2018276)
                .subcode(
                        Kind.ACCOUNT,
                        "restricted for now: stop sending and see the quality in Meta's tools",
                        10,
                        1893063)
                .codes(Kind.ACCOUNT, "blocked for abuse: stop sending", 368)
                .codes(Kind.ACCOUNT, "messages are switched off", 10904)
                // About the request.
                .codes(Kind.INVALID_REQUEST, "a parameter is wrong", 100)
                .subcode(Kind.TEMPORARY, "the media could not be fetched from their link", 100, 2018008)
                .subcode(Kind.TEMPORARY, "fetching the video took too long, or it is broken", 100, 2018294)
                .subcode(Kind.INVALID_REQUEST, "message and action together", 100, 2018014)
                .subcode(Kind.INVALID_REQUEST, "the upload failed: see type and size", 100, 2018047)
                .subcode(Kind.INVALID_REQUEST, "the stored media are gone or not ours: upload again", 100, 2018074)
                .subcode(Kind.INVALID_REQUEST, "the media are too large", 100, 2018109)
                .subcode(Kind.INVALID_REQUEST, "the app's id is wrong", 100, 2018164)
                .codes(Kind.INVALID_REQUEST, "it was answered already, or cannot be answered", 10900, 10903)
                .codes(Kind.INVALID_REQUEST, "the message was deleted", 9000001);
    }
}
