package aparte.testkit;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns consent entries into bytes and back, as simply as can be. */
final class EntryCodec {
    private EntryCodec() {}

    static byte[] write(ConsentEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            text(out, entry.id().value());
            text(out, entry.kind().name());
            optional(out, entry.person().reference());
            addresses(out, entry.person().addresses());
            texts(out, entry.scope().purposes().stream().map(Purpose::name).toList());
            out.writeBoolean(entry.scope().senders().isPresent());
            senders(out, entry.scope().senders().orElse(Set.of()));
            text(out, entry.basis().name());
            optional(out, entry.effectiveAt().map(Instant::toString));
            optional(out, entry.recordedAt().map(Instant::toString));
            optional(out, entry.expiresAt().map(Instant::toString));
            optional(out, entry.method().map(Enum::name));
            optional(out, entry.actor().map(Enum::name));
            senders(out, entry.via().stream().toList());
            optional(out, entry.wording().map(ConsentEntry.Wording::version));
            optional(out, entry.wording().map(wording -> wording.language().toLanguageTag()));
            optional(out, entry.wording().map(ConsentEntry.Wording::text));
            optional(out, entry.supersedes().map(EntryId::value));
            text(out, entry.source());
            text(out, entry.reason());
            text(out, entry.jurisdiction());
            out.writeInt(entry.proofs().size());
            for (ConsentEntry.Proof proof : entry.proofs()) {
                texts(out, List.of(proof.type(), proof.uri(), proof.sha256()));
            }
            out.writeInt(entry.details().size());
            for (Map.Entry<String, String> detail : entry.details().entrySet()) {
                texts(out, List.of(detail.getKey(), detail.getValue()));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static ConsentEntry read(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            EntryId id = EntryId.of(text(in));
            ConsentEntry.Kind kind = ConsentEntry.Kind.valueOf(text(in));
            Optional<String> reference = optional(in);
            List<Address> addresses = addresses(in);
            Scope scope = Scope.of(texts(in).stream().map(Purpose::valueOf).toList());
            boolean limited = in.readBoolean();
            List<SenderId> senders = senders(in);
            ConsentEntry.Builder entry = ConsentEntry.builder(
                            kind,
                            reference.isPresent() ? Identity.of(reference.get(), addresses) : Identity.of(addresses),
                            limited ? scope.only(senders) : scope)
                    .id(id)
                    .basis(LegalBasis.valueOf(text(in)));
            optional(in).map(Instant::parse).ifPresent(entry::effectiveAt);
            optional(in).map(Instant::parse).ifPresent(entry::recordedAt);
            optional(in).map(Instant::parse).ifPresent(entry::expiresAt);
            optional(in).map(ConsentEntry.Method::valueOf).ifPresent(entry::method);
            optional(in).map(ConsentEntry.Actor::valueOf).ifPresent(entry::actor);
            senders(in).forEach(entry::via);
            Optional<String> version = optional(in);
            Optional<String> language = optional(in);
            Optional<String> wording = optional(in);
            if (version.isPresent()) {
                entry.wording(new ConsentEntry.Wording(
                        version.get(), Locale.forLanguageTag(language.orElseThrow()), wording.orElseThrow()));
            }
            optional(in).map(EntryId::of).ifPresent(entry::supersedes);
            entry.source(text(in)).reason(text(in)).jurisdiction(text(in));
            for (int i = in.readInt(); i > 0; i--) {
                List<String> proof = texts(in);
                entry.proof(new ConsentEntry.Proof(proof.get(0), proof.get(1), proof.get(2)));
            }
            for (int i = in.readInt(); i > 0; i--) {
                List<String> detail = texts(in);
                entry.detail(detail.get(0), detail.get(1));
            }
            return entry.build();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static void optional(DataOutputStream out, Optional<String> text) throws IOException {
        texts(out, text.stream().toList());
    }

    private static Optional<String> optional(DataInputStream in) throws IOException {
        return texts(in).stream().findFirst();
    }

    private static void addresses(DataOutputStream out, List<Address> addresses) throws IOException {
        out.writeInt(addresses.size());
        for (Address address : addresses) {
            texts(out, List.of(address.kind().name(), address.value(), address.scope()));
        }
    }

    private static List<Address> addresses(DataInputStream in) throws IOException {
        List<Address> addresses = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            List<String> parts = texts(in);
            addresses.add(new Address(Address.Kind.of(parts.get(0)), parts.get(1), parts.get(2)));
        }
        return addresses;
    }

    private static void senders(DataOutputStream out, Collection<SenderId> senders) throws IOException {
        out.writeInt(senders.size());
        for (SenderId sender : senders) {
            texts(out, List.of(sender.channel().name(), sender.value()));
        }
    }

    private static List<SenderId> senders(DataInputStream in) throws IOException {
        List<SenderId> senders = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            List<String> parts = texts(in);
            senders.add(new SenderId(ChannelId.of(parts.get(0)), parts.get(1)));
        }
        return senders;
    }
}
