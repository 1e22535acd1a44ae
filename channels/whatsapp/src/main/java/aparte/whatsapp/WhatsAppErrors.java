package aparte.whatsapp;

import aparte.DeliveryFailure.Kind;
import aparte.channel.http.Brake;
import aparte.channel.http.GraphErrors;
import java.time.Duration;

/** WhatsApp's error codes, as of 2026-11: in answers and in statuses alike. Meaning: Cloud API, error codes. */
final class WhatsAppErrors {
    static final GraphErrors TABLE = GraphErrors.builder()
            // An answer with these may follow a message that was taken.
            .uncertain(131000)
            .uncertainOnServerError(1, 2)
            // Passes: the same request may be tried again.
            .codes(Kind.TEMPORARY, "a fault at WhatsApp: try again later", 1, 2, 131000, 131016, 133004)
            .codes(Kind.THROTTLED, "above the number's throughput: send more slowly", 130429)
            .codes(Kind.THROTTLED, "too many messages to this person at once: about one in 6 seconds", 131056)
            .codeWithWait(Kind.THROTTLED, "the app's limit of calls is reached", Duration.ofMinutes(1), 4)
            .codeWithWait(Kind.THROTTLED, "the account's limit of calls is reached", Duration.ofMinutes(1), 80007)
            .codeWithWait(Kind.TEMPORARY, "the account is being upgraded", Duration.ofMinutes(1), 131057)
            .codeWithWait(Kind.TEMPORARY, "the template is not ready yet", Duration.ofMinutes(10), 134101)
            .codeWithWait(Kind.TEMPORARY, "the number was just deleted: wait", Duration.ofMinutes(5), 133015)
            .codeWithWait(Kind.THROTTLED, "the flow is throttled: ten messages an hour", Duration.ofHours(1), 132069)
            .codes(Kind.THROTTLED, "the group is written to or changed too often", 131208)
            .codes(Kind.TEMPORARY, "the block list is being changed or failed: try again later", 139102, 139103)
            .brakes(Brake.RATE, 130429)
            .brakes(Brake.QUOTA, 4, 80007, 131057)
            .brakes(Brake.PERSON, 131056, 131208)
            // About the person.
            .codes(Kind.PERSON_REFUSED, "the person stopped marketing messages of this business", 131050)
            .codes(
                    Kind.UNDELIVERABLE,
                    "WhatsApp cannot reach the person: not there, terms not accepted, or an old app",
                    131026)
            .codes(Kind.UNDELIVERABLE, "the business blocked this person: unblock first", 130403)
            .codes(Kind.UNDELIVERABLE, "the person's identity changed: verify them again", 137000)
            .codes(Kind.WINDOW_CLOSED, "more than 24 hours since the person wrote: use a template", 131047)
            .codeWithWait(Kind.WITHHELD, "WhatsApp withholds it to protect the person", Duration.ofHours(24), 131049)
            .codes(Kind.UNDELIVERABLE, "the group has no member but the business", 131020)
            .codes(Kind.UNDELIVERABLE, "WhatsApp suspended the group", 131207)
            .codes(Kind.UNDELIVERABLE, "the person is not a member of the group", 131212)
            .codes(Kind.WITHHELD, "the person is in an experiment without marketing", 130472)
            .codes(Kind.WITHHELD, "the template is paused for low quality", 132015)
            // About the token, the account, the number.
            .codes(Kind.UNAUTHORIZED, "the token is dead: get a new one", 0, 190)
            .codes(Kind.UNAUTHORIZED, "a permission is missing: see the app's WhatsApp permissions", 3, 10, 131005)
            .range(Kind.UNAUTHORIZED, "a permission or the token is missing", 200, 299)
            .codes(Kind.ACCOUNT, "the account is restricted or locked", 368, 130497, 131031)
            .codes(Kind.ACCOUNT, "the number is braked for spam or low quality: stop campaigns", 131048)
            .codes(Kind.ACCOUNT, "templates were filed under wrong categories too often", 131064)
            .codes(Kind.ACCOUNT, "the account cannot be billed: see its payment method", 131042)
            .codes(Kind.ACCOUNT, "the number is not registered or not verified", 131045, 133010, 133006)
            .codes(Kind.ACCOUNT, "registering the number failed", 133000, 133005, 133008, 133009, 133016)
            .codes(Kind.ACCOUNT, "a test number reaches the listed recipients only", 131030)
            .codes(Kind.ACCOUNT, "the number needs an approved display name", 131037)
            .codes(Kind.ACCOUNT, "marketing is switched off on the Cloud API for this account", 131063)
            .codes(Kind.ACCOUNT, "terms of payments are not accepted yet", 134011)
            .codes(Kind.ACCOUNT, "the template is disabled or not available", 132016, 134102)
            .codes(Kind.ACCOUNT, "the flow is blocked", 132068)
            .codes(Kind.ACCOUNT, "the number has as many groups as it may have", 131211)
            .codes(Kind.ACCOUNT, "the number may not make groups, or not now", 131214, 131215)
            .codes(Kind.ACCOUNT, "the block list is full: unblock somebody first", 139101)
            // About the request.
            .codes(Kind.INVALID_REQUEST, "the number is gone or a parameter is wrong", 33, 100)
            .codes(Kind.INVALID_REQUEST, "a parameter is missing or wrong", 131008, 131009, 135000)
            .codes(Kind.INVALID_REQUEST, "sender and recipient are the same", 131021)
            .codes(Kind.INVALID_REQUEST, "the type is not supported", 131051, 130501)
            .codes(Kind.INVALID_REQUEST, "the media could not be fetched or read: see type and size", 131052, 131053)
            .codes(Kind.INVALID_REQUEST, "the marketing API does not take this", 131055, 134100)
            .codes(Kind.INVALID_REQUEST, "this needs a phone number, not a user id", 131062)
            .codes(Kind.INVALID_REQUEST, "the template is missing or not approved in this language", 132001)
            .codes(Kind.INVALID_REQUEST, "the template's parameters do not fit", 132000, 132005, 132007, 132012, 132018)
            .codes(Kind.INVALID_REQUEST, "the template cannot be made so: see its parts and their limits", 2388019)
            .range(
                    Kind.INVALID_REQUEST,
                    "the template cannot be made so: see its parts and their limits",
                    2388039,
                    2388299)
            .codes(Kind.INVALID_REQUEST, "no such group", 131041)
            .codes(Kind.INVALID_REQUEST, "done for some members of the group only: see who is there", 131201)
            .codes(Kind.INVALID_REQUEST, "the group names somebody twice", 131202)
            .codes(Kind.INVALID_REQUEST, "more than the group may hold", 131204)
            .codes(Kind.INVALID_REQUEST, "the group's picture must be square, of 192 pixels and 5 MB", 131209, 131210)
            .codes(Kind.INVALID_REQUEST, "no such request to join the group", 131213)
            .codes(
                    Kind.INVALID_REQUEST,
                    "some could not be blocked or unblocked: only who wrote in 24 hours can",
                    139100)
            .codes(Kind.INVALID_REQUEST, "the page of the list is gone: begin from the first", 131059)
            .codes(Kind.UNKNOWN, "a message of the person is not available", 131060)
            .codes(Kind.INVALID_REQUEST, "the order cannot be changed so", 2040, 2046, 2047)
            .build();

    private WhatsAppErrors() {}
}
