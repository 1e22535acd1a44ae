package aparte.simulator;

import aparte.simulator.MessengerLayout.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message of Messenger or Instagram offers to tap, as the page shows it and hands it back. */
final class PhoneTaps {
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,3}) (.+)");

    private PhoneTaps() {}

    /** Where the person tapped: the how many-eth thing of which message. */
    record Place(int index, String message) {
        Tap of(List<Tap> taps) throws PhoneRefusal {
            if (index >= taps.size()) {
                throw nothing();
            }
            return taps.get(index);
        }
    }

    /** What can be tapped is what tells the business: {@code tap} is what the page hands back. */
    static List<Map<String, Object>> choices(List<Tap> taps) {
        List<Map<String, Object>> choices = new ArrayList<>();
        for (Tap tap : taps) {
            boolean tells = tap.kind().equals("text") || tap.kind().equals("postback");
            choices.add(Json.object(
                    "title",
                    tap.title(),
                    "description",
                    Optional.of(tap.payload()).filter(any -> tap.kind().equals("phone_number")),
                    "url",
                    Optional.of(tap.payload()).filter(any -> tap.kind().equals("web_url")),
                    "tap",
                    Optional.of(Integer.toString(choices.size())).filter(any -> tells)));
        }
        return choices;
    }

    static List<Map<String, Object>> cards(List<String> titles) {
        return titles.stream()
                .map(title -> Json.object("text", title, "choices", List.of()))
                .toList();
    }

    /** Reads what the page hands back: the place, a space and the message's id. */
    static Place place(String text) throws PhoneRefusal {
        Matcher matcher = PLACE.matcher(text);
        if (!matcher.matches()) {
            throw nothing();
        }
        return new Place(Integer.parseInt(matcher.group(1)), matcher.group(2));
    }

    static PhoneRefusal nothing() {
        return PhoneRefusal.malformed("The phone shows nothing there to tap, or not any more.");
    }
}
