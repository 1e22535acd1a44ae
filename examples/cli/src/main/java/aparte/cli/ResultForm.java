package aparte.cli;

import aparte.DeliveryFailure;
import aparte.EntryId;
import aparte.Evidence;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.consent.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Results of sends and claims as JSON, and back as far as a claim keeps them. */
final class ResultForm {
    private ResultForm() {}

    static Json of(SendResult result) {
        Json json = Json.object()
                .put("result", EventForm.snake(result))
                .put("message", result.message().value());
        if (result instanceof SendResult.Accepted accepted) {
            return json.with(EntryForm.of(accepted.from()))
                    .put("provider_id", accepted.providerId())
                    .put("evidence", of(accepted.evidence()));
        }
        if (result instanceof SendResult.Unconfirmed unconfirmed) {
            return json.with(EntryForm.of(unconfirmed.from())).put("evidence", of(unconfirmed.evidence()));
        }
        if (result instanceof SendResult.Failed failed) {
            return json.put("failure", EventForm.of(failed.failure())).put("evidence", of(failed.evidence()));
        }
        if (result instanceof SendResult.Deferred deferred) {
            return json.put("until", deferred.until()).objects("refusals", deferred.refusals(), ResultForm::of);
        }
        if (result instanceof SendResult.Refused refused) {
            return json.objects("refusals", refused.refusals(), ResultForm::of);
        }
        throw new IllegalStateException("a sixth kind of result");
    }

    /** Reads what a claim can keep: accepted, failed or unconfirmed. */
    static SendResult result(Json json) {
        MessageId message = MessageId.of(json.textOf("message"));
        Evidence evidence = evidence(json.child("evidence").orElseThrow());
        return switch (json.textOf("result")) {
            case "accepted" ->
                new SendResult.Accepted(message, EntryForm.sender(json), json.textOf("provider_id"), evidence);
            case "unconfirmed" -> new SendResult.Unconfirmed(message, EntryForm.sender(json), evidence);
            case "failed" ->
                new SendResult.Failed(message, failure(json.child("failure").orElseThrow()), evidence);
            default -> throw new IllegalArgumentException("a claim has an unknown result");
        };
    }

    private static DeliveryFailure failure(Json json) {
        DeliveryFailure failure = DeliveryFailure.of(
                DeliveryFailure.Kind.valueOf(json.textOf("kind")), json.textOf("code"), json.textOf("hint"));
        return json.text("retry_after")
                .map(Duration::parse)
                .map(failure::retryAfter)
                .orElse(failure);
    }

    static Json of(Refusal refusal) {
        Json json = Json.object()
                .put("reason", refusal.reason().name())
                .put("sentence", refusal.sentence(Locale.ENGLISH))
                .put("detail", refusal.detail())
                .texts("entries", refusal.entries())
                .texts("alternatives", refusal.alternatives())
                .put("not_before", refusal.notBefore());
        refusal.limit()
                .ifPresent(limit -> json.put(
                        "limit",
                        Json.object()
                                .put("max", limit.max())
                                .put("unit", limit.unit())
                                .put("actual", limit.actual())));
        return json;
    }

    static Json of(Evidence evidence) {
        return Json.object()
                .put("decision", evidence.decision())
                .put("judged_at", evidence.judgedAt())
                .put("purpose", evidence.purpose().name())
                .put("lane", evidence.lane())
                .texts("entries", evidence.entries())
                .put("heard_at", evidence.heardAt())
                .put("first_contact", evidence.firstContact());
    }

    private static Evidence evidence(Json json) {
        List<EntryId> entries = json.list("entries").stream().map(EntryId::of).toList();
        return new Evidence(
                json.textOf("decision"),
                json.instant("judged_at").orElseThrow(),
                Purpose.valueOf(json.textOf("purpose")),
                json.textOf("lane"),
                entries,
                json.instant("heard_at"),
                Boolean.parseBoolean(json.textOf("first_contact")));
    }

    static Json of(Claim claim) {
        Json json = Json.object()
                .put("message", claim.message().value())
                .with(EntryForm.of(claim.from()))
                .put("to", EntryForm.of(claim.to()))
                .put("at", claim.at())
                .put("evidence", of(claim.evidence()));
        claim.result().ifPresent(result -> json.put("result", of(result)));
        return json;
    }

    static Claim claim(Json json) {
        return new Claim(
                MessageId.of(json.textOf("message")),
                EntryForm.sender(json),
                EntryForm.address(json.child("to").orElseThrow()),
                json.instant("at").orElseThrow(),
                evidence(json.child("evidence").orElseThrow()),
                json.child("result").map(ResultForm::result));
    }
}
