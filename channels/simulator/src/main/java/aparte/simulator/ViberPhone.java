package aparte.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Viber on the page. */
final class ViberPhone implements PhoneApp {
    private static final String PAY = "pay";
    /** Actions whose tap the bot hears of. */
    private static final Set<String> TAPPED = Set.of("reply", "open-url", "location-picker", "share-phone");

    private final Viber viber;
    private final ViberWorld world;
    private final Ids ids = new Ids(new Random());

    ViberPhone(Viber viber, ViberWorld world) {
        this.viber = viber;
        this.world = world;
    }

    @Override
    public String name() {
        return "viber";
    }

    @Override
    public String title() {
        return "Viber";
    }

    @Override
    public List<Line> lines() {
        return List.of(new Line(viber.settings().accountId(), viber.settings().name()));
    }

    @Override
    public boolean listens() {
        return viber.webhook().isPresent();
    }

    @Override
    public List<String> people() {
        return world.people();
    }

    @Override
    public boolean knows(String id) {
        return world.find(id).isPresent();
    }

    @Override
    public String nameOf(String id) {
        return world.nameOf(known(id));
    }

    @Override
    public List<PhoneMessage> screen(String id, String line) {
        return person(id).screen().stream().map(ViberPhone::message).toList();
    }

    private static PhoneMessage message(ViberMessage message) {
        return new PhoneMessage(
                Long.toString(message.token()),
                message.fromPerson(),
                message.type(),
                message.text(),
                message.at(),
                message.status() == ViberMessage.Status.SEEN,
                Optional.empty(),
                message.media(),
                Optional.empty(),
                Optional.empty(),
                more(message));
    }

    private static Map<String, Object> more(ViberMessage message) {
        ViberLayout layout = message.layout();
        List<Object> cards = new ArrayList<>();
        for (int i = 0; i < layout.cards().size(); i++) {
            cards.add(Json.object(
                    "columns",
                    layout.cardColumns(),
                    "keys",
                    keys(layout.cards().get(i), i + ".", " " + message.token())));
        }
        List<Object> choices =
                message.type().equals("payment") ? List.of(Json.object("title", "Pay", "tap", PAY)) : List.of();
        return Json.object(
                "header",
                Optional.ofNullable(message.details().get("file_name")),
                "cards",
                cards,
                "choices",
                choices,
                "details",
                details(message.details()));
    }

    /** What a contact, a place or a payment says. */
    private static List<String> details(Map<String, String> details) {
        return Stream.of(
                        List.of("contact.name", "contact.phone_number"),
                        List.of("location.lat", "location.lon"),
                        List.of("payment.description"),
                        List.of("payment.total_price", "payment.currency_code"))
                .map(names -> names.stream()
                        .filter(details::containsKey)
                        .map(details::get)
                        .collect(Collectors.joining(" ")))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** {@code tap} is what the page hands back when the person taps; it is absent where a tap does nothing here. */
    private static List<Map<String, Object>> keys(List<ViberMessage.Button> buttons, String before, String after) {
        List<Map<String, Object>> keys = new ArrayList<>();
        for (int i = 0; i < buttons.size(); i++) {
            ViberMessage.Button button = buttons.get(i);
            keys.add(Json.object(
                    "title", plain(button.text()),
                    "picture", button.picture(),
                    "columns", button.columns(),
                    "rows", button.rows(),
                    "background", button.background(),
                    "url",
                            Optional.of(button.body())
                                    .filter(body -> button.action().equals("open-url")),
                    "tap", Optional.of(before + i + after).filter(place -> TAPPED.contains(button.action()))));
        }
        return keys;
    }

    /** The words without the marks that the app knows. */
    static String plain(String text) {
        return text.replaceAll("(?i)<br\\s*/?>", "\n").replaceAll("(?i)</?(b|i|u|s|font)(\\s[^>]*)?>", "");
    }

    @Override
    public Map<String, Object> state(String id, String line) {
        ViberWorld.Person person = known(id);
        return Json.object(
                "subscribed", world.isSubscribed(person),
                "registered", world.isRegistered(person),
                "phone_off", world.isPhoneOff(person),
                "keyboard_columns", world.keyboard(person).keyboardColumns(),
                "keyboard", keys(world.keyboard(person).keyboard(), "", ""),
                "input_hidden", world.keyboard(person).inputField().equals("hidden"));
    }

    @Override
    public void act(String id, String line, String act, String text) throws PhoneRefusal {
        ViberPerson person = person(id);
        switch (act) {
            case "write" -> person.writes(text);
            case "tap" -> person.taps(text);
            case "choose" -> choose(person, text);
            case "read" -> person.seesMessages();
            case "open_chat" -> person.opensConversation();
            case "subscribe" -> person.subscribes();
            case "unsubscribe" -> person.leaves();
            case "phone_off" -> person.turnsPhoneOff();
            case "phone_on" -> person.turnsPhoneOn();
            default -> throw PhoneApp.unknownAct();
        }
    }

    /**
     * Taps a key of the keyboard, a button of a card, or "pay": the place and, but for the keyboard, a space and the message's
     * id. What a button asks for is the middle of Paris and a number that nobody has.
     */
    private void choose(ViberPerson person, String text) throws PhoneRefusal {
        String[] words = text.split(" ", 2);
        if (words[0].equals(PAY)) {
            pay(person, words.length == 2 ? words[1] : "");
            return;
        }
        ViberMessage.Button button =
                button(person, words).orElseThrow(() -> PhoneRefusal.malformed("The phone shows no such button."));
        switch (button.action()) {
            case "reply", "open-url" -> person.tap(button);
            case "location-picker" -> person.sendsLocation(48.8566, 2.3522);
            case "share-phone" -> person.sendsContact(person.name(), "+33639980000");
            default -> throw PhoneRefusal.malformed("The simulator plays no answer to this.");
        }
    }

    private static void pay(ViberPerson person, String token) throws PhoneRefusal {
        try {
            person.pays(token.matches("[0-9]{1,19}") ? Long.parseLong(token) : 0);
        } catch (IllegalStateException | NumberFormatException none) {
            throw PhoneRefusal.malformed("The phone shows no such payment, or it is not open any more.");
        }
    }

    private static Optional<ViberMessage.Button> button(ViberPerson person, String[] words) {
        if (!words[0].matches("[0-9]{1,3}(\\.[0-9]{1,3})?")) {
            return Optional.empty();
        }
        String[] steps = words[0].split("\\.", -1);
        if (steps.length == 1) {
            return words.length == 1 ? person.layout().key(Integer.parseInt(steps[0])) : Optional.empty();
        }
        return person.screen().stream()
                .filter(message ->
                        words.length == 2 && Long.toString(message.token()).equals(words[1]))
                .findFirst()
                .flatMap(message -> message.layout().onCard(Integer.parseInt(steps[0]), Integer.parseInt(steps[1])));
    }

    @Override
    public String add(String id, String name) {
        String made = id.isEmpty() ? ids.viberUser() : id;
        ViberPerson person = viber.person(made);
        if (!name.isEmpty()) {
            person.named(name);
        }
        return made;
    }

    private ViberPerson person(String id) {
        return new ViberPerson(world, known(id));
    }

    private ViberWorld.Person known(String id) {
        return world.find(id).orElseThrow(() -> new IllegalArgumentException("nobody has this id"));
    }
}
