package aparte.simulator;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The platforms on loopback: an HTTP server that answers as they do, with a clock to move, faults to inject and webhooks to deliver.
 *
 * <p>Nothing leaves the machine. Webhooks are queued until {@link Webhooks#deliver()} is called, unless set otherwise.
 * The latest 10,000 requests are kept, messages and media until it is closed. Sets the system property {@code sun.net.httpserver.nodelay} to true unless it is set: without
 * it the JDK's server answers 20 requests a second. Thread-safe. To be closed, which also ends requests that a fault keeps waiting.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start()) {
 *     simulator.whatsApp().webhookTo(URI.create("http://localhost:8080/webhook"));
 *     WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");
 *     ana.writes("Hello");
 *     simulator.webhooks().deliver();
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
    private final MovableClock clock;
    private final Webhooks webhooks;
    private final WhatsApp whatsApp;
    private final Viber viber;
    private final ViberBusiness viberBusiness;
    private final Messenger messenger;
    private final Instagram instagram;
    private final LoopbackServer server;
    private final URI baseUri;

    private Simulator(Builder builder) {
        HttpServer bound;
        try {
            bound = LoopbackServer.bind(builder.port);
        } catch (IOException failed) {
            throw new UncheckedIOException("port " + builder.port + " on loopback cannot be opened", failed);
        }
        baseUri = LoopbackServer.addressOf(bound);
        clock = new MovableClock(builder.clock);
        webhooks = new Webhooks();
        whatsApp = new WhatsApp(builder.whatsApp, baseUri, clock, webhooks);
        viber = new Viber(builder.viber, clock, webhooks);
        viberBusiness = new ViberBusiness(builder.viberBusiness, clock, webhooks);
        messenger = new Messenger(builder.messenger, baseUri, clock, webhooks);
        instagram = new Instagram(builder.instagram, baseUri, clock, webhooks);
        server = new LoopbackServer(
                bound,
                clock,
                List.of(
                        viberBusiness.platform(),
                        viber.platform(),
                        instagram.platform(),
                        messenger.platform(),
                        whatsApp.platform()),
                new PhonePage(new PhoneApi(
                        clock,
                        webhooks,
                        List.of(
                                whatsApp.phone(),
                                viber.phone(),
                                messenger.phone(),
                                instagram.phone(),
                                viberBusiness.phone()))));
    }

    /**
     * Starts a simulator with all defaults, on a free port.
     *
     * @throws UncheckedIOException if no port can be opened
     */
    public static Simulator start() {
        return builder().start();
    }

    /** A builder; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where the platforms answer, such as {@code http://127.0.0.1:41234}; clients put it in the place of the real host. */
    public URI baseUri() {
        return baseUri;
    }

    /**
     * The page to open in a browser, such as {@code http://127.0.0.1:41234/phone}: it looks like a person's phone, and lets you be any
     * of the people of the platforms: read what the business sent, write, stop, block, and move the clock.
     *
     * <p>It works offline and answers browsers on this machine alone. Its requests are not among {@link #requests()} and meet no faults.
     */
    public URI phone() {
        return baseUri.resolve(PhonePage.PATH);
    }

    /** The WhatsApp Cloud API. */
    public WhatsApp whatsApp() {
        return whatsApp;
    }

    /** Viber's Bot API. */
    public Viber viber() {
        return viber;
    }

    /** Viber Business Messages, by Vonage's Messages API. */
    public ViberBusiness viberBusiness() {
        return viberBusiness;
    }

    /** The Messenger Platform. */
    public Messenger messenger() {
        return messenger;
    }

    /** Instagram messaging. */
    public Instagram instagram() {
        return instagram;
    }

    /** The webhooks of all platforms. */
    public Webhooks webhooks() {
        return webhooks;
    }

    /** The simulator's clock, which follows {@link #advance}; give it to the code under test, so that both agree. */
    public Clock clock() {
        return clock;
    }

    /** What the simulator's clock says. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Moves the simulator's clock ahead.
     *
     * @throws IllegalArgumentException if {@code duration} is negative
     */
    public void advance(Duration duration) {
        clock.advance(duration);
    }

    /** Lets the next requests, whatever their path, meet these faults, one each and in this order. */
    public void failNext(Fault... faults) {
        failNext("", faults);
    }

    /** Lets the next requests whose path ends so, such as {@code /messages}, meet these faults, one each and in this order. */
    public void failNext(String pathEnd, Fault... faults) {
        requireNonNull(pathEnd, "pathEnd");
        for (Fault fault : faults) {
            server.failNext(pathEnd, requireNonNull(fault, "fault"));
        }
    }

    /** How many faults no request has met yet. */
    public int pendingFaults() {
        return server.pendingFaults();
    }

    /** Forgets the faults that no request has met yet. */
    public void clearFaults() {
        server.clearFaults();
    }

    /** The requests received, oldest first; those that met a fault too. */
    public List<ReceivedRequest> requests() {
        return server.received();
    }

    /** Forgets the requests received; {@link #requestCount()} goes on. */
    public void clearRequests() {
        server.clearReceived();
    }

    /** How many requests were received since the start. */
    public long requestCount() {
        return server.count();
    }

    /** Stops the server and the webhooks; open connections end. */
    @Override
    public void close() {
        webhooks.close();
        server.close();
    }

    /** The address and the number of requests. */
    @Override
    public String toString() {
        return "Simulator[" + baseUri + ", requests=" + requestCount() + "]";
    }

    /** Settings of a simulator. Not thread-safe. */
    public static final class Builder {
        private int port;
        private Clock clock = Clock.systemUTC();
        private WhatsAppSettings whatsApp = WhatsAppSettings.ofDefaults();
        private ViberSettings viber = ViberSettings.ofDefaults();
        private ViberBusinessSettings viberBusiness = ViberBusinessSettings.ofDefaults();
        private MessengerSettings messenger = MessengerSettings.ofDefaults();
        private InstagramSettings instagram = InstagramSettings.ofDefaults();

        private Builder() {}

        /**
         * The port on loopback; by default any that is free.
         *
         * @throws IllegalArgumentException if {@code number} is not from 0 to 65535; 0 means any
         */
        public Builder port(int number) {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException("port is not from 0 to 65535: " + number);
            }
            port = number;
            return this;
        }

        /** The clock to follow; by default the system's. A fixed one moves by {@link Simulator#advance} alone. */
        public Builder clock(Clock base) {
            clock = requireNonNull(base, "base");
            return this;
        }

        /** The WhatsApp business account; by default {@link WhatsAppSettings#ofDefaults()}. */
        public Builder whatsApp(WhatsAppSettings settings) {
            whatsApp = requireNonNull(settings, "settings");
            return this;
        }

        /** The Viber bot; by default {@link ViberSettings#ofDefaults()}. */
        public Builder viber(ViberSettings settings) {
            viber = requireNonNull(settings, "settings");
            return this;
        }

        /** The services on Viber and their account; by default {@link ViberBusinessSettings#ofDefaults()}. */
        public Builder viberBusiness(ViberBusinessSettings settings) {
            viberBusiness = requireNonNull(settings, "settings");
            return this;
        }

        /** The Page and the app on Messenger; by default {@link MessengerSettings#ofDefaults()}. */
        public Builder messenger(MessengerSettings settings) {
            messenger = requireNonNull(settings, "settings");
            return this;
        }

        /** The account and the app on Instagram; by default {@link InstagramSettings#ofDefaults()}. */
        public Builder instagram(InstagramSettings settings) {
            instagram = requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Starts the simulator.
         *
         * @throws UncheckedIOException if the port cannot be opened
         * @throws IllegalArgumentException if a WhatsApp number, the Page and the Instagram account share an id or a token, so that
         *     requests could not be told apart
         */
        public Simulator start() {
            if (whatsApp.accessToken().equals(messenger.accessToken())
                    || whatsApp.numbers().stream()
                            .anyMatch(number -> number.id().equals(messenger.pageId()))) {
                throw new IllegalArgumentException("a WhatsApp number and the Page share an id or an access token");
            }
            if (Set.of(whatsApp.accessToken(), messenger.accessToken()).contains(instagram.accessToken())
                    || Set.of(instagram.accountId(), instagram.pageId()).contains(messenger.pageId())) {
                throw new IllegalArgumentException("the Instagram account shares an id or an access token");
            }
            Simulator simulator = new Simulator(this);
            simulator.server.start();
            return simulator;
        }
    }
}
