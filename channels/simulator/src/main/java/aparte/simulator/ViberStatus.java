package aparte.simulator;

import java.util.Map;

/** The words that Viber puts beside the numbers of its answers. They are free text on the platform; only the number counts. */
final class ViberStatus {
    static final int OK = 0;
    static final int INVALID_URL = 1;
    static final int INVALID_AUTH_TOKEN = 2;
    static final int BAD_DATA = 3;
    static final int MISSING_DATA = 4;
    static final int RECEIVER_NOT_REGISTERED = 5;
    static final int RECEIVER_NOT_SUBSCRIBED = 6;
    static final int WEBHOOK_NOT_SET = 10;
    static final int TOO_MANY_REQUESTS = 12;
    static final int API_VERSION_NOT_SUPPORTED = 13;
    static final int INCOMPATIBLE_WITH_VERSION = 14;
    static final int NO_PUBLIC_CHAT = 18;
    static final int PAYMENT_UNSUPPORTED = 22;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(OK, "ok"),
            Map.entry(INVALID_URL, "invalidUrl"),
            Map.entry(INVALID_AUTH_TOKEN, "invalidAuthToken"),
            Map.entry(BAD_DATA, "badData"),
            Map.entry(MISSING_DATA, "missingData"),
            Map.entry(RECEIVER_NOT_REGISTERED, "receiverNotRegistered"),
            Map.entry(RECEIVER_NOT_SUBSCRIBED, "receiverNotSubscribed"),
            Map.entry(7, "publicAccountBlocked"),
            Map.entry(8, "publicAccountNotFound"),
            Map.entry(9, "publicAccountSuspended"),
            Map.entry(WEBHOOK_NOT_SET, "webhookNotSet"),
            Map.entry(11, "receiverNoSuitableDevice"),
            Map.entry(TOO_MANY_REQUESTS, "tooManyRequests"),
            Map.entry(API_VERSION_NOT_SUPPORTED, "apiVersionNotSupported"),
            Map.entry(INCOMPATIBLE_WITH_VERSION, "incompatibleWithVersion"),
            Map.entry(15, "publicAccountNotAuthorized"),
            Map.entry(16, "inchatReplyMessageNotAllowed"),
            Map.entry(17, "publicAccountIsNotInline"),
            Map.entry(NO_PUBLIC_CHAT, "noPublicChat"),
            Map.entry(19, "cannotSendBroadcast"),
            Map.entry(20, "broadcastNotAllowed"),
            Map.entry(21, "unsupportedCountry"),
            Map.entry(PAYMENT_UNSUPPORTED, "paymentUnsupported"),
            Map.entry(23, "freeMessagesExceeded"),
            Map.entry(24, "noBalance"));

    private ViberStatus() {}

    static String name(int status) {
        return NAMES.getOrDefault(status, "generalError");
    }
}
