package aparte.cli;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Identity;
import aparte.Scope;
import aparte.SenderId;

/** Consent entries and their parts as JSON. */
final class EntryForm {
    private EntryForm() {}

    static Json of(ConsentEntry entry) {
        Json json = Json.object()
                .put("id", entry.id().value())
                .put("kind", entry.kind().name())
                .put("person", of(entry.person()))
                .put("scope", of(entry.scope()))
                .put("basis", entry.basis().name())
                .put("effective_at", entry.effectiveAt())
                .put("recorded_at", entry.recordedAt())
                .put("expires_at", entry.expiresAt())
                .put("method", entry.method())
                .put("actor", entry.actor())
                .put("supersedes", entry.supersedes())
                .put("source", entry.source())
                .put("reason", entry.reason())
                .put("jurisdiction", entry.jurisdiction());
        entry.via().ifPresent(via -> json.put("via", of(via)));
        entry.wording()
                .ifPresent(wording -> json.put(
                        "wording",
                        Json.object()
                                .put("version", wording.version())
                                .put("language", wording.language().toLanguageTag())
                                .put("text", wording.text())));
        if (!entry.proofs().isEmpty()) {
            json.objects(
                    "proofs",
                    entry.proofs(),
                    proof -> Json.object()
                            .put("type", proof.type())
                            .put("uri", proof.uri())
                            .put("sha256", proof.sha256()));
        }
        if (!entry.details().isEmpty()) {
            json.put("details", entry.details());
        }
        return json;
    }

    static Json of(Address address) {
        Json json = Json.object().put("kind", address.kind().name()).put("value", address.value());
        return address.scope().isEmpty() ? json : json.put("scope", address.scope());
    }

    static Json of(SenderId sender) {
        return Json.object().put("channel", sender.channel().name()).put("sender", sender.value());
    }

    static Json of(Identity person) {
        return Json.object()
                .put("reference", person.reference())
                .objects("addresses", person.addresses(), EntryForm::of);
    }

    static Json of(Scope scope) {
        Json json = Json.object().texts("purposes", scope.purposes());
        scope.senders().ifPresent(senders -> json.objects("senders", senders, EntryForm::of));
        return json;
    }
}
