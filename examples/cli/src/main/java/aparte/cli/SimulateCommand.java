package aparte.cli;

import aparte.simulator.InstagramSettings;
import aparte.simulator.MessengerSettings;
import aparte.simulator.Simulator;
import aparte.simulator.ViberBusinessSettings;
import aparte.simulator.ViberSettings;
import aparte.simulator.WhatsAppNumber;
import aparte.simulator.WhatsAppSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Starts the simulator, prints how to reach it and its page, and runs until stdin ends. Webhooks are delivered by themselves. */
final class SimulateCommand {
    private SimulateCommand() {}

    static void run(List<String> args, InputStream in, Output out) throws IOException {
        Options options = Options.read(
                args,
                Set.of(
                        "port",
                        "whatsapp-webhook",
                        "viber-webhook",
                        "viber-business-webhook",
                        "messenger-webhook",
                        "instagram-webhook"),
                Set.of());
        options.noWords();
        try (Simulator simulator = start(options)) {
            options.value("whatsapp-webhook").map(URI::create).ifPresent(simulator.whatsApp()::webhookTo);
            options.value("viber-webhook").map(URI::create).ifPresent(simulator.viber()::webhookTo);
            options.value("viber-business-webhook").map(URI::create).ifPresent(simulator.viberBusiness()::webhookTo);
            options.value("messenger-webhook").map(URI::create).ifPresent(simulator.messenger()::webhookTo);
            options.value("instagram-webhook").map(URI::create).ifPresent(simulator.instagram()::webhookTo);
            simulator.webhooks().deliverAutomatically();
            out.line(Json.object()
                    .put("base_url", simulator.baseUri().toString())
                    .put("page", simulator.phone().toString())
                    .put("whatsapp", whatsApp(simulator, options))
                    .put("viber", viber(simulator, options))
                    .put("viber_business", viberBusiness(simulator, options))
                    .put("messenger", messenger(simulator, options))
                    .put("instagram", instagram(simulator, options)));
            out.flush();
            byte[] ignored = new byte[1_024];
            while (in.read(ignored) >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static Simulator start(Options options) {
        int port = options.value("port").map(SimulateCommand::number).orElse(0);
        try {
            return Simulator.builder().port(port).start();
        } catch (UncheckedIOException taken) {
            throw new BadUseException("port " + port + " on loopback cannot be opened: name another --port", taken);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new BadUseException("--port must be a number from 0 to 65535", malformed);
        }
    }

    private static Json whatsApp(Simulator simulator, Options options) {
        WhatsAppSettings settings = simulator.whatsApp().settings();
        WhatsAppNumber number = simulator.whatsApp().number();
        return Json.object()
                .put("base_url", simulator.baseUri().toString())
                .put("sender", number.id())
                .put("phone", number.phone())
                .put("business_account", settings.businessAccountId())
                .put("token", settings.accessToken())
                .put(
                        "webhook",
                        Json.object()
                                .put("url", options.value("whatsapp-webhook"))
                                .put("secret", settings.appSecret())
                                .put("verify_token", settings.verifyToken())
                                .put("signature_header", "X-Hub-Signature-256"));
    }

    private static Json viber(Simulator simulator, Options options) {
        ViberSettings settings = simulator.viber().settings();
        return Json.object()
                .put("base_url", simulator.baseUri() + "/pa")
                .put("sender", settings.accountId())
                .put("name", settings.name())
                .put("token", settings.authToken())
                .put(
                        "webhook",
                        Json.object()
                                .put("url", options.value("viber-webhook"))
                                .put("secret", settings.authToken())
                                .put("signature_header", "X-Viber-Content-Signature"));
    }

    private static Json viberBusiness(Simulator simulator, Options options) {
        ViberBusinessSettings settings = simulator.viberBusiness().settings();
        return Json.object()
                .put("base_url", simulator.baseUri().toString())
                .put("sender", "bm:" + settings.services().get(0))
                .put("name", settings.name())
                .put("api_key", settings.apiKey())
                .put("api_secret", settings.apiSecret())
                .put(
                        "webhook",
                        Json.object()
                                .put("url", options.value("viber-business-webhook"))
                                .put("secret", settings.signatureSecret())
                                .put("signature_header", "Authorization"));
    }

    private static Json messenger(Simulator simulator, Options options) {
        MessengerSettings settings = simulator.messenger().settings();
        return Json.object()
                .put("base_url", simulator.baseUri().toString())
                .put("sender", settings.pageId())
                .put("app", settings.appId())
                .put("token", settings.accessToken())
                .put(
                        "webhook",
                        Json.object()
                                .put("url", options.value("messenger-webhook"))
                                .put("secret", settings.appSecret())
                                .put("verify_token", settings.verifyToken())
                                .put("signature_header", "X-Hub-Signature-256"));
    }

    private static Json instagram(Simulator simulator, Options options) {
        InstagramSettings settings = simulator.instagram().settings();
        return Json.object()
                .put("base_url", simulator.baseUri().toString())
                .put("sender", settings.accountId())
                .put("page", settings.pageId())
                .put("token", settings.accessToken())
                .put(
                        "webhook",
                        Json.object()
                                .put("url", options.value("instagram-webhook"))
                                .put("secret", settings.appSecret())
                                .put("verify_token", settings.verifyToken())
                                .put("signature_header", "X-Hub-Signature-256"));
    }
}
