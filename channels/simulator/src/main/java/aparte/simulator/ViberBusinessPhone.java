package aparte.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Viber's business chats on the page. */
final class ViberBusinessPhone implements PhoneApp {
    private final ViberBusiness business;
    private final ViberBusinessWorld world;
    private final Ids ids = new Ids(new Random());

    ViberBusinessPhone(ViberBusiness business, ViberBusinessWorld world) {
        this.business = business;
        this.world = world;
    }

    @Override
    public String name() {
        return "viber-business";
    }

    @Override
    public String title() {
        return "Business on Viber";
    }

    @Override
    public List<Line> lines() {
        return business.settings().services().stream()
                .map(service -> new Line(service, business.settings().name()))
                .toList();
    }

    @Override
    public boolean listens() {
        return business.webhook().isPresent();
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
        return world.screen(known(id)).stream()
                .filter(message -> message.service().equals(line))
                .map(ViberBusinessPhone::message)
                .toList();
    }

    private static PhoneMessage message(ViberBusinessMessage message) {
        Optional<String> button = Optional.ofNullable(message.details().get("action.text"));
        return new PhoneMessage(
                message.uuid(),
                message.fromPerson(),
                message.type(),
                button.map(label -> (message.text() + "\n[" + label + "]").strip())
                        .orElse(message.text()),
                message.at(),
                message.status() == ViberBusinessMessage.Status.READ,
                Optional.empty(),
                message.media().or(() -> Optional.ofNullable(message.details().get("action.url"))),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Map<String, Object> state(String id, String line) {
        ViberBusinessWorld.Person person = known(id);
        return Json.object(
                "registered", world.isRegistered(person),
                "blocked", world.isBlocked(person),
                "phone_off", world.isPhoneOff(person));
    }

    @Override
    public void act(String id, String line, String act, String text) throws PhoneRefusal {
        ViberBusinessPerson person = new ViberBusinessPerson(world, known(id), line);
        switch (act) {
            case "write" -> person.writes(text);
            case "read" -> person.seesMessages();
            case "block" -> person.blocks();
            case "unblock" -> person.unblocks();
            case "phone_off" -> person.turnsPhoneOff();
            case "phone_on" -> person.turnsPhoneOn();
            default -> throw PhoneApp.unknownAct();
        }
    }

    @Override
    public String add(String id, String name) throws PhoneRefusal {
        String phone = id.isEmpty() ? ids.phone() : id;
        if (!ViberBusiness.isPhone(phone)) {
            throw PhoneRefusal.malformed("The id is not a plus sign and 7 to 15 digits.");
        }
        ViberBusinessPerson person = business.person(phone);
        if (!name.isEmpty()) {
            person.named(name);
        }
        return phone;
    }

    private ViberBusinessWorld.Person known(String id) {
        return world.find(id).orElseThrow(() -> new IllegalArgumentException("nobody has this id"));
    }
}
