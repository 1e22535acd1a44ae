package aparte.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

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
        return person(id, line).screen().stream().map(this::message).toList();
    }

    private PhoneMessage message(WhatsAppMessage message) {
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
                Optional.empty());
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
            default -> throw PhoneApp.unknownAct();
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
