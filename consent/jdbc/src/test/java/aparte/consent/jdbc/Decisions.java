package aparte.consent.jdbc;

import aparte.History;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import aparte.consent.ConsentLedger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a ledger says about everybody, for every purpose on every sender: to compare ledgers by. */
final class Decisions {
    private static final Instant NOW = Instant.parse("2199-01-01T00:00:00Z");

    private Decisions() {}

    static Map<String, String> of(ConsentLedger ledger) {
        Map<String, String> decisions = new TreeMap<>();
        List<History> page = ledger.readAll(RandomEntries.NAMES);
        for (int i = 0; i < page.size(); i++) {
            for (Purpose purpose : Purpose.values()) {
                for (SenderId sender : List.of(RandomEntries.SHOP, RandomEntries.BOT)) {
                    Standing standing = Standing.of(page.get(i), purpose, sender, NOW);
                    decisions.put(
                            "name " + i + " " + purpose + " " + sender,
                            standing.isOpen()
                                    ? "open"
                                    : standing.refusals().stream()
                                            .map(Refusal::reason)
                                            .toList()
                                            .toString());
                }
            }
        }
        return decisions;
    }
}
