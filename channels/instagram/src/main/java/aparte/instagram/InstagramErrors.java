package aparte.instagram;

import aparte.DeliveryFailure.Kind;
import aparte.channel.http.Brake;
import aparte.channel.http.GraphErrors;
import aparte.channel.http.GraphMessaging;

/** The error codes that Instagram alone shows, as of 2026-11, beside those that it shares: Instagram messaging, errors. */
final class InstagramErrors {
    private static final String WINDOW = "the person wrote too long ago: wait until they write, or let a person answer";

    static final GraphErrors TABLE = GraphMessaging.errors()
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2534022)
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2018278)
            .subcode(
                    Kind.ACCOUNT,
                    "the account's link to its Page is not verified, or two-factor login is missing",
                    10,
                    2534077)
            .subcode(Kind.ACCOUNT, "the Page is not linked to an Instagram account", 100, 2534013)
            .subcode(Kind.UNDELIVERABLE, "no such person: the id is of another account, or of Messenger", 100, 2534014)
            .subcode(Kind.INVALID_REQUEST, "the message's content is not what Instagram takes", 100, 2534015)
            .subcode(
                    Kind.INVALID_REQUEST,
                    "the comment takes no private reply: answered already, or too old",
                    100,
                    2534025)
            .subcode(Kind.ACCOUNT, "the business is blocked from messaging: stop sending", 100, 2534029)
            .subcode(
                    Kind.INVALID_REQUEST,
                    "several pictures in one message are not enabled for the account: send them one by one",
                    100,
                    2534068)
            .subcode(Kind.ACCOUNT, "the owner switched off the access of apps to messages: ask them", 200, 2534041)
            .subcode(Kind.THROTTLED, "too many messages at once: send more slowly", 613, 2534040)
            .brakesSubcode(Brake.EITHER, 613, 2534040)
            .codes(Kind.ACCOUNT, "the account is not eligible for messaging", 36103)
            .codes(Kind.UNAUTHORIZED, "the person did not let us see their profile: they must write first", 230)
            .build();

    private InstagramErrors() {}
}
