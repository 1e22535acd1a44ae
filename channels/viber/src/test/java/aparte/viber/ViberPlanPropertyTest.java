package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.Conversation;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.consent.Draft;
import aparte.consent.Plan;
import aparte.simulator.ViberMessage;
import aparte.testkit.Clearing;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two readings of Viber that know nothing of each other: our plan, and the simulator. */
class ViberPlanPropertyTest {
    private static final long SEED = 20_261_126L;
    private static final int ROUNDS = 600;
    private static final Address ANA = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");

    /** Where our plan is narrower than the simulator on purpose, since Viber's pages differ or it fetches what we name. */
    private static final List<String> NARROWER = List.of(
            "must be public https",
            "must look like #102030",
            "link of a card's picture must end in",
            "a button must be 1 to 2 rows",
            "a favourite",
            "Viber fetches the picture above a question itself",
            "Viber fetches a card's picture itself");

    @AutoClose
    private final ViberHouse house = new ViberHouse();

    private final RandomContents contents = new RandomContents(SEED);
    private final Planning planning = new Planning(WireSender.named("Maison Lumen"), true, false);
    private Clearing clearing;

    @BeforeEach
    void open() {
        house.person(ANA).subscribes();
        clearing = Clearing.of(house.simulator.clock(), house.transport);
    }

    private Plan plan(Content content) {
        return house.transport.plan(new Draft(
                Message.of(Recipient.of(ANA), Purpose.NEWS, content),
                Purpose.NEWS,
                Conversation.none(),
                house.simulator.clock().instant()));
    }

    private ViberMessage lastSent(int before) {
        return house.simulator.viber().sent().get(before);
    }

    @Test
    void what_the_plan_passes_is_on_the_phone() {
        int passed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Content content = contents.next();
            String where = "seed " + SEED + ", round " + round + ", " + content;
            if (plan(content) instanceof Plan.Carry) {
                house.person(ANA).writes("Encore"); // ends the hour of 100 messages without an answer
                int before = house.simulator.viber().sent().size();

                SendResult result = clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, content));

                assertThat(result).as(where).isInstanceOf(SendResult.Accepted.class);
                assertThat(lastSent(before).failure()).as(where).isEmpty();
                assertThat(lastSent(before).status()).as(where).isEqualTo(ViberMessage.Status.DELIVERED);
                passed++;
            }
        }
        assertThat(passed).as("passed of %s", ROUNDS).isGreaterThan(ROUNDS / 5);
    }

    @Test
    void what_the_plan_refuses_is_refused_there_too() throws Exception {
        List<String> taken = new ArrayList<>();
        int refused = 0;
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Content content = contents.next();
            String where = "seed " + SEED + ", round " + round + ", " + content;
            if (plan(content) instanceof Plan.Cannot cannot) {
                refused++;
                Refusal refusal = cannot.because();
                assertThat(refusal.reason()).as(where).isEqualTo(Refusal.Reason.UNSUPPORTED);
                assertThat(refusal.detail()).as(where).isNotBlank();
                Optional<byte[]> request = written(content);
                if (request.isPresent() && NARROWER.stream().noneMatch(refusal.detail()::contains)) {
                    compared++;
                    if (isTaken(request.get())) {
                        taken.add(where + ": " + refusal.detail());
                    }
                }
            }
        }
        assertThat(taken).isEmpty();
        assertThat(refused).as("refused of %s", ROUNDS).isGreaterThan(ROUNDS / 5);
        assertThat(compared).as("compared of %s refused", refused).isGreaterThan(ROUNDS / 10);
    }

    /** The request that nobody would have planned; empty if the content has no form at all in one. */
    private Optional<byte[]> written(Content content) {
        try {
            return Optional.of(
                    WireMessage.toOne(WireSender.named("Maison Lumen"), ANA.value(), planning.shown(content), "k"));
        } catch (IllegalStateException | IllegalArgumentException noForm) {
            return Optional.empty();
        }
    }

    private boolean isTaken(byte[] body) throws IOException {
        house.person(ANA).writes("Encore");
        int before = house.simulator.viber().sent().size();
        HttpURLConnection connection = (HttpURLConnection) URI.create(house.simulator.baseUri() + "/pa/send_message")
                .toURL()
                .openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("X-Viber-Auth-Token", house.token());
        connection.setDoOutput(true);
        connection.getOutputStream().write(body);
        String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Examples.json(answer).get("status").asInt() == 0
                && lastSent(before).failure().isEmpty();
    }
}
