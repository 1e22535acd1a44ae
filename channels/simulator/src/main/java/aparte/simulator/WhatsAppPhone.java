package aparte.simulator;

import aparte.simulator.WhatsAppChoice.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** WhatsApp on the page. People are named by {@code +} and their phone number, or else by their user id. */
final class WhatsAppPhone implements PhoneApp {
    private static final int TRIES = 100;

    private final WhatsApp whatsApp;
    private final GraphApp app;
    private final WhatsAppWorld world;
    private final WhatsAppMedia media;
    private final Ids ids = new Ids(new Random());

    WhatsAppPhone(WhatsApp whatsApp, GraphApp app, WhatsAppWorld world, WhatsAppMedia media) {
        this.whatsApp = whatsApp;
        this.app = app;
        this.world = world;
        this.media = media;
    }

    @Override
    public String name() {
        return "whatsapp";
    }

    @Override
    public String title() {
        return "WhatsApp";
    }

    @Override
    public List<Line> lines() {
        return whatsApp.settings().numbers().stream()
                .map(number -> new Line(number.id(), "+" + number.phone()))
                .toList();
    }

    @Override
    public boolean listens() {
        return app.callback().isPresent();
    }

    @Override
    public List<String> people() {
        return world.people().stream().map(world::idOf).toList();
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
        List<WhatsAppMessage> all = person(id, line).screen();
        Map<String, String> reactions = reactionsOfBusiness(all);
        return all.stream()
                .filter(message -> !isReactionOfBusiness(message))
                .map(message -> message(message, Optional.ofNullable(reactions.get(message.id()))))
                .toList();
    }

    /** The emoji on each message of the person that the business reacted to. */
    private static Map<String, String> reactionsOfBusiness(List<WhatsAppMessage> all) {
        Map<String, String> reactions = new HashMap<>();
        for (WhatsAppMessage message : all) {
            if (isReactionOfBusiness(message)) {
                String target = message.value("reaction.message_id").orElse("");
                if (message.text().isEmpty()) {
                    reactions.remove(target);
                } else {
                    reactions.put(target, message.text());
                }
            }
        }
        return reactions;
    }

    private static boolean isReactionOfBusiness(WhatsAppMessage message) {
        return !message.fromPerson() && message.type().equals("reaction");
    }

    private PhoneMessage message(WhatsAppMessage message, Optional<String> reaction) {
        return new PhoneMessage(
                message.id(),
                message.fromPerson(),
                message.type(),
                message.text(),
                message.at(),
                message.status() == WhatsAppMessage.Status.READ || message.status() == WhatsAppMessage.Status.PLAYED,
                message.mediaId()
                        .flatMap(media::find)
                        .flatMap(found -> PhonePicture.of(found.mimeType(), found.bytes())),
                message.link(),
                message.replyTo(),
                reaction,
                more(message));
    }

    private static Map<String, Object> more(WhatsAppMessage message) {
        List<Object> cards = new ArrayList<>();
        for (int i = 0; i < message.cards().size(); i++) {
            WhatsAppCard card = message.cards().get(i);
            cards.add(
                    Json.object("text", card.text(), "link", card.link(), "choices", choices(card.choices(), i + ".")));
        }
        return Json.object(
                "header", message.header(),
                "footer", message.footer(),
                "uploaded", message.mediaId().isPresent(),
                "choices", choices(message.choices(), ""),
                "cards", cards,
                "details", details(message));
    }

    /** {@code tap} is what the page hands back when the person taps; it is absent where the simulator plays no answer. */
    private static List<Map<String, Object>> choices(List<WhatsAppChoice> choices, String card) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            WhatsAppChoice choice = choices.get(i);
            boolean tells = choice.kind() == Kind.COPY_CODE || choice.kind() == Kind.CALL;
            shown.add(Json.object(
                    "title",
                    choice.title(),
                    "description",
                    Optional.of(tells ? choice.id() : choice.description()).filter(text -> !text.isEmpty()),
                    "url",
                    Optional.of(choice.id()).filter(address -> choice.kind() == Kind.LINK),
                    "tap",
                    Optional.of(card + i).filter(place -> choice.answers() || choice.kind() == Kind.REQUEST)));
        }
        return shown;
    }

    /** What a place or contacts say beside their names. */
    private static List<String> details(WhatsAppMessage message) {
        if (message.type().equals("location")) {
            return List.of(WhatsAppShown.coordinates(WhatsAppTree.objectAt(message.content(), "location")));
        }
        return WhatsAppTree.objects(message.content(), "contacts").stream()
                .flatMap(contact -> Stream.of(
                                Stream.of(contact.getOrDefault("name", Map.of())),
                                values(contact, "phones"),
                                values(contact, "emails"))
                        .flatMap(Function.identity()))
                .map(WhatsAppTree::map)
                .flatMap(part -> Stream.of("formatted_name", "phone", "email")
                        .flatMap(name -> WhatsAppTree.text(part, name).stream()))
                .toList();
    }

    private static Stream<Object> values(Map<String, Object> contact, String name) {
        return WhatsAppTree.objects(contact, name).stream().map(Object.class::cast);
    }

    @Override
    public Map<String, Object> state(String id, String line) {
        WhatsAppWorld.Person person = known(id);
        return Json.object(
                "window_until", world.windowUntil(person, number(line)).map(Object::toString),
                "marketing_stopped", world.stoppedMarketing(person),
                "phone_off", world.isPhoneOff(person),
                "typing", world.seesTyping(person, number(line)));
    }

    @Override
    public void act(String id, String line, String act, String text) throws PhoneRefusal {
        WhatsAppPerson person = person(id, line);
        switch (act) {
            case "write" -> person.writes(text);
            case "read" -> person.reads();
            case "stop_marketing" -> person.stopsMarketing();
            case "resume_marketing" -> person.resumesMarketing();
            case "phone_off" -> person.turnsPhoneOff();
            case "phone_on" -> person.turnsPhoneOn();
            case "choose" -> choose(person, text);
            default -> throw PhoneApp.unknownAct();
        }
    }

    /** Taps what stands at a place of a message: the place, a space and the message's id. */
    private static void choose(WhatsAppPerson person, String text) throws PhoneRefusal {
        String[] words = text.split(" ", 2);
        WhatsAppMessage message = person.screen().stream()
                .filter(each -> words.length == 2 && each.id().equals(words[1]))
                .findFirst()
                .orElseThrow(() -> PhoneRefusal.malformed("The phone shows no such message."));
        WhatsAppChoice choice = choiceAt(message, words[0])
                .orElseThrow(() -> PhoneRefusal.malformed("The message offers nothing there."));
        try {
            choose(person, message, choice);
        } catch (IllegalArgumentException | IllegalStateException impossible) {
            throw PhoneRefusal.malformed("The person cannot tap this.");
        }
    }

    private static Optional<WhatsAppChoice> choiceAt(WhatsAppMessage message, String place) {
        String[] steps = place.split("\\.", -1);
        if (!place.matches("[0-9]{1,2}(\\.[0-9]{1,2})?")) {
            return Optional.empty();
        }
        int first = Integer.parseInt(steps[0]);
        if (steps.length == 1) {
            return message.choices().stream().skip(first).findFirst();
        }
        return message.cards().stream()
                .skip(first)
                .findFirst()
                .flatMap(card ->
                        card.choices().stream().skip(Integer.parseInt(steps[1])).findFirst());
    }

    private static void choose(WhatsAppPerson person, WhatsAppMessage message, WhatsAppChoice choice)
            throws PhoneRefusal {
        String id = message.id();
        switch (choice.kind()) {
            case QUICK_REPLY -> person.tapsQuickReply(id, choice.title(), choice.id());
            case BUTTON -> person.tapsButton(id, choice.id(), choice.title());
            case ROW -> {
                if (choice.description().isEmpty()) {
                    person.picksRow(id, choice.id(), choice.title());
                } else {
                    person.picksRow(id, choice.id(), choice.title(), choice.description());
                }
            }
            case REQUEST -> grant(person, message);
            case LINK, CALL, COPY_CODE, FLOW, PRODUCT, ORDER ->
                throw PhoneRefusal.malformed("The simulator plays no answer to this.");
        }
    }

    /** Gives what the business asked for; the place is the middle of Paris. */
    private static void grant(WhatsAppPerson person, WhatsAppMessage message) throws PhoneRefusal {
        switch (message.value("interactive.type").orElse("")) {
            case "location_request_message" -> person.sharesLocation(message.id(), 48.8566, 2.3522);
            case "request_contact_info" -> person.sharesContact(message.id());
            case "call_permission_request" -> person.answersCallRequest(message.id(), true);
            default -> throw PhoneRefusal.malformed("The simulator plays no answer to this.");
        }
    }

    @Override
    public String add(String id, String name) throws PhoneRefusal {
        String phone = id.isEmpty() ? free() : id;
        if (!phone.matches("\\+[0-9]{4,15}")) {
            throw PhoneRefusal.malformed("A phone number is + and 4 to 15 digits.");
        }
        if (isBusiness(phone)) {
            throw PhoneRefusal.malformed("This number is the business's own.");
        }
        WhatsAppPerson person = whatsApp.person(phone);
        if (!name.isEmpty()) {
            person.named(name);
        }
        return phone;
    }

    private String free() throws PhoneRefusal {
        for (int tried = 0; tried < TRIES; tried++) {
            String phone = ids.phone();
            if (!knows(phone) && !isBusiness(phone)) {
                return phone;
            }
        }
        throw PhoneRefusal.malformed("The numbers for made-up people are used up: name one.");
    }

    private boolean isBusiness(String phone) {
        return lines().stream().anyMatch(line -> line.name().equals(phone));
    }

    private WhatsAppPerson person(String id, String line) {
        return new WhatsAppPerson(world, whatsApp.settings(), number(line), known(id));
    }

    private WhatsAppWorld.Person known(String id) {
        return world.find(id).orElseThrow(() -> new IllegalArgumentException("nobody has this id"));
    }

    private WhatsAppNumber number(String line) {
        return whatsApp.settings().numbers().stream()
                .filter(number -> number.id().equals(line))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no number of this id"));
    }
}
