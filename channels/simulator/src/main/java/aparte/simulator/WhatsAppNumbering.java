package aparte.simulator;

import java.util.Set;

/**
 * Which phone numbers are of the United States, where no marketing templates arrive.
 *
 * <p>The plan is shared with other countries, so those of other countries are listed by area code: Canada, the Caribbean and Bermuda as
 * of 2026-11. Territories of the United States count as the United States.
 */
final class WhatsAppNumbering {
    private static final Set<String> ELSEWHERE = Set.of(
            // Canada
            "204",
            "226",
            "236",
            "249",
            "250",
            "257",
            "263",
            "289",
            "306",
            "343",
            "354",
            "365",
            "367",
            "368",
            "382",
            "403",
            "416",
            "418",
            "428",
            "431",
            "437",
            "438",
            "450",
            "468",
            "474",
            "506",
            "514",
            "519",
            "548",
            "579",
            "581",
            "584",
            "587",
            "600",
            "604",
            "613",
            "622",
            "639",
            "647",
            "672",
            "683",
            "705",
            "709",
            "742",
            "753",
            "778",
            "780",
            "782",
            "807",
            "819",
            "825",
            "867",
            "873",
            "879",
            "902",
            "905",
            "942",
            // Other countries
            "242",
            "246",
            "264",
            "268",
            "284",
            "345",
            "441",
            "473",
            "649",
            "658",
            "664",
            "721",
            "758",
            "767",
            "784",
            "809",
            "829",
            "849",
            "868",
            "869",
            "876");

    private WhatsAppNumbering() {}

    /** Whether these digits, country code first, are a number of the United States. */
    static boolean isUnitedStates(String digits) {
        return digits.matches("1[2-9][0-9]{9}") && !ELSEWHERE.contains(digits.substring(1, 4));
    }
}
