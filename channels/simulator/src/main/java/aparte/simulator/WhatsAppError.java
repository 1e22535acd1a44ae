package aparte.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An error as the Cloud API words it, synchronously or in a status.
 *
 * <p>HTTP statuses are those of the documents' former column; the pages of 2026 print none.
 *
 * @param subcode {@code error_subcode}, which the platform has where templates are created; 0 for none
 */
record WhatsAppError(int code, int httpStatus, String title, String details, int subcode) implements GraphError {
    private record Entry(int httpStatus, String title) {}

    private static final Map<Integer, Entry> KNOWN = known();

    static WhatsAppError of(int code, String details) {
        Entry entry = KNOWN.getOrDefault(code, new Entry(400, "Unlisted error"));
        return new WhatsAppError(code, entry.httpStatus(), entry.title(), details, 0);
    }

    /** An error whose details repeat the title. */
    static WhatsAppError of(int code) {
        WhatsAppError plain = of(code, "");
        return new WhatsAppError(code, plain.httpStatus, plain.title, plain.title, 0);
    }

    /** The same with a sub code. */
    WhatsAppError with(int other) {
        return new WhatsAppError(code, httpStatus, title, details, other);
    }

    /** A refusal with these details. */
    static GraphRefusal refusal(int code, String details) {
        return new GraphRefusal(of(code, details));
    }

    @Override
    public Answer answer(String traceId) {
        return answer(httpStatus, traceId);
    }

    Answer answer(int status, String traceId) {
        return Answer.json(status, Json.object("error", inAnswer(traceId)));
    }

    /** As it stands under {@code error} of an answer. */
    Map<String, Object> inAnswer(String traceId) {
        return Json.object(
                "message",
                "(#" + code + ") " + title,
                "type",
                "OAuthException",
                "code",
                code,
                "error_data",
                Json.object("messaging_product", "whatsapp", "details", details),
                "error_subcode",
                subcode == 0 ? Optional.empty() : Optional.of(subcode),
                "error_user_msg",
                subcode == 0 ? Optional.empty() : Optional.of(details),
                "fbtrace_id",
                traceId);
    }

    /** As it stands in {@code errors} of a status or of an inbound message. */
    Map<String, Object> inWebhook() {
        return Json.object(
                "code", code,
                "title", title,
                "message", title,
                "error_data", Json.object("details", details),
                "href", "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/");
    }

    private static Map<Integer, Entry> known() {
        Map<Integer, Entry> known = new LinkedHashMap<>();
        known.put(0, new Entry(401, "The access token could not be authenticated"));
        known.put(1, new Entry(400, "Invalid request or possible server error"));
        known.put(2, new Entry(503, "Service temporarily unavailable"));
        known.put(4, new Entry(400, "Application request limit reached"));
        known.put(10, new Entry(403, "Permission is missing"));
        known.put(33, new Entry(400, "The business phone number has been deleted"));
        known.put(100, new Entry(400, "Invalid parameter"));
        known.put(190, new Entry(401, "Access token has expired"));
        known.put(200, new Entry(403, "Permission is missing"));
        known.put(368, new Entry(403, "Temporarily blocked for policies violations"));
        known.put(80007, new Entry(400, "Business account rate limit reached"));
        known.put(2046, new Entry(400, "The order's status cannot change like this"));
        known.put(2047, new Entry(400, "The order cannot be cancelled"));
        known.put(130403, new Entry(400, "The recipient is blocked by the business"));
        known.put(130429, new Entry(400, "Rate limit hit"));
        known.put(130472, new Entry(400, "The recipient's number is part of an experiment"));
        known.put(130497, new Entry(403, "Restricted from messaging people in this country"));
        known.put(130501, new Entry(400, "Unsupported message type"));
        known.put(131000, new Entry(500, "Something went wrong"));
        known.put(131005, new Entry(403, "Access denied"));
        known.put(131008, new Entry(400, "Required parameter is missing"));
        known.put(131009, new Entry(400, "Parameter value is not valid"));
        known.put(131016, new Entry(500, "Service unavailable"));
        known.put(131020, new Entry(400, "Bad group"));
        known.put(131021, new Entry(400, "Recipient cannot be the sender"));
        known.put(131026, new Entry(400, "Message undeliverable"));
        known.put(131030, new Entry(400, "Recipient is not in the allowed list"));
        known.put(131031, new Entry(403, "Account has been locked"));
        known.put(131041, new Entry(400, "Unknown group"));
        known.put(131042, new Entry(400, "Business eligibility: payment issue"));
        known.put(131045, new Entry(500, "The number is not registered"));
        known.put(131047, new Entry(400, "Re-engagement message"));
        known.put(131048, new Entry(400, "Spam rate limit hit"));
        known.put(131049, new Entry(400, "Not delivered to keep the ecosystem healthy"));
        known.put(131050, new Entry(400, "The recipient has stopped marketing messages from this business"));
        known.put(131051, new Entry(400, "Message type is not supported"));
        known.put(131052, new Entry(400, "Media download error"));
        known.put(131053, new Entry(400, "Media upload error"));
        known.put(131056, new Entry(400, "Pair rate limit hit"));
        known.put(131057, new Entry(500, "Account in maintenance mode"));
        known.put(131055, new Entry(400, "Method not allowed"));
        known.put(131059, new Entry(400, "The paging cursor is not valid"));
        known.put(131062, new Entry(400, "Business-scoped user ids are not allowed for this message"));
        known.put(131063, new Entry(400, "Marketing messages are disabled on Cloud API"));
        known.put(131201, new Entry(206, "Request partially succeeded"));
        known.put(131202, new Entry(400, "Duplicate participant"));
        known.put(131204, new Entry(400, "Participant overlimit"));
        known.put(131207, new Entry(403, "Group suspended"));
        known.put(131208, new Entry(429, "Group rate limit hit"));
        known.put(131209, new Entry(400, "Invalid group profile picture aspect ratio"));
        known.put(131210, new Entry(400, "Image is too small to process"));
        known.put(131211, new Entry(400, "Group create limit reached"));
        known.put(131212, new Entry(400, "Participant is not a part of the group"));
        known.put(131213, new Entry(400, "Group join request does not exist"));
        known.put(131214, new Entry(400, "Group creation is temporarily disabled"));
        known.put(131215, new Entry(400, "This phone number is not eligible to access Groups APIs"));
        known.put(132000, new Entry(400, "Number of parameters does not match the expected number of params"));
        known.put(132005, new Entry(400, "Translated text too long"));
        known.put(132012, new Entry(400, "Parameter format does not match format in the created template"));
        known.put(132015, new Entry(400, "Template is paused"));
        known.put(132016, new Entry(400, "Template is disabled"));
        known.put(132018, new Entry(400, "There was an issue with the parameters in your template"));
        known.put(134100, new Entry(400, "Only marketing messages supported"));
        known.put(134101, new Entry(400, "Template is still syncing"));
        known.put(132001, new Entry(404, "Template does not exist"));
        known.put(133004, new Entry(503, "Server temporarily unavailable"));
        known.put(133005, new Entry(400, "Two-step verification PIN mismatch"));
        known.put(133010, new Entry(400, "The number is not registered"));
        known.put(137000, new Entry(400, "Identity hash does not match"));
        known.put(139100, new Entry(400, "Failed to block/unblock users"));
        known.put(139101, new Entry(400, "Blocklist limit reached"));
        return known;
    }
}
