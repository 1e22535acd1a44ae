package aparte.messenger;

import aparte.DeliveryFailure.Kind;
import aparte.channel.http.Brake;
import aparte.channel.http.GraphErrors;
import java.time.Duration;

/** Messenger's error codes, as of 2026-11. Meaning: Messenger Platform, error codes, 25 June 2026. */
final class MessengerErrors {
    private static final Duration QUOTA = Duration.ofMinutes(1);
    private static final String WINDOW = "the person wrote too long ago: wait until they write, or let a person answer";
    private static final String NOT_REACHABLE =
            "the person cannot be reached: blocked, deactivated or never there; wait until they write";
    private static final String OTHER_APP = "another app or a lead form leads the conversation: wait for its end";

    static final GraphErrors TABLE = GraphErrors.builder()
            // Code 1 came after messages that had been sent (1/1357046): the echo tells.
            .uncertain(1)
            .uncertainOnServerError(2, 1200)
            .codes(Kind.TEMPORARY, "a fault at Messenger: try again later", 1, 2, 1200)
            .subcode(Kind.UNAUTHORIZED, "a permission is missing: see the app's permissions", 1, 99)
            .subcode(Kind.ACCOUNT, "the terms of labels are not accepted yet", 2, 2018344)
            // Quotas. Graph names the wait in a header that is not read, so a minute, then the next try tells.
            .codeWithWait(Kind.THROTTLED, "the app's limit of calls is reached: slow down the Page", QUOTA, 4)
            .codeWithWait(Kind.THROTTLED, "the user's limit of calls is reached: slow down the Page", QUOTA, 17)
            .codeWithWait(Kind.THROTTLED, "the Page's limit of calls is reached: slow down the Page", QUOTA, 32)
            .codeWithWait(Kind.THROTTLED, "Messenger's limit of calls is reached: slow down the Page", QUOTA, 80006)
            .codes(Kind.THROTTLED, "too many calls at once: send more slowly", 613)
            .subcode(Kind.THROTTLED, "too many messages to this person at once", 613, 2534040)
            .subcode(Kind.THROTTLED, "too many messages to phone numbers", 4, 2018022)
            .subcode(Kind.THROTTLED, "too many opt-in requests", 9, 2018352)
            .brakes(Brake.QUOTA, 4, 17, 32, 80006)
            .brakes(Brake.RATE, 613)
            .brakesSubcode(Brake.PERSON, 613, 2534040)
            .subcode(Kind.WITHHELD, "marketing came too often for this person", 4, 2018354)
            .subcode(Kind.WITHHELD, "the tag looks abused for this person: no tags to them any more", 613, 2018338)
            // About the person.
            .subcode(Kind.PERSON_REFUSED, "the person stopped these messages", 10, 1893015)
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2018278)
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2018065)
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2534022)
            .subcode(Kind.UNDELIVERABLE, "the person cannot receive our messages now", 10, 2018108)
            .codes(Kind.UNDELIVERABLE, NOT_REACHABLE, 551)
            .subcode(Kind.UNDELIVERABLE, NOT_REACHABLE, 551, 1545041)
            .subcode(Kind.UNDELIVERABLE, NOT_REACHABLE, 200, 1545041)
            .subcode(Kind.UNDELIVERABLE, "no such person: the id is of another Page, or gone", 100, 2018001)
            .codes(Kind.UNDELIVERABLE, "the person's profile is not available", 2018218)
            // About the conversation.
            .codes(Kind.WITHHELD, OTHER_APP, 2018300, 2018321)
            .subcode(Kind.WITHHELD, OTHER_APP, 100, 2534037)
            // About the token, the permissions, the Page.
            .codes(Kind.UNAUTHORIZED, "the token is dead: ask for a new one", 190)
            .codes(Kind.UNAUTHORIZED, "a permission is missing: see the app's permissions", 10)
            .range(Kind.UNAUTHORIZED, "a permission is missing: see the app's permissions", 200, 299)
            .subcode(Kind.UNAUTHORIZED, "the app is not reviewed: it reaches people with a role only", 200, 2018028)
            .subcode(Kind.UNAUTHORIZED, "the app is not reviewed for phone numbers", 200, 2018027)
            .subcode(Kind.UNAUTHORIZED, "the app may not send to phone numbers", 200, 2018021)
            .subcode(Kind.UNAUTHORIZED, "the Page does not exist, or the token is not for it", 100, 33)
            .subcode(Kind.UNAUTHORIZED, "the tag needs Meta's approval of the human agent feature", 100, 2018276)
            .codes(Kind.UNAUTHORIZED, "profiles need Meta's approval of the profile feature", 2018247)
            .subcode(Kind.ACCOUNT, "the owner switched messages off", 200, 2534041)
            .subcode(
                    Kind.ACCOUNT,
                    "the Page is restricted for now: stop sending and see the Page's quality",
                    10,
                    1893063)
            .subcode(Kind.ACCOUNT, "the Page may not ask for opt-ins", 10, 1404170)
            .subcode(Kind.ACCOUNT, "the account's link to the Page is broken", 10, 2534077)
            .codes(Kind.ACCOUNT, "blocked for abuse: stop sending", 368)
            .codes(Kind.ACCOUNT, "commerce messages are disabled for the app", 2022)
            .codes(Kind.ACCOUNT, "the Page has its messages switched off", 10904)
            // About the request.
            .codes(Kind.INVALID_REQUEST, "a parameter is wrong", 100)
            .subcode(Kind.TEMPORARY, "the media could not be fetched from their link", 100, 2018008)
            .subcode(Kind.TEMPORARY, "fetching the video took too long, or it is broken", 100, 2018294)
            .subcode(Kind.INVALID_REQUEST, "message and action together", 100, 2018014)
            .subcode(Kind.INVALID_REQUEST, "the upload failed: see type and size", 100, 2018047)
            .subcode(Kind.INVALID_REQUEST, "the stored media are gone or not ours: upload again", 100, 2018074)
            .subcode(Kind.INVALID_REQUEST, "the media are too large", 100, 2018109)
            .subcode(Kind.INVALID_REQUEST, "the app's id is wrong", 100, 2018164)
            .subcode(Kind.INVALID_REQUEST, "the person was asked for this already", 613, 1893016)
            .subcode(Kind.INVALID_REQUEST, "the product is not one of the Page's catalogue", 100, 2018320)
            .subcode(Kind.INVALID_REQUEST, "the product is not one of the Page's catalogue", 100, 2018328)
            .subcode(Kind.INVALID_REQUEST, "the form cannot be shown in a conversation", 1, 2018382)
            .codes(Kind.INVALID_REQUEST, "the token of the account link is wrong, or was used", 10303)
            .range(Kind.INVALID_REQUEST, "paid marketing messages are no way of this library", 2300000, 2300052)
            .codes(Kind.INVALID_REQUEST, "it was answered already, or cannot be answered", 10900, 10903)
            .codes(Kind.INVALID_REQUEST, "the message was deleted", 9000001)
            .build();

    private MessengerErrors() {}
}
