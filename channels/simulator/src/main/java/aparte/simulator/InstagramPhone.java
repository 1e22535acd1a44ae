package aparte.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Instagram on the page. */
final class InstagramPhone implements PhoneApp {
    private final Instagram instagram;
    private final GraphApp app;
    private final InstagramWorld world;
    private final InstagramMedia media;
    private final Ids ids = new Ids(new Random());

    InstagramPhone(Instagram instagram, GraphApp app, InstagramWorld world, InstagramMedia media) {
        this.instagram = instagram;
        this.app = app;
        this.world = world;
        this.media = media;
    }

    @Override
    public String name() {
        return "instagram";
    }

    @Override
    public String title() {
        return "Instagram";
    }

    @Override
    public List<Line> lines() {
        return List.of(
                new Line(instagram.settings().accountId(), instagram.settings().username()));
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
        return instagram.person(id).screen().stream().map(this::message).toList();
    }

    private PhoneMessage message(InstagramMessage message) {
        Optional<PhonePicture> picture = message.attachmentId()
                .flatMap(media::find)
                .or(() -> message.url().flatMap(media::at))
                .flatMap(saved -> PhonePicture.of(saved.mimeType(), saved.bytes()));
        return new PhoneMessage(
                message.id(),
                message.fromPerson(),
                message.type(),
                message.text(),
                message.at(),
                message.status() == InstagramMessage.Status.READ,
                picture,
                message.url().filter(url -> !message.fromPerson()),
                message.replyTo(),
                message.reaction(),
                Json.object(
                        "choices", PhoneTaps.choices(message.taps()),
                        "cards", PhoneTaps.cards(message.cards())));
    }

    @Override
    public Map<String, Object> state(String id, String line) {
        InstagramWorld.Person person = world.person(id);
        return Json.object(
                "window_until", world.windowUntil(person).map(Object::toString),
                "blocked", world.isBlocked(person),
                "phone_off", world.isPhoneOff(person),
                "typing", world.seesTyping(person));
    }

    @Override
    public void act(String id, String line, String act, String text) throws PhoneRefusal {
        InstagramPerson person = instagram.person(id);
        switch (act) {
            case "write" -> person.writes(text);
            case "choose" ->
                PhoneTaps.choose(text, person.screen(), InstagramMessage::id, InstagramMessage::taps, person::tapsOn);
            case "read" -> person.reads();
            case "comment" -> person.comments(text.isEmpty() ? "Lovely!" : text);
            case "block" -> person.blocks();
            case "unblock" -> person.unblocks();
            case "phone_off" -> person.turnsPhoneOff();
            case "phone_on" -> person.turnsPhoneOn();
            default -> throw PhoneApp.unknownAct();
        }
    }

    @Override
    public String add(String id, String name) throws PhoneRefusal {
        String igsid = id.isEmpty() ? ids.media() : id;
        if (!InstagramRules.IGSID.matcher(igsid).matches()
                || igsid.equals(instagram.settings().accountId())) {
            throw PhoneRefusal.malformed("An account-scoped id is 1 to 20 digits, and not the account's own.");
        }
        InstagramPerson person = instagram.person(igsid);
        if (!name.isEmpty()) {
            person.named(name, name.replace(' ', '.'));
        }
        return igsid;
    }
}
