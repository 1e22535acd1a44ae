package aparte.viber;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status in a {@code client_status}, which comes of payments alone.
 *
 * @param type {@code payment}
 * @param code Viber's number
 * @param gateways the providers of payments that the app knows
 * @param trackingData what tracked the payment
 */
record WireClientStatus(
        @Nullable String type,
        @Nullable String code,
        List<String> gateways,
        @Nullable String trackingData) {
    private static final JsonReader.Options FIELDS =
            JsonReader.Options.of("type", "code", "supported_psps", "tracking_data");

    /** Reads a value; null if it is no object. */
    static @Nullable WireClientStatus read(JsonReader reader) throws IOException {
        if (!Json.object(reader)) {
            return null;
        }
        String type = null;
        String code = null;
        String trackingData = null;
        List<String> gateways = new ArrayList<>();
        while (reader.hasNext()) {
            switch (reader.selectName(FIELDS)) {
                case 0 -> type = Json.text(reader);
                case 1 -> code = Json.text(reader);
                case 2 -> texts(reader, gateways);
                case 3 -> trackingData = Json.text(reader);
                default -> Json.skipField(reader);
            }
        }
        reader.endObject();
        return new WireClientStatus(type, code, gateways, trackingData);
    }

    private static void texts(JsonReader reader, List<String> texts) throws IOException {
        if (Json.array(reader)) {
            while (reader.hasNext()) {
                String text = Json.text(reader);
                if (text != null) {
                    texts.add(text);
                }
            }
            reader.endArray();
        }
    }

    void addDetails(Map<String, String> details) {
        WireUser.add(details, "status.type", type);
        WireUser.add(details, "status.code", code);
        WireUser.add(details, "status.supported_psps", String.join(",", gateways));
        WireUser.add(details, "status.tracking_data", trackingData);
    }

    /** Hides what tracked the payment. */
    @Override
    public String toString() {
        return "WireClientStatus[" + code + "]";
    }
}
