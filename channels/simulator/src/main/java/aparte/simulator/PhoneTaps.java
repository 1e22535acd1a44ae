package aparte.simulator;

import aparte.simulator.MessengerLayout.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message of Messenger or Instagram offers to tap, as the page shows it and hands it back. */
final class PhoneTaps {
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,3}) (.+)");

    private PhoneTaps() {}

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

    /**
     * Taps what the page hands back.
     *
     * @param text the place, a space and the message's id
     * @param tap taps this thing of the message of this id; throws {@code IllegalArgumentException} if it is there no more
     */
    static <M> void choose(
            String text,
            List<M> screen,
            Function<M, String> id,
            Function<M, List<Tap>> taps,
            BiConsumer<String, Tap> tap)
            throws PhoneRefusal {
        Matcher place = PLACE.matcher(text);
        List<Tap> offered = !place.matches()
                ? List.of()
                : screen.stream()
                        .filter(message -> id.apply(message).equals(place.group(2)))
                        .findFirst()
                        .map(taps)
                        .orElse(List.of());
        if (offered.isEmpty() || Integer.parseInt(place.group(1)) >= offered.size()) {
            throw nothing();
        }
        try {
            tap.accept(place.group(2), offered.get(Integer.parseInt(place.group(1))));
        } catch (IllegalArgumentException gone) {
            throw nothing();
        }
    }

    private static PhoneRefusal nothing() {
        return PhoneRefusal.malformed("The phone shows nothing there to tap, or not any more.");
    }
}
