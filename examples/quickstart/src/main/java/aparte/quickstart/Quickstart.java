package aparte.quickstart;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.WebhookHandler;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import aparte.messenger.MessengerTransport;
import aparte.messenger.MessengerWebhooks;
import aparte.simulator.Fault;
import aparte.simulator.MessengerPerson;
import aparte.simulator.MessengerSettings;
import aparte.simulator.Simulator;
import aparte.simulator.ViberPerson;
import aparte.simulator.ViberSettings;
import aparte.simulator.WhatsApp;
import aparte.simulator.WhatsAppMessage;
import aparte.simulator.WhatsAppPerson;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.InMemorySendLog;
import aparte.viber.ViberTransport;
import aparte.viber.ViberWebhooks;
import aparte.whatsapp.WhatsAppTransport;
import aparte.whatsapp.WhatsAppWebhooks;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Four people, one gate, three channels: a publisher writes to readers on WhatsApp, Viber and Messenger, played by the
 * simulator on this machine.
 *
 * <p>Ends with exit code 0 only if everything happened that the story says.
 */
public final class Quickstart {
    private static final Instant MORNING = Instant.parse("2026-11-23T09:00:00Z");

    private final Story story;
    private final Simulator simulator;
    private final WhatsApp whatsApp;
    private final ConsentGate gate;
    private final List<SenderId> senders;

    private final WhatsAppPerson anaPhone;
    private final WhatsAppPerson brunoPhone;
    private final WhatsAppPerson chloePhone;
    private final WhatsAppPerson doraOnWhatsApp;
    private final ViberPerson doraOnViber;
    private final MessengerPerson doraOnMessenger;
    private final Recipient ana = Recipient.of(Address.phone("+33639980001"));
    private final Recipient bruno = Recipient.of(Address.phone("+33639980002"));
    private final Recipient chloe = Recipient.of(Address.phone("+33639980003"));
    private final Recipient dora;

    private Quickstart(Story story, Simulator simulator, ConsentGate gate) {
        this.story = story;
        this.simulator = simulator;
        this.whatsApp = simulator.whatsApp();
        this.gate = gate;
        this.senders = List.of(
                new SenderId(ChannelId.WHATSAPP, whatsApp.number().id()),
                new SenderId(ChannelId.VIBER, simulator.viber().settings().accountId()),
                new SenderId(
                        ChannelId.MESSENGER, simulator.messenger().settings().pageId()));
        this.anaPhone = whatsApp.person("+33639980001").named("Ana");
        this.brunoPhone = whatsApp.person("+33639980002").named("Bruno");
        this.chloePhone = whatsApp.person("+33639980003").named("Chloé");
        this.doraOnWhatsApp = whatsApp.person("+33639980004").named("Dora");
        this.doraOnViber = simulator.viber().person("q2T0rUuJm3gkPnXbYw1ZcA==");
        this.doraOnMessenger = simulator.messenger().person("7000000000000004");
        String page = simulator.messenger().settings().pageId();
        this.dora = Recipient.builder(
                        Address.phone("+33639980004"),
                        Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA=="),
                        new Address(Address.Kind.MESSENGER_PSID, "7000000000000004", page))
                .reference("reader-4")
                .build();
    }

    /** Tells the story. */
    public static void main(String... args) throws IOException {
        Story story = new Story();
        // A Monday morning in Paris, whenever the story is told: by night the gate would defer what it sends.
        Clock system = Clock.systemUTC();
        Clock morning = Clock.offset(system, Duration.between(system.instant(), MORNING));
        try (Simulator simulator = Simulator.builder().clock(morning).start()) {
            WhatsApp whatsApp = simulator.whatsApp();
            ViberSettings viber = simulator.viber().settings();
            MessengerSettings messenger = simulator.messenger().settings();
            SenderId sender = new SenderId(ChannelId.WHATSAPP, whatsApp.number().id());
            InMemoryConsentLedger ledger = new InMemoryConsentLedger(simulator.clock());
            ConsentGate gate = ConsentGate.builder(new Controller("lumiere", "Éditions Lumière"), ledger)
                    .transport(WhatsAppTransport.builder(whatsApp.number().id(), whatsApp.settings()::accessToken)
                            .baseUri(simulator.baseUri())
                            .build())
                    .transport(ViberTransport.builder(viber.accountId(), viber::authToken, "Éditions Lumière")
                            .baseUri(simulator.baseUri().resolve("/pa"))
                            .build())
                    .transport(MessengerTransport.builder(messenger.pageId(), messenger::accessToken)
                            .baseUri(simulator.baseUri())
                            .build())
                    .conversations(new InMemoryConversations())
                    .sendLog(new InMemorySendLog())
                    .clock(simulator.clock())
                    .build();
            Inbox inbox = Inbox.builder(gate)
                    .endpoint(
                            "whatsapp",
                            WhatsAppWebhooks.builder(
                                            whatsApp.settings().appSecret(),
                                            whatsApp.settings().verifyToken())
                                    .clock(simulator.clock())
                                    .build())
                    .endpoint(
                            "viber",
                            ViberWebhooks.builder(viber.accountId(), viber::authToken)
                                    .clock(simulator.clock())
                                    .build())
                    .endpoint(
                            "messenger",
                            MessengerWebhooks.builder(messenger.appSecret(), messenger.verifyToken())
                                    .clock(simulator.clock())
                                    .build())
                    .journal(new InMemoryInboxJournal())
                    .languages(sender, Locale.FRENCH)
                    .listener(story::heard)
                    .build();
            HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            for (String endpoint : List.of("whatsapp", "viber", "messenger")) {
                host.createContext("/" + endpoint, WebhookHandler.of(inbox, endpoint));
            }
            host.start();
            try {
                URI callback =
                        URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/");
                boolean proven =
                        whatsApp.subscribe(callback.resolve("whatsapp")).accepted()
                                && simulator
                                        .messenger()
                                        .subscribe(callback.resolve("messenger"))
                                        .accepted();
                simulator.viber().webhookTo(callback.resolve("viber"));
                story.check("the webhooks prove themselves", proven);
                new Quickstart(story, simulator, gate).tell();
            } finally {
                host.stop(0);
            }
        }
        if (!story.isTrue()) {
            throw new IllegalStateException("the story did not happen as told");
        }
    }

    private void tell() {
        story.names(ana, "Ana");
        story.names(bruno, "Bruno");
        story.names(chloe, "Chloé");
        story.names(dora, "Dora");
        story.title("Aparté: a word spoken aside, to one person alone, who agreed to hear it");
        ana();
        bruno();
        chloe();
        dora();
        lostAnswer();
        story.end(simulator.requestCount());
    }

    private void ana() {
        story.chapter("Ana ticked “news” on a form, and says hello");
        gate.desk()
                .record(ConsentEntry.granted(
                                ana.identity(),
                                Scope.of(Purpose.NEWS),
                                ConsentEntry.Method.CHECKBOX,
                                "https://lumiere.example/newsletter")
                        .build());
        anaPhone.writes("Bonjour !");
        deliverWebhooks();

        SendResult text = send("Ana", ana, Purpose.NEWS, Content.text("Le numéro d’automne est paru."));
        SendResult image = send(
                "Ana",
                ana,
                Purpose.NEWS,
                Content.image(Media.bytes(Pictures.cover(), "image/png"), "La couverture du numéro d’automne"));
        deliverWebhooks();
        anaPhone.reads();
        deliverWebhooks();

        story.check("the text was accepted, and says by which entry", text instanceof SendResult.Accepted);
        story.check("the picture was accepted", image instanceof SendResult.Accepted);
        story.check("both are on her phone, read", received(anaPhone) == 2 && readBy(anaPhone) == 2);

        SendResult marketing = send("Ana", ana, Purpose.MARKETING, Content.text("-20 % jusqu’à dimanche."));
        story.check("news is not advertising", refusedFor(marketing, Refusal.Reason.OUT_OF_SCOPE));
    }

    private void bruno() {
        story.chapter("Bruno was never asked");
        SendResult news = send("Bruno", bruno, Purpose.NEWS, Content.text("Le numéro d’automne est paru."));
        story.check("he gets nothing", refusedFor(news, Refusal.Reason.NO_CONSENT) && received(brunoPhone) == 0);

        brunoPhone.writes("Où est ma commande 4711 ?");
        deliverWebhooks();
        SendResult answer = send("Bruno", bruno, Purpose.SERVICE, Content.text("Elle part ce soir."));
        SendResult again = send("Bruno", bruno, Purpose.NEWS, Content.text("Le numéro d’automne est paru."));
        deliverWebhooks();
        story.check("his question may be answered", answer instanceof SendResult.Accepted);
        story.check("but it is no subscription", refusedFor(again, Refusal.Reason.NO_CONSENT));
        story.check("one message reached him", received(brunoPhone) == 1);
    }

    private void chloe() {
        story.chapter("Chloé agreed, and changes her mind with one word");
        gate.desk()
                .record(ConsentEntry.granted(
                                chloe.identity(),
                                Scope.promotional(),
                                ConsentEntry.Method.CHECKBOX,
                                "https://lumiere.example/newsletter")
                        .build());
        chloePhone.writes("Bonjour");
        deliverWebhooks();
        SendResult before = send("Chloé", chloe, Purpose.NEWS, Content.text("Le numéro d’automne est paru."));
        simulator.advance(Duration.ofMinutes(1));
        chloePhone.writes("ARRÊT");
        deliverWebhooks();
        SendResult news = send("Chloé", chloe, Purpose.NEWS, Content.text("Encore un mot ?"));
        SendResult service = send("Chloé", chloe, Purpose.SERVICE, Content.text("Vraiment ?"));
        deliverWebhooks();

        story.check("before, she could be written to", before instanceof SendResult.Accepted);
        story.check("after, she cannot", refusedFor(news, Refusal.Reason.OPTED_OUT));
        story.check("not even as service", refusedFor(service, Refusal.Reason.OPTED_OUT));
        story.check("she got the news and one confirmation, nothing else", received(chloePhone) == 2);
        story.quote("Chloé’s phone", last(chloePhone));
    }

    private void dora() {
        story.chapter("Dora reads on three apps, and leaves everywhere with one word on one of them");
        gate.desk()
                .record(ConsentEntry.granted(
                                dora.identity(),
                                Scope.promotional(),
                                ConsentEntry.Method.CHECKBOX,
                                "https://lumiere.example/newsletter")
                        .build());
        doraOnViber.subscribes();
        doraOnWhatsApp.writes("Coucou");
        doraOnMessenger.writes("Coucou");
        deliverWebhooks();
        List<SendResult> before = everywhere("Le numéro d’automne est paru.");
        deliverWebhooks();
        simulator.advance(Duration.ofMinutes(1));
        doraOnMessenger.writes("STOP");
        deliverWebhooks();
        List<SendResult> after = everywhere("Encore un mot ?");
        deliverWebhooks();

        story.check(
                "before, she got the news on each app",
                before.stream().allMatch(result -> result instanceof SendResult.Accepted));
        story.check(
                "after, on none of them",
                after.stream().allMatch(result -> refusedFor(result, Refusal.Reason.OPTED_OUT)));
        long onViber = doraOnViber.screen().stream()
                .filter(message -> !message.fromPerson())
                .count();
        long onMessenger = doraOnMessenger.screen().stream()
                .filter(message -> !message.fromPerson())
                .count();
        story.check(
                "one confirmation, on Messenger, where she said it",
                received(doraOnWhatsApp) == 1 && onViber == 1 && onMessenger == 2);
    }

    /** The same text to Dora on each of her apps, each a send with its own decision. */
    private List<SendResult> everywhere(String text) {
        return senders.stream()
                .map(sender -> {
                    Message message = Message.builder(dora, Purpose.NEWS, Content.text(text))
                            .from(sender)
                            .build();
                    return story.sent("Dora", message, gate.send(message));
                })
                .toList();
    }

    private void lostAnswer() {
        story.chapter("An answer gets lost: nobody knows whether Ana got the message, so it is not sent twice");
        simulator.failNext("/messages", Fault.hangUp().afterTaking());
        long before = messageRequests();
        Message message = Message.of(ana, Purpose.NEWS, Content.text("Rencontre avec l’auteure jeudi."));
        SendResult lost = story.sent("Ana", message, gate.send(message));
        SendResult repeated = story.sent("Ana", message, gate.send(message));
        deliverWebhooks();
        SendResult settled = story.sent("Ana", message, gate.send(message));

        story.check("it is unconfirmed at first", lost instanceof SendResult.Unconfirmed);
        story.check("and stays so when sent again", repeated instanceof SendResult.Unconfirmed);
        story.check("the receipt settles it", settled instanceof SendResult.Accepted);
        story.check(
                "one request, one message on her phone", messageRequests() - before == 1 && received(anaPhone) == 3);
    }

    private SendResult send(String name, Recipient to, Purpose purpose, Content content) {
        Message message = Message.of(to, purpose, content);
        return story.sent(name, message, gate.send(message));
    }

    private void deliverWebhooks() {
        boolean taken = simulator.webhooks().deliver().stream().allMatch(delivery -> delivery.acknowledged());
        story.checkQuietly("every webhook was taken", taken);
    }

    private static boolean refusedFor(SendResult result, Refusal.Reason reason) {
        return result instanceof SendResult.Refused refused
                && refused.refusals().get(0).reason() == reason;
    }

    private static long received(WhatsAppPerson person) {
        return person.screen().stream().filter(message -> !message.fromPerson()).count();
    }

    private static long readBy(WhatsAppPerson person) {
        return person.screen().stream()
                .filter(message -> message.status() == WhatsAppMessage.Status.READ)
                .filter(message -> !message.fromPerson())
                .count();
    }

    private static String last(WhatsAppPerson person) {
        var screen = person.screen();
        return screen.get(screen.size() - 1).text();
    }

    private long messageRequests() {
        return simulator.requests().stream()
                .filter(request -> request.path().endsWith("/messages"))
                .count();
    }

    /** What the story's listener prints; a host would hand the event to its CRM. */
    static String describe(InboundEvent event) {
        if (event instanceof InboundEvent.MessageReceived received && received.content() instanceof Content.Text text) {
            return "“" + text.body() + "”";
        }
        if (event instanceof InboundEvent.StatusChanged changed) {
            return changed.status().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
        return event instanceof InboundEvent.OptInSignal
                ? "subscribed on " + event.channel()
                : event.getClass().getSimpleName();
    }
}
