package aparte.benchmarks;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.Identity;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Scope;
import aparte.SenderId;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.ConsentPolicies;
import aparte.consent.DecisionLog;
import aparte.consent.SendLog;
import aparte.consent.Transport;
import aparte.testkit.InMemoryConversations;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** People who agreed to news on WhatsApp and wrote a minute ago, so that a text to them is cleared. */
final class Town {
    static final String BODY = "The new season is here: come and see it in our shop, or answer to have it sent.";

    private static final Content TEXT = new Content.Text(BODY);

    /** The system's clock, shifted to a Wednesday's noon in Paris, when no hour is quiet. */
    static final Clock NOON = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), noon()));

    private final List<Recipient> people;
    private final InMemoryConversations conversations = new InMemoryConversations();

    private Town(List<Recipient> people) {
        this.people = people;
    }

    private static Instant noon() {
        return LocalDate.now(ZoneOffset.UTC)
                .with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY))
                .atTime(11, 0)
                .toInstant(ZoneOffset.UTC);
    }

    /** Returns a town of so many, each with one agreement in the ledger. */
    static Town of(int size, ConsentLedger ledger, SenderId sender) {
        List<Recipient> people = new ArrayList<>(size);
        Town town = new Town(people);
        Instant now = NOON.instant();
        for (int i = 0; i < size; i++) {
            Recipient person = Recipient.of(phone(i));
            people.add(person);
            ledger.append(granted(person.identity(), now));
            town.conversations.heard(sender, person.identity(), now.minusSeconds(60));
        }
        return town;
    }

    static Address phone(int number) {
        return Address.phone("+336" + (10_000_000 + number));
    }

    static ConsentEntry granted(Identity person, Instant now) {
        return ConsentEntry.granted(
                        person, Scope.promotional(), ConsentEntry.Method.CHECKBOX, "https://shop.example/news")
                .effectiveAt(now.minusSeconds(86_400))
                .recordedAt(now.minusSeconds(86_400))
                .build();
    }

    Recipient person(int number) {
        return people.get(number % people.size());
    }

    /** Returns a new message to somebody. */
    Message message(int number) {
        return Message.of(person(number), Purpose.NEWS, TEXT);
    }

    /** Returns a gate for this town, with the policies of every gate. */
    ConsentGate gate(ConsentLedger ledger, Transport transport, SendLog sendLog, DecisionLog decisions) {
        return gate(ledger, transport, sendLog, decisions, ConsentPolicies.ofDefaults());
    }

    /** Returns a gate for this town. */
    ConsentGate gate(
            ConsentLedger ledger,
            Transport transport,
            SendLog sendLog,
            DecisionLog decisions,
            ConsentPolicies policies) {
        return ConsentGate.builder(new Controller("shop", "Shop"), ledger)
                .transport(transport)
                .conversations(conversations)
                .sendLog(sendLog)
                .decisions(decisions)
                .policies(policies)
                .clock(NOON)
                .build();
    }
}
