package aparte.consent.jdbc;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Entries of every kind with every part, about a handful of people under several names, drawn from a seed. */
final class RandomEntries {
    static final SenderId SHOP = new SenderId(ChannelId.WHATSAPP, "100200300");
    static final SenderId BOT = new SenderId(ChannelId.VIBER, "our-bot");

    /** The names of three or more people, two of them spellings of one. */
    static final List<Identity> NAMES = List.of(
            Identity.of(Address.phone("+5511987654321")),
            Identity.of(Address.phone("+551187654321")),
            Identity.of(Address.of(Address.Kind.VIBER_USER, "01234567890A=")),
            Identity.of(new Address(Address.Kind.MESSENGER_PSID, "7788990011", "page-1")),
            Identity.of(Address.email("Jo.Doe@Example.org")),
            Identity.of(Address.phone("+33612345678")),
            Identity.of("crm-4711", List.of()));

    private static final List<ConsentEntry.Kind> FREQUENT = List.of(
            ConsentEntry.Kind.GRANTED,
            ConsentEntry.Kind.GRANTED,
            ConsentEntry.Kind.WITHDRAWN,
            ConsentEntry.Kind.OBJECTED,
            ConsentEntry.Kind.LINKED,
            ConsentEntry.Kind.LINKED,
            ConsentEntry.Kind.UNLINKED);
    private static final List<String> TEXTS = List.of(
            "form",
            "\"quoted\" \\ back/slash",
            "שלום 你好 🎉",
            "line\nbreak\ttab\u0001\u001f",
            "\u2028\u2029</script>",
            "é".repeat(300));
    private static final List<Locale> LOCALES =
            List.of(Locale.ENGLISH, Locale.forLanguageTag("pt-BR"), Locale.forLanguageTag("zh-Hant-TW"));

    private final SplittableRandom random;
    private int ids;

    RandomEntries(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    Identity somebody() {
        return pick(NAMES);
    }

    /** One to three names together. */
    Identity several() {
        Identity all = pick(NAMES);
        int more = random.nextInt(3);
        for (int i = 0; i < more; i++) {
            all = join(all, pick(NAMES));
        }
        return all;
    }

    private static Identity join(Identity one, Identity other) {
        List<Address> addresses = new ArrayList<>(one.addresses());
        addresses.addAll(other.addresses());
        return one.reference()
                .or(other::reference)
                .map(reference -> Identity.of(reference, addresses))
                .orElseGet(() -> Identity.of(addresses));
    }

    ConsentEntry next() {
        ConsentEntry.Kind kind = chance(60) ? pick(FREQUENT) : pick(List.of(ConsentEntry.Kind.values()));
        boolean link = kind == ConsentEntry.Kind.LINKED || kind == ConsentEntry.Kind.UNLINKED;
        Identity person = link || chance(20) ? several() : somebody();
        ConsentEntry.Builder entry = ConsentEntry.builder(kind, person, scope(kind))
                .id(EntryId.of("e" + ids++ + "-\"\\" + random.nextInt(9)));
        if (link || chance(90)) {
            entry.effectiveAt(time(40));
        }
        if (chance(80)) {
            entry.source(pick(TEXTS)).method(pick(List.of(ConsentEntry.Method.values())));
        }
        entry.basis(chance(70) ? LegalBasis.CONSENT : pick(List.of(LegalBasis.values())));
        if (chance(30)) {
            entry.expiresAt(time(60)).recordedAt(time(60)).via(chance(50) ? SHOP : BOT);
        }
        if (chance(30)) {
            entry.actor(pick(List.of(ConsentEntry.Actor.values())))
                    .jurisdiction("FR")
                    .reason(pick(TEXTS));
        }
        if (chance(20)) {
            entry.wording(new ConsentEntry.Wording("v" + ids, pick(LOCALES), pick(TEXTS)));
            entry.proof(new ConsentEntry.Proof("form", pick(TEXTS), "0a".repeat(32)));
            entry.proof(new ConsentEntry.Proof("audio", "crm/7", "f0".repeat(32)));
        }
        for (int i = random.nextInt(4); chance(20) && i > 0; i--) {
            entry.detail("detail " + i + pick(TEXTS), chance(30) ? "" : pick(TEXTS));
        }
        if (kind == ConsentEntry.Kind.CORRECTED) {
            entry.supersedes(EntryId.of("e" + random.nextInt(ids)))
                    .actor(ConsentEntry.Actor.AGENT)
                    .reason("mistake");
        }
        return entry.build();
    }

    private Scope scope(ConsentEntry.Kind kind) {
        List<Purpose> purposes = new ArrayList<>(List.of(Purpose.NEWS));
        for (Purpose purpose : Purpose.values()) {
            if (chance(50)) {
                purposes.add(purpose);
            }
        }
        if (kind.isOpening()) {
            purposes.remove(Purpose.ENGAGEMENT);
        }
        Scope scope = Scope.of(purposes);
        return chance(70) ? scope : chance(50) ? scope.only(SHOP) : scope.only(SHOP, BOT);
    }

    private Instant time(int lastSecond) {
        Instant second = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(random.nextInt(lastSecond));
        return chance(50) ? second : second.plusNanos(random.nextInt(1_000_000_000));
    }
}
