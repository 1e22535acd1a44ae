package aparte.viber;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Who stands above a message.
 *
 * @param name the name
 * @param avatar the picture
 */
record WireSender(String name, Optional<URI> avatar) {
    static WireSender named(String name) {
        return new WireSender(name, Optional.empty());
    }

    void write(JsonWriter json) throws IOException {
        json.name("sender").beginObject().name("name").value(name);
        if (avatar.isPresent()) {
            json.name("avatar").value(Words.address(avatar.get()));
        }
        json.endObject();
    }
}
