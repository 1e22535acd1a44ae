package aparte.benchmarks;

import aparte.channel.http.HmacSha256;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.messenger.MessengerWebhooks;
import aparte.viber.ViberWebhooks;
import aparte.whatsapp.WhatsAppWebhooks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A status of each channel: signature checked over the bytes, then read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WebhookBenchmark {
    private static final String SECRET = "9f1c2d3e4b5a69788796a5b4c3d2e1f0";

    private final WebhookReader whatsApp =
            WhatsAppWebhooks.builder(SECRET, "verify").build();
    private final WebhookReader viber =
            ViberWebhooks.builder("bot", () -> SECRET).build();
    private final WebhookReader messenger =
            MessengerWebhooks.builder(SECRET, "verify").build();

    private final WebhookRequest whatsAppStatus = hub("""
            {"object":"whatsapp_business_account","entry":[{"id":"200000000000001","changes":[{"value":{\
            "messaging_product":"whatsapp","metadata":{"display_phone_number":"33139980000",\
            "phone_number_id":"100000000000001"},"statuses":[{"id":"wamid.HBgLMzM2Mzk5ODAwMDEVAgARGBI5QTNDQTVCM0Q0",\
            "status":"delivered","timestamp":"1790000000","recipient_id":"33639980001",\
            "biz_opaque_callback_data":"1c0d4a6e-5a0e-4b9b-9d66-0f5c5a1f2b3c#1",\
            "pricing":{"billable":true,"pricing_model":"PMP","category":"service","type":"free_customer_service"}}]},\
            "field":"messages"}]}]}""");
    private final WebhookRequest thousandTexts = hub(thousand("messages", text()));
    private final WebhookRequest thousandStatuses = hub(thousand("statuses", status()));
    private final WebhookRequest viberStatus = request("X-Viber-Content-Signature", "", """
            {"event":"delivered","timestamp":1795424400000,"chat_hostname":"SN-CHAT-05_",\
            "message_token":5741311803571721087,"user_id":"q2T0rUuJm3gkPnXbYw1ZcA=="}""");
    private final WebhookRequest messengerStatus = hub("""
            {"object":"page","entry":[{"id":"300000000000001","time":1790000000456,"messaging":[{\
            "sender":{"id":"24680001357924680"},"recipient":{"id":"300000000000001"},\
            "delivery":{"mids":["m_out1"],"watermark":1790000000100}}]}]}""");

    private static WebhookRequest hub(String json) {
        return request("X-Hub-Signature-256", "sha256=", json);
    }

    private static WebhookRequest request(String header, String prefix, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String signature = prefix + HmacSha256.of(SECRET).hex(body);
        return new WebhookRequest("POST", Map.of(header, List.of(signature)), Map.of(), body);
    }

    /** A status of WhatsApp, 500 bytes. */
    @Benchmark
    public Reading whatsAppStatus() throws SignatureException {
        return whatsApp.read(whatsAppStatus);
    }

    /** A thousand texts of 2.8 kB in one body of 3 MB, the most that WhatsApp sends at once. */
    @Benchmark
    public Reading whatsAppThousandTexts() throws SignatureException {
        return whatsApp.read(thousandTexts);
    }

    /** A thousand statuses in a body of 3 MB, with something in each that is not read. */
    @Benchmark
    public Reading whatsAppThousandStatuses() throws SignatureException {
        return whatsApp.read(thousandStatuses);
    }

    private static String thousand(String list, String item) {
        StringBuilder body = new StringBuilder("""
                {"object":"whatsapp_business_account","entry":[{"id":"200000000000001","changes":[{"value":{\
                "messaging_product":"whatsapp","metadata":{"display_phone_number":"33139980000",\
                "phone_number_id":"100000000000001"},\
                """).append('"').append(list).append("\":[");
        for (int i = 0; i < 1_000; i++) {
            body.append(i == 0 ? "" : ",").append(item.replace("NUMBER", Integer.toString(i)));
        }
        return body.append("]},\"field\":\"messages\"}]}]}").toString();
    }

    private static String text() {
        return """
                {"from":"33639980001","from_user_id":"FR.134912","id":"wamid.HBgLMzM2Mzk5ODAwMDENUMBER",\
                "timestamp":"1790000000","type":"text","text":{"body":"%s"}}""".formatted("Where is my parcel? ".repeat(140));
    }

    private static String status() {
        return """
                {"id":"wamid.HBgLMzM2Mzk5ODAwMDENUMBER","status":"delivered","timestamp":"1790000000",\
                "recipient_id":"33639980001","pricing":{"billable":true,"pricing_model":"PMP","category":"service"},\
                "not_read":"%s"}""".formatted("Where is my parcel? ".repeat(135));
    }

    /** A callback of Viber, 150 bytes. */
    @Benchmark
    public Reading viberStatus() throws SignatureException {
        return viber.read(viberStatus);
    }

    /** A delivery of Messenger, 220 bytes. */
    @Benchmark
    public Reading messengerStatus() throws SignatureException {
        return messenger.read(messengerStatus);
    }
}
