package aparte.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Viber on the page. */
final class ViberPhone implements PhoneApp {
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
                Optional.empty());
    }

    @Override
    public Map<String, Object> state(String id, String line) {
        ViberWorld.Person person = known(id);
        return Json.object(
                "subscribed", world.isSubscribed(person),
                "registered", world.isRegistered(person),
                "phone_off", world.isPhoneOff(person),
                "keyboard", world.buttons(person));
    }

    @Override
    public void act(String id, String line, String act, String text) throws PhoneRefusal {
        ViberPerson person = person(id);
        switch (act) {
            case "write" -> person.writes(text);
            case "tap" -> person.taps(text);
            case "read" -> person.seesMessages();
            case "open_chat" -> person.opensConversation();
            case "subscribe" -> person.subscribes();
            case "unsubscribe" -> person.leaves();
            case "phone_off" -> person.turnsPhoneOff();
            case "phone_on" -> person.turnsPhoneOn();
            default -> throw PhoneApp.unknownAct();
        }
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
