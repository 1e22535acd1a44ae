package aparte.cli;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import java.util.List;
import java.util.Locale;

/** Consent entries and their parts as JSON, printed and in the ledger's file alike, and back. */
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

    static ConsentEntry entry(Json json) {
        ConsentEntry.Builder builder = ConsentEntry.builder(
                        ConsentEntry.Kind.valueOf(json.textOf("kind")),
                        identity(json.child("person").orElseThrow()),
                        scope(json.child("scope").orElseThrow()))
                .id(EntryId.of(json.textOf("id")))
                .basis(LegalBasis.valueOf(json.textOf("basis")))
                .source(json.textOf("source"))
                .reason(json.textOf("reason"))
                .jurisdiction(json.textOf("jurisdiction"));
        json.instant("effective_at").ifPresent(builder::effectiveAt);
        json.instant("recorded_at").ifPresent(builder::recordedAt);
        json.instant("expires_at").ifPresent(builder::expiresAt);
        json.text("method").map(ConsentEntry.Method::valueOf).ifPresent(builder::method);
        json.text("actor").map(ConsentEntry.Actor::valueOf).ifPresent(builder::actor);
        json.text("supersedes").map(EntryId::of).ifPresent(builder::supersedes);
        json.child("via").map(EntryForm::sender).ifPresent(builder::via);
        json.child("wording")
                .ifPresent(wording -> builder.wording(new ConsentEntry.Wording(
                        wording.textOf("version"),
                        Locale.forLanguageTag(wording.textOf("language")),
                        wording.textOf("text"))));
        for (Json proof : json.children("proofs")) {
            builder.proof(new ConsentEntry.Proof(proof.textOf("type"), proof.textOf("uri"), proof.textOf("sha256")));
        }
        json.texts("details").forEach(builder::detail);
        return builder.build();
    }

    static Json of(Address address) {
        Json json = Json.object().put("kind", address.kind().name()).put("value", address.value());
        return address.scope().isEmpty() ? json : json.put("scope", address.scope());
    }

    static Address address(Json json) {
        return new Address(
                Address.Kind.of(json.textOf("kind")),
                json.textOf("value"),
                json.text("scope").orElse(""));
    }

    static Json of(SenderId sender) {
        return Json.object().put("channel", sender.channel().name()).put("sender", sender.value());
    }

    static SenderId sender(Json json) {
        return new SenderId(ChannelId.of(json.textOf("channel")), json.textOf("sender"));
    }

    static Json of(Identity person) {
        return Json.object()
                .put("reference", person.reference())
                .objects("addresses", person.addresses(), EntryForm::of);
    }

    static Identity identity(Json json) {
        List<Address> addresses =
                json.children("addresses").stream().map(EntryForm::address).toList();
        return json.text("reference")
                .map(reference -> Identity.of(reference, addresses))
                .orElseGet(() -> Identity.of(addresses));
    }

    static Json of(Scope scope) {
        Json json = Json.object().texts("purposes", scope.purposes());
        scope.senders().ifPresent(senders -> json.objects("senders", senders, EntryForm::of));
        return json;
    }

    private static Scope scope(Json json) {
        Scope scope =
                Scope.of(json.list("purposes").stream().map(Purpose::valueOf).toList());
        return json.has("senders")
                ? scope.only(
                        json.children("senders").stream().map(EntryForm::sender).toList())
                : scope;
    }
}
