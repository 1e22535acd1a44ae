package aparte.messenger;

import aparte.DeliveryFailure.Kind;
import aparte.channel.http.Brake;
import aparte.channel.http.GraphErrors;
import aparte.channel.http.GraphMessaging;

/**
 * The error codes that Messenger alone shows, as of 2026-11, beside those that it shares: Messenger Platform, error codes,
 * 25 June 2026.
 */
final class MessengerErrors {
    private static final String WINDOW = "the person wrote too long ago: wait until they write, or let a person answer";

    static final GraphErrors TABLE = GraphMessaging.errors()
            .subcode(Kind.ACCOUNT, "the terms of labels are not accepted yet", 2, 2018344)
            // Quotas.
            .subcode(Kind.THROTTLED, "too many messages to this person at once", 613, 2534040)
            .subcode(Kind.THROTTLED, "too many messages to phone numbers", 4, 2018022)
            .subcode(Kind.THROTTLED, "too many opt-in requests", 9, 2018352)
            .brakesSubcode(Brake.PERSON, 613, 2534040)
            .subcode(Kind.WITHHELD, "marketing came too often for this person", 4, 2018354)
            .subcode(Kind.WITHHELD, "the tag looks abused for this person: no tags to them any more", 613, 2018338)
            // About the person.
            .subcode(Kind.PERSON_REFUSED, "the person stopped these messages", 10, 1893015)
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2018278)
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2018065)
            .subcode(Kind.WINDOW_CLOSED, WINDOW, 10, 2534022)
            .codes(Kind.UNDELIVERABLE, "the person's profile is not available", 2018218)
            // About the permissions and the Page.
            .subcode(Kind.UNAUTHORIZED, "the app is not reviewed for phone numbers", 200, 2018027)
            .subcode(Kind.UNAUTHORIZED, "the app may not send to phone numbers", 200, 2018021)
            .codes(Kind.UNAUTHORIZED, "profiles need Meta's approval of the profile feature", 2018247)
            .subcode(Kind.ACCOUNT, "the owner switched messages off", 200, 2534041)
            .subcode(Kind.ACCOUNT, "the Page may not ask for opt-ins", 10, 1404170)
            .subcode(Kind.ACCOUNT, "the account's link to the Page is broken", 10, 2534077)
            .codes(Kind.ACCOUNT, "commerce messages are disabled for the app", 2022)
            // About the request.
            .subcode(Kind.INVALID_REQUEST, "the person was asked for this already", 613, 1893016)
            .subcode(Kind.INVALID_REQUEST, "the product is not one of the Page's catalogue", 100, 2018320)
            .subcode(Kind.INVALID_REQUEST, "the product is not one of the Page's catalogue", 100, 2018328)
            .subcode(Kind.INVALID_REQUEST, "the form cannot be shown in a conversation", 1, 2018382)
            .codes(Kind.INVALID_REQUEST, "the token of the account link is wrong, or was used", 10303)
            .range(Kind.INVALID_REQUEST, "paid marketing messages are no way of this library", 2300000, 2300052)
            .build();

    private MessengerErrors() {}
}
