package aparte.cli;

import aparte.Evidence;
import aparte.Refusal;
import aparte.SendResult;
import java.util.Locale;

/** Results of sends as JSON. */
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
}
