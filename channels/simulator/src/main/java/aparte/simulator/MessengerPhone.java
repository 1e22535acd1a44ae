package aparte.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Messenger on the page. */
final class MessengerPhone implements PhoneApp {
    /** What the button sends where the Page set no payload of its own. */
    private static final String GET_STARTED = "GET_STARTED";

    private final Messenger messenger;
    private final GraphApp app;
    private final PageProfile profile;
    private final MessengerWorld world;
    private final MessengerMedia media;
    private final Ids ids = new Ids(new Random());

    MessengerPhone(Messenger messenger, GraphApp app, PageProfile profile, MessengerWorld world, MessengerMedia media) {
        this.messenger = messenger;
        this.app = app;
        this.profile = profile;
        this.world = world;
        this.media = media;
    }

    @Override
    public String name() {
        return "messenger";
    }

    @Override
    public String title() {
        return "Messenger";
    }

    @Override
    public List<Line> lines() {
        return List.of(
                new Line(messenger.settings().pageId(), messenger.settings().pageName()));
    }

    @Override
    public boolean listens() {
        return app.callback().isPresent();
    }

    @Override
    public List<String> people() {
        return world.people();
    }

    @Override
    public boolean knows(String id) {
        return world.knows(id);
    }

    @Override
    public String nameOf(String id) {
        return world.nameOf(world.person(id));
    }

    @Override
    public List<PhoneMessage> screen(String id, String line) {
        return messenger.person(id).screen().stream().map(this::message).toList();
    }

    private PhoneMessage message(MessengerMessage message) {
        Optional<PhonePicture> picture = message.attachmentId()
                .flatMap(media::find)
                .flatMap(MessengerMedia.Saved::file)
                .or(() -> message.url().flatMap(media::atOwnAddress))
                .flatMap(file -> PhonePicture.of(file.mimeType(), file.bytes()));
        return new PhoneMessage(
                message.id(),
                message.fromPerson(),
                message.type(),
                message.text(),
                message.at(),
                message.status() == MessengerMessage.Status.READ,
                picture,
                message.url().filter(url -> !message.fromPerson()),
                message.replyTo(),
                message.reaction(),
                more(message));
    }

    private static Map<String, Object> more(MessengerMessage message) {
        return Json.object(
                "header",
                message.template(),
                "footer",
                message.persona().map(persona -> "as persona " + persona),
                "choices",
                PhoneTaps.choices(message.taps()),
                "cards",
                PhoneTaps.cards(message.cards()));
    }

    @Override
    public Map<String, Object> state(String id, String line) {
        MessengerWorld.Person person = world.person(id);
        boolean empty = world.screen(person).isEmpty();
        List<String> questions = empty ? List.copyOf(profile.questions(id).keySet()) : List.of();
        return Json.object(
                "window_until", world.windowUntil(person).map(Object::toString),
                "blocked", world.isBlocked(person),
                "phone_off", world.isPhoneOff(person),
                "typing", world.seesTyping(person),
                "topics", world.topics(person),
                "greeting", profile.greeting(id).filter(any -> empty),
                "questions", questions,
                "input_hidden", profile.silent(id),
                "menu",
                        Stream.concat(questions.stream(), profile.menu(id).keySet().stream())
                                .toList());
    }

    @Override
    public void act(String id, String line, String act, String text) throws PhoneRefusal {
        MessengerPerson person = messenger.person(id);
        switch (act) {
            case "write" -> person.writes(text);
            case "read" -> person.reads();
            case "get_started" ->
                person.taps("Get Started", profile.getStarted().orElse(GET_STARTED));
            case "tap" ->
                person.taps(
                        text,
                        Optional.ofNullable(profile.menu(id).get(text))
                                .or(() -> Optional.ofNullable(
                                        profile.questions(id).get(text)))
                                .orElseThrow(() -> PhoneRefusal.malformed("The menu has no such item.")));
            case "choose" ->
                PhoneTaps.choose(text, person.screen(), MessengerMessage::id, MessengerMessage::taps, person::tapsOn);
            case "opt_in" -> person.optsIn(text, text);
            case "stop_topic" -> person.stops(text);
            case "resume_topic" -> person.resumes(text);
            case "block" -> person.blocks();
            case "unblock" -> person.unblocks();
            case "phone_off" -> person.turnsPhoneOff();
            case "phone_on" -> person.turnsPhoneOn();
            default -> throw PhoneApp.unknownAct();
        }
    }

    /** Of the name, what stands before the first space is the first name. */
    @Override
    public String add(String id, String name) throws PhoneRefusal {
        String psid = id.isEmpty() ? ids.media() : id;
        if (!MessengerRules.PSID.matcher(psid).matches()) {
            throw PhoneRefusal.malformed("A Page-scoped id is 1 to 18 digits.");
        }
        if (psid.equals(messenger.settings().pageId())) {
            throw PhoneRefusal.malformed("This id is the Page's own.");
        }
        MessengerPerson person = messenger.person(psid);
        if (!name.isEmpty()) {
            int space = name.indexOf(' ');
            person.named(space < 0 ? name : name.substring(0, space), space < 0 ? "" : name.substring(space + 1));
        }
        return psid;
    }
}
